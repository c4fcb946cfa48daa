package import MeshModel
package import ProxyModel

/// What a proxy does with one question.
package struct Answer: Sendable {
  /// nil: no listener takes the connection.
  package var listener: String?
  /// Whether the client's TLS ends at this proxy.
  package var endsTLS = false
  /// The client has no proxy, and connects by itself.
  package var isDirect = false
  /// nil: the connection ended before.
  package var transport: Transport?
  /// The route that was chosen; nil for TCP, and when no route matched.
  package var route: RouteChoice?
  package var decidedBy: Decision = .untold
  /// Outside `inbound`: the policy rule that refused.
  package var deniedBy: Origin?
  /// The ALLOW rules of which none matched, where that refused the request.
  package var unmatchedRules: [Origin] = []
  /// Envoy's details of the filter other than the router that ended it.
  package var filter: String?
  /// Everything that can happen; the shares add up to 1.
  package var outcomes: [Outcome] = [] { didSet { shape = nil } }
  /// Present where an authorizer is concerned (AZ-6).
  package var externalAuthorization: ExternalAuthorizationNote?
  /// An AUDIT rule matched.
  package var isAudited = false
  package var dryRun: DryRun?
  /// Present for `inbound`.
  package var server: ServerSide?
  package var rejectedListeners: [String] = []
  package var notModelled: [NotModelled] = [] { didSet { shape = nil } }
  /// Set where other answers differ from this one only in what is forwarded: authority, path, original path. Whoever
  /// writes answers can then write the rest once; a change of the answer takes it away.
  package internal(set) var shape: AnswerShape?

  package enum Transport: String, Hashable, Sendable {
    case http, tcp
  }

  package init() {}
}

/// What answers have in common that differ in nothing but the authority and the path of what they forward.
package final class AnswerShape: Sendable {
  /// The request header whose value goes with the path.
  package static let originalPath = "x-envoy-original-path"

  init() {}
}

/// Which object decided.
package enum Decision: Hashable, Sendable {
  /// It is not known, or nothing got far enough; the member is left out.
  case untold
  /// The proxy by itself: `null`.
  case byItself
  case by(Origin)
  /// The object, without a field; the field may be left out.
  case byObject(ObjectID)
  /// One of several objects of that kind; it cannot be told which.
  case byKind(ObjectKind)

  package init(_ origin: Origin?) {
    if let origin {
      self = origin.field.isEmpty ? .byObject(origin.object) : .by(origin)
    } else {
      self = .byItself
    }
  }
}

/// The chosen route and what goes with it; one value per route, shared by all answers.
package final class RouteChoice: Sendable {
  package let configuration: String
  package let virtualHost: String
  /// From 0, in the virtual host.
  package let index: Int
  package let name: String
  package let origin: Origin?
  package let delegatedBy: Origin?
  package let delay: DelayNote?
  /// nil on redirects and direct responses; 0 is none.
  package let timeoutMilliseconds: Int64?
  package let retry: RetryPolicy?
  package let mirrors: [MirrorNote]
  package let hash: [HashPolicy]

  package struct DelayNote: Hashable, Sendable {
    package var probability: Fraction
    package var milliseconds: Int64
  }

  package struct MirrorNote: Hashable, Sendable {
    package var cluster: String
    package var probability: Fraction
  }

  init(configuration: String, virtualHost: String, index: Int, route: Route) {
    self.configuration = configuration
    self.virtualHost = virtualHost
    self.index = index
    name = route.name
    origin = route.origin
    delegatedBy = route.delegatedBy
    var delay: DelayNote?
    if let fault = route.fault?.delay {
      delay = DelayNote(probability: Fraction(fault.share), milliseconds: fault.milliseconds)
    }
    self.delay = delay
    // Nothing is sent on where an abort always strikes.
    let alwaysAborts = (route.fault?.abort?.share).map { Fraction($0) == .one } ?? false
    guard case .forward(let forward) = route.action, !alwaysAborts else {
      timeoutMilliseconds = nil
      retry = nil
      mirrors = []
      hash = []
      return
    }
    timeoutMilliseconds = forward.timeoutMilliseconds
    retry = forward.retry
    mirrors = forward.mirrors.map { MirrorNote(cluster: $0.cluster, probability: Fraction($0.share)) }
    hash = forward.hashPolicies
  }
}

extension Fraction {
  /// RND-2: a numerator past the denominator means always.
  package init(_ share: Share) {
    self.init(UInt64(min(share.numerator, share.denominator)), UInt64(share.denominator))
  }
}

package struct ExternalAuthorizationNote: Hashable, Sendable {
  /// false: it could not be reached.
  package var wasAsked: Bool
  package var decidedBy: Origin
}

/// What dry-run policies would have done (AZ-4); nil for an action that has none.
package struct DryRun: Hashable, Sendable {
  package var allow: Verdict?
  package var deny: Verdict?

  package struct Verdict: Hashable, Sendable {
    package var isAllowed: Bool
    /// The policy that matched.
    package var policy: Origin?
  }
}

/// What only the receiving proxy has to say.
package struct ServerSide: Hashable, Sendable {
  /// nil: no chain takes the connection.
  package var filterChain: String?
  package var terminatesTLS: Bool?
  /// nil for the virtual listener's own port.
  package var peerTLS: PeerTLS?
}
