/// Names of fields as protobuf's JSON has them.
enum FieldName {
  /// `match_labels` → `matchLabels`; nil when there is no underscore to replace.
  static func lowerCamel(_ name: String) -> String? {
    guard name.utf8.contains(UInt8(ascii: "_")) else { return nil }
    var bytes: [UInt8] = []
    var raise = false
    for byte in name.utf8 {
      if byte == UInt8(ascii: "_") {
        raise = true
        continue
      }
      let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      bytes.append(raise && isLower ? byte - 32 : byte)
      raise = false
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The known name that was most likely meant, if one is near enough.
  static func nearest(to name: String, among known: [String]) -> String? {
    if let camel = lowerCamel(name), known.contains(camel) { return camel }
    let wanted = Array(lowered(name))
    guard wanted.count < 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in known {
      let distance = distance(wanted, Array(lowered(candidate)))
      if distance <= Swift.max(1, wanted.count / 4), distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func lowered(_ name: String) -> [UInt8] {
    name.utf8.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 + 32 : $0 }
  }

  /// Levenshtein's.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        let replaced = previous[j] + (x == y ? 0 : 1)
        row.append(Swift.min(replaced, previous[j + 1] + 1, row[j] + 1))
      }
      previous = row
    }
    return previous[b.count]
  }
}
