import Diagnostics
import History
import Report
import RoutingTests
import Storage
import Validation
import Workbench

/// `drydock review`: decisions on revisions.
enum ReviewCommand {
  static let spec = CommandSpec(
    name: "review", group: .people,
    summary: LocalizedText(en: "approve or reject a revision", zh: "批准或拒绝某个修订"),
    forms: ["approve|reject|status [REVISION] [-m COMMENT]"],
    details: LocalizedText(
      en: "A decision is bound to the revision's digest. What a revision needs is said by 'drydock policy'.",
      zh: "评审决定与修订的摘要绑定。修订需要满足的条件由 'drydock policy' 规定。"),
    subcommands: [
      decision("approve", .approve, LocalizedText(en: "approve a revision", zh: "批准修订")),
      decision("reject", .reject, LocalizedText(en: "reject a revision", zh: "拒绝修订")),
      status,
    ], run: { _ in .failure })

  private static func decision(
    _ name: String, _ decision: Review.Decision, _ summary: LocalizedText
  ) -> CommandSpec {
    CommandSpec(
      name: name, group: .people, summary: summary, forms: ["[REVISION] [-m COMMENT]"],
      examples: [
        .init("drydock review \(name) 4 -m 'looked at the canary'", en: "decide on revision 4", zh: "对修订 4 作出决定")
      ],
      options: [Options.message, Options.author] + StoreInput.options, operands: 0...1, operandCompletion: .revision
    ) { invocation in
      let (input, store, number) = try target(invocation)
      let signature = input.signature
      let state = try attempt {
        let revision = try store.store.revision(number, of: store.mesh)
        try store.store.record(
          Review(
            mesh: store.mesh, revision: number, digest: revision.digest, decision: decision,
            reviewer: signature.person, comment: invocation.arguments[Options.message] ?? "", time: signature.time))
        try store.record(store.requiredOwnChecks, at: number, by: signature)
        return try store.store.approval(of: number, in: store.mesh)
      }
      show(number, state, invocation.terminal)
      try showFaults(number, state, store, invocation.terminal)
      return .success
    }
  }

  private static let status = CommandSpec(
    name: "status", group: .people,
    summary: LocalizedText(en: "tell whether a revision is approved", zh: "查看修订是否已批准"), forms: ["[REVISION]"],
    examples: [
      .init("drydock review status head", en: "exit code 0 when approved, 1 when not", zh: "已批准则退出码为 0，否则为 1")
    ],
    options: [Options.output(["text", "json"])] + StoreInput.options, operands: 0...1, operandCompletion: .revision
  ) { invocation in
    let (_, store, number) = try target(invocation)
    let state = try attempt { try store.approvalNow(of: number) }
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.write(state)
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else {
      show(number, state, terminal)
      try showFaults(number, state, store, terminal)
      let parent = try attempt { try store.store.revision(number, of: store.mesh).parent }
      let differences = try attempt { try DiffJob(store).between(parent, number) }
      try AccessReport.show(
        differences, { try attempt { (try store.objects(at: parent), try store.objects(at: number)) } }, invocation)
      try showFindings(number, store, terminal)
      try showTests(number, store, terminal)
    }
    return state.isApproved ? .success : .negative
  }

  /// What keeps Drydock's own check from passing.
  private static func showFaults(
    _ number: RevisionNumber, _ state: ApprovalState, _ store: MeshStore, _ terminal: Terminal
  ) throws {
    guard let check = state.failedChecks.compactMap(OwnCheck.init).last else { return }
    let faults = check.faults(try attempt { try store.findings(at: number) })
    let printer = DiagnosticText(style: terminal.style, language: terminal.language)
    for fault in faults.prefix(20) { terminal.output.write(printer.text(Diagnostic(fault))) }
    guard faults.count > 20 else { return }
    let rest = LocalizedText(
      en: "and \(faults.count - 20) more: 'drydock check --revision \(number)'",
      zh: "另有 \(faults.count - 20) 个：'drydock check --revision \(number)'")
    terminal.printLine(rest[terminal.language])
  }

  /// What the revision adds to the findings of the one before.
  private static func showFindings(_ number: RevisionNumber, _ store: MeshStore, _ terminal: Terminal) throws {
    let baseline = try attempt {
      let parent = try store.store.revision(number, of: store.mesh).parent
      return Baseline(try store.findings(at: number), against: try store.findings(at: parent))
    }
    let printer = DiagnosticText(style: terminal.style, language: terminal.language)
    let serious = baseline.introduced.filter { $0.severity != .info }
    for finding in serious.prefix(20) { terminal.output.write(printer.text(Diagnostic(finding))) }
    if baseline.introduced.isEmpty, baseline.fixed.isEmpty { return }
    let (new, old) = (baseline.introduced.count, baseline.fixed.count)
    let text = LocalizedText(
      en: "\(new == 1 ? "1 finding" : "\(new) findings") introduced, \(old) fixed", zh: "新增 \(new) 个问题，修复 \(old) 个")
    terminal.printLine(text[terminal.language])
  }

  /// How the tests that the revision holds come out on it.
  private static func showTests(_ number: RevisionNumber, _ store: MeshStore, _ terminal: Terminal) throws {
    let results = try attempt { try store.testResults(at: number, now: Environment.now) }
    guard !results.isEmpty else { return }
    let printer = TestText(style: terminal.style, language: terminal.language)
    for result in results {
      var brief = result
      brief.explanation = []
      terminal.output.write(printer.text(brief))
    }
    terminal.output.write(printer.summary(TestTally(results)))
  }

  private static func target(_ invocation: Invocation) throws -> (StoreInput, MeshStore, RevisionNumber) {
    let input = StoreInput(invocation)
    let store = try input.open()
    guard let number = try input.revision(invocation.arguments.operands.first, in: store) else {
      throw CommandFailure(
        .negative, en: "mesh '\(store.mesh)' has no revisions yet", zh: "网格 '\(store.mesh)' 还没有修订")
    }
    return (input, store, number)
  }

  private static func show(_ number: RevisionNumber, _ state: ApprovalState, _ terminal: Terminal) {
    let text = RevisionText(style: terminal.style, language: terminal.language)
    let name = LocalizedText(en: "revision \(number)", zh: "修订 \(number)")[terminal.language]
    let colon = LocalizedText(en: ": ", zh: "：")[terminal.language]
    terminal.printLine("\(terminal.style.heading(name))\(colon)\(text.state(state))\(text.missing(state))")
  }
}
