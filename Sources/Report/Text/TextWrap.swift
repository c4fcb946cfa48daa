/// Prose in lines of a width: broken at blanks, and between Chinese characters.
package enum TextWrap {
  /// Line ends of the text itself count as blanks.
  package static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var columns = 0
    for piece in pieces(text) {
      let needed = TextWidth.columns(of: piece.text)
      let gap = line.isEmpty || !piece.followsBlank ? 0 : 1
      if !line.isEmpty, columns + gap + needed > width {
        lines.append(line)
        line = piece.text
        columns = needed
      } else {
        line += gap == 1 ? " " + piece.text : piece.text
        columns += gap + needed
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  private struct Piece {
    var text: String
    var followsBlank: Bool
  }

  /// Words, and Chinese characters each with the punctuation behind it.
  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var isAfterBlank = false
    var mayBreak = true
    for scalar in text.unicodeScalars {
      if scalar == " " || scalar == "\n" {
        isAfterBlank = true
        mayBreak = true
        continue
      }
      let isWide = TextWidth.columns(of: String(scalar)) == 2
      let isClosing = "，。：；？！、）》」,.:;?!)".unicodeScalars.contains(scalar)
      if isAfterBlank || ((mayBreak || isWide) && !isClosing) || pieces.isEmpty {
        pieces.append(Piece(text: String(scalar), followsBlank: isAfterBlank))
      } else {
        pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
      }
      isAfterBlank = false
      mayBreak = isWide
    }
    return pieces
  }
}
