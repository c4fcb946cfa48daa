import MeshCodec
package import MeshModel
import YAML

/// The text of one object made to say something else.
package struct SourceRewrite: Hashable, Sendable {
  package var text: [UInt8]
  package var manner: Manner

  /// How much of the old text is left.
  package enum Manner: String, Hashable, Sendable, CaseIterable {
    /// Everything that says what it said before stands as it did, comments included.
    case kept
    /// The same, but what aliases and merge keys stood for is written out where they were.
    case expanded
    /// Nothing: the object is written anew, without its comments.
    case anew
  }

  /// What a text says; nil when it is not one document.
  package static func value(of text: [UInt8]) -> Value? { read(text).map { Value($0) } }

  /// The text of a new object.
  package static func text(of value: Value) -> [UInt8] { YAMLText.bytes(of: Node(value)) }

  /// Makes a text mean new content. The order of an object's members stays what it was.
  package init(_ text: [UInt8], to new: Value) {
    let root = Self.read(text)
    if let root, Value(root).saysTheSame(as: new) {
      self.init(text: text, manner: .kept)
      return
    }
    if let root {
      for manner in [Manner.kept, .expanded] {
        guard let made = Self.rewritten(text, root, to: new, expandingAliases: manner == .expanded),
          Self.value(of: made)?.saysTheSame(as: new) == true
        else { continue }
        self.init(text: made, manner: manner)
        return
      }
    }
    let isJSON = text.first { !isSpace($0) } == UInt8(ascii: "{") && parseJSON(text) != nil
    let written = isJSON ? JSONText.bytes(of: Node(new)) + [UInt8(ascii: "\n")] : Self.text(of: new)
    self.init(text: written, manner: .anew)
  }

  private init(text: [UInt8], manner: Manner) {
    self.text = text
    self.manner = manner
  }

  private static func read(_ text: [UInt8]) -> Node? {
    let (documents, _) = parseYAML(text, file: "")
    return documents.count == 1 ? documents[0].node : nil
  }

  private static func rewritten(
    _ text: [UInt8], _ root: Node, to new: Value, expandingAliases: Bool
  ) -> [UInt8]? {
    let lacksEnd = text.last != UInt8(ascii: "\n")
    let whole = SourceLines(lacksEnd ? text + [UInt8(ascii: "\n")] : text)
    let rewriter = TextRewriter(lines: whole, style: TextStyle(root, whole), expandsAliases: expandingAliases)
    guard var made = rewriter.rewrite(root, to: new) else { return nil }
    if lacksEnd, made.last == UInt8(ascii: "\n") { made.removeLast() }
    return made
  }
}
