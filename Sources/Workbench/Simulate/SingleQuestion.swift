import Diagnostics
package import Evaluation
import MeshModel
package import ProxyModel

/// One question of a person, with what had to be assumed to ask it.
package struct SingleQuestion: Sendable {
  package var vantage: Vantage
  package var question: Question
  package var assumption: Assumption?

  package enum Assumption: Hashable, Sendable {
    /// The mesh does not know the host: an address stands in that nothing else has.
    case unknownHost(String, address: String, similar: String?)
    /// No pod of the gateway is known.
    case unknownGatewayAddress(String)
  }

  package init(_ line: RequestLine, from vantage: Vantage, in session: SimulationSession) throws(QuestionProblem) {
    self.vantage = vantage
    do throws(QuestionProblem) {
      question = try session.question(of: line, from: vantage)
    } catch {
      let port = SingleQuestion.port(of: line)
      var assumed = line
      switch error {
      case .unknownHost(let host):
        assumed.connection.destination = "\(AddressBook.standIn):\(port)"
        let similar = session.host(like: host, from: vantage.namespace)
        assumption = .unknownHost(host, address: AddressBook.standIn, similar: similar)
      case .noGatewayAddress:
        let target = session.addresses.targetPort(of: port, at: vantage)
        assumed.connection.destination = "\(AddressBook.standIn):\(target)"
        assumption = .unknownGatewayAddress(AddressBook.standIn)
      case .notJSON, .tooDeep, .wrongType, .unknownMember, .missingMember, .badValue, .unknownPod, .noDestination,
        .badDestination, .badSource:
        throw error
      }
      question = try session.question(of: assumed, from: vantage)
    }
  }

  private static func port(of line: RequestLine) -> UInt32 {
    let given = line.dialledName.flatMap { Authority.split($0)?.port } ?? nil
    return given ?? (line.connection.tls == nil ? 80 : 443)
  }

  package func answer(in session: SimulationSession, recording trace: inout Trace?) -> Answer {
    session.proxy(of: vantage, port: question.connection.port).evaluator.evaluate(question, trace: &trace)
  }
}

extension SimulationSession {
  /// A host of the mesh that looks like the one asked for.
  fileprivate func host(like host: String, from namespace: String) -> String? {
    var names: [String] = []
    for service in snapshot.objects(of: .service) {
      let (name, space) = (service.id.name, service.id.namespace)
      if space == namespace { names.append(name) }
      names += ["\(name).\(space)", "\(name).\(space).svc.cluster.local"]
    }
    for object in snapshot.objects(of: .serviceEntry) {
      if case .serviceEntry(let entry) = object.content { names += entry.hosts.map { "\($0)" } }
    }
    for object in snapshot.objects(of: .virtualService) {
      if case .virtualService(let service) = object.content { names += service.hosts.map { "\($0)" } }
    }
    return Similarity.closest(to: host, among: names)
  }
}
