import History
package import MeshModel

extension Release {
  /// The object as it is stored.
  package var value: Value {
    .members(
      ("apiVersion", .string("drydock.dev/v1")), ("kind", .string(ObjectKind.release.kind)),
      ("metadata", .members(("name", .string(name)), ("namespace", .string(namespace)))), ("spec", specification),
      ("state", state))
  }

  private var specification: Value {
    .members(
      ("service", .string(host)), ("versions", .string(manner.rawValue)), ("from", Self.value(from)),
      ("to", Self.value(to)), ("protocol", .string(layer.rawValue)), ("scope", .texts(scope)),
      ("identity", identity.isEmpty ? nil : .array(identity)),
      ("steps", steps.isEmpty ? nil : .array(steps.map { .integer(Int64($0)) })),
      ("begins", .string(begins.rawValue)), ("approval", .string(approval.rawValue)))
  }

  private var state: Value {
    .members(
      ("phase", .string(phase.rawValue)), ("weight", .integer(Int64(stage.weight))),
      ("mirrored", .bool(stage.isMirrored)), ("startedFrom", startedFrom.map { .integer($0.value) }),
      ("objects", .array(parts.map(Self.value))),
      ("left", left.isEmpty ? nil : .array(left.map { .object(Self.members(of: $0)) })))
  }

  private static func value(_ version: Version) -> Value {
    .members(
      ("name", .string(version.name)), ("labels", version.labels.isEmpty ? nil : .labels(version.labels)))
  }

  private static func members(of id: ObjectID) -> [Value.Member] {
    [
      .init(key: "group", value: .string(id.kind.group)), .init(key: "kind", value: .string(id.kind.kind)),
      .init(key: "namespace", value: .string(id.namespace)), .init(key: "name", value: .string(id.name)),
    ]
  }

  private static func value(_ part: Part) -> Value {
    let rest = Value.members(
      ("made", .string(part.seed == nil ? "altered" : "created")),
      ("gateways", part.gateways.isEmpty ? nil : .texts(part.gateways)),
      ("digestBefore", part.digestBefore.map { .string($0) }),
      ("digestWritten", part.digestWritten.map { .string($0) }), ("seed", part.seed))
    return .object(members(of: part.id) + rest.members)
  }

  /// nil for what is no release, such as one that somebody wrote by hand and left half done.
  package init?(_ value: Value) {
    guard let spec = value["spec"], let state = value["state"], let name = value["metadata"]?["name"]?.text,
      let host = spec["service"]?.text, let manner = spec["versions"]?.text.flatMap(Manner.init),
      let from = Self.version(spec["from"]), let to = Self.version(spec["to"]),
      let layer = spec["protocol"]?.text.flatMap(Layer.init),
      let begins = spec["begins"]?.text.flatMap(Beginning.init),
      let approval = spec["approval"]?.text.flatMap(Approval.init),
      let phase = state["phase"]?.text.flatMap(Phase.init), let weight = state["weight"]?.whole
    else { return nil }
    self.init(
      name: name, namespace: value["metadata"]?["namespace"]?.text ?? "default", host: host, manner: manner, from: from,
      to: to, layer: layer, scope: spec["scope"]?.texts ?? ["mesh"], identity: spec["identity"]?.items ?? [],
      steps: (spec["steps"]?.items ?? []).compactMap { $0.whole.map(Int.init) }, begins: begins, approval: approval)
    self.phase = phase
    stage = Stage(weight: Int(weight), isMirrored: state["mirrored"] == .bool(true))
    startedFrom = state["startedFrom"]?.whole.map { RevisionNumber($0) }
    parts = (state["objects"]?.items ?? []).compactMap(Self.part)
    left = (state["left"]?.items ?? []).compactMap(Self.id)
  }

  private static func version(_ value: Value?) -> Version? {
    guard let value, let name = value["name"]?.text else { return nil }
    return Version(name: name, labels: .init(labels: value["labels"]))
  }

  private static func id(_ value: Value) -> ObjectID? {
    guard let group = value["group"]?.text, let kind = value["kind"]?.text, let name = value["name"]?.text else {
      return nil
    }
    return ObjectID(
      kind: ObjectKind(group: group, kind: kind), namespace: value["namespace"]?.text ?? "", name: name)
  }

  private static func part(_ value: Value) -> Part? {
    guard let id = id(value) else { return nil }
    var part = Part(id: id, seed: value["seed"], gateways: value["gateways"]?.texts ?? [])
    part.digestBefore = value["digestBefore"]?.text
    part.digestWritten = value["digestWritten"]?.text
    return part
  }
}
