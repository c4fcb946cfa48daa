import Patterns
import Testing

@Suite struct PatternTests {
  private func matches(_ pattern: String, _ text: String) throws -> Bool {
    try Pattern(pattern).matches(Array(text.utf8))
  }

  @Test func `a pattern matches the whole text`() throws {
    #expect(try matches("/a.*", "/abc"))
    #expect(try !matches("a", "ba"))
    #expect(try !matches("a", "ab"))
    #expect(try matches("a|ab", "ab"))
    #expect(try matches("", ""))
    #expect(try !matches(".*", "a\nb"))
    #expect(try matches("(?s).*", "a\nb"))
    #expect(try Pattern("b").occurs(in: Array("abc".utf8)))
  }

  @Test func `a byte is a character`() throws {
    #expect(try matches("..", "é"))
    #expect(try !matches(".", "é"))
    #expect(try matches("é", "é"))
  }

  @Test func `every match is replaced and groups are put in`() throws {
    let pattern = try Pattern("/(\\w+)")
    let replaced = pattern.replacingAll(in: Array("/a/b".utf8), with: "-\\1")
    #expect(String(decoding: replaced, as: UTF8.self) == "-a-b")
    #expect(pattern.accepts(rewrite: "\\0\\1"))
    #expect(!pattern.accepts(rewrite: "\\2"))
  }

  @Test func `both spellings of a named group are known`() throws {
    #expect(try matches("(?<v>v\\d)/x", "v1/x"))
    #expect(try matches("(?P<v>v\\d)/x", "v1/x"))
    #expect(try matches("\\Q(?<v\\E", "(?<v"))
    #expect(try matches("[](?<v]+", "(?<]v"))
    #expect(try matches("\\(?<v", "<v"))
  }

  @Test func `Istio refuses what Go cannot compile`() {
    #expect(Pattern.refusal("/v[0-9]+") == nil)
    #expect(Pattern.refusal("") == .empty)
    #expect(Pattern.refusal(String(repeating: "a", count: 1024)) == nil)
    #expect(Pattern.refusal(String(repeating: "a", count: 1025)) == .tooLong(bytes: 1025, limit: 1024))
    for text in ["(?=x)", "(?<=x)", "(a", "[a", "*", "a**", "\\1", "\\C", "a{1001}", "\\"] {
      #expect(Pattern.refusal(text) != nil, "\(text)")
    }
    #expect(Pattern.refusal("\\\\C") == nil)
  }

  @Test func `a program above the limit is refused`() throws {
    let text = String(repeating: "(a|b|c)?", count: 60)
    let size = try Pattern(text).programSize
    #expect(size > 100)
    #expect(throws: PatternProblem.programTooLarge(size: size, limit: 100)) {
      try Pattern(text, programSizeLimit: 100)
    }
    #expect(throws: PatternProblem.programTooLarge(size: size, limit: size - 1)) {
      try Pattern(text, programSizeLimit: size - 1)
    }
    _ = try Pattern(text, programSizeLimit: size)
    _ = try Pattern(text, programSizeLimit: size + 1)
  }
}
