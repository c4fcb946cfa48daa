import MeshModel
import YAML

extension ObjectContent {
  /// A value without anything in it, of the type that the kind has; nil for a kind that is kept whole.
  static func blank(for kind: ObjectKind) -> ObjectContent? { blanks[kind] }

  private static let blanks: [ObjectKind: ObjectContent] = [
    .virtualService: .virtualService(VirtualService()),
    .destinationRule: .destinationRule(DestinationRule()),
    .gateway: .gateway(Gateway()),
    .serviceEntry: .serviceEntry(ServiceEntry()),
    .sidecar: .sidecar(Sidecar()),
    .workloadEntry: .workloadEntry(WorkloadEntry()),
    .workloadGroup: .workloadGroup(WorkloadGroup()),
    .proxyConfig: .proxyConfig(ProxyConfig()),
    .peerAuthentication: .peerAuthentication(PeerAuthentication()),
    .requestAuthentication: .requestAuthentication(RequestAuthentication()),
    .authorizationPolicy: .authorizationPolicy(AuthorizationPolicy()),
    .service: .service(Service()),
    .namespace: .namespace,
    .pod: .pod(Pod()),
    .deployment: .workload(Workload()),
    .statefulSet: .workload(Workload()),
    .daemonSet: .workload(Workload()),
    .replicaSet: .workload(Workload()),
    .endpoints: .endpoints(Endpoints()),
    .endpointSlice: .endpointSlice(EndpointSlice()),
    .serviceAccount: .serviceAccount,
    .node: .node,
    .configMap: .configMap(ConfigMap()),
    .secret: .secret(Secret()),
  ]

  /// The members of an object beside `apiVersion`, `kind` and `metadata`.
  mutating func map(_ fields: inout FieldMap) {
    switch self {
    case .virtualService(var value):
      fields.spec(&value)
      self = .virtualService(value)
    case .destinationRule(var value):
      fields.spec(&value)
      self = .destinationRule(value)
    case .gateway(var value):
      fields.spec(&value)
      self = .gateway(value)
    case .serviceEntry(var value):
      fields.spec(&value)
      fields.status { fields in value.mapStatus(&fields) }
      self = .serviceEntry(value)
    case .sidecar(var value):
      fields.spec(&value)
      self = .sidecar(value)
    case .workloadEntry(var value):
      fields.spec(&value)
      fields.status { fields in value.mapStatus(&fields) }
      self = .workloadEntry(value)
    case .workloadGroup(var value):
      fields.spec(&value)
      self = .workloadGroup(value)
    case .proxyConfig(var value):
      fields.spec(&value)
      self = .proxyConfig(value)
    case .peerAuthentication(var value):
      fields.spec(&value)
      self = .peerAuthentication(value)
    case .requestAuthentication(var value):
      fields.spec(&value)
      self = .requestAuthentication(value)
    case .authorizationPolicy(var value):
      fields.spec(&value)
      self = .authorizationPolicy(value)
    case .service, .namespace, .pod, .workload, .endpoints, .endpointSlice, .serviceAccount, .node, .configMap, .secret:
      mapKubernetes(&fields)
    case .opaque:
      break
    }
  }

  private mutating func mapKubernetes(_ fields: inout FieldMap) {
    switch self {
    case .service(var value):
      value.map(&fields)
      self = .service(value)
    case .pod(var value):
      value.map(&fields)
      self = .pod(value)
    case .workload(var value):
      value.map(&fields)
      self = .workload(value)
    case .endpoints(var value):
      value.map(&fields)
      self = .endpoints(value)
    case .endpointSlice(var value):
      value.map(&fields)
      self = .endpointSlice(value)
    case .configMap(var value):
      value.map(&fields)
      self = .configMap(value)
    case .secret(var value):
      value.map(&fields)
      self = .secret(value)
    case .namespace, .serviceAccount, .node, .virtualService, .destinationRule, .gateway, .serviceEntry, .sidecar,
      .workloadEntry, .workloadGroup, .proxyConfig, .peerAuthentication, .requestAuthentication, .authorizationPolicy,
      .opaque:
      break
    }
  }
}

extension FieldMap {
  /// `spec` of a custom resource, written even when there is nothing in it.
  fileprivate mutating func spec<T: FieldMapped>(_ value: inout T) {
    var spec: T? = value
    self("spec", &spec)
    if let spec { value = spec }
  }

  /// `status`, which belongs to controllers: what is in it beyond our fields means nothing.
  fileprivate mutating func status(_ body: (inout FieldMap) -> Void) {
    let syntax = reading?.syntax
    reading?.syntax = .kubernetes
    nested("status", body)
    if let syntax { reading?.syntax = syntax }
  }
}
