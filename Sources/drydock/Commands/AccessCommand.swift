import Diagnostics
import Evaluation
import MeshModel
import Report
import Workbench

/// `drydock access`: whether one workload may reach another, and the whole mesh at a glance.
enum AccessCommand {
  static let matrix = OptionSpec.toggle(
    "matrix", nil, LocalizedText(en: "every workload against every service", zh: "所有工作负载对所有服务"))
  static let by = OptionSpec.value(
    "by", nil, "WHAT", choices: ["workload", "namespace"],
    LocalizedText(en: "rows of the matrix (default: workload)", zh: "矩阵的行（默认 workload）"))
  static let against = OptionSpec.value(
    "against", nil, "REV",
    LocalizedText(en: "what is newly allowed or denied since that revision", zh: "自该修订以来新允许或新拒绝的访问"))

  static let spec = CommandSpec(
    name: "access", group: .questions,
    summary: LocalizedText(
      en: "tell whether one workload may reach a service; or who may reach what",
      zh: "说明某工作负载能否访问某服务，或谁能访问什么"),
    forms: ["FROM TO [METHOD PATH]", "--matrix [METHOD PATH]", "--against REV [METHOD PATH]"],
    details: LocalizedText(
      en: """
        FROM is a workload (NS/NAME), TO is HOST[:PORT]. Exit code 1 when it is denied. --against compares with a \
        revision of the store: of the two states, those workloads are told whose access differs; without a method and \
        a path, whatever the policies speak of is asked.
        """,
      zh: "FROM 为工作负载（NS/NAME），TO 为 HOST[:PORT]。被拒绝时退出码为 1。--against 与存储中的修订比较，列出访问权限发生变化的工作负载；不给方法与路径时，按策略中提到的操作提问。"),
    examples: [
      .init("drydock access shop/web cart.shop POST /orders", en: "one pair", zh: "一对工作负载"),
      .init("drydock access --matrix -o csv", en: "the whole mesh, for a spreadsheet", zh: "整个网格，用于电子表格"),
      .init("drydock access --against head~1", en: "what the newest revision changed", zh: "最新修订带来的变化"),
    ],
    options: [matrix, by, against, Options.namespace, Options.output(["text", "table", "csv", "json"])]
      + TokenInput.options + MeshInput.options,
    operands: 0...4, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    if invocation.arguments.has(matrix) || invocation.arguments[by] != nil {
      return try showMatrix(invocation)
    }
    if let revision = invocation.arguments[against] { return try compare(revision, invocation) }
    let words = invocation.arguments.operands
    guard words.count >= 2 else {
      throw CommandFailure(
        en: "give FROM and TO, or --matrix", zh: "请给出 FROM 与 TO，或 --matrix",
        hint: ParsedArguments.hint(invocation.path))
    }
    return try pair(words, invocation)
  }

  private static func pair(_ words: [String], _ invocation: Invocation) throws -> ExitCode {
    let place = try AccessInput(invocation)
    let target = try place.target(words[1], Array(words.dropFirst(2)))
    let name = words[0]
    let verdict: AccessVerdict
    do {
      let known = place.job.clients.entries.first { $0.client.name == name }?.vantage
      let namespace = invocation.arguments[Options.namespace] ?? "default"
      let vantage = try known ?? SourceSelection(place.session).sidecar(name, namespace: namespace)
      verdict = try place.job.verdict(of: vantage, at: target)
    } catch let problem as SourceSelection.Problem {
      throw CommandFailure(en: problem.message.en, zh: problem.message.zh, hint: problem.hint)
    } catch let problem as QuestionProblem {
      throw CommandFailure(en: problem.message.en, zh: problem.message.zh)
    }
    let row = AccessRow(client: AccessClient(name: name, namespace: ""), verdict: verdict)
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.write([row], at: target) { place.plain.reason($0) }
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else {
      let text = place.text
      let what = "\(target.method) \(target.authority)\(target.path)"
      terminal.printLine("\(name) → \(what): \(text.word(verdict.kind)) (\(text.reason(verdict)))")
    }
    return verdict.kind == .allowed ? .success : .negative
  }

  private static func showMatrix(_ invocation: Invocation) throws -> ExitCode {
    let place = try AccessInput(invocation)
    let asked = try AccessInput.operation(invocation.arguments.operands, at: "")
    let targets = AccessTargets(place.session).all(method: asked.method, path: asked.path)
    var found = place.job.matrix(of: targets)
    if invocation.arguments[by] == "namespace" { found = found.byNamespace }
    let text = AccessMatrixText(place.text, style: invocation.terminal.style)
    switch invocation.arguments[Options.output] {
    case "csv": invocation.terminal.output.write(text.csv(found))
    case "json":
      var writer = JSONWriter(layout: .indented)
      writer.write(found) { place.plain.reason($0) }
      writer.endLine()
      invocation.terminal.output.write(writer.bytes[...])
    default: invocation.terminal.output.write(text.table(found))
    }
    return .success
  }

  private static func compare(_ revision: String, _ invocation: Invocation) throws -> ExitCode {
    let newer = try MeshInput(invocation).snapshot()
    let input = StoreInput(invocation)
    let store = try input.open()
    let number = try input.revision(revision, in: store)
    let older = Snapshot(try attempt { try store.objects(at: number) })
    let comparison = AccessComparison(from: older, to: newer, now: Environment.now)
    var targets = comparison.targets
    let words = invocation.arguments.operands
    if !words.isEmpty {
      let asked = try AccessInput.operation(words, at: "")
      targets = AccessTargets(SimulationSession(newer, now: Environment.now)).all(
        method: asked.method, path: asked.path)
    }
    let changes = comparison.changes(at: targets)
    let report = AccessReport(newer, invocation)
    if invocation.arguments[Options.output] == "json" {
      report.showJSON(changes)
    } else if changes.isEmpty {
      invocation.terminal.printLine(
        LocalizedText(en: "nobody is newly allowed or denied", zh: "没有新允许或新拒绝的访问")[invocation.language])
    } else {
      report.show(changes)
    }
    return changes.isEmpty ? .success : .negative
  }
}
