import Foundation
import Testing

/// A lab, replayed line by line with the tool itself: what is run and what it says, what is asked and what happens.
private struct Story: CustomTestStringConvertible {
  var name: String
  var lines: [[String: Any]]

  var testDescription: String { name }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures/labs")

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

  init(_ name: String) throws {
    self.name = name
    let text = try String(contentsOf: Self.folder.appendingPathComponent("\(name)/story.ndjson"), encoding: .utf8)
    lines = try text.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}

/// Whether an answer has everything that is expected of it; `"absent"` expects no such member, null one that is null
/// or missing.
private func has(_ answer: Any?, _ expected: Any) -> Bool {
  if expected is NSNull { return answer == nil || answer is NSNull }
  if expected as? String == "absent" { return answer == nil }
  switch (answer, expected) {
  case (let answer as [String: Any], let expected as [String: Any]):
    return expected.allSatisfy { has(answer[$0.key], $0.value) }
  case (let answer as [Any], let expected as [Any]):
    return answer.count == expected.count && zip(answer, expected).allSatisfy { has($0, $1) }
  case (let answer as NSObject, let expected as NSObject): return answer == expected
  default: return false
  }
}

@Suite struct LabTests {
  @Test(arguments: Story.names)
  func `a lab goes as its story tells`(name: String) throws {
    let story = try Story(name)
    let tool = try Tool()
    defer { tool.remove() }
    let mesh = try String(contentsOf: Story.folder.appendingPathComponent("\(name)/mesh.yaml"), encoding: .utf8)
    _ = try tool.write("mesh.yaml", mesh)
    var kept: [[String]: String] = [:]
    for (place, line) in story.lines.enumerated() {
      let about = Comment(rawValue: "line \(place + 1): \(line["because"] as? String ?? "")")
      if let arguments = line["run"] as? [String] {
        let result = try tool.run(arguments: arguments)
        let said = result.output + result.errors
        try #require(Int(result.status) == line["exit"] as? Int ?? 0, "\(about) \(said)")
        for words in line["says"] as? [String] ?? [] { #expect(said.contains(words), "\(about) \(said)") }
        if let words = line["prints"] as? String { #expect(result.output == words, about) }
      } else if let arguments = line["ask"] as? [String], let expected = line["expect"] {
        let result = try tool.run(arguments: ["simulate", "-o", "json"] + arguments)
        let answer = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        #expect(has(answer, expected), "\(about) \(result.output)")
      } else if let arguments = line["keep"] as? [String] {
        kept[arguments] = try tool.run(arguments: arguments).output
      } else if let arguments = line["again"] as? [String] {
        #expect(try tool.run(arguments: arguments).output == kept[arguments], about)
      } else if let object = line["edit"] as? String {
        try edit(object, line, tool, about)
      } else {
        Issue.record("\(about): no such line")
      }
    }
  }

  /// Somebody opens an editor.
  private func edit(_ object: String, _ line: [String: Any], _ tool: Tool, _ about: Comment) throws {
    let old = try tool.run(arguments: ["get", object, "-o", "yaml"]).output
    var new = old
    if let text = line["put"] as? String, let mark = line["before"] as? String {
      new = old.replacingOccurrences(of: mark, with: text + mark)
    } else if let text = line["take"] as? String {
      new = old.replacingOccurrences(of: text, with: "")
    }
    try #require(new != old, "\(about) \(old)")
    let result = try tool.run("apply", "-f", try tool.write("edited.yaml", new), "-m", "by hand")
    try #require(result.status == 0, "\(about) \(result.errors)")
  }
}
