import MeshModel
import ProxyModel

/// Makes the clusters of one proxy (CL-1 to CL-5).
struct ClusterBuilder {
  let scope: ProxyScope
  let registry: ServiceRegistry
  let mesh: MeshConfig
  let peerAuthentications: PeerAuthenticationIndex
  /// With its place, for failover priorities (LO-5).
  let clientLabels: [String: String]
  let clientNode: String

  var isGateway: Bool { scope.vantage.kind == .gateway }

  init(
    scope: ProxyScope, registry: ServiceRegistry, mesh: MeshConfig, peerAuthentications: PeerAuthenticationIndex
  ) {
    self.scope = scope
    self.registry = registry
    self.mesh = mesh
    self.peerAuthentications = peerAuthentications
    let object = scope.vantage.object.flatMap { registry.snapshot[$0] }
    if case .pod(let pod)? = object?.content { clientNode = pod.nodeName } else { clientNode = "" }
    clientLabels =
      scope.vantage.labels.isEmpty
      ? [:] : WorkloadIndex.augmented(scope.vantage.labels, scope.vantage.locality, node: clientNode)
  }

  /// The service of one port, with everything that its clusters share.
  struct Target {
    var service: MeshService
    var port: MeshService.Port
    var rule: MergedDestinationRule?
    /// Behind all ports.
    var everyone: [RegistryEndpoint]
    /// Behind this port.
    var endpoints: [RegistryEndpoint]
  }

  /// nil where Istio makes none.
  func target(_ service: MeshService, _ port: MeshService.Port, _ everyone: [RegistryEndpoint]) -> Target? {
    guard port.protocol != .udp, service.resolution != .alias else { return nil }
    if service.isDynamicProxy {
      switch port.protocol {
      case .http, .http2, .grpc, .tls: break
      case .httpProxy, .grpcWeb, .https, .tcp, .mongo, .redis, .mysql, .udp, .unsupported: return nil
      }
    }
    return Target(
      service: service, port: port, rule: scope.destinationRule(forHost: service.hostname), everyone: everyone,
      endpoints: everyone.filter {
        $0.portNumber == port.number || $0.portNumber == nil && $0.portName == port.name
      })
  }

  /// The plain cluster of a target, or a subset's.
  func cluster(_ target: Target, subset: Subset? = nil, isForSNI: Bool = false) -> Cluster? {
    let (service, port) = (target.service, target.port)
    let name = ClusterName(
      port: port.number, subset: subset?.name ?? "", hostname: service.hostname, isForSNI: isForSNI)
    if subset != nil, service.isDynamicProxy { return nil }  // PO-7
    guard var cluster = empty(name, target, subset) else { return nil }
    let policy = TrafficPolicy.merged(target.rule?.trafficPolicy, subset?.trafficPolicy, port: port.number)
    cluster.upstreamProtocol = Cluster.upstreamProtocol(
      port, isGateway: isGateway, pool: policy?.connectionPool, mesh: mesh)
    cluster.apply(policy?.connectionPool, retryBudget: policy?.retryBudget, mesh: mesh)
    let sendsUnhealthy = service.trafficDistribution != .any
    cluster.apply(policy?.outlierDetection, sendsUnhealthy: sendsUnhealthy)
    if sendsUnhealthy, cluster.discovery != .dynamicForwardProxy { cluster.panicThreshold = 0 }
    applyLocalities(policy, target, subset, &cluster)
    cluster.apply(policy?.loadBalancer)
    if !isForSNI { cluster.tls = tls(policy, target, subset, cluster, name) }
    if !isForSNI { cluster.proxyProtocol = policy?.proxyProtocol.map { $0.version ?? .v1 } }
    describe(&cluster, target, subset)
    if isForSNI { cluster.destinationRule = nil }  // it only lends its subsets
    return cluster
  }

  /// The cluster without any policy; nil where there is nothing to resolve (CL-2).
  private func empty(_ name: ClusterName, _ target: Target, _ subset: Subset?) -> Cluster? {
    var discovery = discovery(of: target.service)
    let plainPolicy = target.rule?.trafficPolicy?.atPort(target.port.number).policy
    if subset != nil {
      let isDialled =
        subset?.trafficPolicy?.loadBalancer?.simple == .passthrough || plainPolicy?.loadBalancer?.simple == .passthrough
      if isDialled { discovery = .originalDestination }
    }
    var cluster = Cluster(
      name: name.text, service: target.service.hostname, subset: name.subset, port: name.port, discovery: discovery)
    switch discovery {
    case .originalDestination:
      if target.service.resolution == .passthrough, case .number(let number)? = target.port.targetPort,
        target.service.registry == .external
      {
        cluster.originalDestinationPort = number  // SE-12
      }
    case .dynamicForwardProxy: break
    case .eds, .staticEndpoints, .strictDNS, .logicalDNS:
      cluster.localities = localities(target, subset, discovery, mustAcceptTLS: name.isForSNI)
      if discovery != .eds, cluster.localities.isEmpty { return nil }
    }
    return cluster
  }

  /// CL-1, CL-5.
  private func discovery(of service: MeshService) -> Cluster.Discovery {
    switch service.resolution {
    case .clientSide, .alias: .eds
    case .strictDNS: .strictDNS
    case .logicalDNS: .logicalDNS
    case .dynamicDNS: service.isDynamicProxy ? .dynamicForwardProxy : .eds
    case .passthrough: isGateway ? .eds : .originalDestination
    }
  }

  private func applyLocalities(
    _ policy: TrafficPolicy?, _ target: Target, _ subset: Subset?, _ cluster: inout Cluster
  ) {
    guard cluster.discovery != .dynamicForwardProxy,
      let balancing = LocalityBalancing(
        rule: policy?.loadBalancer?.localityLbSetting, service: target.service, mesh: mesh.localityLbSetting)
    else { return }
    let hasOutlierDetection = policy?.outlierDetection != nil
    cluster.isLocalityWeighted = balancing.isWeighted(hasOutlierDetection: hasOutlierDetection)
    cluster.localities = balancing.apply(
      to: cluster.localities, client: scope.vantage.locality, clientLabels: clientLabels,
      hasOutlierDetection: hasOutlierDetection)
  }

  private func describe(_ cluster: inout Cluster, _ target: Target, _ subset: Subset?) {
    cluster.origin = target.service.origin
    cluster.notModelled = target.service.notModelled + (target.rule?.notModelled ?? [])
    guard let rule = target.rule else { return }
    var field = ""
    // The object is the one that the others were merged into, also for subsets that they brought.
    if let subset, let found = rule.subset(subset.name), found.origin.object == rule.id { field = found.origin.field }
    cluster.destinationRule = Origin(object: rule.id, field: field)
  }
}

extension MeshService {
  /// SE-4: a wildcard whose names are resolved as requests come.
  var isDynamicProxy: Bool { resolution == .dynamicDNS && HostName.isWildcard(hostname) }
}
