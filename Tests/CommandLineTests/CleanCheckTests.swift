import Foundation
import Testing

/// A policy that lets only revisions leave in which Drydock itself finds nothing.
@Suite struct CleanCheckTests {
  private static func mesh(subset: String) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop}
    spec: {ports: [{name: http, port: 80}]}
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: cart, namespace: shop}
    spec:
      host: cart.shop.svc.cluster.local
      subsets: [{name: v1, labels: {version: v1}}]
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: cart, namespace: shop}
    spec:
      hosts: [cart.shop.svc.cluster.local]
      http:
      - route: [{destination: {host: cart.shop.svc.cluster.local, subset: \(subset)}}]

    """
  }

  private func tool(subset: String, policy: String...) throws -> Tool {
    let tool = try Tool()
    let file = try tool.write("mesh.yaml", Self.mesh(subset: subset))
    #expect(try tool.run("apply", "-f", file).status == 0)
    #expect(try tool.run(arguments: ["policy", "set", "--approvals", "1"] + policy).status == 0)
    return tool
  }

  @Test func `an approval is not enough while the check finds errors`() throws {
    let tool = try tool(subset: "v2", policy: "--clean", "error")
    defer { tool.remove() }
    let approved = try tool.run("review", "approve", "--author", "lin")
    #expect(approved.output.contains("failed checks: check"), "\(approved.output)")
    #expect(approved.output.contains("DD3104"))
    let status = try tool.run("review", "status")
    #expect(status.status == 1 && status.output.contains("failed checks: check"))
    let export = try tool.run("export", "--target", "prod", "-o", "out")
    #expect(export.status == 1 && export.errors.contains("drydock check --revision 1"), "\(export.errors)")
    let shown = try tool.run("show", "1")
    #expect(shown.output.contains("check: failed (1 error: DD3104)"), "\(shown.output)")
  }

  @Test func `a revision without errors leaves, and the record says that it was checked`() throws {
    let tool = try tool(subset: "v1", policy: "--clean", "error")
    defer { tool.remove() }
    #expect(try tool.run("review", "status").output.contains("1 approval is missing)"))
    #expect(try tool.run("review", "approve", "--author", "lin").output.contains("approved"))
    #expect(try tool.run("export", "--target", "prod", "-o", "out").status == 0)
    let log = try tool.run("audit", "-o", "json").output
    #expect(log.contains("record-check"))
    // A second export finds the same and records nothing new.
    #expect(try tool.run("export", "--target", "prod", "-o", "out").status == 0)
    let again = try tool.run("audit", "-o", "json").output
    #expect(again.components(separatedBy: "record-check").count == log.components(separatedBy: "record-check").count)
  }

  @Test func `only Drydock says how its own check came out`() throws {
    let tool = try tool(subset: "v2", policy: "--check", "check", "--check", "tests")
    defer { tool.remove() }
    let refused = try tool.run("policy", "record", "check", "passed")
    #expect(refused.status == 2 && refused.errors.contains("check --revision REVISION --record"), "\(refused.errors)")
    #expect(try tool.run("policy", "record", "tests", "passed").status == 0)
    let made = try tool.run("check", "--revision", "1", "--record")
    #expect(made.status == 1)
    #expect(try tool.run("show", "1").output.contains("check: failed"))
    #expect(try tool.run("check", "-f", "mesh.yaml", "--record").status == 2)
    #expect(try tool.run("policy", "set", "--check", "check:notes").status == 2)
  }

  @Test func `a stricter policy asks for no warnings either, and can be dropped`() throws {
    let tool = try tool(subset: "v1", policy: "--clean", "info")
    defer { tool.remove() }
    #expect(try tool.run("policy", "show").output.contains("check:info"))
    #expect(try tool.run("policy", "set", "--clean", "no").status == 0)
    #expect(!(try tool.run("policy", "show").output.contains("check")))
  }
}
