import Evaluation
import Report
import Workbench

/// Answers of a bulk run as NDJSON.
struct EncodedAnswers: AnswerSink {
  private var encoder: AnswerEncoder

  init(_ encoder: AnswerEncoder) {
    self.encoder = encoder
  }

  mutating func write(_ answer: Answer, id: [UInt8]) { encoder.write(answer, id: id) }

  mutating func writeError(code: String, message: String, id: [UInt8]) {
    encoder.writeError(code: code, message: message, id: id)
  }

  mutating func takeBytes() -> [UInt8] { encoder.takeBytes() }
}
