/// Why a text is no pattern that a mesh can use.
package enum PatternProblem: Error, Hashable, Sendable {
  /// RE2's words.
  case syntax(String)
  /// RE-4: Envoy refuses a program above its runtime's limit.
  case programTooLarge(size: Int, limit: Int)
  /// Istio refuses the empty text wherever a pattern may stand.
  case empty
  /// Istio's stand-in for the size of the program, which Go cannot tell.
  case tooLong(bytes: Int, limit: Int)
}

extension Pattern {
  /// Bytes that Istio's validation lets a pattern have.
  package static let lengthLimit = 1024

  /// What Istio's validation says of a pattern; nil when it lets it in.
  ///
  /// Istio asks Go's regexp, whose syntax is RE2's over characters. What is left to differ: Go has no `\C`, and has
  /// newer Unicode tables.
  package static func refusal(_ text: String) -> PatternProblem? {
    if text.utf8.isEmpty { return .empty }
    let count = text.utf8.count
    if count > lengthLimit { return .tooLong(bytes: count, limit: lengthLimit) }
    if PatternSyntax.holdsByteEscape(text) { return .syntax("invalid escape sequence: \\C") }
    do throws(PatternProblem) {
      _ = try Pattern(text)
      return nil
    } catch {
      return error
    }
  }
}
