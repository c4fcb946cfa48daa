import Foundation
import Testing

/// Tests of istio-config-validator and of router_check_tool, as they are.
@Suite struct ForeignTestsTests {
  private func run(_ suite: String) throws -> Tool.Result {
    let tool = try Tool()
    defer { tool.remove() }
    let folder = TestCommandTests.fixtures
    return try tool.run("test", "\(folder)/\(suite)", "-f", "\(folder)/rules-alone.yaml")
  }

  @Test func `a case of istio-config-validator is asked in all its combinations`() throws {
    let result = try run("validator.yaml")
    #expect(result.output.hasSuffix("13 tests: 12 passed, 1 failed\n"), "\(result.output)")
    #expect(result.output.contains("✗ wrong on purpose  "))
    #expect(result.output.contains("actual    route [{destination: {host: branch.books.svc.cluster.local}}]"))
    #expect(result.errors.contains("validator.yaml:39:3: warning: 'weather' is not carried over"))
    #expect(result.errors.contains("are stood in for"))
  }

  @Test func `a case of router_check_tool is asked with its headers and its draw`() throws {
    let result = try run("router-check.yaml")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output == "7 tests: 7 passed\n")
    #expect(result.errors.contains("'what Istio has not' is not carried over"))
    #expect(result.errors.contains("'runtime' is not carried over: Istio sets no runtime keys"))
    #expect(
      result.errors.contains("'virtual_host_name' is not carried over: Istio names virtual hosts by host and port"))
    #expect(result.errors.contains("'virtual_cluster_name' is not carried over: Istio makes no virtual clusters"))
  }

  @Test func `the older form of router_check_tool is read too`() throws {
    let result = try run("router-check-old.json")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output == "2 tests: 2 passed\n")
    #expect(result.errors.contains("'set aside' is not carried over: it asserts nothing"))
  }
}
