/// Bytes to be hashed, built field by field: each text is preceded by its length, so that no two lists of fields
/// give the same bytes.
package struct DigestFields: Sendable {
  package private(set) var bytes: [UInt8] = []

  /// The label says what is being hashed, so that two sorts of thing never share a digest.
  package init(_ label: StaticString) {
    append(label.description)
  }

  package mutating func append(_ number: Int64) {
    for shift in stride(from: Int64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  package mutating func append(_ text: String) {
    append(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// A text that may be absent, which is not the same as empty.
  package mutating func append(_ text: String?) {
    append(Int64(text == nil ? 0 : 1))
    append(text ?? "")
  }

  package mutating func append(_ digest: Digest) {
    bytes.append(contentsOf: digest.bytes)
  }

  package var digest: Digest { Digest(hashing: bytes) }
}
