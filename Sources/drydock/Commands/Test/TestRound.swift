import Diagnostics
import Report
import RoutingTests
import Storage
import Workbench

/// One run over all test files.
struct TestRound {
  let invocation: Invocation
  private var arguments: ParsedArguments { invocation.arguments }
  private var terminal: Terminal { invocation.terminal }

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  /// `noting` hears of the files that tests give by themselves.
  func run(noting: ([String]) -> Void = { _ in }) throws -> ExitCode {
    if arguments.has(TestCommand.record) {
      for other in [Options.filename, Options.with, Options.meshConfig] where arguments.has(other) {
        throw CommandFailure(
          en: "--record is about a stored revision as it is; leave out --\(other.long)",
          zh: "--record 只针对存储中的修订本身；请去掉 --\(other.long)")
      }
    }
    let cases = try cases()
    noting(cases.flatMap { TestMeshes.paths($0.given.files + $0.given.with, $0.given) })
    let worlds = TestMeshes(invocation).worlds()
    let results = TestJob(worlds, forms: forms()).run(cases)
    let wishes = try CoverageWishes(invocation)
    let coverage = wishes.isWanted ? CoverageJob.coverage(results, worlds) : nil
    show(results, wishes.isInDocument ? coverage : nil, to: wishes.isAlone ? terminal.errors : terminal.output)
    if arguments.has(TestCommand.record) { try record(results) }
    var isGood = TestTally(results).isGood
    if let coverage { isGood = try wishes.show(coverage) && isGood }
    return isGood ? .success : .negative
  }

  private func record(_ results: [TestResult]) throws {
    let input = StoreInput(invocation)
    let store = try input.open()
    guard let number = try input.revision(arguments[Options.revision], in: store) else { return }
    try attempt {
      guard let check = try store.testCheck(at: number, results, input.signature) else { return }
      try store.store.record(check)
    }
    terminal.remark(
      LocalizedText(en: "recorded for revision \(number)", zh: "已为修订 \(number) 记录结果"))
  }

  /// Everything that is wrong with any file is told before the first test runs.
  private func cases() throws -> [TestCase] {
    let paths = arguments.operands
    var problems: [Diagnostic] = []
    var cases: [TestCase] = []
    if paths.isEmpty {
      let stored = StoredTests.cases(of: try MeshInput(invocation).objects())
      cases = stored.cases
      problems = stored.problems
      if cases.isEmpty, problems.isEmpty {
        throw CommandFailure(
          en: "the mesh has no tests of its own: give files or folders of tests",
          zh: "网格中没有存储的测试：请给出测试文件或目录", hint: ParsedArguments.hint(invocation.path))
      }
    }
    let input = InputFiles(reading: paths, depth: .recursive)
    problems += input.problems
    for file in input.files {
      // In a folder tests may lie beside the mesh that they ask.
      if !paths.contains(file.name), file.name != "<stdin>", holdsObjectsOnly(file.bytes) { continue }
      let read = readTests(file.bytes, file: file.name)
      problems += read.problems + read.suite.notCarried
      cases += read.suite.cases
    }
    if cases.isEmpty, problems.isEmpty {
      throw CommandFailure(en: "there are no tests in what is given", zh: "给出的内容中没有测试")
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
    if cases.contains(where: { $0.request.client == .anywhere }) {
      terminal.remark(
        LocalizedText(
          en: "note: tests of other tools name no client; each is asked by one that has the host, and services and "
            + "gateways that only rules speak of are stood in for",
          zh: "提示：其他工具的测试未指明客户端；由拥有该主机路由的客户端提问，仅在规则中出现的服务和网关以替身代替"))
    }
    return cases
  }

  private func forms() -> TestJob.Forms {
    // Only text for a person is coloured.
    let isText = (arguments[Options.output] ?? "text") == "text"
    return TestForms.forms(isText ? terminal.style : .plain, terminal.language)
  }

  private func show(_ results: [TestResult], _ coverage: Coverage?, to output: Output) {
    switch arguments[Options.output] {
    case "json":
      output.write(TestJSON(language: terminal.language).document(results, coverage: coverage?.json)[...])
    case "junit": output.write(TestMarks.junit(results, language: terminal.language))
    case "github": output.write(TestMarks.github(results, language: terminal.language))
    default:
      let printer = TestText(style: terminal.style, language: terminal.language)
      for result in results { output.write(printer.text(result)) }
      output.write(printer.summary(TestTally(results)))
    }
    output.flush()
  }
}
