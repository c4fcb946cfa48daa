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
    let preview = PreviewReport(
      preview: ChangePreview(before: desk.all, after: desk.all(after: step), now: Environment.now))
    switch format {
    case "json": showJSON(step, preview, revision, isDryRun)
    case "yaml": showTexts(step)
    default: try showText(step, preview, revision, store)
    }
  }

  private func showText(
    _ step: ReleaseStep, _ preview: PreviewReport, _ revision: Revision?, _ store: MeshStore
  ) throws {
    let language = terminal.language
    let style = terminal.style
    preview.show(terminal)
    for remark in step.remarks { terminal.printLine(style.warning("! ") + remark[language]) }
    let line: LocalizedText
    if let revision {
      line = LocalizedText(en: "revision \(revision.number)", zh: "修订 \(revision.number)")
    } else {
      line = LocalizedText(en: "dry run, nothing was written", zh: "试运行，未写入任何内容")
    }
    let colon = LocalizedText(en: ": ", zh: "：")[language]
    terminal.printLine(style.heading(line[language]) + colon + step.title)
    guard revision != nil, let release = step.release else { return }
    let after = try attempt { try ReleaseDesk(store) }
    let text = ReleaseText(style: style, language: language)
    let next = LocalizedText(en: "next: ", zh: "下一步：")[language]
    terminal.printLine(style.faint(next) + text.next(release, try ReleaseCommand.surroundings(release, after, self)))
  }

  private func showJSON(_ step: ReleaseStep, _ preview: PreviewReport, _ revision: Revision?, _ isDryRun: Bool) {
    var writer = JSONWriter(layout: .indented)
    writer.beginObject()
    writer.writeMembers(revision: revision?.number, head: step.base)
    writer.key("dryRun")
    writer.bool(isDryRun)
    writer.key("step")
    writer.string(step.title)
    writer.key("remarks")
    writer.strings(step.remarks.map { $0[terminal.language] })
    writer.key("release")
    writer.value(step.release?.value ?? .null)
    preview.write(to: &writer, terminal.language)
    writer.endObject()
    writer.endLine()
    terminal.output.write(writer.bytes[...])
  }

  /// What was changed, and where the release stands, as they would be stored.
  private func showTexts(_ step: ReleaseStep) {
    let texts = step.after.map(\.source.text) + (step.release.map { [$0.value.yaml] } ?? [])
    for (place, text) in texts.enumerated() {
      if place > 0 { terminal.printLine("---") }
      terminal.output.write(text[...])
      if text.last != UInt8(ascii: "\n") { terminal.printLine() }
    }
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
