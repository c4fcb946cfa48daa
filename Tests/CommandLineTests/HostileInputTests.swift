import Foundation
import Testing

@Suite struct HostileInputTests {
  @Test func `a billion laughs end in one clear error`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let file = try tool.write("laughs.yaml", text)
    let result = try tool.run("apply", "-f", file, "-m", "x")
    #expect(result.status == 1)
    #expect(result.errors.contains("laughs.yaml:"))
    #expect(result.errors.contains("DD0"))
  }

  @Test func `a file of 100 MB ends in a clear error`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let block = String(repeating: "# nothing but a long comment that nobody reads\n", count: 20_000)
    let file = try tool.write("huge.yaml", String(repeating: block, count: 120))
    let result = try tool.run("apply", "-f", file, "-m", "x")
    #expect(result.status == 1 || result.status == 2)
    #expect(result.errors.contains("huge.yaml"))
    #expect(result.errors.contains("112800000 bytes"))
  }

  /// Looking along the line once for each finding took minutes here.
  @Test func `thousands of objects on one line are judged like others`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let count = 6_000
    let items = (0..<count).map { number in
      #"{"apiVersion":"networking.istio.io/v1","kind":"Gateway","metadata":{"name":"g\#(number)"},"#
        + #""spec":{"selector":{"é":"é"},"servers":[{"port":{"number":80,"name":"a","protocol":"HTTP"},"hosts":[]}]}}"#
    }
    let text = #"{"apiVersion":"v1","kind":"List","items":[\#(items.joined(separator: ","))]}"#
    let file = try tool.write("line.json", text)
    for form in ["text", "json", "sarif", "junit", "github"] {
      let result = try tool.run("check", "-f", file, "-o", form)
      #expect(result.status == 1)
      // GitHub is told places only.
      #expect(result.output.contains(form == "github" ? "::error" : "g\(count - 1)"))
    }
    // The last finding's column in characters: in a text of one line, the place of its value.
    let sarif = try tool.run("check", "-f", file, "-o", "sarif").output
    let last = try #require(text.range(of: "[]", options: .backwards))
    let column = text.unicodeScalars.distance(from: text.startIndex, to: last.lowerBound) + 1
    #expect(sarif.contains("\"startColumn\": \(column)"))
  }

  @Test func `every problem of every file is told at once, with its place`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let first = try tool.write(
      "first.yaml",
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: a}
      spec:
        hosts: [a]
        http:
        - timeout: soon
          route: [{destination: {host: a}}]
      """)
    let second = try tool.write("second.yaml", "kind: Service\nmetadata: {name: b\n")
    let result = try tool.run("apply", "-f", first, "-f", second, "-m", "x")
    #expect(result.status == 1)
    #expect(result.errors.contains("first.yaml:7:"))
    #expect(result.errors.contains("second.yaml:"))
    #expect(try tool.run("history").output.contains("1") == false)
  }

  @Test func `messages speak the user's language`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let english = try tool.run("aply")
    let chinese = try tool.run("aply", environment: ["LANG": "zh_CN.UTF-8"])
    #expect(english.status == 2 && chinese.status == 2)
    #expect(english.errors.contains("apply"))
    #expect(chinese.errors.contains("apply"))
    #expect(chinese.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
  }
}
