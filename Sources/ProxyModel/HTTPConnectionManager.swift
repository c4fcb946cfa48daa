package import MeshModel

/// The HTTP side of a filter chain.
package struct HTTPConnectionManager: Sendable {
  package var routes: RouteSource
  package var pathNormalization: PathNormalizationType
  /// XFF-2, XFF-3: true on gateways.
  package var usesRemoteAddress = false
  package var trustedHops: UInt32 = 0
  /// In order; the router, which ends every list, is left out.
  package var filters: [HTTPFilter] = []
  /// HCM-2: Istio leaves it off.
  package var acceptsHTTP10 = false
  /// What becomes of `x-forwarded-client-cert`.
  package var clientCertificateDetails: ClientCertificateDetails = .sanitize
  /// `:scheme` that the route sees; nil: by HCM's own rules (XFF-1).
  package var schemeOverride: String?
  package var origin: Origin?
  package var notModelled: [NotModelled] = []

  package enum RouteSource: Sendable {
    /// A route configuration of the same proxy.
    case named(String)
    case inline(RouteConfiguration)
  }

  package enum ClientCertificateDetails: String, Hashable, Sendable {
    case sanitize, sanitizeSet, appendForward, forwardOnly, alwaysForwardOnly
  }

  package init(routes: RouteSource, pathNormalization: PathNormalizationType = .base) {
    self.routes = routes
    self.pathNormalization = pathNormalization
  }
}

/// HC-2; fault, CORS and gRPC-Web act by what the route says.
package enum HTTPFilter: Sendable {
  case rbac(RBAC)
  case externalAuthorization(ExternalAuthorization)
  case jwtAuthentication(JWTAuthentication)
  case fault
  case cors
  case grpcWeb
  /// A filter that is not modelled, at its place in the order.
  case unknown(NotModelled)
}
