import MeshModel
import Testing
import Workbench

/// Requests that are made up for rules, held against the rules that Istio and Envoy were seen to use.
@Suite struct DerivedRequestTests {
  @Test func `nearly every rule that a recorded request came to gets a request of its own`() throws {
    var seen = 0
    var missed: [String] = []
    for recorded in RecordedCase.all(in: "conformance") where !recorded.group.hasPrefix("inbound") {
      let session = SimulationSession(Snapshot(try recorded.objects()), now: 1_780_000_000)
      let derived = DerivedRequests(session)
      let reached = Set(derived.requests.map { "\($0.rule.object.namespace)/\($0.rule.object.name) \($0.rule.field)" })
      for rule in Set(try recorded.rules()) {
        seen += 1
        if !reached.contains(rule) { missed.append("\(recorded.name) \(rule)") }
      }
    }
    #expect(seen > 1800)
    #expect(missed.count * 100 < seen, "\(missed.count) of \(seen): \(missed.prefix(20))")
  }
}

extension RecordedCase {
  /// The rules of VirtualServices that decided, such as `shop/cart spec.http[0].match[1]`.
  fileprivate func rules() throws -> [String] {
    try expectations().compactMap { expected in
      guard let decision = expected["decidedBy"] as? Truth.Object, decision["kind"] as? String == "VirtualService",
        let namespace = decision["namespace"] as? String, let name = decision["name"] as? String,
        let field = decision["field"] as? String
      else { return nil }
      return "\(namespace)/\(name) \(field)"
    }
  }
}
