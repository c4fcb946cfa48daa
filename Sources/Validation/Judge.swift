package import Diagnostics
package import YAML

/// Whose verdict is wanted.
package enum Manner: String, Sendable, CaseIterable {
  /// Drydock's own: all that the others say without their false alarms, and more.
  case drydock
  /// The API server, the webhook, and `istioctl analyze --use-kube=false -A`.
  case istio
  /// The same with everything in the files taken as if it were in a cluster.
  case cluster
  /// `istioctl validate`.
  case istioctl
}

/// What became of one object.
package struct Judgement: Sendable {
  package var findings: [Finding] = []
  /// The object with the spec that proxies would get; nil when it cannot be read, or is none of Istio's.
  package var decoded: Node?
}

/// What the schema and the admission rules say of one object.
package func validate(_ object: ManifestObject, manner: Manner) -> Judgement {
  let log = FindingLog(object)
  if manner == .istioctl {
    CommandCheck(log: log).check(object)
    return Judgement(findings: log.findings)
  }
  guard object.isIstio else {
    if manner == .drydock { checkTexts(object, log) }
    return Judgement(findings: log.findings)
  }
  guard let kind = Schema.istio.kind(group: object.group, name: object.subject.kind) else {
    // DEC-04
    if manner == .drydock, object.isOperator {
      OperatorCheck(log: log).check(Part(root: object.node))
      return Judgement(findings: log.findings)
    }
    let good = Schema.istio.alternatives(to: object)
    let apiVersion = object.node["apiVersion"] ?? object.node
    log.report(
      .unservedVersion, field: "apiVersion", node: apiVersion, apiVersion.string ?? "", object.subject.kind, good)
    log.report(
      .unknownKind, field: "apiVersion", node: apiVersion, object.group, object.subject.kind, good)
    return Judgement(findings: log.findings)
  }
  let isServed = kind.versions.contains(object.version)
  var spec = object.node["spec"].flatMap { $0.isNull ? nil : $0 }
  if isServed {
    MetadataCheck(log: log).check(object)
    if let given = spec {
      var check = SchemaCheck(log)
      spec = check.check(spec: given, kind.message)
    } else if kind.isSpecRequired {
      log.report(.specRequired, field: "spec", node: object.node)
    }
  } else {
    let apiVersion = object.node["apiVersion"] ?? object.node
    let good = Schema.istio.apiVersions(of: kind.name).joined(separator: ", ")
    log.report(.unservedVersion, field: "apiVersion", node: apiVersion, apiVersion.string ?? "", kind.name, good)
  }
  let admission = Admission(log: log, object: object, manner: manner)
  let decoded = admission.decode(spec, kind)
  if let decoded { admission.check(decoded, kind) }
  if manner == .drydock { return Judgement(findings: log.findings, decoded: decoded) }
  // From files, `istioctl analyze` takes only what it knows the version of and can hold.
  guard isServed, object.hasTextMetadata else { return Judgement(findings: log.findings.map(\.unlike)) }
  return Judgement(findings: onceEach(log.findings), decoded: decoded)
}

extension Finding {
  /// Without the code of theirs.
  fileprivate var unlike: Finding {
    var finding = self
    finding.like = nil
    return finding
  }
}

/// Istio's codes only on the first of several findings with the same words: `istioctl analyze` says them once. Its
/// words on rules that are not reached name the rule, where ours do not.
private func onceEach(_ findings: [Finding]) -> [Finding] {
  var said: Set<String> = []
  return findings.map { finding in
    guard let like = finding.like, like != "IST0130", like != "IST0131",
      !said.insert("\(like) \(IstioWords.key(finding))").inserted
    else {
      return finding
    }
    return finding.unlike
  }
}

extension Schema {
  /// What could be meant by a kind that is not there: the kind elsewhere, other kinds of the group, or other groups.
  fileprivate func alternatives(to object: ManifestObject) -> String {
    let elsewhere = apiVersions(of: object.subject.kind)
    if !elsewhere.isEmpty { return elsewhere.joined(separator: ", ") }
    let own = kinds.filter { $0.key.prefix { $0 != "/" } == object.group }.map(\.value.name).sorted()
    if !own.isEmpty { return own.joined(separator: ", ") }
    return Set(kinds.keys.map { String($0.prefix { $0 != "/" }) }).sorted().joined(separator: ", ")
  }

  func apiVersions(of kind: String) -> [String] {
    kinds.filter { $0.value.name == kind }.flatMap { key, value in
      let group = key.prefix { $0 != "/" }
      return value.versions.map { "\(group)/\($0)" }
    }.sorted()
  }
}

/// Labels and annotations of Kubernetes' own objects, which are refused when they are numbers.
private func checkTexts(_ object: ManifestObject, _ log: FindingLog) {
  guard !object.version.utf8.isEmpty, !object.subject.kind.utf8.isEmpty else { return }
  let whole = Part(root: object.node)
  for holder in [whole, whole["spec"]["template"]] {
    for name in ["labels", "annotations"] {
      for (_, value) in holder["metadata"][name].members {
        guard let node = value.node, !Node.isText(node) else { continue }
        log.report(.wrongType, at: value, "string", node.jsonType)
      }
    }
  }
}
