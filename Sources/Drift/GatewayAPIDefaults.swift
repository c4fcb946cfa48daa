import MeshModel

/// The defaults that Gateway API's schemas declare. Istio's own schemas declare none.
enum GatewayAPIDefaults {
  static let httpRoute: [FieldDefault] =
    parents + backends
    + [
      FieldDefault("spec.rules", .value(.array([.object([.init(key: "matches", value: .array([anyPath]))])]))),
      FieldDefault("spec.rules[].matches", .value(.array([anyPath]))),
      FieldDefault("spec.rules[].matches[].path", [("type", .string("PathPrefix")), ("value", .string("/"))]),
      FieldDefault("spec.rules[].matches[].path.type", "PathPrefix"),
      FieldDefault("spec.rules[].matches[].path.value", "/"),
      FieldDefault("spec.rules[].matches[].headers[].type", "Exact"),
      FieldDefault("spec.rules[].matches[].queryParams[].type", "Exact"),
    ] + filters("spec.rules[].filters[]") + filters("spec.rules[].backendRefs[].filters[]") + persistence

  static let grpcRoute: [FieldDefault] =
    parents + backends
    + [
      FieldDefault("spec.rules[].matches[].method.type", "Exact"),
      FieldDefault("spec.rules[].matches[].headers[].type", "Exact"),
    ] + filters("spec.rules[].filters[]") + filters("spec.rules[].backendRefs[].filters[]") + persistence

  /// TLSRoute and TCPRoute.
  static let connectionRoute: [FieldDefault] = parents + backends

  static let gateway: [FieldDefault] =
    listeners + [
      FieldDefault("spec.addresses[].type", "IPAddress"),
      FieldDefault("spec.allowedListeners.namespaces", [("from", .string("None"))]),
      FieldDefault("spec.allowedListeners.namespaces.from", "None"),
      FieldDefault("spec.tls.backend.clientCertificateRef.group", ""),
      FieldDefault("spec.tls.backend.clientCertificateRef.kind", "Secret"),
      FieldDefault("spec.tls.frontend.default.validation.mode", "AllowValidOnly"),
      FieldDefault("spec.tls.frontend.perPort[].tls.validation.mode", "AllowValidOnly"),
    ]

  static let listenerSet: [FieldDefault] =
    listeners + [
      FieldDefault("spec.parentRef.group", group),
      FieldDefault("spec.parentRef.kind", "Gateway"),
    ]

  private static let group = "gateway.networking.k8s.io"

  private static let anyPath: Value = {
    let path: [Value.Member] = [
      .init(key: "type", value: .string("PathPrefix")), .init(key: "value", value: .string("/")),
    ]
    return .object([.init(key: "path", value: .object(path))])
  }()

  private static let parents = [
    FieldDefault("spec.parentRefs[].group", group),
    FieldDefault("spec.parentRefs[].kind", "Gateway"),
  ]

  private static let backends = [
    FieldDefault("spec.rules[].backendRefs[].group", ""),
    FieldDefault("spec.rules[].backendRefs[].kind", "Service"),
    FieldDefault("spec.rules[].backendRefs[].weight", 1),
  ]

  private static let persistence = [
    FieldDefault("spec.rules[].sessionPersistence.type", "Cookie"),
    FieldDefault("spec.rules[].sessionPersistence.cookieConfig.lifetimeType", "Session"),
  ]

  private static func filters(_ place: String) -> [FieldDefault] {
    [
      FieldDefault(place + ".requestMirror.backendRef.group", ""),
      FieldDefault(place + ".requestMirror.backendRef.kind", "Service"),
      FieldDefault(place + ".requestMirror.fraction.denominator", 100),
      FieldDefault(place + ".requestRedirect.statusCode", 302),
      FieldDefault(place + ".cors.maxAge", 5),
      FieldDefault(place + ".externalAuth.backendRef.group", ""),
      FieldDefault(place + ".externalAuth.backendRef.kind", "Service"),
    ]
  }

  private static let listeners = [
    FieldDefault("spec.listeners[].allowedRoutes", [("namespaces", .object([sameNamespace]))]),
    FieldDefault("spec.listeners[].allowedRoutes.namespaces", .value(.object([sameNamespace]))),
    FieldDefault("spec.listeners[].allowedRoutes.namespaces.from", "Same"),
    FieldDefault("spec.listeners[].allowedRoutes.kinds[].group", group),
    FieldDefault("spec.listeners[].tls.mode", "Terminate"),
    FieldDefault("spec.listeners[].tls.certificateRefs[].group", ""),
    FieldDefault("spec.listeners[].tls.certificateRefs[].kind", "Secret"),
  ]

  private static let sameNamespace = Value.Member(key: "from", value: .string("Same"))
}
