import Diagnostics
import YAML

/// What Istio's webhook says of one object.
struct Admission {
  let log: FindingLog
  let object: ManifestObject
  /// Whether nobody compares the number of findings with Istio's.
  let isOwnJudgement: Bool

  init(log: FindingLog, object: ManifestObject, manner: Manner) {
    self.log = log
    self.object = object
    isOwnJudgement = manner == .drydock
  }

  /// Istio loses what it remarks on policies of subsets and ports.
  var keepsNestedRemarks: Bool { isOwnJudgement }

  /// A namespace that the object names or that it gets.
  var namespace: String { object.subject.namespace }

  /// The object as Istio reads it; nil when that is impossible.
  func decode(_ spec: Node?, _ kind: Schema.Kind, _ fields: Decoder.Fields = .lenient) -> Node? {
    var decoder = Decoder(fields)
    let root = object.node
    let empty = Node(.mapping([]), start: root.start, end: root.end)
    do throws(Decoder.Failure) {
      return root.replacing("spec", with: try decoder.decode(spec: spec ?? empty, kind.message))
    } catch {
      log.report(error.rule, field: error.field, node: error.node, values: error.values)
      return nil
    }
  }

  func check(_ decoded: Node, _ kind: Schema.Kind) {
    let whole = Part(root: decoded)
    if checkMetadata(whole) { checkSpec(whole["spec"], whole, kind) }
  }

  private func checkSpec(_ rules: Part, _ whole: Part, _ kind: Schema.Kind) {
    switch kind.name {
    case "VirtualService": checkVirtualService(rules, whole)
    case "DestinationRule": checkDestinationRule(rules)
    case "Gateway": checkGateway(rules, whole)
    case "ServiceEntry": checkServiceEntry(rules, whole)
    case "WorkloadEntry": checkWorkloadEntry(rules)
    case "WorkloadGroup": checkWorkloadGroup(rules)
    case "Sidecar": checkSidecar(rules)
    case "EnvoyFilter": checkEnvoyFilter(rules)
    case "ProxyConfig": checkProxyConfig(rules)
    case "PeerAuthentication": checkPeerAuthentication(rules)
    case "RequestAuthentication": checkRequestAuthentication(rules)
    case "AuthorizationPolicy": checkAuthorizationPolicy(rules)
    case "Telemetry": checkTelemetry(rules)
    case "WasmPlugin": checkWasmPlugin(rules)
    case "TrafficExtension": checkTrafficExtension(rules)
    default: break
    }
  }

  func report(_ rule: Rule, _ part: Part, _ values: String...) { log.report(rule, at: part, values: values) }

  /// Reports what the checks refuse; their remarks are lost where Istio loses them.
  func withoutRemarks(_ check: () -> Void) {
    let before = log.findings.count
    check()
    if !keepsNestedRemarks { log.removeRemarks(from: before) }
  }
}

extension Node {
  fileprivate func replacing(_ name: String, with value: Node) -> Node {
    var entries = mapping ?? []
    if let place = entries.firstIndex(where: { $0.name == name }) {
      entries[place].value = value
    } else {
      entries.append(Entry(name: name, value: value))
    }
    return Node(.mapping(entries), start: start, end: end)
  }
}

// MD-01 to MD-07.
extension Admission {
  /// False when nothing else is looked at.
  private func checkMetadata(_ whole: Part) -> Bool {
    let annotations = whole["metadata"]["annotations"]
    let dryRun = annotations["istio.io/dry-run"]
    if dryRun.isPresent {
      if object.subject.kind != "AuthorizationPolicy" {
        report(.dryRunOfOtherKind, dryRun)
        return false
      }
      let action = whole["spec"]["action"].text
      if !["", "ALLOW", "DENY"].contains(action) {
        report(.dryRunOfOtherAction, dryRun, action)
        return false
      }
      if !Self.booleans.contains(dryRun.text) {
        report(.dryRunValue, dryRun, dryRun.text)
        return false
      }
    }
    let reserved: [(String, Rule)] = [
      ("internal.istio.io/webhook-always-reject", .alwaysRejected),
      ("internal.istio.io/parent-namespace", .reservedParentNamespace),
      ("internal.istio.io/parents", .reservedParents),
    ]
    for (name, rule) in reserved where annotations[name].isPresent {
      report(rule, annotations[name])
      return false
    }
    return true
  }

  private static let booleans: Set<String> = [
    "1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False",
  ]
}

extension Rule {
  static let dryRunOfOtherKind = metadata(
    1, "annotation 'istio.io/dry-run' is for AuthorizationPolicies only; remove it",
    "注解 'istio.io/dry-run' 只适用于 AuthorizationPolicy；请删除")
  static let dryRunValue = metadata(
    2, "annotation 'istio.io/dry-run' is '{0}'; use 'true' or 'false'",
    "注解 'istio.io/dry-run' 的值为 '{0}'；请使用 'true' 或 'false'")
  static let dryRunOfOtherAction = metadata(
    3, "annotation 'istio.io/dry-run' does not go with action {0}; use it with ALLOW or DENY",
    "注解 'istio.io/dry-run' 不能用于动作 {0}；请用于 ALLOW 或 DENY")
  static let alwaysRejected = metadata(
    4, "annotation 'internal.istio.io/webhook-always-reject' makes Istio refuse the object; remove it",
    "注解 'internal.istio.io/webhook-always-reject' 会使 Istio 拒绝该对象；请删除")
  static let reservedParentNamespace = metadata(
    5, "annotation 'internal.istio.io/parent-namespace' is reserved for Istio itself; remove it",
    "注解 'internal.istio.io/parent-namespace' 由 Istio 内部保留；请删除")
  static let reservedParents = metadata(
    6, "annotation 'internal.istio.io/parents' is reserved for Istio itself; remove it",
    "注解 'internal.istio.io/parents' 由 Istio 内部保留；请删除")
  static let unknownTopLevelKey = metadata(
    7, "key '{0}' is unknown; an object has apiVersion, kind, metadata, spec and status",
    "未知的键 '{0}'；对象只有 apiVersion、kind、metadata、spec 和 status")

  static let metadataRules: [Rule] = [
    dryRunOfOtherKind, dryRunValue, dryRunOfOtherAction, alwaysRejected, reservedParentNamespace, reservedParents,
    unknownTopLevelKey,
  ]
}
