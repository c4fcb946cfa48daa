import Evaluation

/// The JSON of answers of one shape, cut where they differ.
struct ShapeText {
  /// Keeps the identity that the table is keyed by.
  let shape: AnswerShape
  /// What stands before each of the values that differ, and what stands behind the last.
  let pieces: [[UInt8]]
}

extension AnswerEncoder {
  mutating func write(_ answer: Answer, of shape: AnswerShape, id: [UInt8]) {
    let key = ObjectIdentifier(shape)
    let text = shapes[key] ?? makeText(of: answer, shape)
    shapes[key] = text
    writer.line { line in
      line += Self.head
      line += id
      var place = 0
      answer.forEachVariable { value in
        line += text.pieces[place]
        JSONWriter.appendQuoted(value, to: &line)
        place += 1
      }
      line += text.pieces[place]
    }
  }

  private static let head = Array("{\"id\":".utf8)

  private func makeText(of answer: Answer, _ shape: AnswerShape) -> ShapeText {
    var encoder = AnswerEncoder(place: place)
    encoder.writer.beginObject()
    encoder.writer.key("id")
    encoder.writer.raw([])
    let start = encoder.writer.bytes.count
    encoder.writer.notesVariables = true
    encoder.writeMembers(of: answer)
    encoder.writer.endObject()
    let line = encoder.writer.bytes
    var pieces: [[UInt8]] = []
    var place = start
    for range in encoder.writer.variables {
      pieces.append(Array(line[place..<range.lowerBound]))
      place = range.upperBound
    }
    pieces.append(Array(line[place...]))
    return ShapeText(shape: shape, pieces: pieces)
  }
}

extension Answer {
  /// What differs between answers of one shape, in the order in which it is written.
  fileprivate func forEachVariable(_ body: ([UInt8]) -> Void) {
    for outcome in outcomes {
      guard case .forward(let forwarded) = outcome.effect, let request = forwarded.request else { continue }
      body(request.authority)
      body(request.path)
      for header in request.headers where header.name == AnswerShape.originalPath { header.values?.forEach(body) }
    }
  }
}
