package import Diagnostics
import Evaluation
import MeshModel
package import ProxyModel
import RequestSpace
package import RoutingTests
import Synchronization

/// A test's request with everything that the mesh fills in.
package struct TestQuestion: Sendable {
  package var line: RequestLine
  package var vantage: Vantage
  package var single: SingleQuestion

  package struct Problem: Error, Sendable {
    package var message: LocalizedText
  }

  package init(
    _ request: TestRequest, _ given: Given, in session: SimulationSession, known clients: TestClients = TestClients()
  ) throws(Problem) {
    let line = try Self.line(request)
    let namespace = given.namespace ?? "default"
    let key = TestClients.Key(session: ObjectIdentifier(session), client: request.client, namespace: namespace)
    let found: ClientChoice.Client
    if let client = clients[key] {
      found = client
    } else {
      found = try Self.client(request, line, namespace, session, clients)
      // Who is meant by `anywhere` depends on the request.
      if request.client != .anywhere { clients[key] = found }
    }
    vantage = found.vantage
    self.line = line
    self.line.proxy = found.reference
    do throws(QuestionProblem) {
      single = try SingleQuestion(self.line, from: vantage, in: session)
    } catch {
      throw Problem(message: error.message)
    }
  }

  private static func line(_ request: TestRequest) throws(Problem) -> RequestLine {
    var line: RequestLine
    do throws(RequestURL.Problem) {
      line = try RequestURL(request.url).line(method: request.method, headers: [])
    } catch {
      throw Problem(message: error.message)
    }
    if var http = line.http {
      let dialled = http.authority
      for header in request.headers {
        if header.name.lowercased() == "host" {
          http.authority = header.value
        } else {
          http.headers.append(.init(name: header.name, value: header.value))
        }
      }
      if let host = request.host { http.authority = host }
      if let text = request.version, let version = RequestLine.HTTP.Version(rawValue: text) { http.version = version }
      // Another Host than the one that is dialled.
      if http.authority != dialled, let dialled { line.connection.host = dialled }
      line.http = http
    }
    if let destination = request.destination { line.connection.destination = destination }
    if let source = request.source { line.connection.source = source }
    if request.serverName != nil || request.applicationProtocols != nil {
      var tls = line.connection.tls ?? RequestLine.Connection.TLS()
      if let name = request.serverName { tls.sni = name }
      tls.alpn = request.applicationProtocols ?? tls.alpn
      line.connection.tls = tls
    }
    line.connection.peerPrincipal = request.principal
    line.authorizerAllows = request.authorizerAllows
    return line
  }

  private static func client(
    _ request: TestRequest, _ line: RequestLine, _ namespace: String, _ session: SimulationSession,
    _ clients: TestClients
  ) throws(Problem) -> ClientChoice.Client {
    let selection = SourceSelection(session)
    do throws(SourceSelection.Problem) {
      switch request.client {
      case .sidecar(let name):
        let vantage = try selection.sidecar(name, namespace: namespace)
        return ClientChoice.Client(vantage, kind: .sidecar)
      case .gateway(let name):
        return ClientChoice.Client(try selection.gateway(name, namespace: namespace), kind: .gateway)
      case .described(let namespace, let labels):
        let vantage = Vantage(kind: .sidecar, namespace: namespace, labels: labels)
        return ClientChoice.Client(vantage, kind: .sidecar)
      case .describedGateway(let namespace, let labels):
        return ClientChoice.Client(Vantage(kind: .gateway, namespace: namespace, labels: labels), kind: .gateway)
      case .anywhere, nil: return AnyClient(session, clients.choice(for: session)).client(for: line)
      }
    } catch {
      var message = error.message
      if let hint = error.hint {
        message.en += "; " + hint.en
        message.zh += "；" + hint.zh
      }
      throw Problem(message: message)
    }
  }
}

/// Clients that were looked for once, for all threads: a name is looked for among all pods.
package final class TestClients: Sendable {
  struct Key: Hashable {
    var session: ObjectIdentifier
    var client: TestRequest.Client?
    var namespace: String
  }

  private let known = Mutex<[Key: ClientChoice.Client]>([:])
  private let choices = Mutex<[ObjectIdentifier: ClientChoice]>([:])

  package init() {}

  subscript(key: Key) -> ClientChoice.Client? {
    get { known.withLock { $0[key] } }
    set { known.withLock { $0[key] = newValue } }
  }

  func choice(for session: SimulationSession) -> ClientChoice {
    choices.withLock { choices in
      if let choice = choices[ObjectIdentifier(session)] { return choice }
      let made = ClientChoice(session)
      choices[ObjectIdentifier(session)] = made
      return made
    }
  }
}

/// Who can ask something where a test does not say who does: a client of the first VirtualService that has the host.
struct AnyClient {
  private let session: SimulationSession
  private let choice: ClientChoice

  init(_ session: SimulationSession, _ choice: ClientChoice) {
    self.session = session
    self.choice = choice
  }

  func client(for line: RequestLine) -> ClientChoice.Client {
    var first: ClientChoice.Client?
    for object in session.snapshot.objects(of: .virtualService) {
      guard case .virtualService(let service) = object.content, !service.hosts.isEmpty else { continue }
      for client in choice.clients(for: service, object.id) {
        if first == nil { first = client }
        guard let single = try? SingleQuestion(line, from: client.vantage, in: session) else { continue }
        var trace: Trace?
        let answer = single.answer(in: session, recording: &trace)
        if answer.route?.origin != nil { return client }
      }
    }
    return first ?? ClientChoice.Client(Vantage(kind: .sidecar, namespace: "default"), kind: .sidecar)
  }
}
