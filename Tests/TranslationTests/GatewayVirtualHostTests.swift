import MeshModel
import ProxyModel
import Testing
import Translation

@Suite struct GatewayVirtualHostTests {
  private static func gateway(_ servers: String) -> String {
    """
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: web, namespace: edge}
    spec:
      selector: {istio: ingress}
      servers: [\(servers)]
    ---

    """
  }

  private static func virtualService(_ name: String, hosts: String, rules: String) -> String {
    """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: \(name), namespace: shop}
    spec:
      hosts: \(hosts)
      gateways: [edge/web]
      http: \(rules)
    ---

    """
  }

  private static let plain = "port: {number: 80, name: http, protocol: HTTP}"

  @Test func `rules of several VirtualServices come together and what catches everything goes last`() {
    let mesh = Mesh(
      Self.gateway("{\(Self.plain), hosts: ['*']}")
        + Self.virtualService("a", hosts: "[x.com]", rules: "[{directResponse: {status: 201}}]")
        + Self.virtualService(
          "b", hosts: "[x.com]",
          rules: "[{match: [{uri: {prefix: /b}}], directResponse: {status: 202}}, {directResponse: {status: 203}}]"))
    #expect(mesh.gatewayRoutes("http.80")["x.com"]?.routes.map(\.target) == ["202!", "201!", "203!"])
  }

  @Test func `hosts with the same routes become one virtual host under the most specific name`() {
    let mesh = Mesh(
      Self.gateway("{\(Self.plain), hosts: ['*']}")
        + Self.virtualService(
          "a", hosts: "['*.x.com', b.x.com, long.x.com]", rules: "[{directResponse: {status: 200}}]"))
    let found = mesh.gatewayRoutes("http.80").virtualHosts
    #expect(found.map(\.name) == ["long.x.com:80"])
    #expect(found.map(\.domains) == [["long.x.com", "b.x.com", "*.x.com"]])
  }

  @Test func `the narrower name of server and VirtualService is used`() {
    let mesh = Mesh(
      Self.gateway("{\(Self.plain), hosts: ['*.x.com', shop/y.com, pay/z.com]}")
        + Self.virtualService("a", hosts: "['*']", rules: "[{directResponse: {status: 200}}]"))
    #expect(mesh.gatewayRoutes("http.80").virtualHosts.map(\.domains) == [["y.com", "*.x.com"]])
  }

  @Test func `a server that redirects to https has a virtual host without any VirtualService`() {
    let mesh = Mesh(Self.gateway("{\(Self.plain), hosts: [x.com], tls: {httpsRedirect: true}}"))
    let found = mesh.gatewayRoutes("http.80").virtualHosts
    #expect(found.map(\.name) == ["x.com:80"])
    #expect(found.map(\.requiresTLS) == [true])
    #expect(found.map(\.routes.count) == [0])
  }

  @Test func `a port that nothing is bound to answers nothing`() {
    let found = Mesh(Self.gateway("{\(Self.plain), hosts: ['*']}")).gatewayRoutes("http.80").virtualHosts
    #expect(found.map(\.name) == ["blackhole:80"])
  }

  @Test func `a destination without a port means the only port of its service`() {
    let mesh = Mesh(
      Self.gateway("{\(Self.plain), hosts: ['*']}")
        + Self.virtualService("a", hosts: "[x.com]", rules: "[{route: [{destination: {host: back}}]}]")
          + """
          apiVersion: v1
          kind: Service
          metadata: {name: back, namespace: shop}
          spec:
            clusterIP: 10.96.0.2
            ports: [{name: http, port: 8080}]
          """)
    #expect(
      mesh.gatewayRoutes("http.80")["x.com"]?.routes.map(\.target) == ["outbound|8080||back.shop.svc.cluster.local"])
  }
}
