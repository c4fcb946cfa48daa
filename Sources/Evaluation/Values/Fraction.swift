/// An exact share between 0 and 1, in lowest terms.
package struct Fraction: Hashable, Sendable, Comparable {
  package let numerator: UInt64
  package let denominator: UInt64

  package init(_ numerator: UInt64, _ denominator: UInt64) {
    precondition(denominator > 0)
    let divisor = Self.greatestCommonDivisor(numerator, denominator)
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  package static let zero = Fraction(0, 1)
  package static let one = Fraction(1, 1)

  /// What is left to 1.
  package var complement: Fraction { Fraction(denominator - numerator, denominator) }

  package static func * (a: Fraction, b: Fraction) -> Fraction {
    let first = Fraction(a.numerator, b.denominator)
    let second = Fraction(b.numerator, a.denominator)
    return Fraction(first.numerator * second.numerator, first.denominator * second.denominator)
  }

  package static func + (a: Fraction, b: Fraction) -> Fraction {
    let divisor = greatestCommonDivisor(a.denominator, b.denominator)
    let scaleA = b.denominator / divisor
    let scaleB = a.denominator / divisor
    return Fraction(a.numerator * scaleA + b.numerator * scaleB, a.denominator * scaleA)
  }

  package static func < (a: Fraction, b: Fraction) -> Bool {
    let left = a.numerator.multipliedFullWidth(by: b.denominator)
    let right = b.numerator.multipliedFullWidth(by: a.denominator)
    return (left.high, left.low) < (right.high, right.low)
  }

  /// `3/4`, or `1`.
  package var text: String {
    denominator == 1 ? String(numerator) : "\(numerator)/\(denominator)"
  }

  private static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }
}
