import Diagnostics
import Evaluation
import MeshModel
import Report
import Workbench

/// How tests get at answers in the forms that only reports know.
enum TestForms {
  /// For machines.
  static let plain = forms(.plain, .en)

  static func forms(_ style: TextStyle, _ language: Language) -> TestJob.Forms {
    TestJob.Forms(
      json: { answer, session in
        var encoder = AnswerEncoder { session.place(of: $0) }
        encoder.write(answer, id: Array("null".utf8))
        return Value(json: encoder.takeBytes())
      },
      explanation: { answer, trace, question, session in
        let context = AnswerContext(place: { session.place(of: $0) }, object: { session.snapshot[$0] })
        let text = AnswerText(style: style, language: language, context: context)
        let said = text.text(answer, to: question.single.question) + text.explanation(trace)
        return said.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      })
  }
}
