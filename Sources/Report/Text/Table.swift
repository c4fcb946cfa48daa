/// Columns of text, each as wide as its widest cell.
package struct Table: Sendable {
  private var header: [String]
  private var rows: [[String]] = []
  private let style: TextStyle

  package init(_ header: [String], style: TextStyle) {
    self.header = header
    self.style = style
  }

  package var isEmpty: Bool { rows.isEmpty }

  package mutating func add(_ row: [String]) { rows.append(row) }

  /// Lines with their line feeds; the last column is never padded.
  package var text: String {
    var widths = header.map { TextWidth.columns(of: $0) }
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], TextWidth.columns(of: cell)) }
    }
    var text = line(header.map { style.heading($0) }, widths)
    for row in rows { text += line(row, widths) }
    return text
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      line += column + 1 == cells.count ? cell : TextWidth.padded(cell, to: widths[column] + 3)
    }
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line + "\n"
  }
}
