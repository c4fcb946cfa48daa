import Diagnostics
import History
import MeshModel
import Report
import Workbench

/// The mesh that a question is asked of: files alone, or a revision with files on top.
struct MeshInput {
  private let arguments: ParsedArguments
  private let terminal: Terminal
  private let store: StoreInput

  static let options =
    [Options.filename, Options.recursive] + StoreInput.options
    + [Options.revision, Options.with, Options.meshConfig]

  init(_ invocation: Invocation) {
    arguments = invocation.arguments
    terminal = invocation.terminal
    store = StoreInput(invocation)
  }

  /// Problems are shown, and an error ends the run.
  func snapshot() throws -> Snapshot {
    let objects = try objects()
    guard let path = arguments[Options.meshConfig] else { return Snapshot(objects) }
    let (config, problems) = ObjectInput.meshConfig(reading: path)
    try InputProblems.show(problems, terminal)
    return Snapshot(objects, meshConfig: config)
  }

  func objects() throws -> [MeshObject] {
    let files = arguments.all(Options.filename)
    if !files.isEmpty {
      try Self.refuseRevision(arguments)
      return try read(files + arguments.all(Options.with))
    }
    let overlay = try read(arguments.all(Options.with))
    let opened = try store.open()
    let number = try store.revision(arguments[Options.revision], in: opened)
    return try attempt { try opened.objects(at: number) }.laidOver(by: overlay)
  }

  /// Files alone have no revisions.
  static func refuseRevision(_ arguments: ParsedArguments) throws {
    guard arguments.has(Options.revision) else { return }
    throw CommandFailure(
      en: "-f asks files alone; use --with to lay files on top of a revision", zh: "-f 只看文件；要叠加在修订之上请用 --with")
  }

  private func read(_ paths: [String]) throws -> [MeshObject] {
    guard !paths.isEmpty else { return [] }
    let depth: InputFiles.Depth = arguments.has(Options.recursive) ? .recursive : .shallow
    let input = ObjectInput(reading: paths, depth: depth)
    try InputProblems.show(input.problems.filter { $0.severity != .info }, terminal)
    return input.objects
  }
}

/// Problems of the input, all of them at once.
enum InputProblems {
  /// An error among them ends the run.
  static func show(_ problems: [Diagnostic], _ terminal: Terminal) throws {
    let printer = DiagnosticText(style: terminal.errorStyle, language: terminal.language)
    for problem in problems { terminal.errors.write(printer.text(problem)) }
    terminal.errors.flush()
    let errors = problems.filter { $0.severity == .error }
    guard !errors.isEmpty else { return }
    let hasText = errors.contains { $0.span != nil }
    let count = errors.count
    throw CommandFailure(
      hasText ? .negative : .failure, en: count == 1 ? "1 problem in the input" : "\(count) problems in the input",
      zh: "输入中有 \(count) 个问题")
  }
}
