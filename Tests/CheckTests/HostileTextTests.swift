import Diagnostics
import Report
import Testing
import Validation
import Workbench

/// What fuzzing found, each once.
@Suite struct HostileTextTests {
  private func findings(_ text: String, _ manner: Manner = .drydock) -> [Finding] {
    Check(manner: manner).findings(of: CheckWorld(files: [(name: "a.yaml", bytes: Array(text.utf8))]))
  }

  @Test(arguments: ["1e308", "-1e308", "9223372036854775808", "18446744073709551616", ".inf", ".nan", "1e19"])
  func `a number of any size is judged`(number: String) {
    let service = """
      apiVersion: v1
      kind: Service
      metadata: {name: a}
      spec: {ports: [{name: odd, port: \(number), targetPort: \(number)}, {name: odd, port: \(number)}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: a}
      spec:
        hosts: [a]
        http: [{route: [{destination: {host: a, port: {number: \(number)}}, weight: \(number)}]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec: {containers: [{ports: [{containerPort: \(number)}]}], securityContext: {runAsUser: \(number)}}

      """
    for manner in Manner.allCases { _ = findings(service, manner) }
  }

  @Test func `a host that is named many times is told once for each time`() {
    let hosts = [String](repeating: "a", count: 400).joined(separator: ", ")
    let text = """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: a}
      spec:
        hosts: [\(hosts)]
        http: [{route: [{destination: {host: a}}]}]
      """
    #expect(findings(text).count { $0.code == "DD1187" } == 399)
    // Istio tells every pair.
    #expect(findings(text, .istio).count { $0.code == "DD1187" } == 399 * 400 / 2)
  }
}
