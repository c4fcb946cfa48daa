import Patterns

/// Regular expressions as Istio's validation takes them.
enum RegexText {
  /// What is wrong with the syntax; nil when nothing is.
  static func problem(_ text: String) -> String? {
    switch Pattern.refusal(text) {
    case .syntax(let words): words
    case .programTooLarge(let size, let limit): "\(size) > \(limit)"
    case nil, .empty, .tooLong: nil
    }
  }
}
