import MeshModel
import YAML

/// Cuts the text of single objects out of a file that holds several in one document.
struct SourceExcerpts {
  private let bytes: [UInt8]
  /// Where every line begins; empty until it is asked for.
  private var lineStarts: [Int] = []
  /// Beyond this column an object is not moved to its place by spaces: a file of one long line would grow without bound.
  private static let widestIndent = 256

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The text of an object so that lines and columns stay what they were, or the object written anew when the
  /// stretch does not stand for it alone (aliases that lead out of it, or something added).
  mutating func source(of node: Node, file: String, original: Bool) -> ObjectSource {
    let line = Int(node.start.line)
    if original, let text = excerpt(node) {
      let (documents, problems) = parseYAML(text, file: file)
      if problems.isEmpty, documents.count == 1, documents[0].node.hasSameValue(as: node) {
        return ObjectSource(file: file, line: line, text: text)
      }
    }
    return ObjectSource(file: file, line: line, text: JSONText.bytes(of: node) + [UInt8(ascii: "\n")])
  }

  private mutating func excerpt(_ node: Node) -> [UInt8]? {
    guard let start = offset(node.start), let end = offset(node.end), start < end else { return nil }
    let indent = Int(node.start.column) - 1
    var text: [UInt8] = []
    if indent <= Self.widestIndent { text = Array(repeating: UInt8(ascii: " "), count: indent) }
    text += bytes[start..<withRemark(end)]
    while let last = text.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      text.removeLast()
    }
    text.append(UInt8(ascii: "\n"))
    return text
  }

  /// Behind the comment that follows on the same line, if there is one. Looks no further than the first byte that is
  /// no space: a file of one long line holds many objects.
  private func withRemark(_ end: Int) -> Int {
    guard let first = bytes[end...].firstIndex(where: { $0 != UInt8(ascii: " ") }), first > end,
      bytes[first] == UInt8(ascii: "#")
    else { return end }
    return bytes[first...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.endIndex
  }

  private mutating func offset(_ mark: Mark) -> Int? {
    if lineStarts.isEmpty {
      lineStarts = [0]
      for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { lineStarts.append(index + 1) }
    }
    let line = Int(mark.line) - 1
    guard lineStarts.indices.contains(line) else {
      return mark.line > 1 && line == lineStarts.count ? bytes.count : nil
    }
    let offset = lineStarts[line] + Int(mark.column) - 1
    return mark.column > 0 && offset <= bytes.count ? offset : nil
  }
}
