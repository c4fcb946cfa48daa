import Foundation
import Testing

@Suite struct RouteCommandTests {
  /// The rows of the handbook's table of routes.
  private static let verbs = [
    "add", "get", "list", "delete", "update", "sort", "ports", "transform", "apply", "create", "insert", "sni",
  ]

  private static func shop() throws -> Tool {
    let tool = try Tool()
    let mesh = Session.root.appending(path: "editing/route/mesh.yaml").path
    let applied = try tool.run("apply", "-f", mesh, "-m", "first")
    #expect(applied.status == 0, "\(applied.errors)")
    return tool
  }

  @Test(arguments: ["http", "tls", "tcp"])
  func `every row of the handbook's table works on a mesh`(kind: String) throws {
    let session = try Session("editing/route/\(kind).session")
    for verb in Self.verbs {
      #expect(session.steps.contains { $0.command.hasPrefix("drydock route \(kind) \(verb) ") }, "\(verb)")
    }
    let tool = try Self.shop()
    defer { tool.remove() }
    try session.check(on: tool)
  }

  @Test func `a dry run shows what would be stored and stores nothing`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let edit = ["route", "http", "update", "reviews", "rest", "-n", "shop", "--timeout", "3s"]
    let before = try tool.run("history", "-o", "json").output
    let dry = try tool.run(arguments: edit + ["--dry-run"])
    #expect(dry.status == 0 && dry.output.contains("+    timeout: 3s"))
    #expect(dry.output.contains("timeout: none → 3000ms"))
    #expect(try tool.run("history", "-o", "json").output == before)
    let real = try tool.run(arguments: edit + ["-o", "yaml"])
    #expect(real.output == (try tool.run("get", "vs", "reviews", "-n", "shop", "-o", "yaml").output))
    #expect(real.output.contains("# by login") && real.output.contains("# Everybody else."))
    #expect(try tool.run("history").output.contains("route http update shop/reviews rest: timeout"))
  }

  @Test func `requests of tests that are kept with the mesh are asked too`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let tests = try tool.write(
      "tests.yaml",
      """
      apiVersion: drydock.dev/v1
      kind: RoutingTest
      metadata: {name: reviews, namespace: shop}
      spec:
        tests:
        - name: books of everybody
          when: {from: web, url: 'http://reviews:9080/books'}
          then: {distribution: {v1: 90%, v2: 10%}}
      """)
    #expect(try tool.run("apply", "-f", tests).status == 0)
    let edit = [
      "route", "http", "add", "reviews", "-n", "shop", "--uri", "prefix:/books", "--to", "reviews/v2", "--dry-run",
    ]
    let shown = try tool.run(arguments: edit).output
    #expect(shown.contains("GET http://reviews:9080/books, from shop/web [test 'shop/reviews: books of everybody']"))
    #expect(shown.contains("→ reviews.shop:9080 v2"))
    let json = try tool.run(arguments: edit + ["-o", "json"]).output
    for key in ["objects", "introduced", "fixed", "requests"] { #expect(json.contains("\"\(key)\": [")) }
    #expect(json.contains("\"dryRun\": true") && json.contains("books of everybody"))
    #expect(
      try tool.run(arguments: edit + ["--lang", "zh"]).output.contains("[测试 'shop/reviews: books of everybody']"))
  }

  @Test func `rules that share a name are edited by their places`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let twice = try tool.write(
      "twice.yaml",
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: twice, namespace: shop}
      spec:
        hosts: [ratings]
        http:
        - {name: one, match: [{uri: {prefix: /a}}], route: [{destination: {host: ratings}}]}
        - {name: one, match: [{uri: {prefix: /b}}], route: [{destination: {host: ratings}}]}
      """)
    #expect(try tool.run("apply", "-f", twice).status == 0)
    let edit = ["route", "http", "update", "twice", "-n", "shop"]
    #expect(try tool.run(arguments: edit + ["one", "--timeout", "1s"]).errors.contains("http[0], http[1]"))
    #expect(try tool.run(arguments: edit + ["1", "--timeout", "1s"]).output.contains("timeout: none → 1000ms"))
    #expect(try tool.run(arguments: edit + ["1", "--name", "two"]).status == 0)
    #expect(try tool.run(arguments: edit + ["1", "--uri", "prefx:/a"]).errors.contains("not 'prefx:/a'"))
    #expect(try tool.run(arguments: edit + ["two", "--name", "one"]).status == 1)
  }

  @Test(arguments: ["route http", "fuse", "expose"])
  func `an object of a file goes where -n says, unless the file says something else`(command: String) throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let specs = [
      "route http": "VirtualService, spec: {hosts: [a.example.com], http: [{route: [{destination: {host: ratings}}]}]}",
      "fuse": "DestinationRule, spec: {host: b, trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}}}}",
      "expose":
        "Gateway, spec: {selector: {a: b}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com]}]}",
    ]
    func text(_ metadata: String) -> String {
      "{apiVersion: networking.istio.io/v1, metadata: {\(metadata)}, kind: \(specs[command] ?? "")}  # mine\n"
    }
    let bare = try tool.write("bare.yaml", text("name: fresh"))
    let placed = try tool.write("placed.yaml", text("name: fresh, namespace: elsewhere"))
    let apply = command.split(separator: " ").map(String.init) + ["apply", "--dry-run", "-n", "shop", "-f"]
    let found = try tool.run(arguments: apply + [bare])
    #expect(found.output.contains("+++") && found.output.contains(" shop/fresh"), "\(found)")
    let refused = try tool.run(arguments: apply + [placed])
    #expect(refused.status == 1 && refused.errors.contains("namespace 'elsewhere' in the file"), "\(refused)")
  }

  @Test func `an edit that changes nothing makes no revision`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let result = try tool.run("route", "http", "update", "reviews", "rest", "-n", "shop", "--weight", "v1=90")
    #expect(result.status == 0 && result.output.contains("nothing to change"))
    #expect(try !tool.run("history").output.contains("route http"))
  }

  @Test func `an edit prepared on an older revision is refused`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let edit = ["route", "http", "update", "reviews", "rest", "-n", "shop", "--base", "1", "--timeout"]
    #expect(try tool.run(arguments: edit + ["3s"]).status == 0)
    let late = try tool.run(arguments: edit + ["4s"])
    #expect(late.status == 1 && late.errors.contains("revision 2"), "\(late.errors)")
  }

  /// What is typed behind `drydock route http`, and what of the answer people will look for.
  private static let refusals: [(words: String, en: String, zh: String)] = [
    (
      "update reviews rest --weight v1=90 --weight v2=20", "weights of a route add up to 100, these make 110",
      "之和应为 100"
    ),
    ("update reviews rest --to reviews/v1 --to reviews/v2", "each of 2 destinations needs a weight", "都需要权重"),
    ("update reviews rest --weight v3=10", "no destination of the route is 'v3'", "没有目标 'v3'"),
    ("update reviews rest --timeout soon", "timeout is a duration such as '5s'", "应为时长"),
    ("update reviews rest --retries many", "retries.attempts is a whole number from 0", "整数"),
    ("update reviews rest --delay 2s@150", "percentage from 0 to 100", "百分比"),
    ("update reviews rest --port 99999", "port is a whole number from 1 to 65535", "1 到 65535"),
    ("update reviews rest --unset mirror", "has no 'mirror'", "没有 'mirror'"),
    ("update reviews nobody --timeout 1s", "no http rule is 'nobody'; there are: jason, rest", "没有名为 'nobody'"),
    ("update reviews 7 --timeout 1s", "places are 0 to 1", "位置为 0 到 1"),
    ("update reviews rest", "say what to change", "请说明要修改的内容"),
    ("update reviews rest --or --method GET", "http[1] takes everything, and one more match would narrow it", "会缩小范围"),
    ("update reviews jason --unset match.headers.end-user", "would have no condition left and take everything", "匹配全部"),
    ("add reviews --name rest --to reviews", "is named 'rest' already", "已命名为 'rest'"),
    ("add reviews --name x", "a cluster would refuse this", "集群会拒绝"),
    ("create reviews --to reviews", "there is a VirtualService shop/reviews already", "已存在"),
    ("delete reviews jason rest", "leaves VirtualService shop/reviews without any rule", "没有任何规则"),
    ("delete review jason", "did you mean 'reviews'", "是否指 'reviews'"),
    ("insert reviews --to reviews", "say where", "请指明位置"),
  ]

  @Test(arguments: refusals.map(\.words))
  func `a refusal speaks of the field, in both languages, and stores nothing`(words: String) throws {
    let expected = try #require(Self.refusals.first { $0.words == words })
    let tool = try Self.shop()
    defer { tool.remove() }
    let typed = ["route", "http"] + Session.words(words) + ["-n", "shop"]
    let english = try tool.run(arguments: typed)
    #expect(english.status != 0 && english.errors.contains(expected.en), "\(english.errors)")
    let chinese = try tool.run(arguments: typed + ["--lang", "zh"])
    #expect(chinese.status != 0 && chinese.errors.contains(expected.zh), "\(chinese.errors)")
    #expect(try tool.run("history", "-o", "json").output.contains("\"revision\": 2") == false)
  }

  @Test func `a rule of several matches is changed where it is said`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    func update(_ words: String) throws -> Tool.Result {
      try tool.run(arguments: ["route", "http", "update", "reviews", "jason", "-n", "shop"] + Session.words(words))
    }
    #expect(try update("--or --uri prefix:/beta").status == 0)
    let unclear = try update("--method GET")
    #expect(unclear.status == 1 && unclear.errors.contains("has 2 matches; say which with --match 0 to 1"))
    #expect(try update("--match 1 --method GET --query a=b --without-header x-old").status == 0)
    let rule = try tool.run("route", "http", "list", "reviews", "-n", "shop").output
    #expect(
      rule.contains("header end-user=jason or path /beta*, GET, not header x-old, query a=b"), "\(rule)")
    #expect(try update("--match 1 --unset match.queryParams.a --unset match.withoutHeaders").status == 0)
    #expect(try update("--or --authority books --ignore-uri-case true --match-gateway mesh").status == 0)
    #expect(try update("--match 1 --unset match").status == 0)
    #expect(
      try tool.run("route", "http", "list", "reviews", "-n", "shop").output.contains(
        "header end-user=jason or host books, at mesh"))
    #expect(try update("--any").status == 0)
    #expect(
      try tool.run("route", "http", "get", "reviews", "0", "-n", "shop").output.contains("everything → reviews/v2"))
  }
}
