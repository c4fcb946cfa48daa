import Patterns
import ProxyModel
import Synchronization

/// Patterns by their text, compiled once.
///
/// A text that RE2 refuses is kept as nil: it never matches, as Envoy would have refused the configuration.
final class PatternCache: Sendable {
  private let compiled = Mutex<[String: Pattern?]>([:])

  init() {}

  func pattern(_ text: String) -> Pattern? {
    compiled.withLock { known in
      if let found = known[text] { return found }
      let made = try? Pattern(text)
      known.updateValue(made, forKey: text)
      return made
    }
  }
}

extension StringMatcher {
  /// HM-3.
  func matches(_ bytes: [UInt8], _ patterns: PatternCache) -> Bool {
    switch kind {
    case .exact(let text): return same(text.utf8, bytes[...])
    case .prefix(let text): return bytes.count >= text.utf8.count && same(text.utf8, bytes.prefix(text.utf8.count))
    case .suffix(let text): return bytes.count >= text.utf8.count && same(text.utf8, bytes.suffix(text.utf8.count))
    case .contains(let text):
      let needle = ignoresCase ? ASCII.lowered(Array(text.utf8)) : Array(text.utf8)
      return (ignoresCase ? ASCII.lowered(bytes) : bytes).contains(sequence: needle)
    case .regex(let text): return patterns.pattern(text)?.matches(bytes) ?? false
    }
  }

  private func same(_ text: String.UTF8View, _ bytes: ArraySlice<UInt8>) -> Bool {
    guard text.count == bytes.count else { return false }
    if !ignoresCase { return text.elementsEqual(bytes) }
    return zip(text, bytes).allSatisfy { ASCII.lower($0) == ASCII.lower($1) }
  }
}

extension Array where Element == UInt8 {
  func contains(sequence needle: [UInt8]) -> Bool {
    firstIndex(ofSequence: needle, from: 0) != nil
  }

  func firstIndex(ofSequence needle: [UInt8], from start: Int) -> Int? {
    guard needle.count <= count - start else { return nil }
    for place in start...(count - needle.count) where self[place..<(place + needle.count)].elementsEqual(needle) {
      return place
    }
    return nil
  }
}
