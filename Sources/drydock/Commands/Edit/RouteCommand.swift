import Diagnostics
import Editing

/// `drydock route`: one rule of a VirtualService at a time.
enum RouteCommand {
  static let spec = CommandSpec(
    name: "route", group: .changes,
    summary: LocalizedText(en: "edit one rule of a VirtualService", zh: "编辑 VirtualService 的单条路由规则"),
    forms: ["http|tls|tcp VERB VIRTUALSERVICE [RULE] [FLAGS]"], subcommands: RouteKind.allCases.map(list),
    run: { _ in .failure })

  private static func list(_ kind: RouteKind) -> CommandSpec {
    let name = kind.rawValue
    return CommandSpec(
      name: name, group: .changes,
      summary: LocalizedText(en: "edit the \(name) rules of a VirtualService", zh: "编辑 VirtualService 的 \(name) 规则"),
      forms: ["VERB VIRTUALSERVICE [RULE] [FLAGS]"],
      details: LocalizedText(
        en: """
          A rule goes by its name or by its place, counted from 0. Before anything is stored an edit shows the text \
          that changes, the findings it introduces and fixes, and the requests that change; --dry-run stops there.
          """,
        zh: "规则可用名称或从 0 起的位置指明。保存之前会显示文本差异、新增与修复的问题以及发生变化的请求；--dry-run 到此为止。"),
      subcommands: verbs(kind), run: { _ in .failure })
  }

  private static func verbs(_ kind: RouteKind) -> [CommandSpec] {
    let fields = RouteOptions.fields(kind)
    let edit = RouteEdit(kind: kind)
    let view = RouteView(kind: kind)
    let name = kind.rawValue
    let to =
      kind == .tls
      ? "--sni shop.example.com --to shop:443"
      : kind == .tcp ? "--port 3306 --to db:3306" : "--uri prefix:/api --to api:8080"
    let reading =
      [Options.namespace, Options.allNamespaces, Options.output(["text", "yaml", "json"])] + MeshInput.options
    func spec(
      _ verb: String, _ en: String, _ zh: String, _ forms: [String], _ example: (String, String, String),
      options: [OptionSpec], operands: ClosedRange<Int>, run: @escaping @Sendable (Invocation) throws -> ExitCode
    ) -> CommandSpec {
      CommandSpec(
        name: verb, group: .changes, summary: LocalizedText(en: en, zh: zh), forms: forms,
        examples: [.init("drydock route \(name) \(verb) \(example.0)", en: example.1, zh: example.2)], options: options,
        operands: operands, run: run)
    }
    let around = RouteOptions.around + [RouteOptions.filename]
    return [
      spec(
        "add", "add a rule; makes the VirtualService where there is none", "添加规则；没有 VirtualService 时一并创建",
        ["VIRTUALSERVICE FLAGS | -f FILE"],
        ("reviews \(to)", "a rule before the one that takes everything", "在兜底规则之前添加一条规则"),
        options: fields + [RouteOptions.before, RouteOptions.after] + around + EditRun.options, operands: 1...1,
        run: { try edit.add($0, .add) }),
      spec(
        "create", "make a VirtualService with its first rule", "创建 VirtualService 及其第一条规则",
        ["VIRTUALSERVICE FLAGS | -f FILE"],
        ("reviews --host reviews \(to)", "a new VirtualService", "新的 VirtualService"),
        options: fields + around + EditRun.options, operands: 1...1, run: { try edit.add($0, .create) }),
      spec(
        "insert", "add a rule before or behind another", "在某条规则之前或之后插入规则",
        ["VIRTUALSERVICE --before RULE | --after RULE FLAGS | -f FILE"],
        ("reviews --before 0 \(to)", "a rule in front of all", "插入到最前面"),
        options: fields + [RouteOptions.before, RouteOptions.after] + around + EditRun.options, operands: 1...1,
        run: { try edit.add($0, .insert) }),
      spec(
        "update", "change fields of a rule", "修改规则的字段", ["VIRTUALSERVICE RULE FLAGS | -f FILE"],
        (
          kind == .http ? "reviews 0 --timeout 5s" : "reviews 0 --to db:3306/v2", "one field of the first rule",
          "修改第一条规则的一个字段"
        ),
        options: fields + RouteOptions.changing + around + EditRun.options, operands: 2...2,
        run: { try edit.update($0) }),
      spec(
        "delete", "remove rules", "删除规则", ["VIRTUALSERVICE RULE…"], ("reviews 0", "the first rule", "删除第一条规则"),
        options: EditRun.options, operands: 2...100, run: { try edit.delete($0) }),
      spec(
        "sort", "put rules in another order", "调整规则顺序",
        ["VIRTUALSERVICE [RULE…]", "VIRTUALSERVICE --move RULE --before RULE | --after RULE"],
        ("reviews", "the most particular first", "按精确程度排序"),
        options: [RouteOptions.move, RouteOptions.before, RouteOptions.after] + EditRun.options, operands: 1...100,
        run: { try edit.sort($0) }),
      spec(
        "apply", "take over rules, or a whole VirtualService, from YAML", "用 YAML 更新规则或整个 VirtualService",
        ["-f FILE [VIRTUALSERVICE [RULE]]"],
        ("reviews 0 -f rule.yaml", "the first rule as the file has it", "用文件内容替换第一条规则"),
        options: [RouteOptions.filename] + EditRun.options, operands: 0...2, run: { try edit.apply($0) }),
      spec(
        "transform", "print the YAML that an edit makes, and store nothing", "输出编辑结果的 YAML，不保存",
        ["VIRTUALSERVICE [RULE] FLAGS | -f FILE"],
        ("reviews \(to)", "the VirtualService with the rule", "包含该规则的 VirtualService"),
        options: fields + RouteOptions.changing + [RouteOptions.before, RouteOptions.after] + around
          + [Options.namespace] + StoreInput.options, operands: 1...2, run: { try edit.transform($0) }),
      spec(
        "get", "show one rule", "查看一条规则", ["VIRTUALSERVICE RULE"], ("reviews 0", "the first rule", "查看第一条规则"),
        options: reading, operands: 2...2, run: { try view.get($0) }),
      spec(
        "list", "show rules in their order", "列出规则", ["[VIRTUALSERVICE]"],
        ("reviews", "the rules of one object", "列出一个对象的规则"),
        options: reading, operands: 0...1, run: { try view.list($0) }),
      spec(
        "ports", "show the ports of the services that rules lead to", "查看规则所指服务的端口", ["[VIRTUALSERVICE|HOST]"],
        ("reviews", "ports of the hosts of one object", "查看一个对象各主机的端口"),
        options: reading, operands: 0...1, run: { try view.ports($0) }),
      spec(
        "sni", "show the server names (SNI) that the mesh knows", "查看网格已知的 SNI", [""],
        ("-A", "of all namespaces", "所有命名空间"), options: reading, operands: 0...0, run: { try view.sni($0) }),
    ]
  }
}
