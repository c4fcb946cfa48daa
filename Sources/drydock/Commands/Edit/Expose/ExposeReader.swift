import Diagnostics
import Editing
import MeshModel
import Report
import Workbench

/// Shows what the gateways of a mesh open.
struct ExposeReader {
  let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  private var arguments: ParsedArguments { invocation.arguments }

  private struct Gateways {
    var objects: [MeshObject]
    var found: [(id: ObjectID, edit: GatewayEdit)]

    /// VirtualServices bound to a server: their names, each with the hosts that come in.
    func bound(to server: Value, of gateway: ObjectID) -> [String] {
      objects.filter { $0.id.kind == .virtualService }.sorted { $0.id < $1.id }.compactMap { object in
        guard let value = ObjectEdit.value(of: object) else { return nil }
        let binding = GatewayBinding(value, namespace: object.id.namespace)
        guard binding.isBound(to: gateway), !binding.hosts(servedBy: server, of: gateway).isEmpty else { return nil }
        return "\(object.id.namespace)/\(object.id.name)"
      }
    }
  }

  private func gateways() throws -> Gateways {
    let objects = try MeshInput(invocation).objects()
    var namespace: String? = arguments[Options.namespace] ?? "default"
    var name = arguments.operands.first
    if let word = name, let slash = word.utf8.firstIndex(of: UInt8(ascii: "/")) {
      namespace = String(word[..<slash])
      name = String(word[word.utf8.index(after: slash)...])
    }
    if arguments.has(Options.allNamespaces) { namespace = nil }
    var found: [(ObjectID, GatewayEdit)] = []
    for object in objects.sorted(by: { $0.id < $1.id }) where object.id.kind == .gateway {
      guard namespace == nil || namespace == object.id.namespace, name == nil || name == object.id.name,
        let value = ObjectEdit.value(of: object)
      else { continue }
      found.append((object.id, GatewayEdit(value)))
    }
    if found.isEmpty, let name {
      let elsewhere = objects.map(\.id).filter { $0.kind == .gateway && $0.name == name }.map(\.namespace).min()
      throw CommandFailure(
        .negative, en: "there is no Gateway \(namespace ?? "")/\(name)", zh: "没有 Gateway \(namespace ?? "")/\(name)",
        hint: elsewhere.map { LocalizedText(en: "there is one in namespace '\($0)'", zh: "命名空间 '\($0)' 中有一个") })
    }
    return Gateways(objects: objects, found: found)
  }

  func get() throws -> ExitCode {
    let gateways = try gateways()
    var addresses: [GatewayEdit.Address] = []
    if let port = arguments[ExposeCommand.port] { addresses.append(ExposeEditor.address(port)) }
    if let name = arguments[ExposeCommand.server] { addresses.append(.name(name)) }
    let (id, edit) = gateways.found[0]
    let place = try FieldOptions.told { try edit.place(of: addresses) }
    let server = edit.servers[place]
    show(server)
    let bound = gateways.bound(to: server, of: id)
    invocation.terminal.output.flush()
    invocation.terminal.remark(
      bound.isEmpty
        ? LocalizedText(en: "no VirtualService is bound to it", zh: "没有 VirtualService 绑定到它")
        : LocalizedText(en: "bound: \(bound.joined(separator: ", "))", zh: "已绑定：\(bound.joined(separator: "、"))"))
    return .success
  }

  func list() throws -> ExitCode {
    let gateways = try gateways()
    if isData {
      show(
        .array(
          gateways.found.flatMap { id, edit in
            edit.servers.map { server in
              Value.object(of: [
                ("gateway", .string("\(id.namespace)/\(id.name)")), ("server", server),
                ("bound", .array(gateways.bound(to: server, of: id).map { .string($0) })),
              ])
            }
          }))
      return .success
    }
    var table = table([
      LocalizedText(en: "GATEWAY", zh: "网关"), LocalizedText(en: "PORT", zh: "端口"), LocalizedText(en: "NAME", zh: "名称"),
      LocalizedText(en: "PROTOCOL", zh: "协议"), LocalizedText(en: "TLS", zh: "TLS"),
      LocalizedText(en: "HOSTS", zh: "主机"),
      LocalizedText(en: "BOUND", zh: "绑定"),
    ])
    for (id, edit) in gateways.found {
      for server in edit.servers {
        let bound = gateways.bound(to: server, of: id)
        table.add([
          "\(id.namespace)/\(id.name)", Self.text(server, ["port", "number"]),
          server["name"]?.text ?? Self.text(server, ["port", "name"]), Self.text(server, ["port", "protocol"]),
          Self.tls(server),
          (server["hosts"]?.items ?? []).compactMap(\.text).joined(separator: ","),
          bound.isEmpty ? "-" : bound.joined(separator: ","),
        ])
      }
    }
    return write(table)
  }

  func ports() throws -> ExitCode {
    let gateways = try gateways()
    var rows: [(id: ObjectID, server: Value, services: [String])] = []
    for (id, edit) in gateways.found {
      let ports = GatewayServicePorts(gateways.objects, selector: edit.selector)
      for server in edit.servers {
        let number = server.at(["port", "number"])?.whole ?? 0
        rows.append((id, server, ports.services(opening: number)))
      }
    }
    if isData {
      show(
        .array(
          rows.map { row in
            Value.object(of: [
              ("gateway", .string("\(row.id.namespace)/\(row.id.name)")), ("port", row.server.at(["port", "number"])),
              ("name", row.server.at(["port", "name"])), ("protocol", row.server.at(["port", "protocol"])),
              ("services", .array(row.services.map { .string($0) })),
            ])
          }))
      return .success
    }
    var table = table([
      LocalizedText(en: "GATEWAY", zh: "网关"), LocalizedText(en: "PORT", zh: "端口"), LocalizedText(en: "NAME", zh: "名称"),
      LocalizedText(en: "PROTOCOL", zh: "协议"), LocalizedText(en: "OPENED BY", zh: "由何 Service 开放"),
    ])
    for row in rows {
      table.add([
        "\(row.id.namespace)/\(row.id.name)", Self.text(row.server, ["port", "number"]),
        Self.text(row.server, ["port", "name"]), Self.text(row.server, ["port", "protocol"]),
        row.services.isEmpty ? "-" : row.services.joined(separator: ", "),
      ])
    }
    return write(table)
  }

  private var isData: Bool { ["json", "yaml"].contains(arguments[Options.output] ?? "") }

  private func table(_ titles: [LocalizedText]) -> Table {
    Table(titles.map { $0[invocation.language] }, style: invocation.terminal.style)
  }

  private func write(_ table: Table) -> ExitCode {
    if table.isEmpty {
      let namespace = arguments.has(Options.allNamespaces) ? nil : arguments[Options.namespace] ?? "default"
      invocation.terminal.remark(
        namespace.map { name in
          LocalizedText(
            en: "no gateway opens anything in namespace '\(name)'; -A looks into all",
            zh: "命名空间 '\(name)' 中没有网关暴露端口；-A 查看全部")
        } ?? LocalizedText(en: "no gateway opens anything here", zh: "没有网关暴露端口"))
    } else {
      invocation.terminal.output.write(table.text)
    }
    return .success
  }

  private static func text(_ server: Value, _ path: [String]) -> String { server.at(path)?.scalarText ?? "-" }

  private static func tls(_ server: Value) -> String {
    guard let tls = server["tls"] else { return "-" }
    if tls["httpsRedirect"] == .bool(true) { return "→ HTTPS" }
    let mode = tls["mode"]?.text ?? "PASSTHROUGH"
    return tls["credentialName"]?.text.map { "\(mode) \($0)" } ?? mode
  }

  private func show(_ value: Value) {
    let terminal = invocation.terminal
    if arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.value(value)
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else {
      terminal.output.write(value.yaml[...])
    }
  }
}
