/// The algebra of host names, of which only a leading `*` is special (HN-1); everything compares bytes.
package enum HostName {
  private static let star = UInt8(ascii: "*")

  /// HN-1.
  static func isWildcard(_ host: String) -> Bool {
    host.utf8.first == star
  }

  /// Whether two names have a name in common (HN-2).
  package static func overlap(_ a: String, _ b: String) -> Bool {
    switch (isWildcard(a), isWildcard(b)) {
    case (true, true):
      a.utf8.count < b.utf8.count ? hasTail(b, of: a) : hasTail(a, of: b)
    case (true, false): hasTail(b, of: a)
    case (false, true): hasTail(a, of: b)
    case (false, false): a.utf8.elementsEqual(b.utf8)
    }
  }

  /// Whether everything that `a` names is named by `b` too (HN-3).
  package static func isSubset(_ a: String, of b: String) -> Bool {
    if isWildcard(b) {
      if isWildcard(a), a.utf8.count < b.utf8.count { return false }
      return hasTail(a, of: b)
    }
    return a.utf8.elementsEqual(b.utf8)
  }

  /// Exact before wildcard, then the longer, then by bytes (HN-4).
  package static func isMoreSpecific(_ a: String, than b: String) -> Bool {
    let kinds = (isWildcard(a), isWildcard(b))
    if kinds.0 != kinds.1 { return kinds.1 }
    let lengths = (a.utf8.count, b.utf8.count)
    if lengths.0 != lengths.1 { return lengths.0 > lengths.1 }
    return a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Of every pair the narrower name, where one covers the other (HN-6).
  package static func intersection(_ a: [String], _ b: [String]) -> [String] {
    var result: [String] = []
    for one in a {
      for other in b {
        let narrower: String
        if isSubset(one, of: other) {
          narrower = one
        } else if isSubset(other, of: one) {
          narrower = other
        } else {
          continue
        }
        if !result.contains(narrower) { result.append(narrower) }
      }
    }
    return result
  }

  /// Whether `name` ends with what follows the star of `wildcard`; a star of `name` itself does not count.
  private static func hasTail(_ name: String, of wildcard: String) -> Bool {
    let tail = wildcard.utf8.dropFirst()
    let body = isWildcard(name) ? name.utf8.dropFirst() : name.utf8[...]
    return body.count >= tail.count && body.suffix(tail.count).elementsEqual(tail)
  }
}
