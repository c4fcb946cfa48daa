package import MeshModel

/// Virtual hosts by name of the host that the request asks for.
package struct RouteConfiguration: Sendable {
  package var name: String
  /// Sorted by name, as Istio emits them (RD-12).
  package var virtualHosts: [VirtualHost]
  /// RD-1: the port of the request's host does not count for look-up.
  package var ignoresPortInHost: Bool
  package var notModelled: [NotModelled] = []

  package init(name: String, virtualHosts: [VirtualHost] = [], ignoresPortInHost: Bool = true) {
    self.name = name
    self.virtualHosts = virtualHosts
    self.ignoresPortInHost = ignoresPortInHost
  }
}

package struct VirtualHost: Sendable {
  package var name: String
  /// Exact names, `*x`, `x*`, `*`; lower case (VH-2, VH-3).
  package var domains: [String]
  private var list: RouteList
  /// VH-9: plaintext requests are sent to https.
  package var requiresTLS: Bool
  /// The object that owns the virtual host: a VirtualService, a service; nil for `allow_any` and the like.
  package var origin: Origin?
  package var notModelled: [NotModelled] = []

  package init(
    name: String, domains: [String], routes: [Route] = [], requiresTLS: Bool = false, origin: Origin? = nil
  ) {
    self.init(name: name, domains: domains, routes: .made(routes), requiresTLS: requiresTLS, origin: origin)
  }

  package init(
    name: String, domains: [String], routes: RouteList, requiresTLS: Bool = false, origin: Origin? = nil
  ) {
    self.name = name
    self.domains = domains
    list = routes
    self.requiresTLS = requiresTLS
    self.origin = origin
  }

  package var routes: [Route] {
    get { list.routes }
    set { list = .made(newValue) }
  }
}

package struct Route: Sendable {
  /// As Istio names it: `default`, or the rule's and match's names (HR-7).
  package var name: String
  package var match: RouteMatch
  package var action: RouteAction
  /// The rule and match, such as `spec.http[0].match[1]`; nil for routes that Istio makes by itself.
  package var origin: Origin?
  /// The root's rule and match when the rule is a delegate's.
  package var delegatedBy: Origin?
  package var requestHeaders = HeaderMutation()
  package var responseHeaders = HeaderMutation()
  package var fault: Fault?
  package var cors: CorsRule?
  package var notModelled: [NotModelled] = []

  package init(name: String = "", match: RouteMatch, action: RouteAction, origin: Origin? = nil) {
    self.name = name
    self.match = match
    self.action = action
    self.origin = origin
  }
}
