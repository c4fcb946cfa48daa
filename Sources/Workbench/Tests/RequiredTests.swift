import Diagnostics
package import History
import MeshModel
package import RoutingTests
package import Storage

/// The check that tests kept with a mesh answer: a policy may require it by its name.
package enum RequiredTests {
  package static let name = "tests"
}

extension MeshStore {
  /// How the tests of a revision come out on it; empty where it has none.
  package func testResults(at number: RevisionNumber, now: Int64) throws(StoreError) -> [TestResult] {
    let objects = try objects(at: number)
    guard objects.contains(where: { $0.id.kind == .routingTest }) else { return [] }
    let none = TestJob.Forms(json: { _, _ in .null }, explanation: { _, _, _, _ in [] })
    return StoredTests.results(
      of: objects,
      earlier: { _, revision in
        do throws(StoreError) {
          guard let name = revision, let number = try self.revision(named: name) else {
            throw .unknownRevision(self.mesh, RevisionNumber(0))
          }
          return .success(try self.objects(at: number))
        } catch {
          return .failure(TestWorlds.WorldProblem(error.message))
        }
      }, forms: testForms ?? none, now: now)
  }

  /// nil where the policy does not ask for tests, or the revision has none: then others say how they came out.
  func requiredTestResult(at number: RevisionNumber, by signature: Signature) throws(StoreError) -> CheckResult? {
    guard try store.policy(of: mesh).requiredChecks.contains(RequiredTests.name) else { return nil }
    return try testCheck(at: number, try testResults(at: number, now: signature.time.milliseconds / 1_000), signature)
  }

  /// What is recorded of a run of tests; nil for none.
  package func testCheck(
    at number: RevisionNumber, _ results: [TestResult], _ signature: Signature
  ) throws(StoreError) -> CheckResult? {
    guard !results.isEmpty else { return nil }
    let tally = TestTally(results)
    let revision = try store.revision(number, of: mesh)
    var detail = "\(tally.passed) of \(tally.total) passed"
    let bad = results.filter { !$0.isPassed }.map(\.test.name)
    if !bad.isEmpty { detail += ": " + bad.prefix(5).joined(separator: ", ") + (bad.count > 5 ? ", …" : "") }
    return CheckResult(
      mesh: mesh, revision: number, digest: revision.digest, name: RequiredTests.name,
      outcome: tally.isGood ? .passed : .failed, detail: detail, actor: signature.person, time: signature.time)
  }
}
