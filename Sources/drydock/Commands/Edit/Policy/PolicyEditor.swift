import Diagnostics
import Editing
import MeshModel
import Workbench

/// Edits the circuit breaker or the balancing of one place.
struct PolicyEditor {
  let part: PolicyPart
  let command: String
  let invocation: Invocation

  init(part: PolicyPart, command: String, _ invocation: Invocation) {
    self.part = part
    self.command = command
    self.invocation = invocation
  }

  private var arguments: ParsedArguments { invocation.arguments }

  func run(_ verb: PolicyVerb) throws -> ExitCode {
    // The words are read before the store, so that a mistake in them is told first.
    let changes = try FieldOptions.changes(part.fields, arguments)
    let run = try EditRun(invocation)
    let target = try PolicyTarget(run, arguments.operands[0])
    var edit = try target.edit(part)
    let old = edit.value(at: target.place)
    try FieldOptions.told { try require(verb, target, old) }
    var new: Value?
    switch verb {
    case .delete: new = nil
    case .add, .create, .insert, .update, .transform:
      new = try value(from: old ?? .emptyObject, changes, target.place, verb)
    }
    let labels = try FieldOptions.labels(PolicyTarget.labels, arguments)
    try FieldOptions.told {
      try edit.set(new, at: target.place, among: try neighbours(verb, target.place), labels: labels)
    }
    remark(edit, target)
    let verbName = invocation.spec.name
    let message = "\(command) \(verbName) \(target.host)\(Self.suffix(target.place))\(Self.words(changes))"
    return try run.finish(
      edit.rule, of: target.object, id: target.id, isEmpty: edit.isEmpty, message, verb == .transform)
  }

  private func require(_ verb: PolicyVerb, _ target: PolicyTarget, _ old: Value?) throws {
    switch verb {
    case .create where target.object != nil:
      throw CommandFailure(
        .negative, en: "\(target.id.label) is there already", zh: "\(target.id.label) 已存在",
        hint: LocalizedText(en: "'add' adds to it", zh: "可用 'add' 添加"))
    case .add where old != nil: throw EditProblem.entryExists(what: part.name, place: target.text)
    case .insert where old != nil && !insertsLabel: throw EditProblem.entryExists(what: part.name, place: target.text)
    case .update where old == nil, .delete where old == nil:
      throw EditProblem.noSuchEntry(what: part.name, place: target.text)
    case .add, .create, .insert, .update, .delete, .transform: break
    }
  }

  /// `--failover-priority` is the one list whose order tells something.
  private var insertsLabel: Bool {
    part == .balancer && arguments[PolicyTarget.port] == nil
      && (arguments.has(HostPolicyCommand.before) || arguments.has(HostPolicyCommand.after))
  }

  private func value(
    from old: Value, _ changes: FieldChanges, _ place: PolicyPlace, _ verb: PolicyVerb
  ) throws -> Value {
    var value = old
    if let path = arguments[FieldOptions.file] {
      let file = try fragment(path, place)
      for member in file.members { value = value.setting([member.key], to: member.value) }
    }
    try FieldOptions.requireSomething(changes, invocation)
    if verb == .insert, insertsLabel { return try FieldOptions.told { try withLabels(value, changes) } }
    return changes.applied(to: value)
  }

  private func withLabels(_ value: Value, _ changes: FieldChanges) throws(EditProblem) -> Value {
    let path = ["loadBalancer", "localityLbSetting", "failoverPriority"]
    var labels = (value.at(path)?.items ?? []).compactMap(\.text)
    let added = (changes.applied(to: .emptyObject).at(path)?.items ?? []).compactMap(\.text)
    let (word, offset) =
      arguments[HostPolicyCommand.before].map { ($0, 0) } ?? (arguments[HostPolicyCommand.after] ?? "", 1)
    guard let place = labels.firstIndex(of: word) else {
      throw EditProblem.noSuchElement(word, list: "failoverPriority", there: labels)
    }
    labels.insert(contentsOf: added, at: place + offset)
    return changes.applied(to: value).setting(path, to: .array(labels.map { .string($0) }))
  }

  private func neighbours(_ verb: PolicyVerb, _ place: PolicyPlace) throws -> ListPlace<Int64> {
    guard verb == .insert, place.port != nil else { return .end }
    if let before = try PolicyTarget.number(arguments, HostPolicyCommand.before) { return .before(before) }
    if let after = try PolicyTarget.number(arguments, HostPolicyCommand.after) { return .after(after) }
    return .end
  }

  /// The part as a file has it: the fields alone, a traffic policy, or a DestinationRule.
  private func fragment(_ path: String, _ place: PolicyPlace) throws -> Value {
    let contents = try FieldOptions.contents(of: path, invocation.terminal)
    guard contents.count == 1 else {
      throw CommandFailure(
        .negative, en: "'\(path)' says several things; one is wanted", zh: "'\(path)' 含多份内容；只需要一份")
    }
    let content = contents[0]
    if content["kind"] != nil {
      let edit = PolicyEdit(content, part)
      if let value = edit.value(at: place) ?? edit.value(at: PolicyPlace()) { return value }
      throw CommandFailure(
        .negative, en: "'\(path)' has no \(part.name.en)", zh: "'\(path)' 中没有\(part.name.zh)")
    }
    let value = content["trafficPolicy"] ?? content
    let unknown = value.members.first { !part.members.contains($0.key) && $0.key != "port" }
    if content["trafficPolicy"] == nil, let unknown {
      throw CommandFailure(
        .negative, en: "'\(path)' has '\(unknown.key)'; expected: \(part.members.joined(separator: ", "))",
        zh: "'\(path)' 中有 '\(unknown.key)'；应为：\(part.members.joined(separator: "、"))")
    }
    return .object(value.members.filter { part.members.contains($0.key) })
  }

  func apply() throws -> ExitCode {
    guard let path = arguments[FieldOptions.file] else {
      throw CommandFailure(en: "say what to apply: -f FILE", zh: "请用 -f FILE 指明要应用的文件")
    }
    let run = try EditRun(invocation)
    if let host = arguments.operands.first {
      let target = try PolicyTarget(run, host)
      var edit = try target.edit(part)
      let value = try fragment(path, target.place)
      let labels = try FieldOptions.labels(PolicyTarget.labels, arguments)
      try FieldOptions.told { try edit.set(value, at: target.place, labels: labels) }
      remark(edit, target)
      return try run.finish(
        edit.rule, of: target.object, id: target.id, isEmpty: edit.isEmpty,
        "\(command) apply \(target.host)\(Self.suffix(target.place))", false)
    }
    var edits: [ObjectEdit] = []
    var names: [String] = []
    for content in try FieldOptions.contents(of: path, invocation.terminal) {
      guard content["kind"]?.text == "DestinationRule" else {
        throw CommandFailure(
          .negative, en: "'\(path)' holds no DestinationRule; name the host that the fields are for",
          zh: "'\(path)' 不是 DestinationRule；请给出字段所属的主机")
      }
      edits.append(try whole(content, run))
      names.append(content.at(["spec", "host"])?.text ?? "")
    }
    return try run.finish(edits, message: "\(command) apply \(names.joined(separator: ", "))")
  }

  /// Every place of the part as a DestinationRule of a file has it.
  private func whole(_ content: Value, _ run: EditRun) throws -> ObjectEdit {
    let namespace = try run.namespace(of: content)
    let name = content.at(["metadata", "name"])?.text ?? ""
    let id = ObjectID(kind: .destinationRule, namespace: namespace, name: name)
    guard let object = run.object(id), let value = ObjectEdit.value(of: object) else {
      return try run.edit {
        try ObjectEdit.creating(content.setting(["metadata", "namespace"], to: .string(namespace)))
      }
    }
    var edit = PolicyEdit(value, part)
    let wanted = PolicyEdit(content, part)
    for (place, _) in edit.entries where wanted.value(at: place) == nil {
      try FieldOptions.told { try edit.set(nil, at: place) }
    }
    for (place, value) in wanted.entries {
      let subset = content.at(["spec", "subsets"])?.items.first { $0["name"]?.text == place.subset }
      let labels = subset?["labels"]?.members ?? []
      try FieldOptions.told { try edit.set(value, at: place, labels: labels) }
    }
    return try run.edit { try ObjectEdit.rewriting(object, to: edit.rule) }
  }

  private func remark(_ edit: PolicyEdit, _ target: PolicyTarget) {
    guard edit.value(at: target.place) != nil, let port = target.place.port else { return }
    let names = edit.displaced(by: target.place)
    guard !names.isEmpty else { return }
    let (en, zh) = (names.joined(separator: ", "), names.joined(separator: "、"))
    invocation.terminal.remark(
      LocalizedText(
        en: "note: port \(port) has settings of its own, so the policy above no longer holds there: \(en)",
        zh: "提示：端口 \(port) 有自己的设置，上层策略的 \(zh) 在该端口不再生效"))
  }

  private static func suffix(_ place: PolicyPlace) -> String {
    (place.subset.map { " subset \($0)" } ?? "") + (place.port.map { " port \($0)" } ?? "")
  }

  private static func words(_ changes: FieldChanges) -> String {
    let set = changes.settings.map { setting in
      "\(setting.field.name) \(setting.value.scalarText ?? "…")"
    }
    let all = set + changes.unset.map { "without \($0.name)" }
    return all.isEmpty ? "" : ": " + all.joined(separator: ", ")
  }
}
