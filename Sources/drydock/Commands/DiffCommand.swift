import Comparison
import Diagnostics
import History
import MeshModel
import Report
import Storage
import Workbench

/// `drydock diff`: what differs between revisions, or between a revision and files.
enum DiffCommand {
  static let spec = CommandSpec(
    name: "diff", group: .reading,
    summary: LocalizedText(en: "show what differs, object by object and field by field", zh: "逐对象、逐字段显示差异"),
    forms: ["[A [B]]", "[A] -f FILE… [--prune]"],
    details: LocalizedText(
      en: """
        Without revisions: what the newest one changed. With one: from it to the newest. With -f: from a revision \
        (the newest) to the files. Exit code 1 when there is a difference.
        """,
      zh: "不给修订：最新修订改了什么；给一个：从它到最新；给 -f：从某修订（默认最新）到文件。有差异时退出码为 1。"),
    examples: [
      .init("drydock diff 3 5", en: "from revision 3 to revision 5", zh: "修订 3 到修订 5"),
      .init("drydock diff -f reviews.yaml", en: "what applying the file would change", zh: "应用该文件会改变什么"),
    ],
    options: [
      Options.filename, Options.with, Options.recursive, ApplyCommand.prune, Options.output(["text", "json", "name"]),
    ] + StoreInput.options, operands: 0...2, operandCompletion: .revision, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let comparison = try comparison(invocation)
    let differences = comparison.differences
    let terminal = invocation.terminal
    switch invocation.arguments[Options.output] {
    case "json":
      var writer = JSONWriter(layout: .indented)
      writer.write(differences)
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    case "name":
      for difference in differences { terminal.printLine(difference.id.reference) }
    default:
      let text = DifferenceText(style: terminal.style, language: terminal.language)
      terminal.output.write(text.text(differences))
      try AccessReport.show(differences, comparison.states, invocation)
    }
    return differences.isEmpty ? .success : .negative
  }

  /// What is compared; the states as a whole are read only when somebody asks for them.
  private struct Comparison {
    var differences: [ObjectDifference]
    var states: () throws -> (old: [MeshObject], new: [MeshObject])
  }

  private static func comparison(_ invocation: Invocation) throws -> Comparison {
    let arguments = invocation.arguments
    let input = StoreInput(invocation)
    let store = try input.open()
    let numbers = try arguments.operands.map { try input.revision($0, in: store) }
    let head = try attempt { try store.head }
    let files = arguments.all(Options.filename) + arguments.all(Options.with)
    if !files.isEmpty {
      let read = ObjectInput(reading: files, depth: arguments.has(Options.recursive) ? .recursive : .shallow)
      try InputProblems.show(read.problems.filter { $0.severity != .info }, invocation.terminal)
      let old = numbers.isEmpty ? head : numbers[0]
      let scope: DiffJob.Scope = arguments.has(ApplyCommand.prune) ? .wholeMesh : .theseObjects
      return Comparison(
        differences: try attempt { try DiffJob(store).between(old, read.objects, scope: scope) },
        states: {
          let before = try attempt { try store.objects(at: old) }
          switch scope {
          case .theseObjects: return (before, before.laidOver(by: read.objects))
          case .wholeMesh: return (before, before.filter { $0.id.kind.sort != .managed }.laidOver(by: read.objects))
          }
        })
    }
    guard let head else {
      throw CommandFailure(
        .negative, en: "mesh '\(store.mesh)' has no revisions yet", zh: "网格 '\(store.mesh)' 还没有修订")
    }
    let (old, new): (RevisionNumber?, RevisionNumber) = try attempt {
      switch numbers.count {
      case 0: (try store.store.revision(head, of: store.mesh).parent, head)
      case 1: (numbers[0], head)
      default: (numbers[0], numbers[1] ?? head)
      }
    }
    return Comparison(
      differences: try attempt { try DiffJob(store).between(old, new) },
      states: { try attempt { (try store.objects(at: old), try store.objects(at: new)) } })
  }
}
