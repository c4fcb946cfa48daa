import Comparison
import Diagnostics
import History
import MeshModel
import Releases
import Report
import Storage
import Validation
import Workbench

/// Shows a step of a release, and stores it.
struct ReleaseStepReport {
  private let invocation: Invocation
  private let terminal: Terminal
  private let format: String

  init(_ invocation: Invocation) {
    self.invocation = invocation
    terminal = invocation.terminal
    format = invocation.arguments[Options.output] ?? "text"
  }

  /// What every command that takes a step does.
  static func run(_ invocation: Invocation, _ work: (ReleaseDesk) throws -> ReleaseStep) throws -> ExitCode {
    let report = ReleaseStepReport(invocation)
    let input = StoreInput(invocation)
    let store = try input.open()
    let desk = try attempt { try ReleaseDesk(store) }
    let step: ReleaseStep
    do { step = try work(desk) } catch let refusal as ReleaseRefusal { throw report.failure(refusal) }
    let forced = try report.refusals(of: step)
    let isDryRun = invocation.arguments.has(ApplyCommand.dryRun)
    var revision: Revision?
    if !isDryRun {
      // The message that a person gave is the first thing to read.
      let given = invocation.arguments[Options.message].map { "\($0)\n\n" } ?? ""
      let message = given + step.title + forced
      let outcome = try attempt { try step.commit(to: store, signature: input.signature, message: message) }
      if case .committed(let made, _) = outcome { revision = made }
    }
    try report.show(step, revision, isDryRun, desk, store)
    return .success
  }

  /// Refuses what a cluster would refuse; with `--force`, what to note in the revision's message instead.
  private func refusals(of step: ReleaseStep) throws -> String {
    let findings = Check(manner: .drydock).refusals(of: CheckWorld(objects: step.after))
    guard !findings.isEmpty else { return "" }
    if invocation.arguments.has(ReleaseOptions.force) {
      return " (--force: \(Set(findings.map(\.code)).sorted().joined(separator: ", ")))"
    }
    let printer = DiagnosticText(style: terminal.style, language: terminal.language)
    for finding in findings { terminal.errors.write(printer.text(Diagnostic(finding))) }
    throw CommandFailure(
      .negative, en: "\(findings.count) errors: a cluster would refuse this step", zh: "\(findings.count) 个错误：集群会拒绝这一步")
  }

  func failure(_ refusal: ReleaseRefusal) -> CommandFailure {
    let text = ReleaseText(style: terminal.style, language: terminal.language)
    if case .store(let error) = refusal { return CommandFailure(error) }
    if case .conflicts(let conflicts) = refusal {
      if format == "text" {
        for conflict in conflicts { terminal.output.write(text.conflict(conflict.conflict, of: conflict.id)) }
      } else {
        write(.object([.init(key: "conflicts", value: .array(conflicts.map(\.value)))]))
      }
    }
    return CommandFailure(.negative, en: refusal.message.en, zh: refusal.message.zh, hint: refusal.hint)
  }

  private func show(
    _ step: ReleaseStep, _ revision: Revision?, _ isDryRun: Bool, _ desk: ReleaseDesk, _ store: MeshStore
  ) throws {
    guard format == "text" else {
      write(step.value(revision: revision?.number, isDryRun: isDryRun))
      return
    }
    let language = terminal.language
    let style = terminal.style
    terminal.output.write(preview(step))
    for remark in step.remarks { terminal.printLine(style.warning("! ") + remark[language]) }
    let line: LocalizedText
    if let revision {
      line = LocalizedText(en: "revision \(revision.number)", zh: "修订 \(revision.number)")
    } else {
      line = LocalizedText(en: "dry run, nothing was written", zh: "试运行，未写入任何内容")
    }
    terminal.printLine("\(style.heading(line[language])): \(step.title)")
    guard revision != nil, let release = step.release else { return }
    let after = try attempt { try ReleaseDesk(store) }
    let text = ReleaseText(style: style, language: language)
    let next = LocalizedText(en: "next: ", zh: "下一步：")[language]
    terminal.printLine(style.faint(next) + text.next(release, try ReleaseCommand.surroundings(release, after, self)))
  }

  private func preview(_ step: ReleaseStep) -> String {
    let old = Dictionary(uniqueKeysWithValues: step.before.map { ($0.id, $0) })
    let new = Dictionary(uniqueKeysWithValues: step.after.map { ($0.id, $0) })
    var text = ""
    for id in Set(old.keys).union(new.keys).sorted() {
      let before = String(decoding: old[id]?.source.text ?? [], as: UTF8.self)
      let after = String(decoding: new[id]?.source.text ?? [], as: UTF8.self)
      let name = id.label
      let diff = UnifiedDiff(from: before, to: after).text(
        oldName: old[id] == nil ? "/dev/null" : name, newName: new[id] == nil ? "/dev/null" : name)
      for line in diff.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        switch line.utf8.first {
        case UInt8(ascii: "+"): text += terminal.style.added(String(line)) + "\n"
        case UInt8(ascii: "-"): text += terminal.style.removed(String(line)) + "\n"
        default: text += line + "\n"
        }
      }
    }
    return text
  }

  func write(_ value: Value) {
    if format == "yaml" {
      terminal.output.write(value.yaml[...])
      return
    }
    var writer = JSONWriter(layout: .indented)
    writer.value(value)
    writer.endLine()
    terminal.output.write(writer.bytes[...])
  }
}

extension ReleaseRefusal.Conflict {
  fileprivate var value: Value {
    .object([
      .init(key: "object", value: .string(id.label)), .init(key: "field", value: .string(conflict.path.description)),
      .init(key: "reason", value: .string(conflict.reason.rawValue)), .init(key: "base", value: conflict.base ?? .null),
      .init(key: "ours", value: conflict.ours ?? .null), .init(key: "theirs", value: conflict.theirs ?? .null),
    ])
  }
}

extension ReleaseStep {
  fileprivate func value(revision: RevisionNumber?, isDryRun: Bool) -> Value {
    let old = Set(before.map(\.id))
    let new = Set(after.map(\.id))
    let changes = old.union(new).sorted().map { id -> Value in
      let kind = !old.contains(id) ? "added" : new.contains(id) ? "changed" : "removed"
      return .object([
        .init(key: "object", value: .string(id.label)), .init(key: "change", value: .string(kind)),
      ])
    }
    return .object([
      .init(key: "revision", value: revision.map { .integer($0.value) } ?? .null),
      .init(key: "base", value: base.map { .integer($0.value) } ?? .null),
      .init(key: "dryRun", value: .bool(isDryRun)), .init(key: "step", value: .string(title)),
      .init(key: "changes", value: .array(changes)),
      .init(key: "remarks", value: .array(remarks.map { .string($0.en) })),
      .init(key: "release", value: release?.value ?? .null),
    ])
  }
}
