/// Host names as Istio checks them; each check gives what is wrong, or nil.
package enum HostText {
  package enum Problem {
    case empty
    case tooLong
    case badLabel(String)
    /// The last part is a number, as in an IPv4 address.
    case numericEnd(String)
    case badGatewayName
  }

  /// S-04 to S-06.
  package static func problem(inFQDN text: String) -> Problem? {
    lengthProblem(text) ?? labelsProblem(Substring(text))
  }

  /// S-04 to S-07: a name whose first part may be or begin with `*`.
  package static func problem(inWildcard text: String) -> Problem? {
    if let problem = lengthProblem(text) { return problem }
    guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else {
      return Names.isWildcardLabel(text) ? nil : .badLabel(text)
    }
    let first = text[..<dot]
    if !Names.isWildcardLabel(first) { return .badLabel(String(first)) }
    return labelsProblem(text[text.utf8.index(after: dot)...])
  }

  /// S-08: a host of a VirtualService that gateways serve.
  package static func problem(inGatewayBound text: String, hasServerNames: Bool) -> Problem? {
    if let problem = lengthProblem(text) { return problem }
    guard hasServerNames, text.utf8.starts(with: "outbound_".utf8) else { return problem(inWildcard: text) }
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0] == "outbound", parts[1].utf8.contains(where: Names.isDigit),
      parts[3].utf8.contains(where: Names.isLetter)
    else { return .badGatewayName }
    return nil
  }

  /// S-09: `*foo.com`.
  package static func isPartialWildcard(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "*")) && text.utf8.count != 1 && !text.utf8.starts(with: "*.".utf8)
  }

  private static func lengthProblem(_ text: String) -> Problem? {
    text.utf8.count > 255 ? .tooLong : text.utf8.isEmpty ? .empty : nil
  }

  private static func labelsProblem(_ text: Substring) -> Problem? {
    let dot = UInt8(ascii: ".")
    let last = text.utf8.lastIndex(of: dot).map { text[text.utf8.index(after: $0)...] } ?? text
    if !Names.isLetter(last.utf8.first ?? 97), Int(last) != nil { return .numericEnd(String(last)) }
    var rest = text
    while let end = rest.utf8.firstIndex(of: dot) {
      let part = rest[..<end]
      if !Names.isLabel(part) { return .badLabel(String(part)) }
      rest = rest[rest.utf8.index(after: end)...]
    }
    return rest.utf8.isEmpty || Names.isLabel(rest) ? nil : .badLabel(String(rest))
  }

  /// Whether one of the two hosts covers the other or both meet, as VS-08 asks.
  package static func overlap(_ a: String, _ b: String) -> Bool {
    switch (isWildcard(a), isWildcard(b)) {
    case (true, true):
      let (a, b) = (a.utf8.dropFirst(), b.utf8.dropFirst())
      return a.count < b.count ? ends(b, with: a) : ends(a, with: b)
    case (true, false): return ends(Substring(b).utf8, with: a.utf8.dropFirst())
    case (false, true): return ends(Substring(a).utf8, with: b.utf8.dropFirst())
    case (false, false): return a.utf8.elementsEqual(b.utf8)
    }
  }

  /// Whether the second host covers all of the first.
  package static func isSubset(_ a: String, of b: String) -> Bool {
    let isWild = isWildcard(a)
    guard isWildcard(b) else { return !isWild && a.utf8.elementsEqual(b.utf8) }
    let tail = b.utf8.dropFirst()
    if isWild {
      let own = a.utf8.dropFirst()
      return own.count >= tail.count && ends(own, with: tail)
    }
    return ends(Substring(a).utf8, with: tail)
  }

  package static func isWildcard(_ text: String) -> Bool { text.utf8.first == UInt8(ascii: "*") }

  private static func ends(_ text: Substring.UTF8View, with tail: Substring.UTF8View) -> Bool {
    text.count >= tail.count && text.suffix(tail.count).elementsEqual(tail)
  }
}
