import MeshModel
import RoutingTests
import Testing
import Workbench

/// The safety net that is written before a refactoring, over the recorded meshes.
@Suite struct GeneratedSuiteTests {
  private static let forms = TestJob.Forms(json: { _, _ in .null }, explanation: { _, _, _, _ in [] })
  private static let groups: Set = [
    "bookinfo-like", "http-match", "http-delegate", "http-order", "gateway", "tls", "tcp",
  ]

  @Test func `a generated suite passes, reaches every rule that can be reached, and is the same every time`() throws {
    var tests = 0
    for recorded in RecordedCase.all(in: "conformance") where Self.groups.contains(recorded.group) {
      let objects = try recorded.objects()
      let product = generated(objects)
      #expect(product.text == generated(objects).text, "\(recorded.name)")
      #expect(product.unwritten.isEmpty, "\(recorded.name): \(product.unwritten)")
      if product.count == 0 { continue }
      let read = readTests(product.text, file: "suite.yaml")
      #expect(read.problems.isEmpty, "\(recorded.name)")
      let worlds = TestWorlds(now: 1_780_000_000) { _, _ in .success(objects) }
      let results = TestJob(worlds, forms: Self.forms).run(read.suite.cases)
      #expect(TestTally(results).isGood, "\(recorded.name)")
      let coverage = CoverageJob.coverage(results, worlds)
      let missed = coverage.missed.filter { $0.unreachable == nil && ($0.kind == .rule || $0.kind == .match) }
      #expect(missed.isEmpty, "\(recorded.name): \(missed.map(\.origin.field))")
      tests += results.count
    }
    #expect(tests > 500)
  }

  private func generated(_ objects: [MeshObject]) -> GenerateJob.Product {
    let session = SimulationSession(Snapshot(objects), now: 1_780_000_000)
    return GenerateJob(session).product(of: nil, forms: Self.forms, heading: ["now"])
  }
}
