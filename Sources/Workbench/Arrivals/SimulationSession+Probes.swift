package import Evaluation
package import MeshModel
import ProxyModel

extension SimulationSession {
  /// What kubelet's probes of a pod or a workload meet.
  package func probes(of id: ObjectID) -> [ProbeResult] {
    guard let object = snapshot[id] else { return [] }
    let pod: Pod
    let annotations: [String: String]
    let path: String
    switch object.content {
    case .pod(let written): (pod, annotations, path) = (written, object.metadata.annotations, "metadata")
    case .workload(let workload):
      (pod, annotations, path) = (workload.template, workload.templateAnnotations, "spec.template.metadata")
    case .virtualService, .destinationRule, .gateway, .serviceEntry, .sidecar, .workloadEntry, .workloadGroup,
      .proxyConfig, .peerAuthentication, .requestAuthentication, .authorizationPolicy, .service, .namespace,
      .endpoints, .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
      return []
    }
    let found = arrivals.directory.workload(id)
    let key = "sidecar.istio.io/rewriteAppHTTPProbers"
    // Istio rewrites probes unless it is told not to.
    let refusal = annotations[key] == "false" ? Origin(object: id, field: "\(path).annotations[\(key)]") : nil
    var results: [ProbeResult] = []
    for container in pod.containers where container.name != "istio-proxy" {
      for probe in container.probes {
        let port = number(of: probe.port, in: pod)
        var result = ProbeResult(container: container.name, path: probe.path, port: port, passage: .rewritten)
        if case .bare(let why) = found.receiver.kind {
          result.passage = .withoutSidecar(why)
        } else if let refusal {
          result.passage = .judged(judged(probe, port, found), because: refusal)
        }
        results.append(result)
      }
    }
    return results
  }

  private func judged(_ probe: Probe, _ port: UInt32, _ found: ReceiverDirectory.Found) -> Arrival {
    let isTLS = probe.scheme == "HTTPS"
    let approach = Approach(
      security: isTLS ? .applicationTLS : .plaintext, cause: .clientWithoutSidecar(nil))
    var arrival = Arrival(
      endpoints: [], receiver: found.receiver, approach: approach, transport: .http, reception: .served)
    guard let vantage = found.vantage, let address = vantage.addresses.first.flatMap({ IPAddress($0) }) ?? standIn
    else { return arrival }
    var connection = Connection(destination: address, port: port)
    if isTLS { connection.tls = Connection.ClientTLS() }
    let path = probe.path.utf8.first == UInt8(ascii: "/") ? probe.path : "/" + probe.path
    let request = HTTPRequest(
      method: Array("GET".utf8), authority: Array("\(address):\(port)".utf8), path: Array(path.utf8),
      headers: [HTTPHeader(name: Array("user-agent".utf8), value: Array("kube-probe/1.32".utf8))])
    let question = Question(connection: connection, http: request, time: now)
    let answer = proxy(of: vantage, port: port).evaluator.evaluate(question)
    arrival.question = question
    arrival.answer = answer
    arrival.reception = Reception(answer, to: approach)
    return arrival
  }

  private var standIn: IPAddress? { IPAddress(AddressBook.standIn) }

  private func number(of port: PortReference?, in pod: Pod) -> UInt32 {
    switch port {
    case nil: 80
    case .number(let number): number
    case .name(let name): pod.containers.flatMap(\.ports).first { $0.name == name }?.containerPort ?? 0
    }
  }
}
