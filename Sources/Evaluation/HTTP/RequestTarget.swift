/// The second word of an HTTP/1 request line.
enum RequestTarget {
  static let connect = [UInt8]("CONNECT")
  private static let schemeEnd = [UInt8]("://")

  /// Whether the parser takes it (HCM-9): a path, `*`, or an absolute URL of allowed characters.
  static func isReadable(_ target: [UInt8], method: [UInt8]) -> Bool {
    guard let first = target.first else { return false }
    if first == UInt8(ascii: "/") || first == UInt8(ascii: "*") { return target.dropFirst().allSatisfy(isPathByte) }
    var rest = target[...]
    if method != connect {
      guard ASCII.isLetter(first) else { return false }
      let scheme = rest.prefix {
        ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
          || $0 == UInt8(ascii: ".")
      }
      rest = rest.dropFirst(scheme.count)
      guard rest.starts(with: schemeEnd) else { return false }
      rest = rest.dropFirst(3)
    }
    let host = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard host.allSatisfy(Authority.isAllowed) else { return false }
    for (a, b) in zip(host, host.dropFirst()) where a == UInt8(ascii: "@") && b == a { return false }
    return rest.dropFirst(host.count).allSatisfy(isPathByte)
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    byte == 9 || byte == 12 || (byte > 32 && byte < 127)
  }

  struct AbsoluteURL {
    var scheme: [UInt8]
    var authority: [UInt8]
    /// Empty when the URL has none.
    var path: [UInt8]
  }

  /// HCM-7; nil when it is no http or https URL.
  static func absoluteURL(_ target: [UInt8]) -> AbsoluteURL? {
    guard let colon = target.firstIndex(of: UInt8(ascii: ":")), target[colon...].starts(with: schemeEnd) else {
      return nil
    }
    let scheme = ASCII.lowered(Array(target[..<colon]))
    guard scheme == [UInt8]("http") || scheme == [UInt8]("https") else { return nil }
    let rest = target[(colon + 3)...]
    let host = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    guard !host.isEmpty else { return nil }
    var path = Array(rest.dropFirst(host.count))
    if path.isEmpty || path.first != UInt8(ascii: "/") { path.insert(UInt8(ascii: "/"), at: 0) }
    return AbsoluteURL(scheme: scheme, authority: Array(host), path: path)
  }

  /// The methods that the HTTP/1 codec knows (HCM-3).
  static func isKnownMethod(_ method: [UInt8]) -> Bool { known.contains(method) }

  private static let known: Set<[UInt8]> = {
    let names =
      "ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MOVE MSEARCH "
      + "M-SEARCH NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE "
      + "TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE"
    return Set(names.utf8.split(separator: 32).map { Array($0) })
  }()
}

/// Hosts with and without ports.
enum Authority {
  /// HCM-5.
  static func isAllowed(_ byte: UInt8) -> Bool {
    if ASCII.isLetter(byte) || ASCII.isDigit(byte) { return true }
    switch byte {
    case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="),
      UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "~"):
      return true
    default:
      return false
    }
  }

  /// Where the port begins, at its colon; nil without one (HOST-4).
  static func portStart(_ authority: [UInt8]) -> Int? {
    guard let colon = authority.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    if let bracket = authority.lastIndex(of: UInt8(ascii: "]")), bracket > colon { return nil }
    return colon
  }
}
