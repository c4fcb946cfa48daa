/// The name of a mesh in the store, one per cluster or environment.
package struct MeshName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  package static let standard = MeshName(trusted: "default")
  package static let longest = 63

  package enum Problem: Error, Hashable, Sendable {
    case empty
    case tooLong(Int)
    case badCharacter(String)
  }

  /// A name is 1 to 63 of `a`–`z`, `0`–`9`, `-`, `_` and `.`, and starts with a letter or a digit.
  package init(_ text: String) throws(Problem) {
    guard let first = text.utf8.first else { throw .empty }
    guard text.utf8.count <= Self.longest else { throw .tooLong(text.utf8.count) }
    guard Self.isAlphanumeric(first) else { throw .badCharacter(text) }
    for byte in text.utf8 {
      let isMark = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      guard Self.isAlphanumeric(byte) || isMark else { throw .badCharacter(text) }
    }
    self.text = text
  }

  private init(trusted text: String) {
    self.text = text
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  package var description: String { text }

  package static func < (a: MeshName, b: MeshName) -> Bool { a.text < b.text }
}
