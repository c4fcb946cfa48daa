import Diagnostics
import Testing
import YAML

@Suite struct ProblemTests {
  struct Case: Sendable {
    var text: String
    var problems: [String]
    init(_ text: String, _ problems: [String]) {
      self.text = text
      self.problems = problems
    }
  }

  static let cases: [Case] = [
    Case("a: 1\nb: [1, 2\nc: 3\n", ["DD0101@3:2"]),
    Case("a:\n\tb: 1\n", ["DD0101@2:1"]),
    Case("a: @x\n", ["DD0101@1:4"]),
    Case("a: \"x\n", ["DD0101@2:1"]),
    Case("a: b: c\n", ["DD0101@1:5"]),
    Case("é: x\u{7}\n", ["DD0101@1:6"]),
    Case("a: 1\n---\nb: \u{7F}\n", ["DD0101@3:4"]),
    Case("a: 1\nb: 2\n\"a\": 3\n", ["DD0104@3:1"]),
    Case("1: a\n\"1\": b\n", ["DD0104@2:1"]),
    Case("e\u{301}: 1\né: 2\n", []),
    Case("a: *x\n", ["DD0105@1:4"]),
    Case("a: &x [*x]\n", ["DD0105@1:8"]),
    Case("a: &x 1\n---\na: *x\n", ["DD0105@3:4"]),
    Case("a: !!int x\n", ["DD0109@1:4"]),
    Case("a: !!binary aGk=\n", []),
    Case("a: !!binary /w==\n", ["DD0109@1:4"]),
    Case("a: !Ref x\n", ["DD0110@1:4"]),
    Case("a: !Ref {}\n", ["DD0110@1:4"]),
    Case("[a]: 1\n", ["DD0111@1:1"]),
    Case("~: 1\n", ["DD0111@1:1"]),
    Case("<<: 1\n", ["DD0112@1:5"]),
    Case("a: &x [{}]\nb: {<<: *x}\n", ["DD0112@2:9"]),
    Case("a: .inf\n", ["DD0113@1:4"]),
    Case(".inf: a\n", []),
    Case("{\"a\": 1,}", []),
    Case("{\"a\": \"\\q\"}", ["DD0101@1:8"]),
    Case("{\"a\": \"\\ud83d\"}", ["DD0101@1:8"]),
    Case("{\"a\": 01}\n", []),
    Case("{\"a\": 1", ["DD0101@1:8"]),
    Case("{\"a\": 1, \"a\": 2}", ["DD0104@1:10"]),
    Case("", []),
    Case("# only\n---\n---\n# more\n", []),
  ]

  @Test(arguments: cases) func `a problem has a code and a place`(item: Case) {
    #expect(codes(item.text) == item.problems, "\(item.text)")
  }

  @Test func `what is no UTF-8 is refused at the byte`() {
    let cases: [([UInt8], Int)] = [
      ([0x61, 0x3A, 0x20, 0xFF], 4), ([0xC0, 0x80], 1), ([0x61, 0xED, 0xA0, 0x80], 2), ([0xE2, 0x82], 1),
      ([0xF5, 0x80, 0x80, 0x80], 1),
    ]
    for (bytes, column) in cases {
      let problems = parseYAML(bytes, file: "t", limits: .standard).problems
      #expect(problems.map(\.code) == ["DD0102"])
      #expect(problems.first?.span?.start == SourcePosition(line: 1, column: column))
    }
    let problems = parseYAML([0xFF, 0xFE, 0x61, 0], file: "t", limits: .standard).problems
    #expect(problems.map(\.code) == ["DD0102"])
    #expect(parseYAML([0xEF, 0xBB, 0xBF, 0x61], file: "t", limits: .standard).problems == [])
  }

  @Test func `a problem says what is wrong and what would be right`() {
    func message(_ text: String) -> String { read(text).problems.first.map { $0.message.en } ?? "" }
    #expect(message("a:\n\tb: 1\n") == "a tab cannot indent; use spaces")
    #expect(
      message("b: [1, 2\nc: 3\n")
        == "the list is not closed; expected ',' or ']', in a list in brackets that begins at line 1, column 4")
    #expect(message("a: 1\na: 2\n") == "key 'a' is already set at line 1, column 1; remove one of the two")
    #expect(message("{\"a\" 1}") == "this is no JSON: found '1', expected ':' after the key")
  }

  @Test func `an exotic line break of YAML 1.1 is no line to an editor`() {
    #expect(codes("a: \"x\u{2028}\ny\u{85}z\"\nb: *x\n") == ["DD0105@3:4"])
    #expect(codes("# \u{2028}\nb: *x\n") == ["DD0105@2:4"])
    #expect(codes("a: 1\r\nb: *x\r\n---\r\nc: *x\r\n") == ["DD0105@2:4", "DD0105@4:4"])
  }
}
