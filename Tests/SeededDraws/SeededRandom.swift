import Foundation

/// Draws from a seed, so that what failed can be drawn again: `DRYDOCK_SEED=N swift test --filter SUITE`.
package struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  package mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  package mutating func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
  package mutating func chance(_ numerator: Int, in denominator: Int) -> Bool { number(below: denominator) < numerator }
  package mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(below: choices.count)] }

  /// The seeds of a run: the given one alone, or as many as asked for.
  package static func seeds(_ count: UInt64) -> [UInt64] {
    let given = ProcessInfo.processInfo.environment["DRYDOCK_SEED"].flatMap(UInt64.init)
    return given.map { [$0] } ?? Array(1...count)
  }
}
