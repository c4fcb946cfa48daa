/// Moments as RFC 3339 writes them.
enum RFC3339 {
  /// Seconds since 1970 of `2026-01-02T03:04:05Z`, with a fraction (dropped) and an offset where given.
  static func seconds(_ text: String) -> Int64? {
    let utf8 = Array(text.utf8)
    guard utf8.count >= 20, utf8[4] == dash, utf8[7] == dash, utf8[10] | 0x20 == UInt8(ascii: "t"),
      utf8[13] == colon, utf8[16] == colon, let year = number(utf8[0..<4]), let month = number(utf8[5..<7]),
      let day = number(utf8[8..<10]), let hour = number(utf8[11..<13]), let minute = number(utf8[14..<16]),
      let second = number(utf8[17..<19]), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
      second < 61
    else { return nil }
    var rest = utf8[19...]
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { (48...57).contains($0) }
      guard !fraction.isEmpty else { return nil }
      rest = rest[fraction.endIndex...]
    }
    guard let offset = offset(rest) else { return nil }
    let days = dayNumber(year: year, month: month, day: day)
    return days * 86_400 + hour * 3_600 + minute * 60 + second - offset
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    guard let sign = text.first else { return nil }
    if sign | 0x20 == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
    let digits = Array(text.dropFirst())
    guard sign == dash || sign == UInt8(ascii: "+"), digits.count == 5, digits[2] == colon,
      let hours = number(digits[0..<2]), let minutes = number(digits[3..<5])
    else { return nil }
    return (hours * 3_600 + minutes * 60) * (sign == dash ? -1 : 1)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - 48)
    }
    return value
  }

  private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
    let marchYear = month <= 2 ? year - 1 : year
    let era = marchYear / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static let dash = UInt8(ascii: "-")
  private static let colon = UInt8(ascii: ":")
}
