import Diagnostics
import Editing
import MeshModel
import Workbench

/// The verbs of `drydock route` that change something.
struct RouteEdit {
  let kind: RouteKind

  enum Adding { case add, create, insert }

  func add(_ invocation: Invocation, _ manner: Adding) throws -> ExitCode {
    let run = try EditRun(invocation)
    let (edit, words) = try adding(run, manner)
    return try run.finish([edit], message: words)
  }

  func update(_ invocation: Invocation) throws -> ExitCode {
    let run = try EditRun(invocation)
    let (edit, words) = try updating(run)
    return try run.finish([edit], message: words)
  }

  /// The text that `add`, or with a rule `update`, would store.
  func transform(_ invocation: Invocation) throws -> ExitCode {
    let run = try EditRun(invocation)
    let isUpdate = invocation.arguments.operands.count > 1
    let (edit, _) = isUpdate ? try updating(run) : try adding(run, .add)
    guard let text = edit.new?.source.text else { return .negative }
    invocation.terminal.output.write(text[...])
    if text.last != UInt8(ascii: "\n") { invocation.terminal.printLine() }
    return .success
  }

  // MARK: Adding

  private func adding(_ run: EditRun, _ manner: Adding) throws -> (edit: ObjectEdit, message: String) {
    let arguments = run.invocation.arguments
    let id = run.id(.virtualService, arguments.operands[0])
    let object = run.object(id)
    switch manner {
    case .add: break
    case .create:
      guard object == nil else {
        throw CommandFailure(
          .negative, en: "there is a \(id.label) already", zh: "\(id.label) 已存在",
          hint: LocalizedText(en: "'add' adds a rule to it", zh: "请用 'add' 向其添加规则"))
      }
    case .insert:
      _ = try run.existing(id)
      guard arguments.has(RouteOptions.before) || arguments.has(RouteOptions.after) else {
        throw CommandFailure(en: "say where: --before RULE or --after RULE", zh: "请指明位置：--before RULE 或 --after RULE")
      }
    }
    var rules = RouteRules(try content(of: object, id, arguments), kind)
    let bases = try files(run)
    var place: Int?
    var names: [String] = []
    for base in bases.isEmpty ? [.emptyObject] : bases {
      let field = rules.field(place.map { $0 + 1 } ?? rules.rules.count)
      let rule = try RouteOptions.apply(to: base, kind: kind, field: field, arguments)
      guard !rule.members.isEmpty else {
        throw CommandFailure(
          en: "say what the rule does, such as --to HOST, or give it with -f",
          zh: "请说明规则内容，如 --to HOST，或用 -f 给出", hint: ParsedArguments.hint(run.invocation.path))
      }
      let target = try place.map { $0 + 1 } ?? self.place(for: rule, in: rules, arguments)
      if place == nil { remark(target, rule, rules, run) }
      try worded { try rules.insert(rule, at: target) }
      names.append(rules.shortName(of: target))
      place = target
    }
    setAround(&rules, arguments)
    let value = rules.object
    let edit = try run.edit { try object.map { try .rewriting($0, to: value) } ?? .creating(value) }
    return (edit, message("add", id, names, arguments))
  }

  private func content(of object: MeshObject?, _ id: ObjectID, _ arguments: ParsedArguments) throws -> Value {
    if let object { return try self.content(of: object) }
    let hosts = arguments.all(RouteOptions.hosts)
    let spec = Value.object([
      .init(key: "hosts", value: .array((hosts.isEmpty ? [id.name] : hosts).map { .string($0) }))
    ])
    return .newObject(id, apiVersion: "networking.istio.io/v1", spec: spec)
  }

  private func content(of object: MeshObject) throws -> Value {
    guard let value = ObjectEdit.value(of: object) else {
      throw CommandFailure(
        .failure, en: "the text of \(object.id.label) cannot be read", zh: "无法读取 \(object.id.label) 的文本")
    }
    return value
  }

  private func place(for rule: Value, in rules: RouteRules, _ arguments: ParsedArguments) throws -> Int {
    try worded {
      if let word = arguments[RouteOptions.before] { return try rules.place(of: word) }
      if let word = arguments[RouteOptions.after] { return try rules.place(of: word) + 1 }
      return rules.usualPlace(for: rule)
    }
  }

  private func remark(_ place: Int, _ rule: Value, _ rules: RouteRules, _ run: EditRun) {
    let arguments = run.invocation.arguments
    guard place < rules.rules.count, !arguments.has(RouteOptions.before), !arguments.has(RouteOptions.after) else {
      return
    }
    let other = rules.field(place)
    run.invocation.terminal.remark(
      LocalizedText(
        en: "note: placed before \(other), which takes everything; --after puts it elsewhere",
        zh: "提示：已置于兜底规则 \(other) 之前；可用 --after 指定位置"))
  }

  private func setAround(_ rules: inout RouteRules, _ arguments: ParsedArguments) {
    if arguments.has(RouteOptions.hosts) { rules.set("hosts", to: arguments.all(RouteOptions.hosts)) }
    if arguments.has(RouteOptions.gateways) { rules.set("gateways", to: arguments.all(RouteOptions.gateways)) }
  }

  /// The rules that files bring: by themselves, or those of a VirtualService.
  private func files(_ run: EditRun) throws -> [Value] {
    let paths = run.invocation.arguments.all(RouteOptions.filename)
    guard !paths.isEmpty else { return [] }
    let input = RuleInput(reading: paths)
    try InputProblems.show(input.problems, run.invocation.terminal)
    var rules = input.parts
    for object in input.objects { rules += RouteRules(try content(of: object), kind).rules }
    guard !rules.isEmpty else {
      throw CommandFailure(
        .negative, en: "the input holds no \(kind.rawValue) rules", zh: "输入中没有 \(kind.rawValue) 规则")
    }
    return rules
  }

  // MARK: Changing

  private func updating(_ run: EditRun) throws -> (edit: ObjectEdit, message: String) {
    let arguments = run.invocation.arguments
    let id = run.id(.virtualService, arguments.operands[0])
    let object = try run.existing(id)
    var rules = RouteRules(try content(of: object), kind)
    let place = try worded { try rules.place(of: arguments.operands[1]) }
    let name = rules.shortName(of: place)
    let brought = try files(run)
    guard !brought.isEmpty || !RouteOptions.given(kind, arguments).isEmpty else {
      throw CommandFailure(
        en: "say what to change, such as --to HOST or --unset FIELD, or give it with -f",
        zh: "请说明要修改的内容，如 --to HOST 或 --unset FIELD，或用 -f 给出", hint: ParsedArguments.hint(run.invocation.path))
    }
    guard brought.count < 2 else {
      throw CommandFailure(
        en: "the input holds \(brought.count) rules; one rule is changed at a time",
        zh: "输入中有 \(brought.count) 条规则；一次只能修改一条")
    }
    var rule = rules.rules[place]
    for member in brought.first?.members ?? [] { rule.set([member.key], to: member.value) }
    let changed = try RouteOptions.apply(to: rule, kind: kind, field: rules.field(place), arguments)
    try worded { try rules.replace(place, with: changed) }
    setAround(&rules, arguments)
    let value = rules.object
    let edit = try run.edit { try .rewriting(object, to: value) }
    return (edit, message("update", id, [name], arguments))
  }

  func delete(_ invocation: Invocation) throws -> ExitCode {
    let run = try EditRun(invocation)
    let arguments = invocation.arguments
    let id = run.id(.virtualService, arguments.operands[0])
    let object = try run.existing(id)
    var rules = RouteRules(try content(of: object), kind)
    let places = try worded { try arguments.operands.dropFirst().map { try rules.place(of: $0) } }
    let names = places.map { rules.shortName(of: $0) }
    rules.remove(places)
    let words = message("delete", id, names, arguments)
    guard rules.isEmpty else {
      let value = rules.object
      return try run.finish([try run.edit { try .rewriting(object, to: value) }], message: words)
    }
    guard arguments.has(EditRun.removeEmpty) else {
      throw CommandFailure(
        .negative, en: "this leaves \(id.label) without any rule", zh: "此操作会使 \(id.label) 没有任何规则",
        hint: LocalizedText(en: "--remove-empty removes the object", zh: "用 --remove-empty 删除该对象"))
    }
    invocation.terminal.remark(
      LocalizedText(en: "note: \(id.label) has no rule left and is removed", zh: "提示：\(id.label) 已没有规则，将被删除"))
    return try run.finish([.removing(object)], message: words + ", and the object")
  }

  func sort(_ invocation: Invocation) throws -> ExitCode {
    let run = try EditRun(invocation)
    let arguments = invocation.arguments
    let id = run.id(.virtualService, arguments.operands[0])
    let object = try run.existing(id)
    var rules = RouteRules(try content(of: object), kind)
    var words: [String] = []
    try worded {
      if let word = arguments[RouteOptions.move] {
        let place = try rules.place(of: word)
        words = [rules.shortName(of: place)]
        if let other = arguments[RouteOptions.before] {
          rules.move(place, .before, try rules.place(of: other))
        } else if let other = arguments[RouteOptions.after] {
          rules.move(place, .after, try rules.place(of: other))
        } else {
          throw CommandFailure(en: "say where: --before RULE or --after RULE", zh: "请指明位置：--before RULE 或 --after RULE")
        }
      } else if arguments.operands.count > 1 {
        var places: [Int] = []
        for word in arguments.operands.dropFirst() {
          let place = try rules.place(of: word)
          if !places.contains(place) { places.append(place) }
        }
        words = places.map { rules.shortName(of: $0) }
        rules.sort(places)
      } else {
        rules.sortByParticularity()
      }
    }
    let value = rules.object
    return try run.finish(
      [try run.edit { try .rewriting(object, to: value) }], message: message("sort", id, words, arguments))
  }

  // MARK: From YAML

  func apply(_ invocation: Invocation) throws -> ExitCode {
    let run = try EditRun(invocation)
    let arguments = invocation.arguments
    let paths = arguments.all(RouteOptions.filename)
    guard !paths.isEmpty else {
      throw CommandFailure(en: "say what to apply: -f FILE", zh: "请用 -f FILE 指明要应用的文件")
    }
    let input = RuleInput(reading: paths)
    try InputProblems.show(input.problems, invocation.terminal)
    guard let word = arguments.operands.first else { return try applyObjects(input, run) }
    let id = run.id(.virtualService, word)
    let object = run.object(id)
    var rules = RouteRules(try content(of: object, id, arguments), kind)
    let brought = try files(run)
    var names: [String] = []
    try worded {
      for rule in brought {
        try check(rule, rules)
        let place: Int?
        if arguments.operands.count > 1 {
          guard brought.count == 1 else {
            throw CommandFailure(
              en: "the input holds \(brought.count) rules, and one is to be replaced",
              zh: "输入中有 \(brought.count) 条规则，而只替换一条")
          }
          place = try rules.place(of: arguments.operands[1])
        } else {
          // A rule of that name is replaced.
          place = rule.at(["name"])?.text.flatMap { name in rules.rules.firstIndex { $0.at(["name"])?.text == name } }
        }
        if let place {
          try rules.replace(place, with: rule)
        } else {
          try rules.insert(rule, at: rules.usualPlace(for: rule))
        }
        names.append(place.map { rules.shortName(of: $0) } ?? rule.at(["name"])?.text ?? "1 more")
      }
    }
    let value = rules.object
    let edit = try run.edit { try object.map { try .rewriting($0, to: value) } ?? .creating(value) }
    return try run.finish([edit], message: message("apply", id, names, arguments))
  }

  private func check(_ rule: Value, _ rules: RouteRules) throws {
    guard case .object = rule else {
      throw EditProblem(
        "DD0818", field: kind.rawValue, en: "a rule is an object with fields such as 'match' and 'route'",
        zh: "规则应为含有 'match'、'route' 等字段的对象")
    }
    _ = try RuleDraft(rule, kind: kind, field: kind.rawValue, choice: .only).checked
  }

  /// VirtualServices as files have them, comments included.
  private func applyObjects(_ input: RuleInput, _ run: EditRun) throws -> ExitCode {
    if let stray = input.objects.first(where: { $0.id.kind != .virtualService }) {
      throw CommandFailure(
        .negative, en: "\(stray.id.label) is no VirtualService", zh: "\(stray.id.label) 不是 VirtualService",
        hint: LocalizedText(en: "'drydock apply -f' takes every kind", zh: "'drydock apply -f' 接受所有类型"))
    }
    guard !input.objects.isEmpty else {
      throw CommandFailure(
        en: "say which VirtualService the rules belong to", zh: "请指明规则所属的 VirtualService",
        hint: ParsedArguments.hint(run.invocation.path))
    }
    let objects = try input.objects.map { try run.placed($0) }
    let edits = objects.map { ObjectEdit.replacing(run.object($0.id), with: $0) }
    let names = objects.map { "\($0.id.namespace)/\($0.id.name)" }.joined(separator: ", ")
    return try run.finish(edits, message: "route \(kind.rawValue) apply \(names)")
  }

  /// `route http update shop/reviews jason: timeout, weight`.
  private func message(_ verb: String, _ id: ObjectID, _ rules: [String], _ arguments: ParsedArguments) -> String {
    let names = rules.isEmpty ? "" : " " + rules.joined(separator: ", ")
    let given = verb == "update" || verb == "add" ? RouteOptions.given(kind, arguments) : []
    let fields = given.isEmpty ? "" : ": " + given.joined(separator: ", ")
    return "route \(kind.rawValue) \(verb) \(id.namespace)/\(id.name)\(names)\(fields)"
  }
}
