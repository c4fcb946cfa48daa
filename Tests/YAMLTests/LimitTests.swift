import Diagnostics
import Testing
import YAML

@Suite struct LimitTests {
  private func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  private func block(_ depth: Int) -> String {
    (0..<depth).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
  }

  @Test(arguments: [(63, true), (64, true), (65, false)]) func `nesting ends at the limit`(depth: Int, fits: Bool) {
    let expected = fits ? [] : ["DD0107"]
    #expect(read(nested(depth)).problems.map(\.code) == expected)
    #expect(read("a: &x " + nested(depth - 1)).problems.map(\.code) == expected)
    #expect(read(block(depth)).problems.map(\.code) == expected)
  }

  @Test(arguments: [(62, true), (63, true), (64, false)])
  func `an alias brings its depth along`(depth: Int, fits: Bool) {
    let text = "a: &x {b: \(nested(depth - 2))}\nc: {d: *x}\n"
    #expect(read(text).problems.map(\.code) == (fits ? [] : ["DD0107"]))
  }

  @Test(arguments: [(99, true), (100, true), (101, false)]) func `bytes end at the limit`(count: Int, fits: Bool) {
    let text = "a: " + String(repeating: "x", count: count - 3)
    #expect(read(text, limits: YAMLLimits(bytes: 100)).problems.map(\.code) == (fits ? [] : ["DD0103"]))
  }

  @Test(arguments: [(9, true), (10, true), (11, false)]) func `nodes end at the limit`(count: Int, fits: Bool) {
    let items = Array(repeating: "1", count: count - 1).joined(separator: ",")
    let limits = YAMLLimits(nodes: 10)
    #expect(read("[\(items)]", limits: limits).problems.map(\.code) == (fits ? [] : ["DD0108"]))
    #expect(read("- [\(items.dropFirst(2))]", limits: limits).problems.map(\.code) == (fits ? [] : ["DD0108"]))
    // The limit is of the stream, not of one document.
    let documents = Array(repeating: "1\n", count: count).joined(separator: "---\n")
    #expect(read(documents, limits: limits).problems.map(\.code) == (fits ? [] : ["DD0108"]))
  }

  @Test(arguments: [(9, true), (10, true), (11, false)]) func `aliases end at the limit`(count: Int, fits: Bool) {
    let items = Array(repeating: "*x", count: count).joined(separator: ", ")
    let limits = YAMLLimits(aliasExpansions: 10)
    #expect(read("a: &x 1\nb: [\(items)]\n", limits: limits).problems.map(\.code) == (fits ? [] : ["DD0106"]))
  }

  @Test func `a billion laughs end in one error`() {
    var text = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for (name, next) in zip("abcdefgh", "bcdefghi") {
      text += "\(next): &\(next) [" + Array(repeating: "*\(name)", count: 9).joined(separator: ",") + "]\n"
    }
    #expect(read(text).problems.map(\.code) == ["DD0106"])
  }

  @Test func `twenty thousand brackets end in one error`() {
    #expect(read(String(repeating: "[", count: 20_000)).problems.map(\.code) == ["DD0107"])
    #expect(read(String(repeating: "a: {", count: 20_000)).problems.map(\.code) == ["DD0107"])
    #expect(read(String(repeating: "{\"a\":", count: 20_000)).problems.map(\.code) == ["DD0107"])
    #expect(read(String(repeating: "- ", count: 20_000)).problems.map(\.code) == ["DD0107"])
  }
}
