/// Names as Kubernetes and Istio allow them.
package enum Names {
  package static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
  package static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
  package static func isLetter(_ byte: UInt8) -> Bool { byte | 32 >= 97 && byte | 32 <= 122 }

  /// S-02: letters, digits and inner hyphens, in any case.
  package static func isLabel(_ text: some StringProtocol) -> Bool {
    let bytes = text.utf8
    return bytes.count <= 63 && isHyphenated(bytes)
  }

  /// S-03: what may stand before the first dot of a host.
  package static func isWildcardLabel(_ text: some StringProtocol) -> Bool {
    guard text.utf8.count <= 63 else { return false }
    guard text.utf8.first == UInt8(ascii: "*") else { return isHyphenated(text.utf8) }
    var rest = text.utf8.dropFirst()
    if rest.isEmpty { return true }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    return isHyphenated(rest)
  }

  private static func isHyphenated(_ bytes: some Collection<UInt8>) -> Bool {
    if let answer = bytes.withContiguousStorageIfAvailable(isHyphenated) { return answer }
    return Array(bytes).withUnsafeBufferPointer(isHyphenated)
  }

  private static func isHyphenated(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last, isAlphanumeric(first), isAlphanumeric(last) else {
      return false
    }
    return bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  /// Lower case labels joined by dots, 253 bytes at most.
  package static func isSubdomain(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 253, !bytes.contains(where: { $0 >= 65 && $0 <= 90 }) else { return false }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { isHyphenated($0) }
  }

  /// Letters, digits, `-`, `_` and `.`, with a letter or digit at each end.
  package static func isQualified(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, isAlphanumeric(first), isAlphanumeric(last) else {
      return false
    }
    return bytes.allSatisfy {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
    }
  }

  /// `[prefix/]name` as Kubernetes has it for labels and annotations.
  package static func isMetadataKey(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last, name.utf8.count <= 63, isQualified(name) else { return false }
    return parts.count == 1 || isSubdomain(parts[0])
  }

  /// RFC 7230 token characters, and a comma as Istio has it.
  package static func isToken(_ text: some StringProtocol) -> Bool {
    !text.utf8.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-.^_`|~,".utf8.contains($0) }
  }
}
