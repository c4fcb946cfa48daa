import Diagnostics
import Evaluation
import MeshModel
import Report
import RoutingTests
import Workbench

/// One run over all test files.
struct TestRound {
  let invocation: Invocation
  private var arguments: ParsedArguments { invocation.arguments }
  private var terminal: Terminal { invocation.terminal }

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  func run() throws -> ExitCode {
    let cases = try cases()
    let worlds = TestMeshes(invocation).worlds()
    let results = TestJob(worlds, forms: forms()).run(cases)
    show(results)
    return TestTally(results).isGood ? .success : .negative
  }

  /// Everything that is wrong with any file is told before the first test runs.
  private func cases() throws -> [TestCase] {
    let paths = arguments.operands
    guard !paths.isEmpty else {
      throw CommandFailure(
        en: "give files or folders of tests", zh: "请给出测试文件或目录", hint: ParsedArguments.hint(invocation.path))
    }
    let input = InputFiles(reading: paths, depth: .recursive)
    var problems = input.problems
    var cases: [TestCase] = []
    for file in input.files {
      let read = readTests(file.bytes, file: file.name)
      problems += read.problems
      cases += read.suite.cases
      for note in read.suite.notCarried { problems.append(note) }
    }
    let printer = DiagnosticText(style: terminal.errorStyle, language: terminal.language)
    for problem in problems { terminal.errors.write(printer.text(problem)) }
    terminal.errors.flush()
    let errors = problems.filter { $0.severity == .error }.count
    guard errors == 0 else {
      throw CommandFailure(
        .failure, en: errors == 1 ? "1 problem in the tests" : "\(errors) problems in the tests",
        zh: "测试中有 \(errors) 个问题")
    }
    return cases
  }

  private func forms() -> TestJob.Forms {
    let language = terminal.language
    // Only text for a person is coloured.
    let style = (arguments[Options.output] ?? "text") == "text" ? terminal.style : .plain
    return TestJob.Forms(
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

  private func show(_ results: [TestResult]) {
    switch arguments[Options.output] {
    case "json": terminal.output.write(TestJSON(language: terminal.language).document(results)[...])
    case "junit": terminal.output.write(TestMarks.junit(results, language: terminal.language))
    case "github": terminal.output.write(TestMarks.github(results, language: terminal.language))
    default:
      let printer = TestText(style: terminal.style, language: terminal.language)
      for result in results { terminal.output.write(printer.text(result)) }
      terminal.output.write(printer.summary(TestTally(results)))
    }
    terminal.output.flush()
  }
}
