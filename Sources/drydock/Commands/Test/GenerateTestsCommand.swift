import Diagnostics
import MeshModel
import Report
import RoutingTests
import Workbench

/// `drydock test generate`: a safety net before a refactoring.
enum GenerateTestsCommand {
  static let object = OptionSpec.value(
    "object", nil, "NS/NAME",
    LocalizedText(en: "as an object of kind RoutingTest, to be kept with the mesh", zh: "写成 RoutingTest 对象，以便随网格存储"))

  static let spec = CommandSpec(
    name: "generate", group: .questions,
    summary: LocalizedText(en: "write a test for every rule as it behaves now", zh: "按当前行为为每条规则生成测试"),
    forms: ["[NS/NAME]… [-f MESH…] [--revision N]"],
    details: LocalizedText(
      en: """
        For every rule and match of the VirtualServices the smallest request that comes to it, and what becomes of it \
        now. Rules that no request can reach are named on standard error. The same mesh gives the same bytes.
        """,
      zh: "为每条规则和匹配生成能到达它的最小请求及其当前结果。任何请求都无法到达的规则会在标准错误中列出。相同的网格总是得到相同的输出。"),
    examples: [
      .init(
        "drydock test generate > tests/now.yaml", en: "before a refactoring", zh: "重构之前"),
      .init(
        "drydock test generate --object shop/now | drydock apply -f -", en: "and keep it with the mesh", zh: "并随网格存储"),
      .init("drydock test generate shop/reviews -f mesh/", en: "of one VirtualService", zh: "只针对一个 VirtualService"),
    ],
    options: [object] + MeshInput.options, operands: 0...1_000, run: run)

  private static func id(_ name: String, _ kind: ObjectKind) -> ObjectID {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    return ObjectID(kind: kind, namespace: parts.count > 1 ? parts[0] : "default", name: parts.last ?? name)
  }

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let terminal = invocation.terminal
    let snapshot = try MeshInput(invocation).snapshot()
    let objects = try invocation.arguments.operands.map { name -> ObjectID in
      let id = Self.id(name, .virtualService)
      guard snapshot[id] != nil else {
        throw CommandFailure(en: "the mesh has no VirtualService '\(name)'", zh: "网格中没有 VirtualService '\(name)'")
      }
      return id
    }
    let job = GenerateJob(SimulationSession(snapshot, now: Environment.now))
    let heading = ["What every rule did when this was written by 'drydock test generate'."]
    let product = job.product(
      of: objects.isEmpty ? nil : Set(objects), forms: TestForms.plain, heading: heading,
      object: invocation.arguments[object].map { id($0, .routingTest) })
    terminal.output.write(product.text[...])
    terminal.output.flush()
    for rule in product.unreached {
      let place = "\(rule.rule.object.label) \(rule.rule.field)"
      let reason = rule.reason.text
      terminal.remark(LocalizedText(en: "no test for \(place): \(reason.en)", zh: "没有为 \(place) 生成测试：\(reason.zh)"))
    }
    for rule in product.unwritten {
      let place = "\(rule.object.label) \(rule.field)"
      terminal.remark(
        LocalizedText(
          en: "no test for \(place): its request cannot be written as a URL", zh: "没有为 \(place) 生成测试：其请求无法写成 URL"))
    }
    return .success
  }
}
