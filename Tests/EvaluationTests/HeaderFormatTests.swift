import Diagnostics
import Evaluation
import MeshCodec
import MeshModel
import ProxyModel
import Testing
import Translation

/// Format commands as a real Envoy 1.40 filled them in.
@Suite struct HeaderFormatTests {
  private static let format =
    "c %RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %UPSTREAM_CLUSTER% %RESP(x-upstream)%"

  private static func rule(_ path: String, _ action: String) -> String {
    """
      - match: [{uri: {prefix: \(path)}}]
        headers:
          response: {set: {x-told: '\(format)'}, remove: [x-upstream]}
          request: {set: {x-told: 'c %RESPONSE_CODE% %RESPONSE_FLAGS% %REQ(x-user)%'}, remove: [x-user]}
        \(action)

    """
  }

  private static let mesh =
    """
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec: {clusterIP: 10.96.0.1, selector: {app: web}, ports: [{name: http, port: 80}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: web-1, namespace: shop, labels: {app: web}}
    spec: {containers: [{name: c, image: example/web}]}
    status: {podIP: 10.244.0.1, phase: Running, conditions: [{type: Ready, status: 'True'}]}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: istio, namespace: istio-system}
    data: {mesh: 'pathNormalization: {normalization: MERGE_SLASHES}'}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: web, namespace: shop}
    spec:
      hosts: [web]
      http:

    """ + rule("/nowhere", "route: [{destination: {host: nowhere}}]")
    + rule("/moved", "redirect: {uri: /x}")
    + rule(
      "/slow",
      "fault: {delay: {fixedDelay: 1s, percentage: {value: 100}}}\n    route: [{destination: {host: web}}]")
    + rule("/", "route: [{destination: {host: web}}]")

  private func effect(_ path: String) -> Outcome.Effect? {
    let (objects, problems) = readObjects(files: [("mesh.yaml", Array(Self.mesh.utf8))])
    #expect(problems.isEmpty, "\(problems.map(\.message.en))")
    let vantage = Vantage(kind: .sidecar, namespace: "shop", labels: [:], addresses: ["10.244.0.9"])
    guard let address = IPAddress("10.96.0.1") else { return nil }
    let request = HTTPRequest(
      method: Array("GET".utf8), authority: Array("web".utf8), path: Array(path.utf8),
      headers: [HTTPHeader(name: Array("x-user".utf8), value: Array("u".utf8))])
    let question = Question(connection: Connection(destination: address, port: 80), http: request)
    return Evaluator(Translator(Snapshot(objects)).configuration(for: vantage)).evaluate(question).outcomes.first?
      .effect
  }

  private func told(_ headers: [HeaderDifference]?) -> String? {
    headers?.first { $0.name == "x-told" }?.values?.first.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a reply made here has no code yet, and no cluster when there is none`() {
    guard case .respond(let reply)? = effect("/nowhere") else {
      Issue.record("no reply")
      return
    }
    #expect(told(reply.responseHeaders) == "c 0 NC cluster_not_found  ")
    guard case .redirect(let moved)? = effect("/moved") else {
      Issue.record("no redirect")
      return
    }
    #expect(told(moved.responseHeaders) == "c 0 - direct_response  ")
  }

  @Test func `values are formed after the removals of the same level`() {
    guard case .forward(let forwarded)? = effect("/a") else {
      Issue.record("not forwarded")
      return
    }
    #expect(told(forwarded.request?.headers) == "c 0 - ")
    #expect(told(forwarded.responseHeaders) == "c 200 - via_upstream outbound|80||web.shop.svc.cluster.local ")
  }

  @Test func `a delay that every request has shows in the flags`() {
    guard case .forward(let forwarded)? = effect("/slow") else {
      Issue.record("not forwarded")
      return
    }
    #expect(told(forwarded.request?.headers) == "c 0 DI ")
  }

  @Test func `a path of slashes alone keeps the first and the last`() {
    guard case .forward(let forwarded)? = effect("///") else {
      Issue.record("not forwarded")
      return
    }
    #expect(forwarded.request.map { String(decoding: $0.path, as: UTF8.self) } == "//")
  }
}
