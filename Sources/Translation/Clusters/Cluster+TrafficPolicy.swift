import MeshModel
import ProxyModel

extension Cluster {
  /// CV-1 to CV-5.
  mutating func apply(_ pool: ConnectionPoolSettings?, retryBudget: RetryBudget?, mesh: MeshConfig) {
    connectTimeoutMilliseconds =
      pool?.tcp?.connectTimeout?.milliseconds ?? mesh.connectTimeout?.milliseconds ?? 10_000
    if let retryBudget {
      circuitBreakers.retryBudget = CircuitBreakers.RetryBudget(
        percent: retryBudget.percent ?? 20,
        minRetryConcurrency: retryBudget.minRetryConcurrency == 0 ? 3 : retryBudget.minRetryConcurrency)
    }
    circuitBreakers.maxRequests = Self.limit(pool?.http?.http2MaxRequests)
    circuitBreakers.maxPendingRequests = Self.limit(pool?.http?.http1MaxPendingRequests)
    circuitBreakers.maxRetries = Self.limit(pool?.http?.maxRetries)
    circuitBreakers.maxConnections = Self.limit(pool?.tcp?.maxConnections)
    httpOptions.idleTimeoutMilliseconds = (pool?.http?.idleTimeout ?? pool?.tcp?.idleTimeout)?.milliseconds
    httpOptions.maxConnectionDurationMilliseconds = pool?.tcp?.maxConnectionDuration?.milliseconds
    httpOptions.maxRequestsPerConnection = Self.limit(pool?.http?.maxRequestsPerConnection)
    tcpKeepalive = Self.keepalive(mesh.tcpKeepalive, pool?.tcp?.tcpKeepalive)
    let usesClientProtocol = pool?.http?.useClientProtocol ?? false
    if upstreamProtocol == .http2, !usesClientProtocol {
      httpOptions.maxConcurrentStreams = Self.limit(pool?.http?.maxConcurrentStreams)
    }
    if usesClientProtocol { upstreamProtocol = .client }
  }

  /// CV-6: what a connection speaks, before `useClientProtocol`. A port that is sniffed keeps following the client.
  static func upstreamProtocol(
    _ port: MeshService.Port, isGateway: Bool, pool: ConnectionPoolSettings?, mesh: MeshConfig
  ) -> UpstreamProtocol {
    if port.protocol.isHTTP2 { return .http2 }
    if port.protocol == .unsupported, !isGateway { return .client }
    if let http = pool?.http {
      if http.useClientProtocol { return .http1 }
      switch http.h2UpgradePolicy ?? .default {
      case .upgrade: return .http2
      case .doNotUpgrade: return .http1
      case .default: break
      }
    }
    return port.protocol.isHTTP && mesh.h2UpgradePolicy == .upgrade ? .http2 : .http1
  }

  /// CV-10, CV-11.
  mutating func apply(_ outlier: OutlierDetection?, sendsUnhealthy: Bool) {
    guard let outlier else { return }
    var result = OutlierEjection()
    if let count = outlier.consecutive5xxErrors {
      result.consecutive5xx = count
      result.enforcingConsecutive5xx = count > 0 ? 100 : 0
    }
    if let count = outlier.consecutiveGatewayErrors {
      result.consecutiveGatewayFailure = count
      result.enforcingConsecutiveGatewayFailure = count > 0 ? 100 : 0
    }
    result.intervalMilliseconds = outlier.interval?.milliseconds
    result.baseEjectionTimeMilliseconds = outlier.baseEjectionTime?.milliseconds
    result.maxEjectionPercent = Self.limit(outlier.maxEjectionPercent)
    if outlier.splitExternalLocalOriginErrors {
      result.splitExternalLocalOriginErrors = true
      if let count = outlier.consecutiveLocalOriginFailures, count > 0 {
        result.consecutiveLocalOriginFailure = count
        result.enforcingConsecutiveLocalOriginFailure = 100
      }
      result.enforcingLocalOriginSuccessRate = 0
    }
    outlierDetection = result
    if outlier.minHealthPercent >= 0 { panicThreshold = sendsUnhealthy ? 0 : outlier.minHealthPercent }
  }

  /// CV-7 to CV-9; the locality settings are applied with the endpoints.
  mutating func apply(_ settings: LoadBalancerSettings?) {
    if discovery == .originalDestination || discovery == .dynamicForwardProxy {
      loadBalancer = .clusterProvided
      return
    }
    switch settings?.simple ?? .unspecified {
    case .unspecified, .leastConnection, .leastRequest:
      loadBalancer = .leastRequest
      slowStart = settings?.slowStart
    case .random: loadBalancer = .random
    case .roundRobin:
      loadBalancer = .roundRobin
      slowStart = settings?.slowStart
    case .passthrough:
      discovery = .originalDestination
      loadBalancer = .clusterProvided
      localities = []
    }
    guard let hash = settings?.consistentHash, discovery != .originalDestination else { return }
    switch hash.algorithm {
    case .maglev(let size)?: loadBalancer = .maglev(tableSize: size == 0 ? nil : UInt64(clamping: size))
    case .ringHash(let size)?: loadBalancer = .ringHash(minimumSize: size == 0 ? nil : UInt64(clamping: size))
    case nil:
      let size = hash.minimumRingSize == 0 ? 1024 : hash.minimumRingSize
      loadBalancer = .ringHash(minimumSize: UInt64(clamping: size))
    }
    slowStart = nil
  }

  /// CV-2: zero is no limit.
  private static func limit(_ value: Int?) -> UInt32? {
    guard let value, value > 0 else { return nil }
    return UInt32(clamping: value)
  }

  /// CV-5.
  private static func keepalive(_ mesh: TCPKeepalive?, _ own: TCPKeepalive?) -> TCPKeepalive? {
    guard var result = mesh else { return own }
    guard let own else { return result }
    if own.probes > 0 { result.probes = own.probes }
    result.time = own.time ?? result.time
    result.interval = own.interval ?? result.interval
    return result
  }
}

extension LoadBalancerSettings {
  /// CV-9.
  fileprivate var slowStart: SlowStart? {
    if let warmup {
      return SlowStart(
        windowMilliseconds: warmup.duration?.milliseconds ?? 0, aggression: warmup.aggression ?? 1,
        minimumPercent: warmup.minimumPercent ?? 10)
    }
    return warmupDurationSecs.map {
      SlowStart(windowMilliseconds: $0.milliseconds, aggression: nil, minimumPercent: nil)
    }
  }
}
