import Diagnostics
import MeshCodec
import MeshModel
import Testing

/// `CODE@line:column field` of every problem.
func findings(_ text: String, file: String = "t.yaml") -> [String] {
  readObjects(files: [(file, Array(text.utf8))]).problems.map(describe)
}

func describe(_ problem: Diagnostic) -> String {
  let place = problem.span.map { "@\($0.start.line):\($0.start.column)" } ?? ""
  return problem.field.map { "\(problem.code)\(place) \($0)" } ?? "\(problem.code)\(place)"
}

func objects(_ text: String) -> [MeshObject] { readObjects(files: [("t.yaml", Array(text.utf8))]).objects }

@Suite struct ObjectReadingTests {
  private static let virtualService = """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews}
    spec: {hosts: [reviews]}

    """

  @Test func `a namespaced object without a namespace is in default, a cluster's own in none`() {
    let text = Self.virtualService + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, namespace: x}\n"
    #expect(objects(text).map(\.id.namespace) == ["default", ""])
  }

  @Test func `empty documents are passed over`() {
    let text = "# nothing\n---\n---\n" + Self.virtualService + "---\n---\nnull\n"
    #expect(objects(text).map(\.source.line) == [4])
  }

  @Test func `a document keeps its bytes`() throws {
    let text = "---\n# by hand\n" + Self.virtualService + "---\n" + Self.virtualService
    let object = try #require(objects(text).first)
    #expect(String(decoding: object.source.text, as: UTF8.self).contains("# by hand\n" + Self.virtualService))
  }

  @Test func `the items of a list are objects of their own, where they stand`() throws {
    let text = """
      apiVersion: v1
      kind: List
      items:
      - apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: a
        spec:
          hosts: [a]   # kept
      - {apiVersion: v1, kind: Namespace, metadata: {name: b}}
      """
    let found = objects(text)
    #expect(found.map(\.id.name) == ["a", "b"])
    #expect(found.map(\.source.line) == [4, 10])
    let first = try #require(found.first)
    #expect(String(decoding: first.source.text, as: UTF8.self).hasPrefix("  apiVersion: networking"))
    #expect(place(of: "spec.hosts[0]", in: first)?.start == SourcePosition(line: 9, column: 13))
    #expect(readObject(first.source).object == first)
  }

  @Test func `an item that borrows from another by an alias is written out`() throws {
    let text = """
      apiVersion: v1
      kind: List
      items:
      - apiVersion: v1
        kind: Service
        metadata: {name: a, labels: &labels {app: x}}
        spec: {}
      - apiVersion: v1
        kind: Service
        metadata: {name: b, labels: *labels}
        spec: {}
      """
    let second = try #require(objects(text).last)
    #expect(second.metadata.labels == ["app": "x"])
    #expect(readObject(second.source).object == second)
  }

  @Test func `the items of a list of one kind need not say what they are`() throws {
    let text = """
      {"apiVersion": "networking.istio.io/v1", "kind": "SidecarList", "metadata": {},
       "items": [{"metadata": {"name": "a"}, "spec": {}}]}
      """
    let object = try #require(objects(text).first)
    #expect(object.id == ObjectID(kind: .sidecar, namespace: "default", name: "a"))
    #expect(readObject(object.source).object?.id == object.id)
  }

  @Test func `JSON objects on end are several`() {
    let one = #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}"#
    let two = #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"b"}}"#
    let found = objects(one + "\n" + two + "\n")
    #expect(found.map(\.id.name) == ["a", "b"])
    #expect(found.map { String(decoding: $0.source.text, as: UTF8.self) } == [one + "\n", two + "\n"])
  }

  @Test func `an object needs a kind, a version and a name of its own`() {
    #expect(findings("kind: Service\nmetadata: {name: a}\n") == ["DD0209@1:1"])
    #expect(findings("apiVersion: v1\nmetadata: {name: a}\n") == ["DD0208@1:1"])
    #expect(findings("apiVersion: v1\nkind: Service\nmetadata: {}\n") == ["DD0210@3:11"])
    #expect(findings("apiVersion: v1\nkind: Service\nmetadata: {generateName: a-}\n") == ["DD0211@3:26"])
    #expect(findings("apiVersion: v1\nkind: Service\nmetadata: {name: 7}\n") == ["DD0201@3:18 metadata.name"])
    #expect(findings("- 1\n") == ["DD0201@1:1"])
  }

  @Test func `a version that a known kind never had is an error, an unknown kind is kept`() throws {
    let wrong = "apiVersion: networking.istio.io/v2\nkind: Sidecar\nmetadata: {name: a}\n"
    #expect(findings(wrong) == ["DD0212@1:13"])
    let unknown =
      "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a, namespace: far}\nspec: {x: [1, 2.5, null]}\n"
    #expect(findings(unknown) == ["DD0213@2:7"])
    let object = try #require(objects(unknown).first)
    #expect(object.id.namespace == "far")
    guard case .opaque(let value) = object.content else { throw UnexpectedContent() }
    #expect(value["spec"]?["x"] == .array([.integer(1), .number(2.5), .null]))
  }

  @Test func `a kind that an Istio group does not have is warned of, with the one that was meant`() throws {
    let text = "apiVersion: security.istio.io/v1\nkind: AuthorisationPolicy\nmetadata: {name: a}\n"
    let problems = readObjects(files: [("t.yaml", Array(text.utf8))]).problems
    #expect(problems.map(describe) == ["DD0218@2:7"])
    #expect(problems.first?.message.en.hasSuffix("did you mean 'AuthorizationPolicy'?") == true)
    #expect(objects(text).count == 1)
  }

  @Test func `an object that is given twice is an error that names both places`() {
    let files = [
      ("a.yaml", Array(("---\n" + Self.virtualService).utf8)), ("b.yaml", Array(Self.virtualService.utf8)),
    ]
    let (objects, problems) = readObjects(files: files)
    #expect(objects.count == 1)
    #expect(problems.map(\.code) == ["DD0214"])
    #expect(problems.first?.span?.file == "b.yaml")
    #expect(problems.first?.message.en.contains("a.yaml:2") == true)
  }

  @Test func `an object with an error is left out and all its errors are told`() {
    let text = """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews}
      spec:
        hosts: reviews
        http:
        - timeout: 5
          route: [{destination: {host: true}, weight: "1"}]
      """
    #expect(objects(text).isEmpty)
    #expect(
      findings(text) == [
        "DD0201@5:10 spec.hosts", "DD0201@7:14 spec.http[0].timeout",
        "DD0201@8:34 spec.http[0].route[0].destination.host", "DD0201@8:49 spec.http[0].route[0].weight",
      ])
  }

  @Test func `times of creation are seconds, whatever their zone`() throws {
    func seconds(_ text: String) -> Int64? {
      objects("apiVersion: v1\nkind: Pod\nmetadata: {name: a, creationTimestamp: \(text)}\n").first?.metadata
        .creationTime
    }
    #expect(seconds("1970-01-01T00:00:00Z") == 0)
    #expect(seconds("2024-02-29T23:59:59Z") == 1_709_251_199)
    #expect(seconds("\"2024-03-01T01:29:59.25+01:30\"") == 1_709_251_199)
    #expect(seconds("null") == nil)
    #expect(
      findings("apiVersion: v1\nkind: Pod\nmetadata: {name: a, creationTimestamp: yesterday}\n")
        == ["DD0215@3:40 metadata.creationTimestamp"])
  }

  @Test func `canonical bytes are the same for the same meaning`() throws {
    let a = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80.0}], x: yes}\n"
    let b =
      "# other\nkind: \"Service\"\nspec:\n  x: true\n  ports:\n  - port: 8e1\nmetadata:\n  name: a\napiVersion: v1\n"
    let first = canonicalBytes(of: try #require(objects(a).first))
    #expect(first == canonicalBytes(of: try #require(objects(b).first)))
    let canonical =
      #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}],"x":true}}"#
    #expect(String(decoding: first, as: UTF8.self) == canonical)
  }

  @Test func `a field is found where it stands, one that is absent at its nearest ancestor`() throws {
    let text = "---\n# head\n" + Self.virtualService
    let object = try #require(objects(text).first)
    #expect(place(of: "spec.hosts[0]", in: object)?.start == SourcePosition(line: 6, column: 16))
    #expect(place(of: "spec.http[0].match[1]", in: object)?.start == SourcePosition(line: 6, column: 1))
  }
}

struct UnexpectedContent: Error {}
