import Diagnostics
import MeshModel
import Report
import Workbench

/// The mesh that a question is asked of, from the options of the command line.
struct MeshInput {
  private let arguments: ParsedArguments
  private let terminal: Terminal

  init(_ invocation: Invocation) {
    arguments = invocation.arguments
    terminal = invocation.terminal
  }

  /// The objects of `-f`; problems are shown, and an error ends the run.
  func snapshot() throws -> Snapshot {
    let depth: InputFiles.Depth = arguments.has(Options.recursive) ? .recursive : .shallow
    let input = ObjectInput(reading: arguments.all(Options.filename), depth: depth)
    try show(input.problems)
    guard let path = arguments[Options.meshConfig] else { return Snapshot(input.objects) }
    let (config, problems) = ObjectInput.meshConfig(reading: path)
    try show(problems)
    return Snapshot(input.objects, meshConfig: config)
  }

  private func show(_ problems: [Diagnostic]) throws {
    let printer = DiagnosticText(style: terminal.errorStyle, language: terminal.language)
    for problem in problems where problem.severity != .info { terminal.errors.write(printer.text(problem)) }
    terminal.errors.flush()
    let count = problems.count { $0.severity == .error }
    guard count > 0 else { return }
    let hasText = problems.contains { $0.severity == .error && $0.span != nil }
    throw CommandFailure(
      hasText ? .negative : .failure, en: count == 1 ? "1 problem in the input" : "\(count) problems in the input",
      zh: "输入中有 \(count) 个问题")
  }
}
