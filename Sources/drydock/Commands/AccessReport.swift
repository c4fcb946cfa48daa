import Comparison
import Diagnostics
import Evaluation
import History
import MeshModel
import Report
import Workbench

/// What a change does to access, as every command tells it.
struct AccessReport {
  private let snapshot: Snapshot
  private let terminal: Terminal

  init(_ snapshot: Snapshot, _ invocation: Invocation) {
    self.snapshot = snapshot
    terminal = invocation.terminal
  }

  /// Behind a difference: who is newly allowed or denied by it, where it can have such an effect.
  static func show(
    _ differences: [ObjectDifference], _ states: () throws -> (old: [MeshObject], new: [MeshObject]),
    _ invocation: Invocation
  ) throws {
    guard AccessRelevance.isGiven(differences) else { return }
    let (old, new) = try states()
    // A mesh that comes into being has no access to compare with.
    guard !old.isEmpty else { return }
    let newer = Snapshot(new)
    let comparison = AccessComparison(from: Snapshot(old), to: newer, now: Environment.now)
    let targets = comparison.targets
    let terminal = invocation.terminal
    guard comparison.size(of: targets) <= AccessRelevance.mostQuestions else {
      terminal.output.flush()
      terminal.remark(
        LocalizedText(
          en: "note: who is newly allowed or denied is a long question here; ask it with 'drydock access --against'",
          zh: "提示：此处计算新允许或新拒绝的访问较耗时；请用 'drydock access --against' 单独查询"))
      return
    }
    let changes = comparison.changes(at: targets)
    guard !changes.isEmpty else { return }
    terminal.printLine()
    AccessReport(newer, invocation).show(changes)
  }

  func show(_ changes: [AccessChange]) {
    terminal.output.write(text(terminal.style, terminal.language).text(changes))
  }

  func showJSON(_ changes: [AccessChange]) {
    var writer = JSONWriter(layout: .indented)
    let plain = text(.plain, .en)
    writer.write(changes) { plain.reason($0) }
    writer.endLine()
    terminal.output.write(writer.bytes[...])
  }

  private func text(_ style: TextStyle, _ language: Language) -> AccessText {
    let context = AnswerContext(place: { _ in nil }, object: { snapshot[$0] })
    return AccessText(AnswerText(style: style, language: language, context: context))
  }
}
