/// Texts of meshes, as untidy as people write them.
enum Meshes {
  static let services = """
    apiVersion: v1
    kind: Service
    metadata: {name: reviews, namespace: default}
    spec:
      selector: {app: reviews}
      ports: [{name: http, port: 9080}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: reviews-old, namespace: default}
    spec:
      clusterIP: 10.0.0.9
      selector: {app: reviews, version: v1}
      ports: [{name: http, port: 9080, nodePort: 30001}]
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: public, namespace: istio-system}
    spec:
      selector: {istio: ingressgateway}
      servers:
      - port: {number: 80, name: http, protocol: HTTP}
        hosts: ["*"]

    """

  static let pods = ["v1", "v2"].map { version in
    """
    apiVersion: v1
    kind: Pod
    metadata:
      name: reviews-\(version)
      namespace: default
      labels: {app: reviews, version: \(version)}
    spec:
      containers: [{name: app}]

    """
  }

  static let rule = """
    # who made this?
    apiVersion: networking.istio.io/v1beta1
    kind: DestinationRule
    metadata: {name: reviews-rule, namespace: default}
    spec:
      host: reviews.default.svc.cluster.local   # in full
      trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}
      subsets:
        - {name: v1, labels: {version: v1}}

    """

  static func routes(_ host: String = "reviews", gateways: String = "", rules: String) -> String {
    """
    apiVersion: networking.istio.io/v1
    kind: VirtualService   # the rules
    metadata:
        name: reviews-routes
        namespace: default
        annotations: {"team": 'shop'}
    spec:
        hosts: ["\(host)"]
    \(gateways.isEmpty ? "" : "    gateways: [\(gateways)]\n")\(rules)
    """
  }

  static let http = """
        http:
        - name: api        # first
          match:
          - uri: {prefix: /api}
          - uri: {prefix: "/v2"}
          route:
          - destination: {host: reviews, subset: v1}
          timeout: 3s

        - name: legal
          match: [{uri: {exact: /legal}}]
          directResponse: {status: 200}
        - route:      # everything else
          - destination: {host: reviews.default.svc.cluster.local, port: {number: 9080}}
            weight: 60
          - destination: {host: other}
            weight: 40

    """

  static let tcp = """
        tcp:
        - match: [{port: 9080}]
          route:
            - destination:
                host: reviews

    """

  static let tls = """
        tls:
        - match:
          - sniHosts: ["reviews.example.com"]   # from outside
          route:
          - destination: {host: reviews, subset: v1}

    """

  /// Rules that hand over to others, and those others.
  static let delegated = """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: front, namespace: default}
    spec:
      hosts: [reviews]
      http:
      - match: [{uri: {prefix: /}}]
        delegate: {name: back, namespace: behind}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: back, namespace: behind}
    spec:
      http:   # all of it
      - route:
        - destination: {host: reviews.default.svc.cluster.local, subset: v1}

    """
}
