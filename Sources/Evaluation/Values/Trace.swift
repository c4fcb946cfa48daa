package import MeshModel
package import ProxyModel

/// How an answer came about: flat steps in the order in which the proxy took them.
package struct Trace: Sendable {
  package var steps: [Step] = []

  package init() {}

  package enum Step: Sendable {
    /// The listener that takes the connection; nil when none does.
    case listener(name: String?, reason: ListenerReason, origins: [Origin])
    /// What the listener's inspectors know of the connection.
    case inspected(transport: String, serverName: String?, applicationProtocols: [String])
    /// A filter chain that was considered.
    case filterChain(name: String, verdict: ChainVerdict)
    /// What HTTP processing did to the path before routing.
    case pathNormalized(from: [UInt8], to: [UInt8])
    case virtualHosts(configuration: String, authority: [UInt8], candidates: [VirtualHostCandidate])
    /// A route that lost, and the first condition that failed.
    case routeLost(index: Int, name: String, origin: Origin?, condition: FailedCondition)
    case routeWon(index: Int, name: String, origin: Origin?)
    case noRoute
    /// The route is chosen anew after the token check (RA-6).
    case routeChosenAgain
    case filter(FilterStep)
    /// The clusters of the route with their shares.
    case split([(cluster: String, share: Fraction)])
    /// The cluster, its subset and its endpoints; nil: the proxy has no such cluster.
    case cluster(name: String, view: ClusterView?)
  }

  package enum ListenerReason: String, Hashable, Sendable {
    case exactAddress, anyAddress, virtualListener, none
  }

  package enum ChainVerdict: Hashable, Sendable {
    case chosen
    case chosenAsDefault
    case destinationPort(UInt32)
    /// A longer prefix or a prefix at all was found elsewhere.
    case destinationAddress
    case serverName
    case transportProtocol(wanted: String)
    case applicationProtocols(wanted: [String])
  }

  package struct VirtualHostCandidate: Hashable, Sendable {
    package var name: String
    /// The domain that fits, when one does.
    package var domain: String?
    package var isChosen: Bool
    package var origin: Origin?
  }

  /// The first condition of a route that did not hold, and the values that were compared.
  package enum FailedCondition: Hashable, Sendable {
    case path(wanted: PathMatcher, isCaseSensitive: Bool, found: [UInt8])
    case header(HeaderMatcher, found: [[UInt8]])
    case queryParameter(QueryParameterMatcher, found: [UInt8]?)
    case claim(ClaimMatcher, found: Value?)
  }

  package enum FilterStep: Hashable, Sendable {
    case rbac(RBAC.Action, matched: Origin?, isAllowed: Bool)
    case externalAuthorization(provider: String, matched: Origin?, isAllowed: Bool)
    /// The provider's rule whose token was accepted; nil: no token was needed.
    case tokenAccepted(Origin?)
    case tokenRefused(Origin?, status: String)
    case fault(Origin?)
    case cors(Origin?, isPreflight: Bool, isAllowed: Bool)
    case notModelled(NotModelled)
  }
}
