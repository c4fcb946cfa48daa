import ProxyModel

/// How values of policies are compared: `*`, `*x`, `x*`, or the whole text (AM-2).
enum PolicyStrings {
  private static let star = UInt8(ascii: "*")

  static func matcher(_ value: String, ignoresCase: Bool = false) -> StringMatcher {
    if value == "*" { return StringMatcher(.regex(".+")) }
    if value.utf8.first == star { return StringMatcher(.suffix(String(value.dropFirst())), ignoresCase: ignoresCase) }
    if value.utf8.last == star { return StringMatcher(.prefix(String(value.dropLast())), ignoresCase: ignoresCase) }
    return StringMatcher(.exact(value), ignoresCase: ignoresCase)
  }

  /// AM-10, AM-11: `*` asks only that the header is there.
  static func header(_ name: String, _ value: String, ignoresCase: Bool = false) -> HeaderMatcher {
    guard value != "*" else { return HeaderMatcher(name: name.lowercased(), rule: .present) }
    return HeaderMatcher(name: name.lowercased(), rule: .string(matcher(value, ignoresCase: ignoresCase)))
  }

  /// AM-6: principals are written without the scheme of the certificate's name.
  static func principal(_ value: String) -> StringMatcher {
    if value == "*" { return StringMatcher(.regex(".+")) }
    if value.utf8.first == star { return StringMatcher(.regex("spiffe://.*" + quoted(value.dropFirst()))) }
    if value.utf8.last == star { return StringMatcher(.prefix("spiffe://" + value.dropLast())) }
    return StringMatcher(.exact("spiffe://" + value))
  }

  /// AM-7.
  static func namespace(_ value: String) -> StringMatcher {
    let parts = value.split(separator: "*", omittingEmptySubsequences: false).map { quoted($0) }
    return StringMatcher(.regex(".*/ns/" + parts.joined(separator: ".*") + "/.*"))
  }

  /// AM-7: `name` or `namespace/name`.
  static func serviceAccount(_ value: String, policyNamespace: String) -> StringMatcher {
    let slash = value.utf8.firstIndex(of: UInt8(ascii: "/"))
    let namespace = slash.map { value[..<$0] } ?? policyNamespace[...]
    let account = slash.map { value[value.utf8.index(after: $0)...] } ?? value[...]
    return StringMatcher(.regex("spiffe://.+/ns/\(quoted(namespace))/(.+/|)sa/\(quoted(account))(/.+)?"))
  }

  static func trustDomain(_ value: String) -> StringMatcher {
    if value == "*" { return StringMatcher(.prefix("spiffe://")) }
    guard let place = value.utf8.firstIndex(of: star) else { return StringMatcher(.prefix("spiffe://\(value)/")) }
    let tail = value[value.utf8.index(after: place)...]
    return StringMatcher(.regex("spiffe://\(quoted(value[..<place]))[^/]*\(quoted(tail))/.*"))
  }

  /// AM-9: issuer and subject, parted at the last slash.
  static func requestPrincipal(_ value: String) -> (issuer: StringMatcher, subject: StringMatcher) {
    let anything = StringMatcher(.regex(".+"))
    if value == "*" { return (anything, anything) }
    let slash = value.utf8.lastIndex(of: UInt8(ascii: "/"))
    guard let slash else {
      if value.utf8.first == star { return (anything, StringMatcher(.suffix(String(value.dropFirst())))) }
      if value.utf8.last == star { return (StringMatcher(.prefix(String(value.dropLast()))), anything) }
      return (StringMatcher(.exact(value)), StringMatcher(.exact("")))
    }
    let issuer = String(value[..<slash])
    let subject = String(value[value.utf8.index(after: slash)...])
    if value.utf8.first == star {
      let head = issuer == "*" ? anything : StringMatcher(.suffix(String(issuer.dropFirst())))
      return (head, StringMatcher(.exact(subject)))
    }
    if value.utf8.last == star {
      let tail = subject == "*" ? anything : StringMatcher(.prefix(String(subject.dropLast())))
      return (StringMatcher(.exact(issuer)), tail)
    }
    return (StringMatcher(.exact(issuer)), StringMatcher(.exact(subject)))
  }

  /// A text as a regular expression that fits only itself.
  private static func quoted(_ text: some StringProtocol) -> String {
    let special = Set("\\.+*?()|[]{}^$".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if special.contains(byte) { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
