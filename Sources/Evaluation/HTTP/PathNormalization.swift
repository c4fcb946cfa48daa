import MeshModel

/// What becomes of a path before routing; the query is never touched (NORM-4).
struct PathNormalizer {
  var normalizes = false
  var mergesSlashes = false
  var decodesSlashes = false

  /// HC-1.
  init(_ type: PathNormalizationType) {
    switch type {
    case .none: break
    case .default, .base: normalizes = true
    case .mergeSlashes:
      normalizes = true
      mergesSlashes = true
    case .decodeAndMergeSlashes:
      normalizes = true
      mergesSlashes = true
      decodesSlashes = true
    }
  }

  /// Whether the target comes out as it is, seen at a glance; false says nothing.
  static func isPlain(_ target: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for byte in target {
      switch byte {
      case UInt8(ascii: "?"): return true
      case UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
        UInt8(ascii: "}"):
        return false
      case UInt8(ascii: "/"), UInt8(ascii: "."): if previous == UInt8(ascii: "/") { return false }
      default: break
      }
      previous = byte
    }
    return true
  }

  /// nil: the request is refused (HCM-8, NORM-2).
  func normalized(_ target: [UInt8]) -> [UInt8]? {
    if Self.isPlain(target), !target.contains(UInt8(ascii: "#")) { return target }
    if target.contains(UInt8(ascii: "#")) { return nil }
    let query = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    var path = Array(target[..<query])
    if decodesSlashes { path = Self.decodingSlashes(path) }
    if normalizes {
      guard let canonical = Self.canonical(path) else { return nil }
      path = canonical
    }
    if mergesSlashes { path = Self.mergingSlashes(path) }
    return path + target[query...]
  }

  /// NORM-1.
  private static func decodingSlashes(_ path: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    while place < path.count {
      if let value = escaped(path, place), value == UInt8(ascii: "/") || value == UInt8(ascii: "\\") {
        result.append(value)
        place += 3
      } else {
        result.append(path[place])
        place += 1
      }
    }
    return result
  }

  /// NORM-2.
  private static func canonical(_ path: [UInt8]) -> [UInt8]? {
    var decoded: [UInt8] = []
    let source = droppingParametersOfDots(path)
    var place = 0
    while place < source.count {
      let byte = source[place]
      if byte == UInt8(ascii: "\\") {
        decoded.append(UInt8(ascii: "/"))
      } else if let value = escaped(source, place) {
        if value == 0 { return nil }
        if isUnreserved(value) {
          decoded.append(value)
        } else {
          decoded += source[place..<(place + 3)]
        }
        place += 2
      } else if needsEscape(byte) {
        let digits = [UInt8]("0123456789ABCDEF")
        decoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        decoded.append(byte)
      }
      place += 1
    }
    return removingDots(decoded)
  }

  /// `/..;x/` counts as `/../` when the dots are written as such.
  private static func droppingParametersOfDots(_ path: [UInt8]) -> [UInt8] {
    guard path.contains(UInt8(ascii: ";")) else { return path }
    let segments = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { segment in
      let head = segment.prefix { $0 != UInt8(ascii: ";") }
      let isDots = (1...2).contains(head.count) && head.allSatisfy { $0 == UInt8(ascii: ".") }
      return isDots ? head : segment
    }
    return Array(segments.joined(separator: [UInt8(ascii: "/")]))
  }

  private static func removingDots(_ path: [UInt8]) -> [UInt8] {
    guard path.first == UInt8(ascii: "/") else { return path }
    let segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var kept: [ArraySlice<UInt8>] = []
    for (number, segment) in segments.enumerated() {
      let isLast = number == segments.count - 1
      switch Array(segment) {
      case [UInt8(ascii: ".")]: if isLast { kept.append([]) }
      case [UInt8(ascii: "."), UInt8(ascii: ".")]:
        _ = kept.popLast()
        if isLast { kept.append([]) }
      default: kept.append(segment)
      }
    }
    return [UInt8(ascii: "/")] + kept.joined(separator: [UInt8(ascii: "/")])
  }

  /// NORM-3.
  private static func mergingSlashes(_ path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let segments = path.split(separator: slash)
    if segments.isEmpty, path.count > 1 { return [slash, slash] }  // The leading and the trailing one both stay.
    var result: [UInt8] = []
    for byte in path where !(byte == slash && result.last == byte) { result.append(byte) }
    return result
  }

  private static func escaped(_ bytes: [UInt8], _ place: Int) -> UInt8? {
    guard bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count, let high = digit(bytes[place + 1]),
      let low = digit(bytes[place + 2])
    else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...32, 127...255, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^"),
      UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
