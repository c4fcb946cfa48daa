import Diagnostics
import Evaluation
import MeshModel
import Report
import Workbench

/// `drydock who-can`: who may reach a service, and who is kept out by what.
enum WhoCanCommand {
  static let spec = CommandSpec(
    name: "who-can", group: .questions,
    summary: LocalizedText(
      en: "tell which workloads may reach a service, and why the others may not",
      zh: "说明哪些工作负载可以访问某服务，以及其余为何不能"),
    forms: ["HOST[:PORT] [METHOD PATH]"],
    details: LocalizedText(
      en: """
        Asks for every workload what 'drydock simulate' would: its identity, the TLS that it uses, routes, policies. \
        Without a method and a path it is GET /.
        """,
      zh: "对每个工作负载提出与 'drydock simulate' 相同的问题：身份、所用 TLS、路由与策略。不给方法与路径时为 GET /。"),
    examples: [
      .init("drydock who-can cart.shop POST /orders", en: "who may place an order", zh: "谁可以下单"),
      .init("drydock who-can db.shop:5432 -f mesh.yaml", en: "from files", zh: "来自文件"),
    ],
    options: [Options.namespace, Options.output(["text", "json"])] + TokenInput.options + MeshInput.options,
    operands: 1...3, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let words = invocation.arguments.operands
    let place = try AccessInput(invocation)
    let target = try place.target(words[0], Array(words.dropFirst()))
    let job = place.job
    let rows = job.rows(at: target)
    let text = place.text
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.write(rows, at: target) { place.plain.reason($0) }
      writer.endLine()
      terminal.output.write(writer.bytes[...])
      return .success
    }
    terminal.printLine(text.title(target))
    terminal.printLine()
    terminal.output.write(text.table(rows))
    terminal.printLine()
    terminal.printLine(text.summary(rows))
    return .success
  }
}

/// What the questions about access share: the mesh, the target, the token.
struct AccessInput {
  let session: SimulationSession
  let job: AccessJob
  private let invocation: Invocation

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    let snapshot = try MeshInput(invocation).snapshot()
    let token = try TokenInput(invocation).token(in: snapshot)
    session = SimulationSession(snapshot, now: Environment.now, given: token)
    job = AccessJob(session, headers: token?.headers(in: snapshot) ?? [])
  }

  /// A host, and a method and a path.
  func target(_ host: String, _ rest: [String]) throws -> AccessTarget {
    do throws(AccessTargets.Problem) {
      let namespace = invocation.arguments[Options.namespace] ?? "default"
      let authority = try AccessTargets(session).authority(of: host, namespace: namespace)
      return try Self.operation(rest, at: authority)
    } catch let problem {
      throw CommandFailure(en: problem.message.en, zh: problem.message.zh, hint: problem.hint)
    }
  }

  static func operation(_ words: [String], at authority: String) throws(AccessTargets.Problem) -> AccessTarget {
    var target = AccessTarget(authority: authority)
    // A path alone is asked with GET, a method alone at the root.
    for word in words {
      if word.utf8.first == UInt8(ascii: "/") { target.path = word } else { target.method = word }
    }
    return target
  }

  var text: AccessText { text(invocation.terminal.style) }
  /// For machines: without colours, in English.
  var plain: AccessText {
    AccessText(AnswerText(style: .plain, language: .en, context: context))
  }

  private func text(_ style: TextStyle) -> AccessText {
    AccessText(AnswerText(style: style, language: invocation.language, context: context))
  }

  private var context: AnswerContext {
    AnswerContext(place: { session.place(of: $0) }, object: { session.snapshot[$0] })
  }
}
