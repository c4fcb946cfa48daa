/// Durations as Go writes them: `1h2m`, `1.5s`, `-3ms`.
enum GoDuration {
  /// nil when the text is none, or does not fit.
  static func nanoseconds(_ text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes.removeFirst()
    }
    if bytes.count == 1, bytes.first == UInt8(ascii: "0") { return 0 }
    guard !bytes.isEmpty else { return nil }
    var total: UInt64 = 0
    while !bytes.isEmpty {
      guard let part = component(&bytes) else { return nil }
      let (sum, wrapped) = total.addingReportingOverflow(part)
      guard !wrapped, sum <= 1 << 63 else { return nil }
      total = sum
    }
    if isNegative { return total == 1 << 63 ? Int64.min : -Int64(total) }
    return total <= UInt64(Int64.max) ? Int64(total) : nil
  }

  private static func component(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var whole: UInt64 = 0
    var digits = 0
    while let byte = bytes.first, byte >= 48, byte <= 57 {
      guard whole <= (1 << 63) / 10 else { return nil }
      whole = whole * 10 + UInt64(byte - 48)
      guard whole <= 1 << 63 else { return nil }
      digits += 1
      bytes.removeFirst()
    }
    var fraction: UInt64 = 0
    var scale = 1.0
    if bytes.first == UInt8(ascii: ".") {
      bytes.removeFirst()
      var isFull = false
      while let byte = bytes.first, byte >= 48, byte <= 57 {
        bytes.removeFirst()
        digits += 1
        if isFull { continue }
        if fraction > UInt64(Int64.max) / 10 {
          isFull = true
          continue
        }
        let next = fraction * 10 + UInt64(byte - 48)
        if next > 1 << 63 {
          isFull = true
          continue
        }
        fraction = next
        scale *= 10
      }
    }
    guard digits > 0 else { return nil }
    let name = bytes.prefix { $0 != UInt8(ascii: ".") && !($0 >= 48 && $0 <= 57) }
    guard let unit = unit(String(decoding: name, as: UTF8.self)) else { return nil }
    bytes = bytes.dropFirst(name.count)
    guard whole <= (1 << 63) / unit else { return nil }
    var value = whole * unit
    if fraction > 0 {
      value += UInt64(Double(fraction) * (Double(unit) / scale))
      guard value <= 1 << 63 else { return nil }
    }
    return value
  }

  private static func unit(_ name: String) -> UInt64? {
    switch name {
    case "ns": 1
    case "us", "\u{B5}s", "\u{3BC}s": 1_000
    case "ms": 1_000_000
    case "s": 1_000_000_000
    case "m": 60_000_000_000
    case "h": 3_600_000_000_000
    default: nil
    }
  }
}
