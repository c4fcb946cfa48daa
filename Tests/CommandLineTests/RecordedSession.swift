import Foundation
import Testing

/// A folder under `fixtures` with files and a `session.txt`: lines that begin with `$ drydock` are run one after the
/// other in a copy of the folder, and below each stands what it prints (times masked) and, unless it is 0, its exit code.
enum RecordedSession {
  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures")

  static func names(in folder: String) -> [String] {
    let path = fixtures.appendingPathComponent(folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  static func commands(of name: String) throws -> [String] {
    let file = fixtures.appendingPathComponent(name).appendingPathComponent("session.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { String($0) }
      .filter { $0.hasPrefix("$ drydock") }
  }

  static func check(_ name: String, prepare: (Tool) throws -> Void = { _ in }) throws {
    let folder = fixtures.appendingPathComponent(name)
    let tool = try Tool()
    defer { tool.remove() }
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file != "session.txt" {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent(file), to: tool.folder.appendingPathComponent(file))
    }
    try prepare(tool)
    let file = folder.appendingPathComponent("session.txt")
    let kept = try String(contentsOf: file, encoding: .utf8)
    let commands = try commands(of: name)
    #expect(!commands.isEmpty, "\(name) runs nothing")
    let printed = try commands.map { try run($0, tool) }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] == "1", printed != kept {
      try Data(printed.utf8).write(to: file)
      Issue.record("\(name) was written again; look at it and run without UPDATE_FIXTURES")
      return
    }
    #expect(printed == kept, "run with UPDATE_FIXTURES=1")
  }

  private static func run(_ line: String, _ tool: Tool) throws -> String {
    let result = try tool.run(arguments: Array(words(line).dropFirst(2)))
    let code = result.status == 0 ? "" : "(exit \(result.status))\n"
    let text = (result.output + result.errors).replacing(
      #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#, with: "0000-00-00T00:00:00Z")
    return line + "\n" + text + code
  }

  /// At spaces, but for those between single quotes.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var isBegun = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
        isBegun = true
      } else if character == " ", !isQuoted {
        if isBegun { words.append(word) }
        word = ""
        isBegun = false
      } else {
        word.append(character)
        isBegun = true
      }
    }
    if isBegun { words.append(word) }
    return words
  }
}
