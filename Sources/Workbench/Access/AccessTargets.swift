package import Diagnostics
package import Evaluation
import MeshModel

/// What a person calls a service, made a target that means the same from every namespace.
package struct AccessTargets: Sendable {
  private let session: SimulationSession

  package init(_ session: SimulationSession) {
    self.session = session
  }

  package enum Problem: Error, Hashable, Sendable {
    case ambiguous(String, choices: [String])
    case noPort(String)
    case unknown(String, similar: String?)

    package var message: LocalizedText {
      switch self {
      case .ambiguous(let name, _):
        LocalizedText(en: "'\(name)' is a service of several namespaces", zh: "多个命名空间中都有服务 '\(name)'")
      case .noPort(let text):
        LocalizedText(en: "'\(text)' is no host with a port", zh: "'\(text)' 不是有效的主机与端口")
      case .unknown(let host, _):
        LocalizedText(en: "the mesh knows no host '\(host)'", zh: "网格不认识主机 '\(host)'")
      }
    }

    package var hint: LocalizedText? {
      switch self {
      case .ambiguous(_, let choices):
        let list = choices.joined(separator: ", ")
        return LocalizedText(en: "say which: \(list)", zh: "请指明：\(list)")
      case .noPort: return nil
      case .unknown(_, let similar):
        return similar.map { LocalizedText(en: "did you mean '\($0)'?", zh: "是否指 '\($0)'?") }
      }
    }
  }

  /// `HOST[:PORT]`: a bare name is looked for in the namespace, then everywhere; without a port it is 80, or the only
  /// one that there is.
  package func authority(of text: String, namespace: String) throws(Problem) -> String {
    guard let (host, port) = Authority.split(text), !host.isEmpty else { throw .noPort(text) }
    var name = host
    var found = session.addresses.service(host.lowercased(), from: namespace)
    if found == nil, !host.utf8.contains(UInt8(ascii: ".")) {
      let named = session.snapshot.objects(of: .service).filter { $0.id.name == host }
      guard named.count < 2 else {
        throw .ambiguous(host, choices: named.map { "\($0.id.name).\($0.id.namespace)" })
      }
      found = named.first
    }
    if let found, !host.utf8.contains(UInt8(ascii: ".")) { name = "\(found.id.name).\(found.id.namespace)" }
    guard session.addresses.address(of: name, from: namespace) != nil else {
      throw .unknown(host, similar: similar(to: host))
    }
    let isBare = name.utf8.contains(UInt8(ascii: ":"))
    let written = isBare ? "[\(name)]" : name
    if let port { return port == 80 ? written : "\(written):\(port)" }
    guard case .service(let service)? = found?.content, let first = service.ports.first,
      !service.ports.contains(where: { $0.port == 80 })
    else { return written }
    return "\(written):\(first.port)"
  }

  private func similar(to host: String) -> String? {
    let services = session.snapshot.objects(of: .service)
    let names = services.map(\.id.name) + services.map { "\($0.id.name).\($0.id.namespace)" }
    return Similarity.closest(to: host, among: names)
  }

  /// Every TCP port of every Service, by name.
  package func all(method: String, path: String) -> [AccessTarget] {
    session.snapshot.objects(of: .service).flatMap { object -> [AccessTarget] in
      guard case .service(let service) = object.content, service.externalName.isEmpty else { return [] }
      return service.ports.filter { $0.protocol != "UDP" }.map { port in
        let name = "\(object.id.name).\(object.id.namespace)"
        return AccessTarget(authority: port.port == 80 ? name : "\(name):\(port.port)", method: method, path: path)
      }
    }
  }
}
