package import Diagnostics
import YAML

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

/// What the schema and the admission rules say of one object.
package func validate(_ object: ManifestObject, manner: Manner) -> [Finding] {
  guard object.isIstio else { return [] }
  let log = FindingLog(object)
  guard let kind = Schema.istio.kind(group: object.group, name: object.subject.kind) else {
    // DEC-04
    let good = Schema.istio.apiVersions(of: object.subject.kind).joined(separator: ", ")
    let apiVersion = object.node["apiVersion"] ?? object.node
    log.report(
      .unservedVersion, field: "apiVersion", node: apiVersion, apiVersion.string ?? "", object.subject.kind, good)
    log.report(
      .unknownKind, field: "apiVersion", node: apiVersion, object.group, object.subject.kind, good)
    return log.findings
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
  Admission(log: log, object: object, manner: manner).check(spec, kind)
  return log.findings
}

extension Schema {
  func apiVersions(of kind: String) -> [String] {
    kinds.filter { $0.value.name == kind }.flatMap { key, value in
      let group = key.prefix { $0 != "/" }
      return value.versions.map { "\(group)/\($0)" }
    }.sorted()
  }
}
