package import Evaluation
package import MeshModel
package import ProxyModel

extension SimulationSession {
  /// The rule that a question came to: of http the route's, otherwise that of the chain or proxy that took it.
  package func rule(for answer: Answer, _ trace: Trace, from vantage: Vantage, port: UInt32) -> Origin? {
    if let route = answer.route { return route.origin }
    guard answer.transport == .tcp, let name = answer.listener,
      let listener = proxy(of: vantage, port: port).evaluator.configuration.listeners.first(where: { $0.name == name })
    else { return nil }
    var place = 0
    for step in trace.steps {
      guard case .filterChain(_, let verdict) = step else { continue }
      switch verdict {
      case .chosen: return place < listener.filterChains.count ? listener.filterChains[place].networkRule : nil
      case .chosenAsDefault: return listener.defaultFilterChain?.networkRule
      case .destinationPort, .destinationAddress, .serverName, .transportProtocol, .applicationProtocols: place += 1
      }
    }
    return nil
  }
}

extension FilterChain {
  /// The tcp or tls rule that the chain's proxy came from.
  var networkRule: Origin? {
    for filter in filters {
      if case .tcpProxy(let proxy) = filter { return proxy.origin ?? origin }
    }
    return nil
  }
}
