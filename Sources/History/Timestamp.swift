/// A moment in UTC, in milliseconds since 1970; it is always given from outside, since nothing here reads a clock.
package struct Timestamp: Hashable, Sendable, Comparable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

  /// As RFC 3339 to the second, such as `2026-03-01T12:00:00Z`.
  package var rfc3339: String {
    let seconds = milliseconds.floored(by: 1000)
    let day = seconds.floored(by: 86_400)
    let second = seconds - day * 86_400
    let (year, month, dayOfMonth) = Self.civil(fromDay: day)
    let date = "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(dayOfMonth, 2))"
    let hours = Self.digits(second / 3600, 2)
    let minutes = Self.digits(second / 60 % 60, 2)
    return "\(date)T\(hours):\(minutes):\(Self.digits(second % 60, 2))Z"
  }

  /// The date of a day counted from 1970-01-01, by Howard Hinnant's method: years start in March, so that the leap
  /// day is the last of its year.
  private static func civil(fromDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let leapCorrected = dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096
    let yearOfEra = leapCorrected / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
  }

  private static func digits(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}

extension Int64 {
  /// The quotient rounded down, also below zero.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
