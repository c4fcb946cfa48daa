/// Spans of time as text.
package enum DurationText {
  /// proto3 JSON: `3s`, `0.250s`.
  package static func proto3(milliseconds: Int64) -> String {
    let rest = milliseconds.magnitude % 1_000
    let seconds = milliseconds / 1_000
    guard rest > 0 else { return "\(seconds)s" }
    let fraction = String(rest)
    let sign = milliseconds < 0 && seconds == 0 ? "-" : ""
    return "\(sign)\(seconds).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction)s"
  }

  /// For people: `250ms`, `3s`, `1.5s`, `2m`, `1h30m`.
  package static func short(milliseconds: Int64) -> String {
    guard milliseconds >= 1_000 else { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1_000
    let rest = milliseconds % 1_000
    if rest != 0 {
      var fraction = String(rest + 1_000).dropFirst()
      while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
      return "\(seconds).\(fraction)s"
    }
    guard seconds >= 60 else { return "\(seconds)s" }
    let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }
}
