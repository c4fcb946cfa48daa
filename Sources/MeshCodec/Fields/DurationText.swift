/// Durations as Istio's reader takes them: Go's `time.ParseDuration`, which jsonpb calls.
package enum DurationText {
  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
    ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  /// nil when the text is no duration, or one beyond 292 years.
  package static func nanoseconds(of text: String) -> Int64? {
    var rest = Array(text.utf8)[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    if rest.elementsEqual([UInt8(ascii: "0")]) { return 0 }
    guard !rest.isEmpty else { return nil }
    // Summed up below zero, where there is room for one more.
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = takePart(&rest) else { return nil }
      let (sum, overflow) = total.subtractingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    if isNegative { return total }
    return total == .min ? nil : -total
  }

  private static func takePart(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    let zero = UInt8(ascii: "0")
    var whole: Int64 = 0
    var digits = 0
    while let byte = rest.first, byte >= zero, byte <= zero + 9 {
      let (ten, overflow) = whole.multipliedReportingOverflow(by: 10)
      let (next, carry) = ten.addingReportingOverflow(Int64(byte - zero))
      guard !overflow, !carry else { return nil }
      whole = next
      digits += 1
      rest = rest.dropFirst()
    }
    var fraction: Int64 = 0
    var scale = 1.0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      while let byte = rest.first, byte >= zero, byte <= zero + 9 {
        digits += 1
        rest = rest.dropFirst()
        // Digits beyond what 64 bits hold are far below a nanosecond.
        guard fraction <= (Int64.max - 9) / 10 else { continue }
        fraction = fraction * 10 + Int64(byte - zero)
        scale *= 10
      }
    }
    guard digits > 0 else { return nil }
    let end = rest.firstIndex { $0 == UInt8(ascii: ".") || ($0 >= zero && $0 <= zero + 9) } ?? rest.endIndex
    let name = rest[..<end]
    guard let unit = units.first(where: { $0.name.utf8.elementsEqual(name) }) else { return nil }
    rest = rest[end...]
    let (product, overflow) = whole.multipliedReportingOverflow(by: unit.nanoseconds)
    guard !overflow else { return nil }
    let added = Int64(Double(fraction) * (Double(unit.nanoseconds) / scale))
    let (sum, carry) = product.addingReportingOverflow(added)
    return carry ? nil : sum
  }

  /// Seconds with as many decimals as it takes, as protobuf writes JSON: `1.5s`.
  static func text(ofNanoseconds nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    var text = nanoseconds < 0 ? "-" : ""
    text += String(magnitude / 1_000_000_000)
    var fraction = magnitude % 1_000_000_000
    if fraction != 0 {
      var digits = 9
      while fraction % 10 == 0 {
        fraction /= 10
        digits -= 1
      }
      let decimals = String(fraction)
      text += "." + String(repeating: "0", count: digits - decimals.utf8.count) + decimals
    }
    return text + "s"
  }
}
