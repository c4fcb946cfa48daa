package import Evaluation

/// One draw from everything that can happen.
package enum OutcomeDraw {
  /// The place of the outcome that a seed draws; the same seed draws the same one. Shares are compared exactly.
  package static func index(of outcomes: [Outcome], seed: UInt64) -> Int? {
    guard !outcomes.isEmpty else { return nil }
    let draw = mixed(seed)
    var sum = Fraction.zero
    for (place, outcome) in outcomes.enumerated() {
      sum = sum + outcome.probability
      // draw / 2^64 < numerator / denominator
      let (high, _) = draw.multipliedFullWidth(by: sum.denominator)
      if high < sum.numerator { return place }
    }
    return outcomes.count - 1
  }

  /// SplitMix64: neighbouring seeds draw as if they had nothing to do with each other.
  private static func mixed(_ seed: UInt64) -> UInt64 {
    var value = seed &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
