import MeshModel
import ProxyModel

extension ProxyListing {
  static let clusterColumns: [Column] = [
    Column(key: "service", title: "SERVICE FQDN"),
    Column(key: "port", title: "PORT"),
    Column(key: "subset", title: "SUBSET"),
    Column(key: "direction", title: "DIRECTION"),
    Column(key: "type", title: "TYPE"),
    Column(key: "destinationRule", title: "DESTINATION RULE"),
    Column(key: "endpoints", title: "ENDPOINTS"),
    Column(key: "loadBalancer", title: "BALANCER", detail: .wide),
    Column(key: "tls", title: "TLS", detail: .wide),
    Column(key: "protocol", title: "PROTOCOL", detail: .wide),
    Column(key: "connectTimeout", title: "CONNECT", detail: .wide),
    Column(key: "name", title: "", detail: .data),
  ]

  /// By service, port and subset; those that belong to no service come last, as `istioctl` has them.
  static func clusterRows(_ configuration: ProxyConfiguration) -> [Row] {
    configuration.sortedClusters.map { cluster in
      let count = cluster.localities.reduce(0) { $0 + $1.endpoints.count }
      return Row(
        cells: [
          .text(cluster.service.isEmpty ? cluster.name : cluster.service),
          .number(cluster.port == 0 ? nil : cluster.port),
          .text(cluster.subset), .text(cluster.direction), .text(cluster.discovery.rawValue),
          .origin(cluster.destinationRule), .number(UInt32(count)), .text(text(of: cluster.loadBalancer)),
          .text(text(of: cluster.tls)), .text(cluster.upstreamProtocol.rawValue),
          .text(DurationText.short(milliseconds: cluster.connectTimeoutMilliseconds)), .text(cluster.name),
        ], origins: cluster.origin.map { [$0] } ?? [])
    }
  }

  private static func text(of balancer: Cluster.LoadBalancer) -> String {
    switch balancer {
    case .roundRobin: "ROUND_ROBIN"
    case .leastRequest: "LEAST_REQUEST"
    case .random: "RANDOM"
    case .ringHash: "RING_HASH"
    case .maglev: "MAGLEV"
    case .clusterProvided: "CLUSTER_PROVIDED"
    }
  }

  private static func text(of tls: UpstreamTLS) -> String {
    switch tls {
    case .none: "none"
    case .auto: "auto"
    case .mesh: "mesh"
    case .external(let external): external.presentsCertificate ? "mutual" : "simple"
    }
  }
}

extension ProxyListing {
  static let endpointColumns: [Column] = [
    Column(key: "endpoint", title: "ENDPOINT"),
    Column(key: "status", title: "STATUS"),
    Column(key: "cluster", title: "CLUSTER"),
    Column(key: "locality", title: "LOCALITY", detail: .wide),
    Column(key: "priority", title: "PRIORITY", detail: .wide),
    Column(key: "weight", title: "WEIGHT", detail: .wide),
    Column(key: "meshTLS", title: "MESH TLS", detail: .wide),
    Column(key: "labels", title: "LABELS", detail: .wide),
    Column(key: "service", title: "", detail: .data),
    Column(key: "subset", title: "", detail: .data),
    Column(key: "port", title: "", detail: .data),
    Column(key: "endpointPort", title: "", detail: .data),
  ]

  /// A line for each endpoint of each cluster.
  static func endpointRows(_ configuration: ProxyConfiguration) -> [Row] {
    var rows: [Row] = []
    for cluster in configuration.sortedClusters {
      for group in cluster.localities {
        for endpoint in group.endpoints { rows.append(row(endpoint, of: group, in: cluster)) }
      }
    }
    return rows
  }

  private static func row(_ endpoint: Endpoint, of group: LocalityEndpoints, in cluster: Cluster) -> Row {
    let port = endpoint.address.split(separator: ":").last.flatMap { UInt32($0) }
    return Row(
      cells: [
        .text(endpoint.address), .text(endpoint.health.rawValue.uppercased()), .text(cluster.name),
        .text(group.locality.path), .number(group.priority), .number(endpoint.weight), .flag(endpoint.acceptsMeshTLS),
        .labels(endpoint.labels), .text(cluster.service), .text(cluster.subset),
        .number(cluster.port == 0 ? nil : cluster.port), .number(port),
      ], origins: endpoint.origin.map { [$0] } ?? [])
  }
}

extension ProxyConfiguration {
  fileprivate var sortedClusters: [Cluster] {
    clusters.values.sorted { a, b in
      if a.service.isEmpty != b.service.isEmpty { return b.service.isEmpty }
      return (a.service, a.port, a.subset, a.name) < (b.service, b.port, b.subset, b.name)
    }
  }
}

extension Cluster {
  /// `outbound`, `inbound` or nothing.
  fileprivate var direction: String {
    let first = name.split(separator: "|", omittingEmptySubsequences: false).first.map { String($0) } ?? ""
    return first == name ? "" : first
  }
}
