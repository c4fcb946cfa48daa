import Diagnostics
import MeshModel
import YAML

/// Makes one object out of one node.
struct ObjectReader {
  let root: Node
  let context: DecodingContext
  let source: ObjectSource
  private(set) var hasDroppedSecrets = false

  init(root: Node, context: DecodingContext, source: ObjectSource) {
    self.root = root
    self.context = context
    self.source = source
  }

  /// nil when it is not even known what the object is; all problems are in the context.
  mutating func read() -> MeshObject? {
    guard case .mapping(let entries) = root.content else {
      context.report(.wrongType(expected: .object, root), at: root)
      return nil
    }
    var fields = FieldMap(reading: entries, in: context)
    var envelope = ObjectEnvelope()
    envelope.map(&fields)
    guard let kind = kind(envelope), let name = name(envelope) else { return nil }
    let facts = kind.facts
    let namespace = Self.namespace(envelope.namespace, facts)
    var content = ObjectContent.blank(for: kind)
    context.syntax = isIstio(kind) ? .schema : .kubernetes
    if content == nil {
      requireObject("spec")
      content = .opaque(Self.opaque(entries))
    } else {
      content?.map(&fields)
      if context.syntax == .schema { fields.ignored("status") }
      fields.reportUnclaimed { names in
        var listing = FieldMap.listing
        var sample = ObjectContent.blank(for: kind)
        sample?.map(&listing)
        names = listing.names
      }
    }
    guard var content else { return nil }
    var kept = source
    finish(&content, &kept, isMesh: kind == .configMap && namespace == "istio-system" && name == "istio")
    return MeshObject(
      id: ObjectID(kind: kind, namespace: namespace, name: name), apiVersion: envelope.apiVersion ?? "",
      metadata: metadata(envelope.metadata, of: kind), content: content, source: kept,
      unknownFields: context.unknownFields)
  }

  /// What goes beyond fields: texts within texts, and what must not be kept.
  private mutating func finish(_ content: inout ObjectContent, _ kept: inout ObjectSource, isMesh: Bool) {
    switch content {
    case .configMap(var map):
      guard isMesh else { return }
      map.readMeshConfig(root, context, source: source)
      content = .configMap(map)
    case .secret(var secret):
      secret.readValues(root)
      content = .secret(secret)
      if let text = SecretRedaction.redacted(root, source) {
        kept.text = text
        hasDroppedSecrets = true
      }
    case .virtualService, .destinationRule, .gateway, .serviceEntry, .sidecar, .workloadEntry, .workloadGroup,
      .proxyConfig, .peerAuthentication, .requestAuthentication, .authorizationPolicy, .service, .namespace, .pod,
      .workload, .endpoints, .endpointSlice, .serviceAccount, .node, .opaque:
      break
    }
  }

  private func metadata(_ given: ObjectMetadata, of kind: ObjectKind) -> ObjectMetadata {
    guard kind == .secret else { return given }
    var metadata = given
    metadata.annotations = metadata.annotations.filter { !SecretRedaction.repeatsTheObject(annotation: $0.key) }
    return metadata
  }

  private func kind(_ envelope: ObjectEnvelope) -> ObjectKind? {
    if envelope.apiVersion == nil, root["apiVersion"]?.isNull != false { context.report(.noAPIVersion, at: root) }
    if envelope.kind == nil, root["kind"]?.isNull != false { context.report(.noKind, at: root) }
    guard let apiVersion = envelope.apiVersion, let name = envelope.kind else { return nil }
    let slash = apiVersion.utf8.firstIndex(of: UInt8(ascii: "/"))
    let group = slash.map { String(apiVersion[..<$0]) } ?? ""
    let version = slash.map { String(apiVersion[apiVersion.utf8.index(after: $0)...]) } ?? apiVersion
    let kind = ObjectKind(group: group, kind: name)
    guard let facts = kind.facts else {
      let known = ObjectKind.known.filter { $0.kind.group == group && isIstio($0.kind) }.map(\.kind.kind)
      let problem: CodecProblem =
        known.isEmpty
        ? .unknownKind(apiVersion: apiVersion, kind: name) : .strayKind(name, apiVersion: apiVersion, known: known)
      if let node = root["kind"] { context.report(problem, at: node) }
      return kind
    }
    if !facts.versions.contains(version), let node = root["apiVersion"] {
      let good = facts.versions.map { group.isEmpty ? $0 : "\(group)/\($0)" }
      context.report(.badVersion(apiVersion, kind: name, good: good), at: node)
    }
    return kind
  }

  private func name(_ envelope: ObjectEnvelope) -> String? {
    if let name = envelope.name, !name.isEmpty { return name }
    // A name of the wrong type has been reported already.
    if let written = root["metadata"]?["name"], !written.isNull, written.string != "" { return nil }
    if let prefix = root["metadata"]?["generateName"], let text = prefix.string {
      context.report(.generatedName(text), at: prefix)
    } else {
      context.report(.noName, at: root["metadata"] ?? root)
    }
    return nil
  }

  private static func namespace(_ given: String, _ facts: KnownKind?) -> String {
    // Where an unknown kind lives is not known either.
    guard let facts else { return given }
    guard facts.isNamespaced else { return "" }
    return given.isEmpty ? "default" : given
  }

  private func isIstio(_ kind: ObjectKind) -> Bool {
    kind.group.utf8.suffix(9).elementsEqual(".istio.io".utf8)
  }

  /// Whatever a custom resource says in its `spec`, it says it as an object.
  private func requireObject(_ name: String) {
    guard context.syntax == .schema, let node = root[name], !node.isNull, node.mapping == nil else { return }
    context.path.append(.field(name))
    context.report(.wrongType(expected: .object, node), at: node)
    context.path.removeLast()
  }

  /// The object without `metadata` and `status`.
  private static func opaque(_ entries: [Node.Entry]) -> Value {
    let kept = entries.filter { $0.name != "metadata" && $0.name != "status" }
    return .object(kept.map { Value.Member(key: $0.name, value: Value($0.value)) })
  }
}
