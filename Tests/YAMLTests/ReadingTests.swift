import Diagnostics
import Testing
import YAML

func read(_ text: String, limits: YAMLLimits = .standard) -> (documents: [YAMLDocument], problems: [Diagnostic]) {
  parseYAML(Array(text.utf8), file: "t.yaml", limits: limits)
}

func json(_ text: String) -> [String] {
  read(text).documents.map { String(decoding: JSONText.bytes(of: $0.node), as: UTF8.self) }
}

/// Code and place of every problem, such as `DD0104@3:1`.
func codes(_ text: String, limits: YAMLLimits = .standard) -> [String] {
  read(text, limits: limits).problems.map {
    "\($0.code)@\($0.span?.start.line ?? 0):\($0.span?.start.column ?? 0)"
  }
}

@Suite struct ReadingTests {
  @Test func `a document is a tree whose nodes know where they stand`() throws {
    let text = """
      # header
      apiVersion: v1
      spec:
        http:
        - match:
          - uri: {exact: /a}
          - uri: {prefix: "/é/x"}
            name: é
        portLevel:
          3000: {mode: STRICT}
      metadata:
        labels: {app.kubernetes.io/name: web}
      """
    let reading = read(text)
    #expect(reading.problems == [])
    let document = try #require(reading.documents.first)
    #expect(document.text == text)
    let root = document.node
    #expect(root["apiVersion"]?.string == "v1")
    let uri = try #require(root.at("spec.http[0].match[1].uri.prefix"))
    #expect(uri.node.start == Mark(line: 7, column: 21))
    #expect(uri.node.end == Mark(line: 7, column: 28))
    #expect(uri.entry?.nameStart == Mark(line: 7, column: 13))
    #expect(root.at("spec.http[0].match[1].name")?.node.end == Mark(line: 8, column: 15))
    #expect(root.at("spec.portLevel[3000].mode")?.node.string == "STRICT")
    #expect(root.at("metadata.labels[app.kubernetes.io/name]")?.node.string == "web")
    #expect(root.at("spec.http[2]") == nil)
    #expect(root.nearest("spec.http[0].route").node.start.line == 5)
    #expect(root["spec"]?["http"]?.end == Mark(line: 8, column: 15))
  }

  @Test func `every document of a stream comes with its own text and comments`() {
    let text = "# licence\n---\n# a\na: 1\n--- # b\nb: 2\n---\n\n# nothing\n---\nc: 3\n...\n---\nd: 4\n# tail\n"
    let documents = read(text).documents
    #expect(documents.map(\.text) == ["# licence\n---\n# a\na: 1\n", "--- # b\nb: 2\n", "c: 3\n", "d: 4\n# tail\n"])
    #expect(documents.map(\.start.line) == [1, 5, 11, 14])
    #expect(documents.map(\.node.start.line) == [4, 6, 11, 14])
  }

  @Test func `a syntax error does not hide what follows`() {
    let text = "a: [1\n---\nb: 1\nb: 2\n---\nc: {\n---\nd: *x\n"
    #expect(codes(text) == ["DD0101@2:1", "DD0104@4:1", "DD0101@7:1", "DD0105@8:4"])
    #expect(read(text).documents.count == 2)
  }

  @Test func `JSON is read as JSON`() {
    #expect(
      json(#"{"a":"\/\ud83d\ude00\u00e9\n","b":[1,-2.5e3,true,null],"a b":{}}"#) == [
        #"{"a":"/😀é\n","b":[1,-2500,true,null],"a b":{}}"#
      ])
    #expect(json("{\"a\"\t:\t1}\n{\"b\":2}") == [#"{"a":1}"#, #"{"b":2}"#])
    #expect(json("{a: 1, b: [x, z]}") == [#"{"a":1,"b":["x","z"]}"#])
    #expect(codes("{\"a\": 1,\n \"b\" 2}") == ["DD0101@2:6"])
  }

  @Test func `aliases and merge keys are expanded`() {
    #expect(
      json("a: &x {p: 1, q: 2}\nb: *x\nc: {<<: *x, p: 3}\n") == [
        #"{"a":{"p":1,"q":2},"b":{"p":1,"q":2},"c":{"p":3,"q":2}}"#
      ])
  }

  @Test(arguments: 0..<400) func `any text ends in documents or problems`(seed: Int) {
    var random = SeededRandom(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 3)
    let starts = ["", "{", "[", "- ", "a: ", "---\n", "{\"a\":"]
    let text = starts[random.next(below: starts.count)] + (0..<12).map { _ in random.text() }.joined()
    let bytes = Array(text.utf8)
    let reading = parseYAML(bytes, file: "t", limits: .standard)
    for document in reading.documents {
      #expect(bytes[document.bytes.indices].elementsEqual(document.bytes))
      #expect(document.node.start <= document.node.end)
    }
    let lines = text.utf8.filter { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.count + 1
    for problem in reading.problems {
      #expect((1...lines).contains(problem.span?.start.line ?? 0))
    }
    // Half a text is a text as well.
    _ = parseYAML(Array(bytes.prefix(bytes.count / 2)), file: "t", limits: .standard)
  }
}
