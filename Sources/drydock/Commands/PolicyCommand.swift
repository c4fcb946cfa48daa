import Diagnostics
import History
import Report
import Storage
import Workbench

/// `drydock policy`: what a revision needs before it may leave, and the results of checks.
enum PolicyCommand {
  static let approvals = OptionSpec.value(
    "approvals", nil, "N", LocalizedText(en: "how many people must approve", zh: "需要几人批准"))
  static let authorCounts = OptionSpec.value(
    "author-counts", nil, "YES|NO", choices: ["yes", "no"],
    LocalizedText(en: "whether the author's own approval counts", zh: "作者本人的批准是否计入"))
  static let check = OptionSpec.list(
    "check", nil, "NAME", LocalizedText(en: "a check that must have passed; may be repeated", zh: "必须通过的检查；可重复"))
  static let clean = OptionSpec.value(
    "clean", nil, "SEVERITY", choices: ["error", "warning", "info", "no"],
    LocalizedText(
      en: "require that 'drydock check' finds nothing of this severity or worse; 'no' requires nothing",
      zh: "要求 'drydock check' 没有该级别或更严重的问题；'no' 表示不要求"))
  static let noChecks = OptionSpec.toggle("no-checks", nil, LocalizedText(en: "require no checks", zh: "不要求任何检查"))

  static let spec = CommandSpec(
    name: "policy", group: .people,
    summary: LocalizedText(en: "say what a revision needs before it may leave", zh: "规定修订导出前需满足的条件"),
    forms: [
      "show", "set [--approvals N] [--author-counts yes|no] [--clean SEVERITY] [--check NAME…]",
      "record NAME passed|failed [REVISION]",
    ],
    subcommands: [show, set, record], run: { _ in .failure })

  private static let show = CommandSpec(
    name: "show", group: .people, summary: LocalizedText(en: "show the policy of the mesh", zh: "查看网格的评审策略"),
    forms: [""], examples: [.init("drydock policy show", en: "what a revision needs", zh: "修订需要满足什么")],
    options: [Options.output(["text", "json"])] + StoreInput.options
  ) { invocation in
    let store = try StoreInput(invocation).open()
    display(try attempt { try store.store.policy(of: store.mesh) }, invocation)
    return .success
  }

  private static let set = CommandSpec(
    name: "set", group: .people, summary: LocalizedText(en: "change the policy of the mesh", zh: "修改网格的评审策略"),
    forms: ["[--approvals N] [--author-counts yes|no] [--clean SEVERITY] [--check NAME…] [--no-checks]"],
    details: LocalizedText(
      en: """
        What a clean check says is found by Drydock itself when a revision is approved or exported, and recorded; \
        other checks are recorded with 'drydock policy record'.
        """,
      zh: "检查是否通过由 Drydock 在批准或导出修订时自行得出并记录；其他检查用 'drydock policy record' 记录。"),
    examples: [
      .init("drydock policy set --approvals 2 --check tests", en: "two people and a passed check", zh: "两人批准且检查通过"),
      .init("drydock policy set --clean error", en: "nothing leaves that has errors", zh: "有错误的修订不得导出"),
    ],
    options: [approvals, authorCounts, clean, check, noChecks, Options.author, Options.output(["text", "json"])]
      + StoreInput.options
  ) { invocation in
    let arguments = invocation.arguments
    let input = StoreInput(invocation)
    let store = try input.open()
    var policy = try attempt { try store.store.policy(of: store.mesh) }
    if let text = arguments[approvals] {
      guard let count = Int(text), (0...100).contains(count) else {
        throw CommandFailure(en: "'\(text)' is no number of approvals", zh: "'\(text)' 不是有效的批准人数")
      }
      policy.approvalsNeeded = count
    }
    if let text = arguments[authorCounts] { policy.author = text == "yes" ? .counts : .ignored }
    if arguments.has(noChecks) { policy.requiredChecks = [] }
    let checks = arguments.all(check)
    if let odd = checks.first(where: { $0.utf8.starts(with: "check:".utf8) && OwnCheck(name: $0) == nil }) {
      throw CommandFailure(
        en: "'\(odd)' is no check of Drydock's own; use \(OwnCheck.all.map(\.name).joined(separator: ", "))",
        zh: "'\(odd)' 不是 Drydock 自身的检查；可用 \(OwnCheck.all.map(\.name).joined(separator: "、"))")
    }
    if !checks.isEmpty { policy.requiredChecks = Array(Set(checks)).sorted() }
    if let word = arguments[clean] {
      policy.requiredChecks.removeAll { OwnCheck(name: $0) != nil }
      if let severity = Severity(rawValue: word) { policy.requiredChecks.append(OwnCheck(severity).name) }
      policy.requiredChecks.sort()
    }
    try attempt { try store.store.setPolicy(policy, of: store.mesh, by: input.signature) }
    display(policy, invocation)
    return .success
  }

  private static let record = CommandSpec(
    name: "record", group: .people,
    summary: LocalizedText(en: "record how a check came out for a revision", zh: "记录某修订的检查结果"),
    forms: ["NAME passed|failed [REVISION] [-m DETAIL]"],
    examples: [.init("drydock policy record tests passed 4", en: "the tests passed for revision 4", zh: "修订 4 的测试已通过")],
    options: [Options.message, Options.author] + StoreInput.options, operands: 2...3
  ) { invocation in
    let operands = invocation.arguments.operands
    guard let outcome = CheckResult.Outcome(rawValue: operands[1]) else {
      throw CommandFailure(
        en: "'\(operands[1])' is neither 'passed' nor 'failed'", zh: "'\(operands[1])' 应为 'passed' 或 'failed'")
    }
    if OwnCheck(name: operands[0]) != nil {
      throw CommandFailure(
        en: "'\(operands[0])' is Drydock's own check; nobody else says how it came out",
        zh: "'\(operands[0])' 是 Drydock 自身的检查；其结果不能由他人给出",
        hint: LocalizedText(
          en: "'drydock check --revision REVISION --record' makes and records it",
          zh: "'drydock check --revision 修订 --record' 会执行并记录"))
    }
    let input = StoreInput(invocation)
    let store = try input.open()
    guard let number = try input.revision(operands.count > 2 ? operands[2] : nil, in: store) else {
      throw CommandFailure(
        .negative, en: "mesh '\(store.mesh)' has no revisions yet", zh: "网格 '\(store.mesh)' 还没有修订")
    }
    let signature = input.signature
    try attempt {
      let revision = try store.store.revision(number, of: store.mesh)
      try store.store.record(
        CheckResult(
          mesh: store.mesh, revision: number, digest: revision.digest, name: operands[0], outcome: outcome,
          detail: invocation.arguments[Options.message] ?? "", actor: signature.person, time: signature.time))
    }
    let done = LocalizedText(
      en: "revision \(number): check '\(operands[0])' \(outcome.rawValue)",
      zh: "修订 \(number)：检查 '\(operands[0])' \(outcome == .passed ? "通过" : "未通过")")
    invocation.terminal.printLine(done[invocation.language])
    return .success
  }

  private static func display(_ policy: ReviewPolicy, _ invocation: Invocation) {
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.beginObject()
      writer.key("approvalsNeeded")
      writer.integer(policy.approvalsNeeded)
      writer.key("authorCounts")
      writer.bool(policy.author == .counts)
      writer.key("requiredChecks")
      writer.strings(policy.requiredChecks)
      writer.endObject()
      writer.endLine()
      terminal.output.write(writer.bytes[...])
      return
    }
    let count = policy.approvalsNeeded
    let needed = LocalizedText(
      en: count == 1 ? "1 approval is needed" : "\(count) approvals are needed", zh: "需要 \(count) 人批准")
    let author =
      switch policy.author {
      case .counts: LocalizedText(en: "the author's own counts", zh: "作者本人的批准计入")
      case .ignored: LocalizedText(en: "the author's own does not count", zh: "作者本人的批准不计入")
      }
    let language = terminal.language
    terminal.printLine("\(needed[language]); \(author[language])")
    if !policy.requiredChecks.isEmpty {
      let names = policy.requiredChecks.joined(separator: ", ")
      terminal.printLine(LocalizedText(en: "checks that must pass: \(names)", zh: "必须通过的检查：\(names)")[language])
    }
  }
}
