import MeshModel
import ProxyModel
import Testing
import Translation

@Suite struct DelegateTests {
  private func merged(root: String, delegate: String) -> [ResolvedHTTPRule] {
    let mesh = Mesh(
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: root, namespace: mall}
      spec:
        hosts: [mall.example.com]
        http:
        - name: front
          delegate: {name: leaf, namespace: books}
      \(Self.indented(root))
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: leaf, namespace: books}
      spec:
        http:
      \(Self.indented(delegate))
      """)
    return mesh.translator.httpRules
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
  }

  @Test func `every match of a merged rule names the delegate's place and the root's`() {
    let rules = merged(
      root: "match: [{uri: {prefix: /books}}, {uri: {prefix: /old}}]",
      delegate: "- match: [{uri: {prefix: /books/new}}]\n  route: [{destination: {host: shelf}}]")
    #expect(rules.count == 1)
    #expect(rules[0].matchOrigins.map(\.field) == ["spec.http[0].match[0]"])
    #expect(rules[0].matchOrigins.map(\.object.name) == ["leaf"])
    #expect(rules[0].delegatedBy.map(\.field) == ["spec.http[0].match[0]"])
    #expect(rules[0].rule.route[0].destination.host == "shelf.books.svc.cluster.local")
    #expect(rules[0].rule.name == "front")
  }

  @Test func `a rule without matches takes the root's`() {
    let rules = merged(
      root: "match: [{uri: {prefix: /a}}, {uri: {prefix: /b}}]", delegate: "- route: [{destination: {host: shelf}}]")
    #expect(rules[0].rule.match.count == 2)
    #expect(rules[0].matchOrigins.map(\.field) == ["spec.http[0]", "spec.http[0]"])
    #expect(rules[0].delegatedBy.map(\.field) == ["spec.http[0].match[0]", "spec.http[0].match[1]"])
  }

  @Test func `one match that fits no root match drops its rule but not its neighbours`() {
    let rules = merged(
      root: "match: [{uri: {prefix: /books}}]",
      delegate: """
        - match: [{uri: {prefix: /books/a}}, {uri: {prefix: /films}}]
          route: [{destination: {host: shelf}}]
        - match: [{uri: {exact: /books/b}}]
          route: [{destination: {host: shelf}}]
        """)
    #expect(rules.map(\.origin.field) == ["spec.http[1]"])
  }

  @Test func `what the delegate leaves open comes from the root and says so`() {
    let rules = merged(
      root: "timeout: 3s\nretries: {attempts: 5}",
      delegate: "- route: [{destination: {host: shelf}}]\n  retries: {attempts: 1}")
    #expect(rules[0].rule.timeout?.nanoseconds == 3_000_000_000)
    #expect(rules[0].rule.retries?.attempts == 1)
    #expect(rules[0].origin(ofField: "timeout").object.name == "root")
    #expect(rules[0].origin(ofField: "retries").object.name == "leaf")
    #expect(rules[0].ruleDelegatedBy?.field == "spec.http[0]")
  }

  private func uri(_ condition: MatchCondition) -> HTTPMatchRequest {
    var match = HTTPMatchRequest()
    match.uri = condition
    return match
  }

  @Test(arguments: [
    (StringMatch.prefix("/a"), StringMatch.prefix("/a/b"), false), (.prefix("/a/b"), .prefix("/a"), true),
    (.prefix("/a"), .exact("/a/b"), false), (.exact("/a"), .prefix("/a"), true), (.exact("/a"), .exact("/a"), false),
    (.regex("/a"), .regex("/a"), true), (.prefix("/a"), .regex("/a.*"), true), (.prefix("/a"), .exact(""), true),
  ])
  func `a delegate's condition must stay within the root's`(root: StringMatch, leaf: StringMatch, conflicts: Bool) {
    #expect(DelegateConflict.exists(root: uri(.string(root)), delegate: uri(.string(leaf))) == conflicts)
  }

  @Test func `ignoring letter case on one side only is a conflict`() {
    var leaf = HTTPMatchRequest()
    leaf.ignoreUriCase = true
    #expect(DelegateConflict.exists(root: HTTPMatchRequest(), delegate: leaf))
  }

  @Test func `a root's source namespace must be repeated`() {
    var root = HTTPMatchRequest()
    root.sourceNamespace = "shop"
    #expect(DelegateConflict.exists(root: root, delegate: HTTPMatchRequest()))
    #expect(!DelegateConflict.exists(root: root, delegate: root))
  }
}
