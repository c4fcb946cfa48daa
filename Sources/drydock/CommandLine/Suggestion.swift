import Diagnostics

/// What was most likely meant by a word that nothing is called.
enum Suggestion {
  /// The word that the typed one begins, where it begins only one; otherwise the one that looks most like it.
  static func meant(by word: String, among words: [String]) -> String? {
    let begun = word.utf8.count > 1 ? words.filter { $0.utf8.starts(with: word.utf8) } : []
    return begun.count == 1 ? begun[0] : Similarity.closest(to: word, among: words)
  }
}
