import Foundation
import Testing

/// The rows of the handbook's tables: each folder of `fixtures/handbook` is a session that begins with `stored.yaml`
/// as revision 1. `UPDATE_FIXTURES=1` writes the sessions again and fails the run.
@Suite struct HandbookTests {
  @Test(arguments: RecordedSession.names(in: "handbook"))
  func `each row of a table of the handbook works on real input`(name: String) throws {
    try RecordedSession.check("handbook/" + name) { tool in
      _ = try tool.run("policy", "set", "--approvals", "0")
      let applied = try tool.run("apply", "-f", "stored.yaml", "-m", "first")
      #expect(applied.status == 0, "\(applied.errors)")
    }
  }

  /// Every row of the tables of `expose`, `fuse` and `loadbalance`.
  private static let verbs = [
    "add", "get", "list", "delete", "update", "ports", "transform", "apply", "create", "insert",
  ]

  @Test(arguments: ["expose", "fuse", "loadbalance"])
  func `no row of a table is left out`(command: String) throws {
    let commands = try RecordedSession.commands(of: "handbook/" + command)
    for verb in Self.verbs {
      #expect(commands.contains { $0.hasPrefix("$ drydock \(command) \(verb)") }, "\(command) \(verb)")
    }
  }
}
