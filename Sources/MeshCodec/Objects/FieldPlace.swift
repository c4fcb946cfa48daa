package import Diagnostics
package import MeshModel
import YAML

/// Where a field such as `spec.http[0].match[1].uri` stands in the file that the object came from.
///
/// A field that is not there is found at its nearest ancestor that is. Fields of the mesh configuration continue behind
/// `data.mesh`. nil when the source is no text that can be read.
package func place(of fieldPath: String, in object: MeshObject) -> SourceSpan? {
  FieldPlaces(object.source)?.place(of: fieldPath)
}

/// The places of an object's fields, for whoever asks for many of them: the text is read once.
package struct FieldPlaces: Sendable {
  private let root: Node
  private let source: ObjectSource

  package init?(_ source: ObjectSource) {
    let (documents, _) = parseYAML(source.text, file: source.file)
    guard let root = documents.first?.node else { return nil }
    self.root = root
    self.source = source
  }

  package func place(of fieldPath: String) -> SourceSpan {
    let found = root.nearest(fieldPath)
    var span = found.nameSpan(file: source.file)
    let outer = "data.mesh"
    if fieldPath.utf8.starts(with: "\(outer).".utf8), let node = root["data"]?["mesh"], let scalar = node.scalar {
      let (inner, _) = parseYAML(Array(scalar.text.utf8), file: source.file)
      if let config = inner.first?.node {
        let rest = String(decoding: fieldPath.utf8.dropFirst(outer.utf8.count + 1), as: UTF8.self)
        let inset = TextInset(scalar, of: node, in: source)
        let innerPlace = config.nearest(rest)
        span = inset.outer(innerPlace.nameSpan(file: source.file))
      }
    }
    span.start.line += source.line - 1
    span.end.line += source.line - 1
    return span
  }
}

extension TextInset {
  /// For a scalar of a document whose text begins at line 1 of `source`.
  init(_ scalar: Node.Scalar, of node: Node, in source: ObjectSource) {
    self.init(scalar, of: node, file: source.file, text: source.text, firstLine: 1)
  }

  /// `text` begins at `firstLine` of what the node's places count in.
  init(_ scalar: Node.Scalar, of node: Node, file: String, text: [UInt8], firstLine: Int) {
    let whole = node.span(file: file)
    self.init(whole: whole, lines: nil)
    guard scalar.style == .block else { return }
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let header = Int(node.start.line) - firstLine
    guard lines.indices.contains(header), node.start.column > 0 else { return }
    // In a folded block lines are not lines.
    let head = lines[header].dropFirst(Int(node.start.column) - 1)
    guard head.first == UInt8(ascii: "|") else { return }
    let content = scalar.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let first = content.firstIndex(where: { !$0.isEmpty }), lines.indices.contains(header + 1 + first) else {
      return
    }
    self.lines = Int(node.start.line)
    columns = lines[header + 1 + first].prefix { $0 == UInt8(ascii: " ") }.count
    columns -= content[first].prefix { $0 == UInt8(ascii: " ") }.count
  }
}
