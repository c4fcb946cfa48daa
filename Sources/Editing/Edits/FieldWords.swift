import MeshCodec
package import MeshModel

/// Values of flags, and what is wrong with them in the words of their fields.
package enum FieldWords {
  package static func duration(_ text: String, _ field: String) throws(EditProblem) -> Value {
    guard let nanoseconds = DurationText.nanoseconds(of: text), nanoseconds >= 0 else {
      throw EditProblem(
        "DD0801", field: field, en: "\(field) is a duration such as '5s' or '250ms', not '\(text)'",
        zh: "\(field) 应为时长，如 '5s' 或 '250ms'，而不是 '\(text)'")
    }
    return .string(text)
  }

  package static func whole(
    _ text: String, _ field: String, _ range: ClosedRange<Int64>
  ) throws(EditProblem) -> Value {
    guard let number = Int64(text), text.utf8.first != UInt8(ascii: "+"), range.contains(number) else {
      let (low, high) = (range.lowerBound, range.upperBound)
      let isOpen = high >= Int64(Int32.max)
      throw EditProblem(
        "DD0802", field: field,
        en: isOpen
          ? "\(field) is a whole number from \(low), not '\(text)'"
          : "\(field) is a whole number from \(low) to \(high), not '\(text)'",
        zh: isOpen ? "\(field) 应为不小于 \(low) 的整数，而不是 '\(text)'" : "\(field) 应为 \(low) 到 \(high) 的整数，而不是 '\(text)'")
    }
    return .integer(number)
  }

  package static func port(_ text: String, _ field: String) throws(EditProblem) -> Value {
    try whole(text, field, 1...65_535)
  }

  package static func percent(_ text: String, _ field: String) throws(EditProblem) -> Value {
    let digits = text.utf8.last == UInt8(ascii: "%") ? String(text.dropLast()) : text
    let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    guard isNumber, let number = Double(digits), (0...100).contains(number) else {
      throw EditProblem(
        "DD0803", field: field, en: "\(field) is a percentage from 0 to 100, not '\(text)'",
        zh: "\(field) 应为 0 到 100 的百分比，而不是 '\(text)'")
    }
    let whole = Int64(number)
    return Double(whole) == number ? .integer(whole) : .number(number)
  }

  package static func flag(_ text: String, _ field: String) throws(EditProblem) -> Value {
    switch text {
    case "true", "yes", "on": return .bool(true)
    case "false", "no", "off": return .bool(false)
    default:
      throw EditProblem(
        "DD0804", field: field, en: "\(field) is 'true' or 'false', not '\(text)'",
        zh: "\(field) 应为 'true' 或 'false'，而不是 '\(text)'")
    }
  }

  /// `exact:V`, `prefix:V`, `regex:V`, and V alone for exact.
  package static func stringMatch(_ text: String) -> Value {
    for form in ["exact", "prefix", "regex"] where text.utf8.starts(with: "\(form):".utf8) {
      return .object([Value.Member(key: form, value: .string(String(text.dropFirst(form.count + 1))))])
    }
    return .object([Value.Member(key: "exact", value: .string(text))])
  }

  /// The same of a path; one that does not begin with a slash, such as `prefx:/api`, would never match.
  static func pathMatch(_ text: String, _ field: String) throws(EditProblem) -> Value {
    let match = stringMatch(text)
    for member in match.members where member.key != "regex" {
      guard member.value.text?.utf8.first != UInt8(ascii: "/") else { continue }
      throw EditProblem(
        "DD0827", field: field, en: "\(field) is a path such as '/exact', 'prefix:/api' or 'regex:…', not '\(text)'",
        zh: "\(field) 应为路径，如 '/exact'、'prefix:/api' 或 'regex:…'，而不是 '\(text)'")
    }
    return match
  }

  /// `NAME=VALUE`; without a sign there is no value.
  package static func pair(_ text: String, _ field: String) throws(EditProblem) -> (name: String, value: String?) {
    let parts = text.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(Substring(parts[0]))
    guard !name.isEmpty else {
      throw EditProblem(
        "DD0805", field: field, en: "\(field) is written NAME=VALUE, not '\(text)'",
        zh: "\(field) 应写作 NAME=VALUE，而不是 '\(text)'")
    }
    return (name, parts.count > 1 ? String(Substring(parts[1])) : nil)
  }

  package static func fullPair(_ text: String, _ field: String) throws(EditProblem) -> (name: String, value: String) {
    let (name, value) = try pair(text, field)
    guard let value else {
      throw EditProblem(
        "DD0805", field: field, en: "\(field) is written NAME=VALUE, not '\(text)'",
        zh: "\(field) 应写作 NAME=VALUE，而不是 '\(text)'")
    }
    return (name, value)
  }

  /// `A@P`: a value and a percentage of requests, 100 where none is said.
  package static func share(
    _ text: String, _ field: String
  ) throws(EditProblem) -> (text: String, percentage: Value) {
    guard let sign = text.utf8.lastIndex(of: UInt8(ascii: "@")) else {
      return (text, .object([Value.Member(key: "value", value: .integer(100))]))
    }
    let percent = try percent(String(text[text.utf8.index(after: sign)...]), "\(field).percentage")
    return (String(text[..<sign]), .object([Value.Member(key: "value", value: percent)]))
  }
}
