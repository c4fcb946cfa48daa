package import MeshModel

package enum RouteAction: Sendable {
  case forward(Forward)
  case redirect(Redirect)
  case respond(DirectResponse)
}

/// To which cluster, or to which of several by weight.
package enum ClusterTarget: Hashable, Sendable {
  case cluster(String)
  /// CLU-4; entries of weight 0 are left out. Empty when every weight is 0.
  case weighted([WeightedCluster])
}

package struct WeightedCluster: Hashable, Sendable {
  package var cluster: String
  package var weight: UInt32
  package var requestHeaders = HeaderMutation()
  package var responseHeaders = HeaderMutation()
  /// HDR-8: sets no `x-envoy-original-host`.
  package var hostRewrite: String?
  /// `spec.http[0].route[1]`.
  package var origin: Origin?

  package init(cluster: String, weight: UInt32, origin: Origin? = nil) {
    self.cluster = cluster
    self.weight = weight
    self.origin = origin
  }
}

/// Everything that goes with forwarding a request.
package struct Forward: Hashable, Sendable {
  package var target: ClusterTarget
  /// CLU-3, HR-37.
  package var clusterNotFoundStatus: UInt32 = 503
  /// 0 is none (TR-1).
  package var timeoutMilliseconds: Int64 = 0
  /// TO-15: cap of `grpc-timeout`; nil leaves the header alone, 0 is no cap.
  package var maxGRPCTimeoutMilliseconds: Int64?
  package var retry: RetryPolicy?
  package var mirrors: [Mirror] = []
  package var hashPolicies: [HashPolicy] = []
  package var hostRewrite: String?
  package var pathRewrite: PathRewrite?
  /// RW-6.
  package var appendsForwardedHost = false

  package init(target: ClusterTarget) {
    self.target = target
  }
}

package enum PathRewrite: Hashable, Sendable {
  /// PATHRW-1: replaces what the path matcher matched.
  case matched(with: String)
  /// PATHRW-3: RE2 replace-all over the path without query.
  case regex(pattern: String, substitution: String)
}

/// RT-1 to RT-11; durations in milliseconds.
package struct RetryPolicy: Hashable, Sendable {
  package var attempts: UInt32
  /// Comma-separated, as Istio emits it.
  package var retryOn: String
  package var statusCodes: [UInt32] = []
  package var perTryTimeoutMilliseconds: Int64?
  package var backoffMilliseconds: Int64?
  package var avoidsPreviousHosts = true
  package var retriesOtherLocalities = false
  package var origin: Origin?

  package init(attempts: UInt32, retryOn: String) {
    self.attempts = attempts
    self.retryOn = retryOn
  }
}

/// MI-2.
package struct Mirror: Hashable, Sendable {
  package var cluster: String
  package var share: Share
  package var origin: Origin?

  package init(cluster: String, share: Share, origin: Origin? = nil) {
    self.cluster = cluster
    self.share = share
    self.origin = origin
  }
}

/// RND-2: `numerator` in `denominator` draws; a numerator past the denominator means always.
package struct Share: Hashable, Sendable {
  package var numerator: UInt32
  /// 100, 10,000 or 1,000,000.
  package var denominator: UInt32

  package init(numerator: UInt32, denominator: UInt32) {
    self.numerator = numerator
    self.denominator = denominator
  }

  package static let always = Share(numerator: 100, denominator: 100)
}

/// HA-3, HP-1.
package enum HashPolicy: Hashable, Sendable {
  case header(String)
  /// `ttlMilliseconds` nil: never generated (HA-5).
  case cookie(name: String, path: String, ttlMilliseconds: Int64?, attributes: [HashCookieAttribute])
  case sourceIP
  case queryParameter(String)
}

/// RX-1 to RX-7, RD-1 to RD-8.
package struct Redirect: Hashable, Sendable {
  package var status: UInt32
  package var scheme: String?
  package var host: String?
  package var port: UInt32?
  package var path: PathReplacement?

  package enum PathReplacement: Hashable, Sendable {
    /// The whole path; with a `?` also the query.
    case whole(String)
    case matched(with: String)
  }

  package init(status: UInt32) {
    self.status = status
  }
}

/// DR-1 to DR-4.
package struct DirectResponse: Hashable, Sendable {
  package var status: UInt32
  /// nil: no body.
  package var body: [UInt8]?

  package init(status: UInt32, body: [UInt8]? = nil) {
    self.status = status
    self.body = body
  }
}

/// FT-1 to FT-5, FI-1 to FI-11.
package struct Fault: Hashable, Sendable {
  package var delay: Delay?
  package var abort: Abort?
  package var origin: Origin?

  package struct Delay: Hashable, Sendable {
    package var milliseconds: Int64
    package var share: Share

    package init(milliseconds: Int64, share: Share) {
      self.milliseconds = milliseconds
      self.share = share
    }
  }

  package struct Abort: Hashable, Sendable {
    package var status: Status
    package var share: Share

    package enum Status: Hashable, Sendable {
      case http(UInt32)
      case grpc(UInt32)
    }

    package init(status: Status, share: Share) {
      self.status = status
      self.share = share
    }
  }

  package init() {}
}

/// CO-1 to CO-7; strings are header values as Istio joins them.
package struct CorsRule: Hashable, Sendable {
  package var allowOrigins: [StringMatcher] = []
  package var allowMethods = ""
  package var allowHeaders = ""
  package var exposeHeaders = ""
  /// Whole seconds.
  package var maxAge: String?
  package var allowCredentials: Bool?
  /// CO-2, CO-5.
  package var forwardsUnmatchedPreflights = true
  package var origin: Origin?

  package init() {}
}
