import ProxyModel

/// Values that meet one condition of a route, the plainest first.
enum ConditionExamples {
  static func texts(for matcher: StringMatcher) -> [[UInt8]] {
    switch matcher.kind {
    case .exact(let text): [Array(text.utf8)]
    case .prefix(let text): endings.map { Array((text + $0).utf8) }
    case .suffix(let text): ["", "x"].map { Array(($0 + text).utf8) }
    case .contains(let text): [Array(text.utf8), Array(("x" + text + "x").utf8)]
    case .regex(let text): PatternExamples.texts(for: text)
    }
  }

  private static let endings = ["", "x", "0", "-x"]

  static func texts(for rule: HeaderMatcher.Rule) -> [[UInt8]] {
    switch rule {
    case .present: other
    case .string(let matcher): texts(for: matcher)
    }
  }

  /// Values that nobody asks for by accident.
  static let other = ["x", "y", "0"].map { Array($0.utf8) }

  static func paths(for match: RouteMatch) -> [[UInt8]] {
    var result: [[UInt8]]
    switch match.path {
    case .exact(let text): result = [Array(text.utf8)]
    case .segmentPrefix(let text): result = ["", "/x", "/x/y"].map { Array((text + $0).utf8) }
    case .regex(let text): result = PatternExamples.paths(for: text)
    case .prefix(let text):
      let hasSlash = text.utf8.last == UInt8(ascii: "/")
      let endings = hasSlash ? ["", "x", "x/", "x/y", "0", "x.y"] : ["", "/", "x", "/x", "0", "/x/y", "-x", ".x"]
      result = endings.map { Array((text + $0).utf8) }
    }
    if !match.isCaseSensitive {
      // A rule that asks for the exact case may stand before.
      result += result.map { $0.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 } }
    }
    return result.filter { $0.first == UInt8(ascii: "/") }
  }

  /// The known methods that a condition lets pass; what only it knows comes last.
  static func methods(for rule: HeaderMatcher.Rule) -> [String] {
    guard case .string(let matcher) = rule else { return methods }
    return methods.filter { holds(matcher, $0) } + texts(for: matcher).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func holds(_ matcher: StringMatcher, _ value: String) -> Bool {
    switch matcher.kind {
    case .exact(let text): value.utf8.elementsEqual(text.utf8)
    case .prefix(let text): value.utf8.starts(with: text.utf8)
    case .suffix(let text): value.utf8.reversed().starts(with: text.utf8.reversed())
    case .contains(let text): value.contains(text)
    case .regex(let text): PatternExamples.matches(text, Array(value.utf8))
    }
  }

  static let methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"]
}
