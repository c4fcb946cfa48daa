import Diagnostics
import Editing
import MeshModel
import Report
import Workbench

/// The verbs of `drydock route` that only look.
struct RouteView {
  let kind: RouteKind

  private func services(_ invocation: Invocation, named word: String?) throws -> [MeshObject] {
    let all = try MeshInput(invocation).objects().filter { $0.id.kind == .virtualService }.sorted { $0.id < $1.id }
    let arguments = invocation.arguments
    var namespace = arguments.has(Options.allNamespaces) ? nil : arguments[Options.namespace] ?? "default"
    guard let word else { return all.filter { namespace == nil || $0.id.namespace == namespace } }
    var name = word
    if let slash = word.utf8.firstIndex(of: UInt8(ascii: "/")) {
      namespace = String(word[..<slash])
      name = String(word[word.utf8.index(after: slash)...])
    }
    let found = all.filter { $0.id.name == name && (namespace == nil || $0.id.namespace == namespace) }
    guard found.isEmpty else { return found }
    let elsewhere = all.first { $0.id.name == name }?.id.namespace
    let meant = Suggestion.meant(by: name, among: all.map(\.id.name))
    throw CommandFailure(
      .negative, en: "there is no VirtualService '\(word)'", zh: "没有 VirtualService '\(word)'",
      hint: elsewhere.map {
        LocalizedText(en: "there is one in namespace '\($0)': -n \($0)", zh: "命名空间 '\($0)' 中有一个：-n \($0)")
      } ?? meant.map(ParsedArguments.didYouMean))
  }

  func get(_ invocation: Invocation) throws -> ExitCode {
    let operands = invocation.arguments.operands
    let object = try services(invocation, named: operands[0])[0]
    let rules = RouteRules(ObjectEdit.value(of: object) ?? .emptyObject, kind)
    let place = try worded { try rules.place(of: operands[1]) }
    let rule = rules.rules[place]
    let terminal = invocation.terminal
    switch invocation.arguments[Options.output] {
    case "json":
      var writer = JSONWriter(layout: .indented)
      writer.value(rule)
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    case "yaml": terminal.output.write(rule.yaml[...])
    default:
      let text = RuleText(language: terminal.language)
      terminal.printLine(terminal.style.heading("\(object.id.label) \(rules.field(place))"))
      let besides = text.besides(rule)
      terminal.printLine("  \(text.match(rule)) → \(text.action(rule))" + (besides.isEmpty ? "" : "; \(besides)"))
      terminal.output.write(rule.yaml[...])
    }
    return .success
  }

  func list(_ invocation: Invocation) throws -> ExitCode {
    let objects = try services(invocation, named: invocation.arguments.operands.first)
    let terminal = invocation.terminal
    let language = terminal.language
    let text = RuleText(language: language)
    var rows: [(object: MeshObject, place: Int, rule: Value)] = []
    for object in objects {
      let rules = RouteRules(ObjectEdit.value(of: object) ?? .emptyObject, kind).rules
      rows += rules.enumerated().map { (object, $0.offset, $0.element) }
    }
    switch invocation.arguments[Options.output] {
    case "json":
      var writer = JSONWriter(layout: .indented)
      writer.beginArray()
      for row in rows {
        writer.beginObject()
        writer.key("namespace")
        writer.string(row.object.id.namespace)
        writer.key("name")
        writer.string(row.object.id.name)
        writer.key("place")
        writer.integer(row.place)
        writer.key("rule")
        writer.value(row.rule)
        writer.endObject()
      }
      writer.endArray()
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    case "yaml": terminal.output.write(Value.array(rows.map(\.rule)).yaml[...])
    default:
      guard !rows.isEmpty else {
        terminal.remark(LocalizedText(en: "no \(kind.rawValue) rules", zh: "没有 \(kind.rawValue) 规则"))
        return .success
      }
      func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }
      var table = Table(
        ["VIRTUALSERVICE", "#", say("NAME", "名称"), say("MATCH", "匹配"), say("ROUTE", "路由"), say("BESIDES", "其他")],
        style: terminal.style)
      for row in rows {
        table.add([
          "\(row.object.id.namespace)/\(row.object.id.name)", "\(row.place)", row.rule.at(["name"])?.text ?? "",
          text.match(row.rule), text.action(row.rule), text.besides(row.rule),
        ])
      }
      terminal.output.write(table.text)
    }
    return .success
  }

  func ports(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let objects = try MeshInput(invocation).objects()
    let namespace = arguments.has(Options.allNamespaces) ? nil : arguments[Options.namespace] ?? "default"
    var rows: [ServicePortRow] = []
    if let word = arguments.operands.first {
      var hosts = [word]
      var home = namespace ?? "default"
      if let object = try? services(invocation, named: word).first, case .virtualService(let service) = object.content {
        hosts = ServicePorts.hosts(of: service)
        home = object.id.namespace
      }
      for host in hosts { rows += ServicePorts.rows(of: host, namespace: home, in: objects) }
    } else {
      rows = ServicePorts.rows(of: nil, namespace: namespace, in: objects)
    }
    var seen: Set<ServicePortRow> = []
    rows = rows.filter { seen.insert($0).inserted }
    return PortTable(invocation).show(rows)
  }

  func sni(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let objects = try MeshInput(invocation).objects()
    let namespace = arguments.has(Options.allNamespaces) ? nil : arguments[Options.namespace] ?? "default"
    let rows = ServerNames.rows(in: objects, namespace: namespace)
    let terminal = invocation.terminal
    switch arguments[Options.output] {
    case "json", "yaml":
      let values = rows.map { row in
        Value.object(of: [
          ("name", .string(row.name)), ("object", .string(row.origin.object.label)),
          ("field", .string(row.origin.field)),
        ])
      }
      if arguments[Options.output] == "yaml" {
        terminal.output.write(Value.array(values).yaml[...])
        return .success
      }
      var writer = JSONWriter(layout: .indented)
      writer.value(.array(values))
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    default:
      guard !rows.isEmpty else {
        terminal.remark(LocalizedText(en: "no server names", zh: "没有 SNI"))
        return .success
      }
      let language = terminal.language
      var table = Table(
        [
          "SNI", LocalizedText(en: "OBJECT", zh: "对象")[language], LocalizedText(en: "FIELD", zh: "字段")[language],
        ], style: terminal.style)
      for row in rows { table.add([row.name, row.origin.object.label, row.origin.field]) }
      terminal.output.write(table.text)
    }
    return .success
  }
}

/// Ports of services, as every command with `ports` shows them.
struct PortTable {
  private let terminal: Terminal
  private let format: String?

  init(_ invocation: Invocation) {
    terminal = invocation.terminal
    format = invocation.arguments[Options.output]
  }

  func show(_ rows: [ServicePortRow]) -> ExitCode {
    let values = rows.map { row in
      Value.object(of: [
        ("host", .string(row.host)), ("port", .integer(Int64(row.number))), ("name", .string(row.name)),
        ("protocol", .string(row.protocol)), ("target", row.target.isEmpty ? nil : .string(row.target)),
        ("object", .string(row.object.label)),
      ])
    }
    switch format {
    case "json":
      var writer = JSONWriter(layout: .indented)
      writer.value(.array(values))
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    case "yaml": terminal.output.write(Value.array(values).yaml[...])
    default:
      guard !rows.isEmpty else {
        terminal.remark(
          LocalizedText(en: "no ports: no Service or ServiceEntry of that name", zh: "没有端口：没有这个 Service 或 ServiceEntry")
        )
        return .success
      }
      let language = terminal.language
      func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }
      var table = Table(
        [
          say("HOST", "主机"), say("PORT", "端口"), say("NAME", "名称"), say("PROTOCOL", "协议"), say("TARGET", "目标端口"),
          say("OBJECT", "对象"),
        ], style: terminal.style)
      for row in rows {
        table.add([row.host, "\(row.number)", row.name, row.protocol, row.target, row.object.label])
      }
      terminal.output.write(table.text)
    }
    return .success
  }
}
