package import Diagnostics

/// One document of a stream.
package struct YAMLDocument: Sendable {
  package let node: Node
  /// Its text as it was written, comments before and behind included, without the `---` line in front.
  package let bytes: ArraySlice<UInt8>
  /// Where that text begins in the file.
  package let start: Mark

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The stretch of the content alone, without the comments around it.
  package func span(file: String) -> SourceSpan { node.span(file: file) }
}
