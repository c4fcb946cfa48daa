import Diagnostics
import Evaluation
package import MeshModel
import ProxyModel
import RoutingTests
import YAML

/// Writes a test for every rule as it behaves now.
package struct GenerateJob {
  private let session: SimulationSession
  private let clients: ClientList

  package struct Product: Sendable {
    /// The suite, as YAML.
    package var text: [UInt8]
    package var count: Int
    /// Rules without a test.
    package var unreached: [UnreachedRule]
    /// Rules whose request cannot be written down as a test.
    package var unwritten: [Origin]
  }

  package init(_ session: SimulationSession) {
    self.session = session
    clients = ClientList(session)
  }

  /// `heading` stands over the suite as comments; `object` makes it one that is kept with a mesh.
  package func product(
    of objects: Set<ObjectID>?, forms: TestJob.Forms, heading: [String], object: ObjectID? = nil
  ) -> Product {
    let derived = DerivedRequests(session, of: objects)
    var product = Product(text: [], count: 0, unreached: derived.unreached, unwritten: [])
    var tests: [Node] = []
    let session = session
    let snapshot = session.snapshot
    let job = TestJob(TestWorlds(now: session.now) { _, _ in .success(snapshot.objects) }, forms: forms)
    var names: Set<String> = []
    for request in derived.requests {
      guard let node = test(request, name: name(request, &names)) else {
        product.unwritten.append(request.rule)
        continue
      }
      // What is written has to say the same when it is read again.
      let read = readTests(.mapping([("tests", .sequence([node]))]), file: "")
      guard let result = read.suite.cases.first.map({ job.run($0) }), result.isPassed,
        result.observed?.rule == request.rule
      else {
        product.unwritten.append(request.rule)
        continue
      }
      tests.append(node)
    }
    product.count = tests.count
    product.text = heading.flatMap { Array("# \($0)\n".utf8) }
    var suite = Node.mapping([("tests", .sequence(tests))])
    if let object {
      suite = .mapping([
        ("apiVersion", .string("drydock.dev/v1")), ("kind", .string(object.kind.kind)),
        ("metadata", .mapping([("name", .string(object.name)), ("namespace", .string(object.namespace))])),
        ("spec", suite),
      ])
    }
    product.text += YAMLText.bytes(of: suite)
    return product
  }

  private func test(_ request: DerivedRequest, name: String) -> Node? {
    guard let vantage = try? session.vantages.vantage(of: request.line.proxy),
      let single = try? SingleQuestion(request.line, from: vantage, in: session), let when = when(request.line, vantage)
    else { return nil }
    let answer = single.answerOnBothSides(in: session)
    guard let then = ObservedExpectation.node(for: answer) else { return nil }
    return .mapping([("name", .string(name)), ("when", when), ("then", then)])
  }

  /// `shop/reviews http[0].match[1] testers`.
  private func name(_ request: DerivedRequest, _ taken: inout Set<String>) -> String {
    let rule = request.rule
    var text = "\(rule.object.namespace)/\(rule.object.name) "
    text += rule.field.hasPrefix("spec.") ? String(rule.field.dropFirst(5)) : rule.field
    if let given = ruleName(rule) { text += " \(given)" }
    if let root = request.delegatedBy { text += " of \(root.object.namespace)/\(root.object.name)" }
    if request.line.proxy.kind == .gateway { text += " at a gateway" }
    var unique = text
    var count = 1
    while !taken.insert(unique).inserted {
      count += 1
      unique = "\(text) (\(count))"
    }
    return unique
  }

  private func ruleName(_ rule: Origin) -> String? {
    guard case .virtualService(let service)? = session.snapshot[rule.object]?.content else { return nil }
    let place = service.http.indices.first { VirtualServiceItems.rule(of: rule.field) == "spec.http[\($0)]" }
    return place.flatMap { service.http[$0].name.isEmpty ? nil : service.http[$0].name }
  }

  private func when(_ line: RequestLine, _ vantage: Vantage) -> Node? {
    var members = [client(line, vantage)]
    let tls = line.connection.tls
    if let http = line.http {
      let authority = http.authority ?? ""
      let dialled = line.connection.host.isEmpty ? authority : line.connection.host
      let url = (tls == nil ? "http://" : "https://") + dialled + Self.wire(http.path)
      members.append(("url", .string(url)))
      let method = Self.wire(http.method)
      if method != "GET" { members.append(("method", .string(method))) }
      if dialled != authority { members.append(("host", .string(authority))) }
      if !http.headers.isEmpty {
        members.append(
          (
            "headers",
            .mapping(http.headers.map { (name: Self.wire($0.name), value: Node.string(Self.wire($0.value))) })
          ))
      }
    } else {
      let dialled = line.connection.host.isEmpty ? line.connection.destination : line.connection.host
      members.append(("url", .string((tls == nil ? "tcp://" : "tls://") + dialled)))
    }
    if let tls,
      let host = members.first(where: { $0.name == "url" })?.value.string.flatMap({ try? RequestURL($0).host }),
      host != tls.sni
    {
      members.append(("sni", .string(tls.sni)))
    }
    if !line.connection.destination.isEmpty { members.append(("destination", .string(line.connection.destination))) }
    if let principal = line.connection.peerPrincipal { members.append(("principal", .string(principal))) }
    return .mapping(members)
  }

  /// The name that stays when pods come and go.
  private func client(_ line: RequestLine, _ vantage: Vantage) -> (name: String, value: Node) {
    let selection = SourceSelection(session)
    let essence = SourceSelection.essence(vantage)
    func labels() -> Node {
      let pairs = vantage.labels.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return .mapping(pairs.map { (name: $0.key, value: Node.string($0.value)) })
    }
    if vantage.kind == .gateway {
      for object in session.snapshot.objects(of: .gateway) {
        let name = "\(object.id.namespace)/\(object.id.name)"
        guard let found = try? selection.gateway(name, namespace: "default") else { continue }
        if SourceSelection.essence(found) == essence { return ("gateway", .string(name)) }
      }
      return (
        "client", .mapping([("namespace", .string(vantage.namespace)), ("labels", labels()), ("gateway", .bool(true))])
      )
    }
    if let entry = clients.entries.first(where: { $0.vantage.object == vantage.object && vantage.object != nil }),
      let found = try? selection.sidecar(entry.client.name, namespace: "default"),
      SourceSelection.essence(found) == essence
    {
      return ("from", .string(entry.client.name))
    }
    if !line.proxy.pod.isEmpty { return ("from", .string(line.proxy.pod)) }
    return ("client", .mapping([("namespace", .string(vantage.namespace)), ("labels", labels())]))
  }

  /// The text that stands for these bytes when it is read.
  private static func wire(_ bytes: [UInt8]) -> String {
    if bytes.allSatisfy({ $0 < 128 }) { return String(decoding: bytes, as: UTF8.self) }
    var text = ""
    for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return text
  }
}
