import Diagnostics
import Evaluation
import MeshCodec
import MeshModel
import ProxyModel
import Report
import Workbench

/// A mesh given as YAML, and questions to it.
struct Shop {
  let session: SimulationSession

  init(_ text: String) {
    let (objects, problems) = readObjects(files: [("mesh.yaml", Array(text.utf8))])
    let errors = problems.filter { $0.severity == .error }.map(\.message.en)
    precondition(errors.isEmpty, "\(errors)\n\(text)")
    session = SimulationSession(Snapshot(objects), now: 1_780_000_000)
  }

  /// A pod's request, followed to its receivers.
  func answer(
    _ url: String, from pod: String, method: String = "GET", dialling destination: String = ""
  ) throws -> Answer {
    var line = try RequestURL(url).line(method: method, headers: [])
    line.connection.destination = destination
    let vantage = try SourceSelection(session).sidecar(pod, namespace: "default")
    return try SingleQuestion(line, from: vantage, in: session).answerOnBothSides(in: session)
  }

  /// `allowed`, `503 UC: server requires mutual TLS, …`: what each group of endpoints says.
  func results(
    _ url: String, from pod: String, method: String = "GET", dialling destination: String = ""
  ) throws -> [String] {
    let text = AnswerText(
      style: .plain, language: .en, context: AnswerContext(place: { _ in nil }, object: { session.snapshot[$0] }))
    let answer = try answer(url, from: pod, method: method, dialling: destination)
    return answer.outcomes.flatMap(\.arrivals).map { text.result(of: $0) }
  }

  static func pod(_ name: String, _ namespace: String, address: String, labels: String, extra: String = "") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: \(name), namespace: \(namespace), labels: {\(labels)}\(extra)}
    spec: {serviceAccountName: \(name), containers: [{name: app, image: x}]}
    status: {podIP: \(address), phase: Running}
    ---

    """
  }

  static func service(
    _ name: String, _ namespace: String, address: String, app: String, port: String = "name: http, port: 80",
    target: Int = 8080
  ) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata: {name: \(name), namespace: \(namespace)}
    spec: {clusterIP: \(address), selector: {app: \(app)}, ports: [{\(port), targetPort: \(target)}]}
    ---

    """
  }

  static func namespace(_ name: String, isInjected: Bool) -> String {
    """
    apiVersion: v1
    kind: Namespace
    metadata: {name: \(name)\(isInjected ? ", labels: {istio-injection: enabled}" : "")}
    ---

    """
  }
}
