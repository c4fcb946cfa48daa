import Diagnostics
import Editing
import MeshModel
import Report
import Workbench

/// Shows the circuit breakers or the balancing of a mesh.
struct PolicyReader {
  let part: PolicyPart
  let invocation: Invocation

  init(part: PolicyPart, _ invocation: Invocation) {
    self.part = part
    self.invocation = invocation
  }

  private var arguments: ParsedArguments { invocation.arguments }

  /// nil: every namespace.
  private var namespace: String? {
    arguments.has(Options.allNamespaces) ? nil : wordNamespace ?? arguments[Options.namespace] ?? "default"
  }

  private var wordNamespace: String? {
    guard let word = arguments.operands.first, let slash = word.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return nil
    }
    return String(word[..<slash])
  }

  private var host: String? {
    guard let word = arguments.operands.first else { return nil }
    guard let slash = word.utf8.firstIndex(of: UInt8(ascii: "/")) else { return word }
    return String(word[word.utf8.index(after: slash)...])
  }

  /// The rules asked about, each as content.
  private func rules() throws -> [(id: ObjectID, edit: PolicyEdit)] {
    let objects = try MeshInput(invocation).objects()
    var found: [(ObjectID, PolicyEdit)] = []
    for object in objects.sorted(by: { $0.id < $1.id }) {
      guard case .destinationRule(let rule) = object.content, let value = ObjectEdit.value(of: object) else { continue }
      let space = object.id.namespace
      if let namespace, namespace != space { continue }
      if let host, PolicyTarget.full(rule.host, space) != PolicyTarget.full(host, space) { continue }
      if let name = arguments[PolicyTarget.rule], name != object.id.name { continue }
      found.append((object.id, PolicyEdit(value, part)))
    }
    return found
  }

  func get() throws -> ExitCode {
    let place = PolicyPlace(
      subset: arguments[PolicyTarget.subset], port: try PolicyTarget.number(arguments, PolicyTarget.port))
    for (_, edit) in try rules() {
      guard let value = edit.value(at: place) else { continue }
      show([value], asOne: true)
      return .success
    }
    let there = try rules().flatMap { rule in rule.edit.entries.map { "\(rule.id.label), \($0.place.text.en)" } }
    let host = arguments.operands[0]
    throw CommandFailure(
      .negative, en: "there is no \(part.name.en) for '\(host)' at \(place.text.en)",
      zh: "'\(host)' 的\(place.text.zh) 没有\(part.name.zh)",
      hint: there.isEmpty
        ? nil
        : LocalizedText(
          en: "there is: \(there.joined(separator: "; "))", zh: "现有：\(there.joined(separator: "；"))"))
  }

  func list() throws -> ExitCode {
    let rules = try rules()
    let terminal = invocation.terminal
    let language = terminal.language
    if arguments[Options.output] == "json" || arguments[Options.output] == "yaml" {
      let values = rules.flatMap { rule in
        rule.edit.entries.map { entry in
          Value.object(
            of: [
              ("rule", .string("\(rule.id.namespace)/\(rule.id.name)")),
              ("host", rule.edit.rule.at(["spec", "host"])), ("subset", entry.place.subset.map { .string($0) }),
              ("port", entry.place.port.map { .integer($0) }),
            ] + entry.value.members.map { ($0.key, $0.value) })
        }
      }
      show(values, asOne: false)
      return .success
    }
    let titles = [
      LocalizedText(en: "NAMESPACE", zh: "命名空间"), LocalizedText(en: "HOST", zh: "主机"),
      LocalizedText(en: "SUBSET", zh: "子集"), LocalizedText(en: "PORT", zh: "端口"), LocalizedText(en: "SAYS", zh: "设置"),
    ]
    var table = Table(titles.map { $0[language] }, style: terminal.style)
    for (id, edit) in rules {
      let host = edit.rule.at(["spec", "host"])?.text ?? ""
      for (place, value) in edit.entries {
        table.add([id.namespace, host, place.subset ?? "-", place.port.map { "\($0)" } ?? "-", Self.words(value)])
      }
    }
    guard !table.isEmpty else {
      terminal.remark(
        namespace.map { name in
          LocalizedText(
            en: "no \(part.name.en) in namespace '\(name)'; -A looks into all",
            zh: "命名空间 '\(name)' 中没有\(part.name.zh)；-A 查看全部")
        } ?? LocalizedText(en: "no \(part.name.en) here", zh: "没有\(part.name.zh)"))
      return .success
    }
    terminal.output.write(table.text)
    return .success
  }

  /// `maxConnections=100 interval=5s`.
  static func words(_ value: Value) -> String {
    var words: [String] = []
    func collect(_ value: Value, _ name: String) {
      switch value {
      case .object(let members) where !members.isEmpty:
        for member in members { collect(member.value, member.key) }
      case .array(let items) where !items.isEmpty && items.allSatisfy({ $0.scalarText != nil }):
        words.append("\(name)=" + items.compactMap(\.scalarText).joined(separator: ","))
      case .array(let items): for item in items { words.append("\(name)=" + item.brief) }
      case .null, .bool, .integer, .number, .string, .object: words.append("\(name)=\(value.brief)")
      }
    }
    for member in value.members { collect(member.value, member.key) }
    return words.joined(separator: " ")
  }

  private func show(_ values: [Value], asOne: Bool) {
    let terminal = invocation.terminal
    if arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      if asOne { writer.value(values[0]) } else { writer.value(.array(values)) }
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else {
      terminal.output.write((asOne ? values[0] : .array(values)).yaml[...])
    }
  }

  func ports() throws -> ExitCode {
    let objects = try MeshInput(invocation).objects()
    let list = ServicePorts.rows(of: host, namespace: namespace, in: objects)
    if list.isEmpty, let host { throw noService(host, objects) }
    let terminal = invocation.terminal
    let rows = list.map { ($0, holds(at: $0, objects)) }
    if arguments[Options.output] == "json" || arguments[Options.output] == "yaml" {
      let values = rows.map { row, place in
        Value.object(of: [
          ("host", .string(row.host)), ("port", .integer(Int64(row.number))), ("name", .string(row.name)),
          ("protocol", .string(row.protocol)), ("target", .string(Self.target(of: row))),
          ("from", place.map { .string($0.en) }),
        ])
      }
      show(values, asOne: false)
      return .success
    }
    let titles = [
      LocalizedText(en: "NAMESPACE", zh: "命名空间"), LocalizedText(en: "SERVICE", zh: "服务"),
      LocalizedText(en: "PORT", zh: "端口"), LocalizedText(en: "NAME", zh: "名称"),
      LocalizedText(en: "PROTOCOL", zh: "协议"), LocalizedText(en: "TARGET", zh: "目标端口"),
      LocalizedText(en: "TAKES IT FROM", zh: "设置来自"),
    ]
    var table = Table(titles.map { $0[terminal.language] }, style: terminal.style)
    for (row, place) in rows {
      let from = place.map { $0[terminal.language] } ?? "-"
      let isEntry = row.object.kind == .serviceEntry
      table.add([
        row.object.namespace, isEntry ? row.host : row.object.name, "\(row.number)", row.name.isEmpty ? "-" : row.name,
        row.protocol, Self.target(of: row), from,
      ])
    }
    terminal.output.write(table.text)
    return .success
  }

  /// From where a port takes the part, subsets aside (PO-1).
  private static func target(of row: ServicePortRow) -> String { row.target.isEmpty ? "\(row.number)" : row.target }

  private func noService(_ host: String, _ objects: [MeshObject]) -> CommandFailure {
    let elsewhere = objects.map(\.id).filter { $0.kind == .service && $0.name == host }.map(\.namespace).min()
    return CommandFailure(
      .negative, en: "there is no service '\(host)'", zh: "没有服务 '\(host)'",
      hint: elsewhere.map { LocalizedText(en: "there is one in namespace '\($0)'", zh: "命名空间 '\($0)' 中有一个") })
  }

  private func holds(at row: ServicePortRow, _ objects: [MeshObject]) -> LocalizedText? {
    for object in PolicyTarget.rules(for: row.host, namespace: row.object.namespace, among: objects) {
      guard let value = ObjectEdit.value(of: object) else { continue }
      let edit = PolicyEdit(value, part)
      let own = PolicyPlace(port: Int64(row.number))
      let settings = value.at(["spec", "trafficPolicy", "portLevelSettings"])?.items ?? []
      let isSet = settings.contains { $0.at(["port", "number"]) == .integer(Int64(row.number)) }
      let place = isSet ? own : PolicyPlace()
      guard edit.value(at: place) != nil else { continue }
      return LocalizedText(en: "\(object.id.name), \(place.text.en)", zh: "\(object.id.name) 的\(place.text.zh)")
    }
    return nil
  }
}
