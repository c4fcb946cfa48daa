import Patterns
import RequestSpace
import Testing

@Suite struct PatternExamplesTests {
  @Test(arguments: [
    "/api/v[0-9]+/.*", "^(a|b)\\d{3}$", "(?i)foo.*bar", "[^/]+", "/users/[a-z0-9-]{8,}/x?", ".*\\.(png|jpg)$", "a{2}",
    "(?P<x>ab)+c", "(?<y>ab|cd){2,3}", "\\w+@\\w+\\.com", "[[:alpha:]]+[^[:digit:]]", "\\Qa.b\\E.", "[]a]+", "[a-]x",
    "a{,3}", "(?:/[^/]+){3}", "^$", "", "[\\w.-]+", "jason|freddy", "^(.*?;)?(user=jason)(;.*)?$",
  ])
  func `a text is found for a pattern, and the pattern matches it`(pattern: String) throws {
    let texts = PatternExamples.texts(for: pattern)
    #expect(!texts.isEmpty)
    let compiled = try Pattern(pattern)
    for text in texts { #expect(compiled.matches(text)) }
  }

  @Test func `the shortest text comes first`() {
    #expect(PatternExamples.texts(for: "/v[0-9]+(/.*)?").first == Array("/v0".utf8))
    #expect(PatternExamples.texts(for: "abc|x").first == Array("x".utf8))
  }

  @Test func `no text is made up for what is no pattern`() {
    for pattern in ["(", "a**b(", "x{1001}", "[z-a]"] { #expect(PatternExamples.texts(for: pattern).isEmpty) }
  }
}
