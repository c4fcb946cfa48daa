/// One weighted target of a rule.
package struct HTTPRouteDestination: Hashable, Sendable {
  package var destination: Destination = Destination()
  package var weight: Int = 0
  package var headers: Headers?

  package init() {}
}

/// A service, and perhaps a subset and a port of it.
package struct Destination: Hashable, Sendable {
  package var host: String = ""
  package var subset: String = ""
  /// `port.number`; nil when no port is given (HR-31).
  package var port: UInt32?

  package init() {}
}

/// A redirect made by the proxy.
package struct HTTPRedirect: Hashable, Sendable {
  package var uri: String = ""
  package var authority: String = ""
  package var port: UInt32?
  package var derivePort: RedirectPortSelection?
  package var scheme: String = ""
  /// 0 when not given: 301 (RX-7).
  package var redirectCode: UInt32 = 0

  package init() {}
}

/// Where a redirect takes its port from when it names none.
package enum RedirectPortSelection: String, Hashable, Sendable, CaseIterable {
  case fromProtocolDefault = "FROM_PROTOCOL_DEFAULT"
  case fromRequestPort = "FROM_REQUEST_PORT"
}

/// An answer made by the proxy.
package struct HTTPDirectResponse: Hashable, Sendable {
  package var status: UInt32 = 0
  package var body: HTTPBody?

  package init() {}
}

/// The body of a direct response.
package enum HTTPBody: Hashable, Sendable {
  case string(String)
  /// Base64 in YAML, bytes here.
  case bytes([UInt8])
}

/// Changes of path and host before forwarding.
package struct HTTPRewrite: Hashable, Sendable {
  package var uri: String = ""
  package var authority: String = ""
  package var uriRegexRewrite: RegexRewrite?

  package init() {}
}

/// RE2 substitution over the path (RW-1).
package struct RegexRewrite: Hashable, Sendable {
  package var match: String = ""
  package var rewrite: String = ""

  package init() {}
}

/// `retries` of a rule, or the mesh's default policy.
package struct HTTPRetry: Hashable, Sendable {
  package var attempts: Int = 0
  package var perTryTimeout: ProtoDuration?
  package var retryOn: String = ""
  package var retryRemoteLocalities: Bool?
  package var retryIgnorePreviousHosts: Bool?
  package var backoff: ProtoDuration?

  package init() {}
}

/// Where a copy of the request goes, and what share of requests is copied (absent: all, MR-1).
package struct HTTPMirrorPolicy: Hashable, Sendable {
  package var destination: Destination?
  package var percentage: Percent?

  package init() {}
}

/// Request and response header operations.
package struct Headers: Hashable, Sendable {
  package var request: HeaderOperations?
  package var response: HeaderOperations?

  package init() {}
}

/// Emission order is by name: sets, then adds (HD-1).
package struct HeaderOperations: Hashable, Sendable {
  package var set: [String: String] = [:]
  package var add: [String: String] = [:]
  package var remove: [String] = []

  package init() {}
}
