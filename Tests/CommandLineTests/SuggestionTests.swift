import Foundation
import Testing

/// What somebody who mistyped is told.
@Suite struct SuggestionTests {
  private static let mesh = """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: shop}
    spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}
    """

  struct Case: CustomTestStringConvertible, Sendable {
    var words: String
    var expected: String
    var testDescription: String { words }
  }

  static let cases = [
    Case(words: "sim", expected: "did you mean 'drydock simulate'?"),
    Case(words: "aply", expected: "did you mean 'drydock apply'?"),
    Case(words: "review aprove", expected: "did you mean 'drydock review approve'?"),
    Case(words: "apply --dry", expected: "did you mean '--dry-run'?"),
    Case(words: "apply mesh/", expected: "did you mean 'drydock apply -f mesh/'?"),
    Case(words: "get vs -o yml", expected: "did you mean 'yaml'?"),
    Case(words: "get virtualservce", expected: "did you mean 'virtualservice"),
    Case(words: "get vs revews -n shop", expected: "did you mean 'reviews'?"),
    Case(words: "get vs reviews", expected: "there is one in namespace 'shop': -n shop"),
    Case(words: "get vs", expected: "-A shows 1 in others"),
    Case(words: "get vs --store nowhere.db", expected: "'drydock init' makes one"),
    Case(words: "--lang fr get vs", expected: "expected one of: en, zh"),
  ]

  @Test(arguments: cases)
  func `a slip is answered with what was meant`(slip: Case) throws {
    let tool = try Tool()
    defer { tool.remove() }
    _ = try tool.run("apply", "-f", try tool.write("mesh.yaml", Self.mesh))
    let result = try tool.run(arguments: slip.words.split(separator: " ").map(String.init))
    #expect(result.errors.contains(slip.expected), "\(result.errors)")
  }
}
