import Diagnostics
import Editing
import MeshModel
import Workbench

/// Edits one server of a Gateway and what is bound to it.
struct ExposeEditor {
  let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  private var arguments: ParsedArguments { invocation.arguments }

  func run(_ verb: ExposeCommand.Verb) throws -> ExitCode {
    let changes = try FieldOptions.changes(EditableField.server, arguments)
    let run = try EditRun(invocation)
    let id = run.id(.gateway, arguments.operands[0])
    let object = run.object(id)
    var edit = try gateway(object, id, run, verb)
    let bindings = try self.bindings(run, id)
    try FieldOptions.told {
      switch verb {
      case .add, .create: edit = try added(edit, changes, .end)
      case .insert: edit = try added(edit, changes, try neighbour())
      case .update:
        // Binding alone leaves the servers as they are.
        if changes.isEmpty, !arguments.has(FieldOptions.file), !changesHosts, !bindings.isEmpty { break }
        edit = try updated(edit, changes)
      case .transform:
        let isThere = (try? edit.place(of: addresses())) != nil
        edit = isThere && !addresses().isEmpty ? try updated(edit, changes) : try added(edit, changes, .end)
      case .delete: edit.remove(try edit.place(of: addresses()))
      }
    }
    if verb == .delete { warnOfBound(edit, id, run) }
    let words = addresses().map(\.text.en).joined(separator: ", ")
    return try run.finish(
      edit.gateway, of: object, id: id, isEmpty: edit.isEmpty,
      "expose \(verb.rawValue) \(id.namespace)/\(id.name) \(words)",
      verb == .transform, also: bindings)
  }

  private func addresses() -> [GatewayEdit.Address] {
    var found: [GatewayEdit.Address] = []
    if let port = arguments[ExposeCommand.port] { found.append(Self.address(port)) }
    if let name = arguments[ExposeCommand.server] { found.append(.name(name)) }
    return found
  }

  static func address(_ word: String) -> GatewayEdit.Address {
    Int64(word).map { .port($0) } ?? .name(word)
  }

  private func neighbour() throws -> ListPlace<GatewayEdit.Address> {
    if let word = arguments[ExposeCommand.before] { return .before(Self.address(word)) }
    if let word = arguments[ExposeCommand.after] { return .after(Self.address(word)) }
    throw CommandFailure(en: "say where: --before or --after a server", zh: "请用 --before 或 --after 指明位置")
  }

  private func gateway(
    _ object: MeshObject?, _ id: ObjectID, _ run: EditRun, _ verb: ExposeCommand.Verb
  ) throws -> GatewayEdit {
    if let object {
      if verb == .create {
        throw CommandFailure(
          .negative, en: "\(id.label) is there already", zh: "\(id.label) 已存在",
          hint: LocalizedText(en: "'add' adds to it", zh: "可用 'add' 添加"))
      }
      guard let value = ObjectEdit.value(of: object) else {
        throw CommandFailure(en: "\(id.label) cannot be read", zh: "无法读取 \(id.label)")
      }
      return GatewayEdit(value)
    }
    switch verb {
    case .update, .delete: _ = try run.existing(id)
    case .add, .create, .insert, .transform: break
    }
    let given = try FieldOptions.labels(ExposeCommand.selector, arguments)
    let selector = given.isEmpty ? [Value.Member(key: "istio", value: .string("ingressgateway"))] : given
    return GatewayEdit(GatewayEdit.newGateway(id, selector: selector))
  }

  private func server(from old: Value, _ changes: FieldChanges) throws -> Value {
    var server = old
    if let path = arguments[FieldOptions.file] {
      let contents = try FieldOptions.contents(of: path, invocation.terminal)
      let servers = contents.flatMap { $0["kind"] == nil ? [$0] : $0.at(["spec", "servers"])?.items ?? [] }
      guard servers.count == 1 else {
        throw CommandFailure(
          .negative, en: "'\(path)' has \(servers.count) servers; one is wanted ('apply' takes them all)",
          zh: "'\(path)' 有 \(servers.count) 个 server；只需要一个（'apply' 可处理全部）")
      }
      for member in servers[0].members { server = server.setting([member.key], to: member.value) }
    }
    return changes.applied(to: server)
  }

  private func added(
    _ edit: GatewayEdit, _ changes: FieldChanges, _ place: ListPlace<GatewayEdit.Address>
  ) throws -> GatewayEdit {
    var edit = edit
    var start = Value.emptyObject
    if let word = arguments[ExposeCommand.port] {
      let field = EditableField.server.first { $0.flag == "number" }
      if let number = try field?.value(of: [word]) { start = start.setting(["port", "number"], to: number) }
    }
    if let name = arguments[ExposeCommand.server] { start = start.setting(["name"], to: .string(name)) }
    try edit.add(GatewayEdit.completed(try server(from: start, changes)), at: place)
    return edit
  }

  private func updated(_ edit: GatewayEdit, _ changes: FieldChanges) throws -> GatewayEdit {
    if !changesHosts { try FieldOptions.requireSomething(changes, invocation) }
    var edit = edit
    let place = try edit.place(of: addresses())
    try edit.replace(place, by: try withHosts(try server(from: edit.servers[place], changes)))
    return edit
  }

  private var changesHosts: Bool { arguments.has(ExposeCommand.addHost) || arguments.has(ExposeCommand.removeHost) }

  /// Hosts that come and go one by one.
  private func withHosts(_ server: Value) throws(EditProblem) -> Value {
    guard changesHosts else { return server }
    var hosts = (server["hosts"]?.items ?? []).compactMap(\.text)
    for host in arguments.all(ExposeCommand.removeHost) {
      guard let place = hosts.firstIndex(of: host) else { throw .noSuchElement(host, list: "hosts", there: hosts) }
      hosts.remove(at: place)
    }
    for host in arguments.all(ExposeCommand.addHost) where !hosts.contains(host) { hosts.append(host) }
    return server.setting(["hosts"], to: .array(hosts.map { .string($0) }))
  }

  /// Edits of the VirtualServices that are bound or taken off.
  private func bindings(_ run: EditRun, _ gateway: ObjectID) throws -> [ObjectEdit] {
    var edits: [ObjectEdit] = []
    for (option, isBinding) in [(ExposeCommand.bind, true), (ExposeCommand.unbind, false)] {
      for word in arguments.all(option) {
        let wanted = word.utf8.contains(UInt8(ascii: "/")) ? word : "\(gateway.namespace)/\(word)"
        let object = try run.existing(run.id(.virtualService, wanted))
        guard let value = ObjectEdit.value(of: object) else { continue }
        var binding = GatewayBinding(value, namespace: object.id.namespace)
        try isBinding ? bind(&binding, object, gateway) : unbind(&binding, object, gateway)
        let service = binding.service
        edits.append(try run.edit { try ObjectEdit.rewriting(object, to: service) })
      }
    }
    return edits
  }

  private func bind(_ binding: inout GatewayBinding, _ object: MeshObject, _ gateway: ObjectID) throws {
    switch binding.bind(to: gateway) {
    case .bound, .wasBound: break
    case .boundBesideMesh:
      invocation.terminal.remark(
        LocalizedText(
          en: "note: \(object.id.label) was the mesh's; 'mesh' is named now, so that clients inside keep it",
          zh: "提示：\(object.id.label) 原用于网格内；现写明 'mesh'，使网格内客户端不受影响"))
    }
  }

  private func unbind(_ binding: inout GatewayBinding, _ object: MeshObject, _ gateway: ObjectID) throws {
    guard binding.unbind(from: gateway) else {
      throw CommandFailure(
        .negative, en: "\(object.id.label) is not bound to \(gateway.label)",
        zh: "\(object.id.label) 未绑定到 \(gateway.label)")
    }
    guard binding.isOfMeshOnly else { return }
    invocation.terminal.remark(
      LocalizedText(
        en: "note: \(object.id.label) is bound to no gateway any more; it holds for clients inside the mesh",
        zh: "提示：\(object.id.label) 不再绑定任何网关；它对网格内客户端生效"))
  }

  /// VirtualServices whose hosts nothing of the gateway lets in any more.
  private func warnOfBound(_ edit: GatewayEdit, _ gateway: ObjectID, _ run: EditRun) {
    var names: [String] = []
    for object in run.objects where object.id.kind == .virtualService {
      guard let value = ObjectEdit.value(of: object) else { continue }
      let binding = GatewayBinding(value, namespace: object.id.namespace)
      guard binding.isBound(to: gateway) else { continue }
      let isServed = edit.servers.contains { !binding.hosts(servedBy: $0, of: gateway).isEmpty }
      if !isServed { names.append(object.id.label) }
    }
    guard !names.isEmpty else { return }
    invocation.terminal.remark(
      LocalizedText(
        en: "note: still bound, and let in by no server: \(names.joined(separator: ", "))",
        zh: "提示：仍绑定但没有 server 放行：\(names.joined(separator: "、"))"))
  }

  func apply() throws -> ExitCode {
    guard let path = arguments[FieldOptions.file] else {
      throw CommandFailure(en: "say what to apply: -f FILE", zh: "请用 -f FILE 指明要应用的文件")
    }
    let run = try EditRun(invocation)
    var edits: [ObjectEdit] = []
    var names: [String] = []
    for content in try FieldOptions.contents(of: path, invocation.terminal) {
      guard content["kind"]?.text == "Gateway" else {
        throw CommandFailure(.negative, en: "'\(path)' holds no Gateway", zh: "'\(path)' 不是 Gateway")
      }
      let namespace = try run.namespace(of: content)
      let id = ObjectID(kind: .gateway, namespace: namespace, name: content.at(["metadata", "name"])?.text ?? "")
      names.append("\(namespace)/\(id.name)")
      guard let object = run.object(id), let old = ObjectEdit.value(of: object) else {
        let new = content.setting(["metadata", "namespace"], to: .string(namespace))
        edits.append(try run.edit { try ObjectEdit.creating(new) })
        continue
      }
      var value = old
      value.set(["spec", "servers"], to: content.at(["spec", "servers"]))
      if let selector = content.at(["spec", "selector"]) { value.set(["spec", "selector"], to: selector) }
      let new = value
      edits.append(try run.edit { try ObjectEdit.rewriting(object, to: new) })
    }
    return try run.finish(edits, message: "expose apply \(names.joined(separator: ", "))")
  }
}
