import MeshModel
import ProxyModel
import Testing
import Translation

@Suite struct HTTPRoutesTests {
  /// The routes of `web.shop` on port 80 under some rules.
  private func routes(_ rules: String, labels: [String: String] = [:], more: String = "") -> [Route] {
    let mesh = Mesh(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec:
        clusterIP: 10.96.0.1
        ports: [{name: http, port: 80}]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web, namespace: shop}
      spec:
        hosts: [web]
        http:
      \(rules.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      ---
      \(more)
      """)
    return mesh.sidecarRoutes("80", labels: labels)["web"]?.routes ?? []
  }

  private static let toWeb = "route: [{destination: {host: web}}]"
  private static let web = "outbound|80||web.shop.svc.cluster.local"

  @Test func `nothing behind the first route that catches everything is kept`() {
    let found = routes(
      """
      - match: [{uri: {prefix: /a}}, {uri: {regex: .*}}, {uri: {prefix: /b}}]
        \(Self.toWeb)
      - match: [{uri: {prefix: /c}}]
        \(Self.toWeb)
      """)
    #expect(found.map { $0.origin?.field } == ["spec.http[0].match[0]", "spec.http[0].match[1]"])
  }

  @Test(arguments: [
    ("{uri: {prefix: /}}", true), ("{uri: {regex: '.*'}}", true), ("{uri: {regex: '/.*'}}", false),
    ("{uri: {prefix: /}, method: {exact: GET}}", false), ("{uri: {}}", true), ("{uri: {prefix: ''}}", false),
    ("{ignoreUriCase: true}", true),
  ])
  func `only plain slash and the regex of anything catch everything`(match: String, catches: Bool) {
    let found = routes("- match: [\(match)]\n  \(Self.toWeb)\n- \(Self.toWeb)")
    #expect((found.count == 1) == catches)
  }

  @Test func `gateways of a match make its source conditions void`() {
    let found = routes(
      """
      - match: [{gateways: [mesh], sourceLabels: {app: nobody}, uri: {prefix: /a}}]
        \(Self.toWeb)
      - match: [{sourceLabels: {app: nobody}, uri: {prefix: /b}}, {sourceLabels: {app: me}, uri: {prefix: /c}}]
        \(Self.toWeb)
      - match: [{port: 81, uri: {prefix: /d}}, {sourceNamespace: other, uri: {prefix: /e}}]
        \(Self.toWeb)
      """, labels: ["app": "me"])
    #expect(found.map(\.match.path) == [.prefix("/a"), .prefix("/c")])
  }

  @Test func `a VirtualService without a route for the client leaves the service's own`() {
    let found = routes("- match: [{sourceLabels: {app: nobody}}]\n  redirect: {uri: /x}")
    #expect(found.map(\.name) == ["default"])
    #expect(found[0].origin == nil)
  }

  @Test func `a missing header counts as empty only when its absence is asked for by text`() {
    let found = routes(
      """
      - match:
        - headers: {X-User: {}}
          withoutHeaders: {x-a: {exact: v}, x-b: {}, x-c: {regex: '*'}}
          queryParams: {q: {exact: ''}}
        \(Self.toWeb)
      """)
    let headers = found[0].match.headers
    #expect(headers.map(\.name) == ["x-a", "x-b", "x-c", "x-user"])
    #expect(headers.map(\.isInverted) == [true, true, true, false])
    #expect(headers.map(\.treatsMissingAsEmpty) == [true, false, false, false])
    #expect(headers.map { $0.rule == .present } == [false, true, true, true])
    #expect(found[0].match.queryParameters[0].rule == .string(StringMatcher(.exact(""))))
  }

  @Test(arguments: [
    ("@request.auth.claims.group.id", ["group", "id"]), ("@Request.Auth.Claims[a.b][c]", ["a.b", "c"]),
    ("@request.auth.claims", nil), ("@request.auth.claims.", nil), ("x-user", nil),
  ])
  func `claims of a token are header names of a special form`(name: String, path: [String]?) {
    #expect(ClaimPath.parse(name) == path)
  }

  @Test func `a single destination ignores its weight and several skip those without`() {
    let single = routes("- route: [{destination: {host: web}, weight: 0}]")
    #expect(single.map(\.target) == [Self.web])
    let several = routes("- route: [{destination: {host: web}, weight: 3}, {destination: {host: other}}]")
    #expect(several.map(\.target) == ["3*" + Self.web])
  }

  @Test func `a destination without a port means the port that was dialled`() {
    let found = routes(
      "- route: [{destination: {host: back}}]",
      more: """
        apiVersion: v1
        kind: Service
        metadata: {name: back, namespace: shop}
        spec:
          clusterIP: 10.96.0.2
          ports: [{name: http, port: 8080}]
        """)
    #expect(found.map(\.target) == ["outbound|80||back.shop.svc.cluster.local"])
  }

  @Test(arguments: [
    ("retries: {attempts: 3, retryOn: '503,reset'}", "reset,retriable-status-codes", [503]),
    ("retries: {attempts: 3, retryOn: '503'}", ",retriable-status-codes", [503]),
    ("retries: {attempts: 3, retryOn: 'gateway-error'}", "gateway-error", []),
    ("name: x", "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes", []),
  ])
  func `status codes in retryOn are listed apart`(field: String, conditions: String, codes: [UInt32]) {
    let retry = routes("- \(field)\n  \(Self.toWeb)")[0].forward?.retry
    #expect(retry?.retryOn == conditions)
    #expect(retry?.statusCodes == codes)
  }

  @Test func `retries without attempts switch retries off`() {
    #expect(routes("- retries: {}\n  \(Self.toWeb)")[0].forward?.retry == nil)
  }

  @Test func `a consistent hash on the only destination may return to the same host`() {
    let rule = """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: web, namespace: shop}
      spec:
        host: web
        trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}
        subsets: [{name: v1, trafficPolicy: {loadBalancer: {simple: RANDOM}}}]
      """
    let found = routes("- route: [{destination: {host: web, subset: v1}}]", more: rule)
    #expect(found[0].forward?.hashPolicies == [.header("x-user")])
    #expect(found[0].forward?.retry?.avoidsPreviousHosts == false)
  }

  @Test func `faults without a share never happen and mirrors without one always do`() {
    let found = routes(
      """
      - fault: {delay: {fixedDelay: 2s}, abort: {httpStatus: 418}}
        mirror: {host: copy}
        \(Self.toWeb)
      """)
    #expect(found[0].fault?.delay?.share == Share(numerator: 0, denominator: 100))
    #expect(found[0].fault?.abort?.share == Share(numerator: 0, denominator: 100))
    #expect(found[0].forward?.mirrors.map(\.share) == [.always])
  }

  @Test(arguments: [
    ("{port: 80}", nil), ("{port: 443}", 443), ("{port: 443, scheme: https}", nil),
    ("{derivePort: FROM_REQUEST_PORT, scheme: https}", 80), ("{derivePort: FROM_PROTOCOL_DEFAULT}", nil),
    ("{port: 8080}", 8080),
  ])
  func `a redirect leaves out the port that its scheme implies`(redirect: String, port: UInt32?) {
    guard case .redirect(let action) = routes("- redirect: \(redirect)")[0].action else {
      Issue.record("no redirect")
      return
    }
    #expect(action.port == port)
    #expect(action.status == 301)
  }

  @Test func `the host comes from the rewrite, then the rule's headers, then the destination's`() {
    let destination = "route: [{destination: {host: web}, headers: {request: {set: {Host: c.example}}}}]"
    let rule = "headers: {request: {add: {':authority': b.example}}}"
    #expect(routes("- \(destination)")[0].forward?.hostRewrite == "c.example")
    #expect(routes("- \(destination)\n  \(rule)")[0].forward?.hostRewrite == "b.example")
    #expect(
      routes("- \(destination)\n  \(rule)\n  rewrite: {authority: a.example}")[0].forward?.hostRewrite == "a.example")
  }

  @Test func `header operations go out by name, sets before adds, and the destination's last`() {
    let found = routes(
      """
      - headers: {request: {set: {b: '1', a: '2'}, add: {c: '3'}, remove: [D]}}
        route: [{destination: {host: web}, headers: {request: {set: {a: '4'}}}}]
      """)
    let names = found[0].requestHeaders.additions.map { "\($0.name)=\($0.value) \($0.mode)" }
    #expect(names == ["a=2 overwrite", "b=1 overwrite", "c=3 append", "a=4 overwrite"])
    #expect(found[0].requestHeaders.removals == ["d"])
  }
}
