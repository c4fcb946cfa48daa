import Diagnostics
import Evaluation
import MeshCodec
import MeshModel
import ProxyModel
import Testing
import Translation

/// What reaches an upstream, and what comes back from the proxy, held by what a real Envoy 1.40 did.
@Suite struct ReceivedHeaderTests {
  private static let mesh = """
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec:
      clusterIP: 10.96.0.1
      selector: {app: web}
      ports: [{name: http, port: 80}, {name: grpc-web, port: 81}]
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: web-1, namespace: shop, labels: {app: web}}
    spec: {containers: [{name: c, image: example/web}]}
    status: {podIP: 10.244.0.1, phase: Running, conditions: [{type: Ready, status: 'True'}]}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: web, namespace: shop}
    spec:
      hosts: [web]
      http:
      - match: [{headers: {accept: {exact: 'a,b'}}}]
        redirect: {uri: /joined}
      - match: [{headers: {x-own: {exact: 'a,b'}}}]
        redirect: {uri: /never}
      - route: [{destination: {host: web}}]
    """

  private static func evaluator() -> Evaluator {
    let (objects, _) = readObjects(files: [("mesh.yaml", Array(mesh.utf8))])
    let vantage = Vantage(kind: .sidecar, namespace: "shop", labels: [:], addresses: ["10.244.0.9"])
    return Evaluator(Translator(Snapshot(objects)).configuration(for: vantage))
  }

  private func outcome(
    _ headers: [(String, String)], path: String = "/", port: UInt32 = 80, by evaluator: Evaluator = Self.evaluator()
  ) -> Outcome? {
    guard let address = IPAddress("10.96.0.1") else { return nil }
    let request = HTTPRequest(
      method: Array("GET".utf8), authority: Array("web".utf8), path: Array(path.utf8),
      headers: headers.map { HTTPHeader(name: Array($0.0.utf8), value: Array($0.1.utf8)) })
    let question = Question(connection: Connection(destination: address, port: port), http: request)
    return evaluator.evaluate(question).outcomes.first
  }

  private func location(_ outcome: Outcome?) -> String? {
    guard case .redirect(let reply)? = outcome?.effect else { return nil }
    return reply.location.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `lines of a header that Envoy keeps once are one value to a match`() {
    #expect(location(outcome([("accept", "a"), ("accept", "b")])) == "http://web/joined")
    #expect(location(outcome([("accept", ""), ("Accept", "a,b")])) == "http://web/joined")
  }

  @Test func `lines that are one value are so for a proxy that has answered plain requests before`() {
    let evaluator = Self.evaluator()
    for _ in 0..<2 { #expect(location(outcome([], by: evaluator)) == nil) }
    #expect(location(outcome([("accept", "a"), ("accept", "b")], by: evaluator)) == "http://web/joined")
    #expect(location(outcome([("accept", "a,b")], by: evaluator)) == "http://web/joined")
    #expect(location(outcome([("x-own", "a"), ("x-own", "b")], by: evaluator)) == nil)
  }

  @Test func `lines of any other header stay apart`() {
    #expect(location(outcome([("x-own", "a"), ("x-own", "b")])) == nil)
  }

  @Test func `a gRPC request with a path that cannot be normalized gets a gRPC answer`() throws {
    let found = try #require(outcome([("content-type", "application/grpc")], path: "/a#b"))
    guard case .respond(let reply) = found.effect else {
      Issue.record("\(found.effect)")
      return
    }
    #expect(reply.status == 200)
    #expect(reply.grpcStatus == 13)
  }

  @Test func `a gRPC-Web port turns a browser's request into gRPC, and the answer back`() throws {
    let found = try #require(outcome([("content-type", "application/grpc-web")], port: 81))
    guard case .forward(let forwarded) = found.effect else {
      Issue.record("\(found.effect)")
      return
    }
    let sent = forwarded.request?.headers.map {
      "\($0.name): \(($0.values ?? []).map { String(decoding: $0, as: UTF8.self) })"
    }
    #expect(
      sent == [
        "content-type: [\"application/grpc\"]", "grpc-accept-encoding: [\"identity\"]", "te: [\"trailers\"]",
      ])
    let back = forwarded.responseHeaders?.map(\.name)
    #expect(back == ["content-type"])
  }
}
