import Diagnostics
import Testing
import YAML

private func yaml(_ node: Node) -> String { String(decoding: YAMLText.bytes(of: node), as: UTF8.self) }

@Suite struct WritingTests {
  @Test func `there is one style`() {
    let route = Node.mapping([("host", .string("a.b")), ("weight", .int(10))])
    let spec = Node.mapping([
      ("hosts", .sequence([.string("*"), .string("10.0.0.1")])),
      ("http", .sequence([.mapping([("route", .sequence([route]))])])),
      ("nested", .sequence([.sequence([.int(1), .sequence([])]), .mapping([])])), ("lua", .string("a\n b\n")),
      ("list", .sequence([.string("x\ny"), .null])),
    ])
    let node = Node.mapping([("kind", .string("T")), ("spec", spec), ("on", .bool(true)), ("f", .float(0.5))])
    #expect(
      yaml(node) == """
        kind: T
        spec:
          hosts:
          - "*"
          - 10.0.0.1
          http:
          - route:
            - host: a.b
              weight: 10
          nested:
          - - 1
            - []
          - {}
          lua: |
            a
             b
          list:
          - |-
            x
            y
          - null
        "on": true
        f: 0.5

        """)
  }

  @Test(
    arguments: [
      "", " ", "a ", " a", "on", "y", "null", "~", "1e3", "0o7", "0x1F", "1_000", "2001-12-14", "1:30", ".inf", "a: b",
      "a:",
      "a #b", "#a", "- a", "-", "--- a", "... a", "? a", "*a", "&a", "!a", "|", ">", "'a'", "\"a\"", "%a", "@a", "`a",
      "{a}",
      "[a]", "<<", "=", "a\tb", "\u{7}", "a\u{85}b", "a\u{2028}b", "\u{FEFF}a", "a\r\nb", " a\nb", "\n", "\n\n",
    ]) func `what would mean something else is quoted`(text: String)
  {
    #expect(yaml(.string(text)).utf8.first == UInt8(ascii: "\""))
    #expect(read(yaml(.string(text))).documents.first?.node.string == text)
  }

  @Test(
    arguments: [
      "a", "a b", "-c", "-flag", "a:b", "http://x:80/y?z=1#a", "10.0.0.0/8", "1.2.3", "5s",
      "100m", "a\"b",
      "it's", "é", "日本", "😀", "a, b", "cluster.local/ns/*/sa/x", "1f", "v1", "nil", "Yes!",
    ]) func `what is plain text is not quoted`(text: String)
  {
    #expect(yaml(.string(text)) == text + "\n")
    #expect(read(yaml(.string(text))).documents.first?.node.string == text)
  }

  @Test(arguments: 0..<300) func `what is written reads back`(seed: Int) throws {
    var random = SeededRandom(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let node = random.node(depth: 4)
    let text = YAMLText.bytes(of: node)
    let reading = parseYAML(text, file: "t", limits: .standard)
    #expect(reading.problems == [], "\(String(decoding: text, as: UTF8.self))")
    let back = try #require(reading.documents.first?.node)
    #expect(back.hasSameValue(as: node), "\(String(decoding: text, as: UTF8.self))")
    #expect(YAMLText.bytes(of: back) == text)

    // A text alone is no JSON object: it would be read as YAML.
    let wrapped = Node.sequence([node])
    let json = parseYAML(JSONText.bytes(of: wrapped), file: "t", limits: .standard)
    #expect(json.problems == [])
    #expect(json.documents.first?.node.hasSameValue(as: wrapped) == true)
  }
}
