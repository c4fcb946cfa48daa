package import ProxyModel
import Synchronization

/// What Envoy does: one proxy's configuration answers questions.
///
/// Route tables, patterns and clusters are made ready when they are first needed and kept; copies share them.
package struct Evaluator: Sendable {
  package let configuration: ProxyConfiguration
  let verifier: any TokenVerifier
  let listeners: ListenerIndex
  let patterns: PatternCache
  private let shared: Shared

  /// What is made on demand.
  private final class Shared: Sendable {
    let tables: [String: RouteTable]
    let inline = Mutex<[String: RouteTable]>([:])
    let clusters = Mutex<[String: ClusterView]>([:])
    /// By the listener's place.
    let plain: [PlainSlot]

    init(_ tables: [String: RouteTable], listeners: Int) {
      self.tables = tables
      plain = (0..<listeners).map { _ in PlainSlot() }
    }

    final class PlainSlot: Sendable {
      private let place = Atomic<UInt>(0)

      deinit { Published.release(place, as: PlainListener.self) }

      var listener: PlainListener? { Published.load(place, as: PlainListener.self) }

      func keep(_ listener: PlainListener) -> PlainListener { Published.storeIfNil(listener, place) }
    }
  }

  package init(_ configuration: ProxyConfiguration, verifier: any TokenVerifier = NoTokenVerifier()) {
    self.configuration = configuration
    self.verifier = verifier
    listeners = ListenerIndex(configuration)
    let patterns = PatternCache()
    self.patterns = patterns
    shared = Shared(
      configuration.routeConfigurations.mapValues { RouteTable($0, patterns) },
      listeners: configuration.listeners.count)
  }

  /// The same proxy for another thread: counting references to what both share would cost more than making it twice.
  package func apart() -> Evaluator { Evaluator(configuration, verifier: verifier) }

  /// A trace that is not nil gets the steps; nil costs nothing.
  package func evaluate(_ question: Question, trace: inout Trace?) -> Answer {
    var answer = Answer()
    answer.rejectedListeners = configuration.rejectedListeners
    answer.notModelled = configuration.notModelled
    let isInbound = configuration.vantage.kind == .inbound
    if isInbound { answer.server = ServerSide() }
    let choice = listeners.listener(for: question.connection)
    guard let place = choice.place else {
      trace?.steps.append(.listener(name: nil, reason: .none, origins: []))
      answer.outcomes = [Outcome(effect: .close(Closed()))]
      return answer
    }
    let listener = configuration.listeners[place]
    answer.listener = listener.name
    answer.note(listener.notModelled)
    trace?.steps.append(.listener(name: listener.name, reason: choice.reason, origins: listener.origins))
    evaluate(question, on: listener, into: &answer, trace: &trace)
    return answer
  }

  package func evaluate(_ question: Question) -> Answer {
    if let answer = plainAnswer(to: question) { return answer }
    var trace: Trace?
    return evaluate(question, trace: &trace)
  }

  var isInbound: Bool { configuration.vantage.kind == .inbound }

  /// What a listener does with plain HTTP.
  func plainListener(_ place: Int, _ question: Question) -> PlainListener {
    let slot = shared.plain[place]
    if let known = slot.listener { return known }
    return slot.keep(PlainListener(self, configuration.listeners[place], question))
  }

  func table(of manager: HTTPConnectionManager, chain: String) -> RouteTable {
    switch manager.routes {
    case .named(let name): return shared.tables[name] ?? RouteTable(RouteConfiguration(name: name), patterns)
    case .inline(let configuration):
      return shared.inline.withLock { known in
        if let found = known[chain + "|" + configuration.name] { return found }
        let made = RouteTable(configuration, patterns)
        known[chain + "|" + configuration.name] = made
        return made
      }
    }
  }

  /// nil: the proxy has no such cluster.
  func cluster(_ name: String) -> ClusterView? {
    shared.clusters.withLock { known in
      if let found = known[name] { return found }
      guard let cluster = configuration.clusters[name] ?? configuration.clustersOnDemand?(name) else { return nil }
      let view = ClusterView(cluster)
      known[name] = view
      return view
    }
  }
}

extension Answer {
  /// Each once, in the order in which they were met.
  mutating func note(_ reasons: [NotModelled]) {
    for reason in reasons where !notModelled.contains(reason) { notModelled.append(reason) }
  }

  mutating func note(_ target: Target?) {
    if let cluster = target?.cluster?.cluster { note(cluster.notModelled) }
  }
}
