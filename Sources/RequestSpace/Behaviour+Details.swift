import Evaluation
import ProxyModel

/// What goes with one outcome.
extension Behaviour {
  static func details(_ outcome: Outcome) -> [Fact] {
    var facts: [Fact] = []
    switch outcome.effect {
    case .forward(let forwarded):
      if let request = forwarded.request { facts += self.facts(request) }
      for header in forwarded.responseHeaders ?? [] {
        facts.append(Fact("response header \(header.name)", text(header.values)))
      }
      if let cluster = outcome.target?.cluster { facts += self.facts(cluster) }
      if !outcome.arrivals.isEmpty { facts.append(Fact("at the server", receptions(outcome.arrivals))) }
    case .respond(let reply), .redirect(let reply):
      if let body = reply.body, !body.isEmpty { facts.append(Fact("body", String(decoding: body, as: UTF8.self))) }
      if let status = reply.grpcStatus { facts.append(Fact("gRPC status", "\(status)")) }
      for header in reply.responseHeaders { facts.append(Fact("response header \(header.name)", text(header.values))) }
    case .close: break
    }
    return facts
  }

  private static func text(_ values: [[UInt8]]?) -> String {
    guard let values else { return "(removed)" }
    return values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
  }

  private static func facts(_ request: RequestDifference) -> [Fact] {
    var facts = [
      Fact("authority", String(decoding: request.authority, as: UTF8.self)),
      Fact("path", String(decoding: request.path, as: UTF8.self)),
    ]
    if let method = request.method { facts.append(Fact("method", String(decoding: method, as: UTF8.self))) }
    for header in request.headers { facts.append(Fact("request header \(header.name)", text(header.values))) }
    return facts
  }

  private static func facts(_ view: ClusterView) -> [Fact] {
    let cluster = view.cluster
    var facts: [Fact] = []
    switch cluster.discovery {
    case .originalDestination, .dynamicForwardProxy: facts.append(Fact("endpoints", cluster.discovery.rawValue))
    case .eds, .staticEndpoints, .strictDNS, .logicalDNS:
      facts.append(Fact("endpoints", view.addresses.joined(separator: ", ")))
    }
    if cluster.localities.count > 1 || cluster.localities.contains(where: { $0.priority > 0 }) {
      let groups = cluster.localities.map { group in
        let weight = group.weight.map { " weight \($0)" } ?? ""
        return "\(group.locality.path) priority \(group.priority)\(weight) (\(group.endpoints.count))"
      }
      facts.append(Fact("localities", groups.joined(separator: ", ")))
    }
    facts.append(Fact("load balancer", text(cluster.loadBalancer)))
    facts.append(Fact("connections", connections(cluster)))
    if let ejection = cluster.outlierDetection { facts.append(Fact("outlier detection", text(ejection))) }
    switch cluster.tls {
    case .none: break
    case .auto(let name, _): facts.append(Fact("tls", "auto \(name)"))
    case .mesh(let name, let names): facts.append(Fact("tls", (["mesh", name] + names).joined(separator: " ")))
    case .external(let tls): facts.append(Fact("tls", text(tls)))
    }
    return facts
  }

  private static func text(_ balancer: Cluster.LoadBalancer) -> String {
    switch balancer {
    case .roundRobin: "round robin"
    case .leastRequest: "least request"
    case .random: "random"
    case .ringHash(let size): "ring hash" + (size.map { " \($0)" } ?? "")
    case .maglev(let size): "maglev" + (size.map { " \($0)" } ?? "")
    case .clusterProvided: "by the cluster"
    }
  }

  private static func connections(_ cluster: Cluster) -> String {
    let breakers = cluster.circuitBreakers
    let options = cluster.httpOptions
    var words = ["connect \(cluster.connectTimeoutMilliseconds)ms", cluster.upstreamProtocol.rawValue]
    func add(_ name: String, _ value: (some CustomStringConvertible)?) {
      if let value { words.append("\(name) \(value)") }
    }
    add("max connections", breakers.maxConnections)
    add("max pending", breakers.maxPendingRequests)
    add("max requests", breakers.maxRequests)
    add("max retries", breakers.maxRetries)
    add("retry budget", breakers.retryBudget?.percent)
    add("idle ms", options.idleTimeoutMilliseconds)
    add("max duration ms", options.maxConnectionDurationMilliseconds)
    add("requests per connection", options.maxRequestsPerConnection)
    add("streams", options.maxConcurrentStreams)
    add("panic threshold", cluster.panicThreshold)
    add("warm-up ms", cluster.slowStart?.windowMilliseconds)
    if cluster.isLocalityWeighted { words.append("locality weighted") }
    if cluster.tcpKeepalive != nil { words.append("keepalive") }
    if cluster.proxyProtocol != nil { words.append("proxy protocol") }
    return words.joined(separator: ", ")
  }

  private static func text(_ ejection: OutlierEjection) -> String {
    var words: [String] = []
    func add(_ name: String, _ value: (some CustomStringConvertible)?) {
      if let value { words.append("\(name) \(value)") }
    }
    add("5xx", ejection.consecutive5xx)
    add("gateway failures", ejection.consecutiveGatewayFailure)
    add("local failures", ejection.consecutiveLocalOriginFailure)
    add("interval ms", ejection.intervalMilliseconds)
    add("ejected for ms", ejection.baseEjectionTimeMilliseconds)
    add("at most %", ejection.maxEjectionPercent)
    return words.joined(separator: ", ")
  }

  private static func text(_ tls: UpstreamTLS.ExternalTLS) -> String {
    var words = [tls.presentsCertificate ? "mutual" : "simple", tls.sni]
    words += tls.subjectAltNames
    if tls.skipsVerification { words.append("unverified") }
    words += [tls.certificateAuthorities, tls.clientCertificate, tls.privateKey, tls.credentialName]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What the servers say, in short; endpoints of which the same is true together.
  private static func receptions(_ arrivals: [Arrival]) -> String {
    var texts: [String] = []
    for arrival in arrivals {
      var text: String
      switch arrival.reception {
      case .served: text = "served"
      case .answered(let status):
        text = "\(status)"
        if let filter = arrival.answer?.filter { text += " " + filter }
      case .broken(_, let flags): text = "refused \(flags)"
      case .various: text = "passed on"
      }
      if let answer = arrival.answer, arrival.receiver.kind == .gateway {
        text += " (" + Behaviour(answer).facts.map { "\($0.aspect) \($0.value)" }.joined(separator: "; ") + ")"
      }
      if !texts.contains(text) { texts.append(text) }
    }
    return texts.joined(separator: ", ")
  }
}
