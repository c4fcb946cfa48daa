/// The algebra of host names (HN-1 to HN-7): compared as they are written.
enum HostName {
  static func isWildcard(_ name: String) -> Bool { name.utf8.first == UInt8(ascii: "*") }

  /// HN-2: is there a name that both stand for.
  static func overlap(_ a: String, _ b: String) -> Bool {
    switch (isWildcard(a), isWildcard(b)) {
    case (false, false): return a.utf8.elementsEqual(b.utf8)
    case (true, false): return ends(b.utf8[...], with: a.utf8.dropFirst())
    case (false, true): return ends(a.utf8[...], with: b.utf8.dropFirst())
    case (true, true):
      let (longer, shorter) = a.utf8.count >= b.utf8.count ? (a, b) : (b, a)
      return ends(longer.utf8.dropFirst(), with: shorter.utf8.dropFirst())
    }
  }

  /// HN-3: does `b` stand for every name that `a` stands for.
  static func isSubset(_ a: String, of b: String) -> Bool {
    switch (isWildcard(a), isWildcard(b)) {
    case (false, false): return a.utf8.elementsEqual(b.utf8)
    case (true, false): return false
    case (false, true): return ends(a.utf8[...], with: b.utf8.dropFirst())
    case (true, true): return a.utf8.count >= b.utf8.count && ends(a.utf8.dropFirst(), with: b.utf8.dropFirst())
    }
  }

  /// HN-6: of each pair the narrower name; duplicates are left out.
  static func intersection(_ first: [String], _ second: [String]) -> [String] {
    var result: [String] = []
    for a in first {
      for b in second {
        let narrower = isSubset(a, of: b) ? a : isSubset(b, of: a) ? b : nil
        if let narrower, !result.contains(narrower) { result.append(narrower) }
      }
    }
    return result
  }

  private static func ends(_ text: Substring.UTF8View, with tail: Substring.UTF8View) -> Bool {
    text.count >= tail.count && text.suffix(tail.count).elementsEqual(tail)
  }
}
