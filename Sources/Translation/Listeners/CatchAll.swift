import MeshModel
import ProxyModel

/// What becomes of connections that nothing else is there for (UK-1, UK-2, SC-13).
struct CatchAll {
  let scope: ProxyScope
  let meshConfig: MeshConfig

  var cluster: String {
    guard scope.outboundTrafficPolicy.mode == .allowAny else { return "BlackHoleCluster" }
    guard let proxy = scope.outboundTrafficPolicy.egressProxy else { return "PassthroughCluster" }
    return NetworkRouting.clusterName(proxy.host, port: proxy.port ?? 0, subset: proxy.subset)
  }

  var proxy: TCPProxy { TCPProxy(target: .cluster(cluster), origin: nil) }

  /// LI-8: where iptables sends every outbound connection.
  var virtualOutbound: Listener {
    let port = UInt32(clamping: meshConfig.proxyListenPort ?? 15001)
    var listener = Listener(name: "virtualOutbound", address: "0.0.0.0", port: port)
    listener.bindsToPort = true
    var blackhole = FilterChainMatch()
    blackhole.destinationPort = port
    listener.filterChains = [
      FilterChain(
        name: "virtualOutbound-blackhole", match: blackhole,
        filters: [.tcpProxy(TCPProxy(target: .cluster("BlackHoleCluster"), origin: nil))]),
      FilterChain(name: "virtualOutbound-catchall-tcp", filters: [.tcpProxy(proxy)]),
    ]
    return listener
  }

  /// RD-13: an explicit HTTP proxy for every workload.
  var httpProxy: Listener? {
    guard let port = meshConfig.proxyHttpPort, port > 0 else { return nil }
    var manager = HTTPConnectionManager(
      routes: .named("http_proxy"), pathNormalization: meshConfig.pathNormalization?.normalization ?? .base)
    manager.filters = [.fault, .cors]
    var listener = Listener(name: "127.0.0.1_\(port)", address: "127.0.0.1", port: UInt32(clamping: port))
    listener.bindsToPort = true
    listener.filterChains = [FilterChain(filters: [.connectionManager(manager)])]
    return listener
  }
}
