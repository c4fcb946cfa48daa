import History
import MeshModel
import Releases
import Storage
import Testing
import Workbench

@Suite struct ReleaseReviewTests {
  private func fixture(_ approval: Release.Approval) throws -> ReleaseFixture {
    let fixture = try ReleaseFixture([Meshes.services] + Meshes.pods)
    try fixture.start(.reviews(approval: approval))
    return fixture
  }

  private func isRefused(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return false
    } catch { return true }
  }

  @Test func `where nobody gave the mesh a policy, no step waits`() throws {
    let fixture = try fixture(.policy)
    try fixture.shift()
    #expect(try fixture.release.stage.weight == 5)
  }

  @Test func `where the mesh has a policy, a step waits for the approval of the one before`() throws {
    let fixture = try fixture(.policy)
    try fixture.target.store.setPolicy(
      ReviewPolicy(approvalsNeeded: 1, author: .ignored, requiredChecks: []), of: fixture.target.mesh,
      by: Signature(person: "dora", time: Timestamp(milliseconds: 1)))
    #expect(isRefused { try fixture.shift() })
    try fixture.approve(try fixture.head.number, by: "anna")
    #expect(isRefused { try fixture.shift() }, "anna made it herself")
    try fixture.approve(try fixture.head.number)
    // A later revision of somebody else needs no approval for this.
    try fixture.apply(Meshes.rule.replacing("reviews", with: "ratings"))
    try fixture.shift()
    #expect(isRefused { try fixture.promote() })
    #expect(try fixture.release.stage.weight == 5)
  }

  @Test func `an abort never waits`() throws {
    let fixture = try fixture(.always)
    #expect(isRefused { try fixture.shift() })
    try fixture.abort()
    try fixture.teardown()
  }
}
