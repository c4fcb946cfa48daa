import Diagnostics
import Evaluation
import MeshModel
import Report
import Workbench

/// `drydock token`: tokens against the policies of a mesh, without sending them anywhere.
enum TokenCommand {
  static let spec = CommandSpec(
    name: "token", group: .questions,
    summary: LocalizedText(en: "explain a token against the policies", zh: "对照策略说明令牌"), forms: ["inspect …"],
    subcommands: [inspect], run: { _ in .failure })

  private static let inspect = CommandSpec(
    name: "inspect", group: .questions,
    summary: LocalizedText(en: "tell what a token says and which rules accept it", zh: "说明令牌内容以及哪些规则接受它"),
    forms: ["FILE|TOKEN|-", "--claims JSON"],
    details: LocalizedText(
      en: """
        Nothing is sent: inline keys are checked here, and keys that are elsewhere are named. The token itself is \
        neither stored nor printed. Exit code 1 when no rule accepts it.
        """,
      zh: "不会发送任何内容：内联密钥在本地校验，其他位置的密钥仅列出地址。令牌本身不会被存储或打印。没有规则接受时退出码为 1。"),
    examples: [
      .init("drydock token inspect token.jwt -f mesh.yaml", en: "a token in a file", zh: "文件中的令牌"),
      .init(
        "drydock token inspect --claims '{\"sub\": \"anna\", \"role\": \"customer\"}'", en: "claims without a token",
        zh: "仅有声明，没有令牌"),
    ],
    options: [TokenInput.claims, Options.output(["text", "json"])] + MeshInput.options, operands: 0...1
  ) { invocation in
    let snapshot = try MeshInput(invocation).snapshot()
    let session = SimulationSession(snapshot, now: Environment.now)
    let given = try token(invocation, snapshot)
    let judging = SimulationSession(snapshot, now: Environment.now, given: given)
    let inspection = judging.inspection(of: given)
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.write(inspection)
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else {
      let context = AnswerContext(place: { session.place(of: $0) }, object: { snapshot[$0] })
      let answers = AnswerText(style: terminal.style, language: invocation.language, context: context)
      terminal.output.write(TokenText(answers).text(inspection))
    }
    return inspection.isAcceptedSomewhere ? .success : .negative
  }

  private static func token(_ invocation: Invocation, _ snapshot: Snapshot) throws -> GivenToken {
    if let given = try TokenInput(invocation).token(in: snapshot) { return given }
    guard let word = invocation.arguments.operands.first else {
      throw CommandFailure(en: "give a token, a file, or --claims", zh: "请给出令牌、文件或 --claims")
    }
    return try TokenInput.token(word)
  }
}
