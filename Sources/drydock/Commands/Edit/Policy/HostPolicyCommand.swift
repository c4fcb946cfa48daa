import Diagnostics
import Editing
import MeshModel
import Report
import Workbench

/// `drydock fuse` and `drydock loadbalance`: one part of the policies of DestinationRules, with every verb.
struct HostPolicyCommand: Sendable {
  let name: String
  let part: PolicyPart
  /// Flags of an example, and their meaning.
  let example: (flags: String, text: LocalizedText)

  static let fuse = HostPolicyCommand(
    name: "fuse", part: .breaker,
    example: (
      "--max-connections 100 --http1-max-pending-requests 10 --consecutive-5xx-errors 5 --base-ejection-time 30s",
      LocalizedText(en: "limits and ejection for a host", zh: "为主机设置限额与驱逐")
    )
  ).spec
  static let loadbalance = HostPolicyCommand(
    name: "loadbalance", part: .balancer,
    example: (
      "--hash-header x-user", LocalizedText(en: "one user, one endpoint", zh: "同一用户固定到同一端点")
    )
  ).spec

  private var spec: CommandSpec {
    CommandSpec(
      name: name, group: .changes, summary: summary,
      forms: [
        "add|create|insert|update|transform HOST [--subset S] [--port N] FLAGS…", "get|delete HOST",
        "list|ports [HOST]",
        "apply [HOST] -f FILE",
      ],
      details: LocalizedText(
        en: """
          HOST is a service as clients name it: reviews, shop/reviews, reviews.shop.svc.cluster.local. Each policy has \
          its place: the rule itself, a subset, a port, a port of a subset. Every edit shows the new text, the findings \
          and the requests that change before it is stored; --dry-run stops there.
          """,
        zh: """
          HOST 是客户端所用的服务名：reviews、shop/reviews、reviews.shop.svc.cluster.local。每个策略都有位置：\
          规则本身、子集、端口、子集的端口。每次编辑在保存前都会显示新文本、问题和结果有变化的请求；--dry-run 到此为止。
          """),
      subcommands: [
        edit("add", PolicyVerb.add), edit("create", .create), edit("insert", .insert), edit("update", .update),
        edit("delete", .delete), edit("transform", .transform), apply, get, list, ports,
      ], run: { _ in .failure })
  }

  private var summary: LocalizedText {
    switch part {
    case .breaker: LocalizedText(en: "edit circuit breakers: limits and ejection", zh: "编辑熔断器：连接池与异常驱逐")
    case .balancer: LocalizedText(en: "edit load balancing", zh: "编辑负载均衡")
    }
  }

  private func edit(_ word: String, _ verb: PolicyVerb) -> CommandSpec {
    var options = PolicyTarget.options
    switch verb {
    case .delete: break
    case .insert: options += [Self.before, Self.after] + fields
    case .add, .create, .update, .transform: options += fields
    }
    return CommandSpec(
      name: word, group: .changes, summary: verb.summary(part), forms: ["HOST [--subset S] [--port N] [FLAGS…]"],
      examples: [
        .init(
          "drydock \(name) \(word) reviews \(exampleFlags(verb))", en: exampleText(verb).en, zh: exampleText(verb).zh)
      ],
      options: options + EditRun.options, operands: 1...1
    ) { [part, name] invocation in
      try PolicyEditor(part: part, command: name, invocation).run(verb)
    }
  }

  private var fields: [OptionSpec] {
    FieldOptions.options(part.fields) + [FieldOptions.unset, FieldOptions.file]
  }

  static let before = OptionSpec.value(
    "before", nil, "NAME", LocalizedText(en: "stand before this port or label", zh: "排在该端口或标签之前"))
  static let after = OptionSpec.value(
    "after", nil, "NAME", LocalizedText(en: "stand behind this port or label", zh: "排在该端口或标签之后"))

  private func exampleFlags(_ verb: PolicyVerb) -> String {
    switch verb {
    case .delete: "--subset v2"
    case .insert: "--port 9080 --before 9090 " + example.flags
    case .update: "--port 9080 " + example.flags
    case .add, .create, .transform: example.flags
    }
  }

  private func exampleText(_ verb: PolicyVerb) -> LocalizedText {
    switch verb {
    case .add, .create: example.text
    case .delete: LocalizedText(en: "that of one subset", zh: "删除一个子集的设置")
    case .insert: LocalizedText(en: "for one port, before another one's", zh: "某端口的设置，排在另一端口之前")
    case .update: LocalizedText(en: "for one port", zh: "修改某端口的设置")
    case .transform: LocalizedText(en: "as YAML, without storing it", zh: "输出 YAML，不保存")
    }
  }

  private var apply: CommandSpec {
    CommandSpec(
      name: "apply", group: .changes,
      summary: LocalizedText(en: "make it what a file says", zh: "按文件内容更新"),
      forms: ["-f FILE", "HOST [--subset S] [--port N] -f FILE"],
      details: LocalizedText(
        en:
          "A DestinationRule in the file gives all its places; anything else in it is left alone. Fields alone go to the place named.",
        zh: "文件中的 DestinationRule 给出其所有位置的设置，其余内容不动；只有字段时用于所指的位置。"),
      examples: [
        .init("drydock \(name) apply -f reviews.yaml", en: "from a DestinationRule", zh: "取自 DestinationRule")
      ],
      options: PolicyTarget.options + [FieldOptions.file] + EditRun.options, operands: 0...1
    ) { [part, name] invocation in
      try PolicyEditor(part: part, command: name, invocation).apply()
    }
  }

  private static let reading =
    [Options.namespace, Options.allNamespaces, Options.output(["text", "yaml", "json"])] + MeshInput.options

  private var get: CommandSpec {
    CommandSpec(
      name: "get", group: .changes, summary: LocalizedText(en: "show one", zh: "查看一条"),
      forms: ["HOST [--subset S] [--port N]"],
      examples: [.init("drydock \(name) get reviews --subset v1", en: "that of a subset", zh: "查看子集的设置")],
      options: [PolicyTarget.subset, PolicyTarget.port, PolicyTarget.rule] + Self.reading, operands: 1...1
    ) { [part] invocation in try PolicyReader(part: part, invocation).get() }
  }

  private var list: CommandSpec {
    CommandSpec(
      name: "list", group: .changes, summary: LocalizedText(en: "show all, place by place", zh: "列出全部，逐个位置"),
      forms: ["[HOST]"],
      examples: [.init("drydock \(name) list -A", en: "in every namespace", zh: "所有命名空间")], options: Self.reading,
      operands: 0...1
    ) { [part] invocation in try PolicyReader(part: part, invocation).list() }
  }

  private var ports: CommandSpec {
    CommandSpec(
      name: "ports", group: .changes,
      summary: LocalizedText(en: "show the ports of services, and what holds there", zh: "列出服务端口及其生效的设置"),
      forms: ["[HOST]"],
      examples: [.init("drydock \(name) ports reviews", en: "those of one service", zh: "一个服务的端口")],
      options: Self.reading, operands: 0...1
    ) { [part] invocation in try PolicyReader(part: part, invocation).ports() }
  }
}

/// What is done to one place.
enum PolicyVerb: Sendable {
  case add, create, insert, update, delete, transform

  func summary(_ part: PolicyPart) -> LocalizedText {
    switch self {
    case .add: LocalizedText(en: "set it where it is not set yet", zh: "添加\(part.name.zh)")
    case .create: LocalizedText(en: "set it in a new DestinationRule", zh: "连同新的 DestinationRule 一起创建")
    case .insert: LocalizedText(en: "set it at a place among others", zh: "添加到其他项之前或之后")
    case .update: LocalizedText(en: "change single fields", zh: "修改个别字段")
    case .delete: LocalizedText(en: "take it away", zh: "删除\(part.name.zh)")
    case .transform: LocalizedText(en: "print the YAML and store nothing", zh: "转化为 YAML，不保存")
    }
  }
}
