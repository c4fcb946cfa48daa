import Diagnostics
import YAML

/// Reads values out of a file of tests and collects everything that is wrong with them.
struct FieldReader {
  let file: String
  private(set) var problems: [Diagnostic] = []

  init(file: String) {
    self.file = file
  }

  mutating func add(_ problem: SuiteProblem, at span: SourceSpan, _ severity: Severity = .error) {
    let found = Diagnostic(code: problem.code, severity: severity, span: span, message: problem.message)
    // An anchor is read wherever it is used.
    if !problems.contains(found) { problems.append(found) }
  }

  /// The members of a mapping; keys that are not known are reported, and left out.
  mutating func members(_ node: Node, of place: String, known: [String]) -> [Node.Entry] {
    guard let entries = node.mapping else {
      add(.notMapping(place), at: node.span(file: file))
      return []
    }
    return entries.filter { entry in
      if known.contains(entry.name) { return true }
      add(.unknownKey(entry.name, in: place, known: known), at: entry.nameSpan(file: file))
      return false
    }
  }

  mutating func list(_ node: Node, _ field: String) -> [Node] {
    guard let items = node.sequence else {
      add(.notList(field), at: node.span(file: file))
      return []
    }
    return items
  }

  /// A value as its text, also where YAML takes it for a number.
  mutating func text(_ node: Node, _ field: String) -> String? {
    guard let scalar = node.scalar, !node.isNull || scalar.style != .plain else {
      add(.notText(field), at: node.span(file: file))
      return nil
    }
    return scalar.text
  }

  /// A list of values, or one alone.
  mutating func texts(_ node: Node, _ field: String) -> [String] {
    guard let items = node.sequence else { return text(node, field).map { [$0] } ?? [] }
    return items.compactMap { text($0, field) }
  }

  mutating func number(_ node: Node, _ field: String) -> UInt32? {
    if case .int(let value)? = node.resolved, let number = UInt32(exactly: value) { return number }
    let given = node.scalar?.text ?? "…"
    if let number = UInt32(given) { return number }
    add(.notNumber(field, given: given), at: node.span(file: file))
    return nil
  }

  mutating func isTrue(_ node: Node, _ field: String) -> Bool? {
    if case .bool(let value)? = node.resolved { return value }
    add(.badChoice(node.scalar?.text ?? "…", field: field, known: ["true", "false"]), at: node.span(file: file))
    return nil
  }

  /// Milliseconds; `none` and 0 are 0.
  mutating func duration(_ node: Node, _ field: String) -> Int64? {
    guard let text = text(node, field) else { return nil }
    if let found = TestText.milliseconds(text) { return found }
    add(.badDuration(text), at: node.span(file: file))
    return nil
  }

  mutating func percent(_ node: Node, _ field: String) -> Double? {
    guard let text = text(node, field) else { return nil }
    if let found = TestText.percent(text) { return found }
    add(.badPercent(text), at: node.span(file: file))
    return nil
  }
}

/// The small notations of test files.
enum TestText {
  /// What a duration of protobuf may say, in milliseconds.
  private static let longest = 315_576_000_000_000.0

  static func milliseconds(_ text: String) -> Int64? {
    if text == "none" || text == "0" { return 0 }
    var rest = text[...]
    var total = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let number = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !$0.isNumber }
      rest = rest.dropFirst(unit.count)
      switch unit {
      case "ms": total += number
      case "s": total += number * 1_000
      case "m": total += number * 60_000
      case "h": total += number * 3_600_000
      default: return nil
      }
    }
    return text.isEmpty || total > longest ? nil : Int64(total.rounded())
  }

  static func percent(_ text: String) -> Double? {
    if let slash = text.firstIndex(of: "/") {
      guard let top = Double(text[..<slash]), let bottom = Double(text[text.index(after: slash)...]), bottom > 0 else {
        return nil
      }
      return inRange(top * 100 / bottom)
    }
    var digits = text[...]
    if digits.last == "%" {
      digits.removeLast()
      while digits.last == " " { digits.removeLast() }
    }
    return Double(digits).flatMap { inRange($0) }
  }

  private static func inRange(_ value: Double) -> Double? { value >= 0 && value <= 100 ? value : nil }

  static func duration(_ milliseconds: Int64) -> String {
    if milliseconds == 0 { return "none" }
    return milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000)s" : "\(milliseconds)ms"
  }

  /// `25%`, with as many digits as it takes.
  static func share(_ percent: Double) -> String {
    let rounded = (percent * 10_000).rounded() / 10_000
    let whole = Int64(rounded)
    return Double(whole) == rounded ? "\(whole)%" : "\(rounded)%"
  }
}
