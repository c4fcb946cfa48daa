import Diagnostics
import Editing
import MeshModel
import Report
import Workbench

/// `drydock expose`: the servers of Gateways, and the VirtualServices bound to them.
enum ExposeCommand {
  static let spec = CommandSpec(
    name: "expose", group: .changes,
    summary: LocalizedText(en: "edit what gateways open to the outside", zh: "编辑服务暴露：网关的端口与绑定"),
    forms: [
      "add|create|insert|update|transform GATEWAY --port N FLAGS…", "get|delete GATEWAY [--port N] [--server NAME]",
      "list|ports [GATEWAY]", "apply -f FILE",
    ],
    details: LocalizedText(
      en: """
        A server is a port of a Gateway with its hosts and TLS; --port and --server (its name, its port's name, or #0 \
        for the first one) say which. --bind NAME also binds a VirtualService. Every edit shows the new text, the \
        findings and the requests that change before it is stored; --dry-run stops there.
        """,
      zh: """
        server 即 Gateway 的一个端口及其主机与 TLS；用 --port 与 --server（其名称、端口名，或用 #0 表示第一个）指明。\
        --bind NAME 同时绑定 VirtualService。每次编辑在保存前都会显示新文本、问题和结果有变化的请求；--dry-run 到此为止。
        """),
    subcommands: [
      edit(.add), edit(.create), edit(.insert), edit(.update), edit(.delete), edit(.transform), apply, get, list, ports,
    ], run: { _ in .failure })

  static let port = OptionSpec.value("port", nil, "PORT", LocalizedText(en: "the port", zh: "端口"))
  static let server = OptionSpec.value(
    "server", nil, "NAME",
    LocalizedText(en: "which server: its name, its port's name, or #0 for the first", zh: "哪个 server：名称、端口名，或 #0 表示第一个")
  )
  static let bind = OptionSpec.list(
    "bind", nil, "NAME",
    LocalizedText(en: "bind this VirtualService too; may be repeated", zh: "同时绑定该 VirtualService；可重复"))
  static let unbind = OptionSpec.list(
    "unbind", nil, "NAME",
    LocalizedText(en: "take this VirtualService off the gateway; may be repeated", zh: "解除该 VirtualService 的绑定；可重复"))
  static let addHost = OptionSpec.list(
    "add-host", nil, "HOST", LocalizedText(en: "let this host in too; may be repeated", zh: "另外放行该主机；可重复"))
  static let removeHost = OptionSpec.list(
    "remove-host", nil, "HOST", LocalizedText(en: "let this host in no more; may be repeated", zh: "不再放行该主机；可重复"))
  static let selector = OptionSpec.list(
    "selector", nil, "KEY=VALUE",
    LocalizedText(
      en: "the gateway's workloads, for a new Gateway (default: istio=ingressgateway)",
      zh: "新 Gateway 所选的工作负载（默认 istio=ingressgateway）"))
  static let before = OptionSpec.value(
    "before", nil, "SERVER", LocalizedText(en: "stand before this port or server", zh: "排在该端口或 server 之前"))
  static let after = OptionSpec.value(
    "after", nil, "SERVER", LocalizedText(en: "stand behind this port or server", zh: "排在该端口或 server 之后"))

  enum Verb: String, Sendable {
    case add, create, insert, update, delete, transform
  }

  private static func edit(_ verb: Verb) -> CommandSpec {
    var options = [port, server]
    switch verb {
    case .delete: options += [unbind]
    case .insert: options += [before, after, selector, bind] + fields
    case .add, .create, .transform: options += [selector, bind] + fields
    case .update: options += [addHost, removeHost, bind, unbind] + fields
    }
    let (flags, text) = example(verb)
    return CommandSpec(
      name: verb.rawValue, group: .changes, summary: summary(verb),
      forms: ["GATEWAY [--port N] [--server NAME] [FLAGS…]"],
      examples: [.init("drydock expose \(verb.rawValue) shop/edge \(flags)", en: text.en, zh: text.zh)],
      options: options + EditRun.options, operands: 1...1, operandCompletion: .gateway
    ) { invocation in try ExposeEditor(invocation).run(verb) }
  }

  private static let fields =
    FieldOptions.options(EditableField.server) + [FieldOptions.unset, FieldOptions.file]

  private static func summary(_ verb: Verb) -> LocalizedText {
    switch verb {
    case .add: LocalizedText(en: "open a port", zh: "添加服务暴露")
    case .create: LocalizedText(en: "open a port with a new Gateway", zh: "连同新的 Gateway 一起创建")
    case .insert: LocalizedText(en: "open a port at a place among the servers", zh: "添加到其他 server 之前或之后")
    case .update: LocalizedText(en: "change single fields of a server", zh: "修改 server 的个别字段")
    case .delete: LocalizedText(en: "close a port", zh: "删除服务暴露")
    case .transform: LocalizedText(en: "print the YAML and store nothing", zh: "转化为 YAML，不保存")
    }
  }

  private static func example(_ verb: Verb) -> (String, LocalizedText) {
    let open = "--port 443 --protocol HTTPS --host shop.example.com --tls-mode simple --credential-name shop-cert"
    switch verb {
    case .add:
      return (open + " --bind web", LocalizedText(en: "HTTPS, with a VirtualService", zh: "HTTPS，并绑定 VirtualService"))
    case .create, .transform: return (open, LocalizedText(en: "HTTPS for one host", zh: "为一个主机开放 HTTPS"))
    case .insert:
      return (
        "--before 443 --port 80 --protocol HTTP --host '*' --https-redirect true",
        LocalizedText(en: "a redirect before it", zh: "之前加一个重定向")
      )
    case .update: return ("--port 443 --min-tls TLSV1_2", LocalizedText(en: "no older TLS", zh: "不接受更旧的 TLS"))
    case .delete:
      return ("--port 80 --remove-empty", LocalizedText(en: "and the Gateway with its last server", zh: "连同空 Gateway"))
    }
  }

  private static let apply = CommandSpec(
    name: "apply", group: .changes,
    summary: LocalizedText(en: "make the servers what a file says", zh: "按文件内容更新"), forms: ["-f FILE"],
    details: LocalizedText(
      en: "A Gateway in the file gives all its servers and its selector; anything else in it is left alone.",
      zh: "文件中的 Gateway 给出其全部 server 与 selector，其余内容不动。"),
    examples: [.init("drydock expose apply -f edge.yaml", en: "from a Gateway", zh: "取自 Gateway")],
    options: [FieldOptions.file] + EditRun.options
  ) { invocation in try ExposeEditor(invocation).apply() }

  private static let reading =
    [Options.namespace, Options.allNamespaces, Options.output(["text", "yaml", "json"])] + MeshInput.options

  private static let get = CommandSpec(
    name: "get", group: .changes, summary: LocalizedText(en: "show one server", zh: "查看一条"),
    forms: ["GATEWAY [--port N] [--server NAME]"],
    examples: [.init("drydock expose get shop/edge --port 443", en: "and what is bound to it", zh: "及其绑定")],
    options: [port, server] + reading, operands: 1...1, operandCompletion: .gateway
  ) { invocation in try ExposeReader(invocation).get() }

  private static let list = CommandSpec(
    name: "list", group: .changes,
    summary: LocalizedText(en: "show all servers, and what is bound to them", zh: "列出全部及其绑定"),
    forms: ["[GATEWAY]"], examples: [.init("drydock expose list -A", en: "in every namespace", zh: "所有命名空间")],
    options: reading, operands: 0...1, operandCompletion: .gateway
  ) { invocation in try ExposeReader(invocation).list() }

  private static let ports = CommandSpec(
    name: "ports", group: .changes,
    summary: LocalizedText(
      en: "show the ports of gateways, and the Services that open them", zh: "列出网关端口及开放它们的 Service"),
    forms: ["[GATEWAY]"],
    examples: [.init("drydock expose ports shop/edge", en: "those of one Gateway", zh: "一个 Gateway 的端口")],
    options: reading, operands: 0...1, operandCompletion: .gateway
  ) { invocation in try ExposeReader(invocation).ports() }
}
