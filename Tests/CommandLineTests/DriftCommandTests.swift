import Foundation
import Testing

/// Each folder of `fixtures/drift` is a case: `stored.yaml` is applied as revision 1, which
/// needs no approval, and `session.txt` has command
/// lines with what each of them prints on both streams and how it ends.
/// `UPDATE_FIXTURES=1` writes the sessions again and fails the run.
@Suite struct DriftCommandTests {
  @Test(arguments: RecordedSession.names(in: "drift"))
  func `a cluster is compared as the case says`(name: String) throws {
    try RecordedSession.check("drift/" + name) { tool in
      _ = try tool.run("policy", "set", "--approvals", "0")
      let applied = try tool.run("apply", "-f", "stored.yaml", "-m", "first")
      #expect(applied.status == 0, "\(applied.errors)")
    }
  }
}
