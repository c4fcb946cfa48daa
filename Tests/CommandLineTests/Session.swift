import Foundation
import Testing

/// Commands and what they print, as a file of `fixtures/`: lines with `$` are typed, `!` is standard error, and the
/// last line of each is the exit code. `UPDATE_FIXTURES=1` writes the file again.
struct Session {
  struct Step {
    var command: String
    /// Everything printed, and the exit code.
    var printed: String
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "fixtures")

  let file: URL
  private(set) var head = ""
  private(set) var steps: [Step] = []

  init(_ path: String) throws {
    file = Self.root.appending(path: path)
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), printed: ""))
      } else if steps.isEmpty {
        head += line + "\n"
      } else {
        steps[steps.count - 1].printed += line + "\n"
      }
    }
    if let last = steps.indices.last, steps[last].printed.hasSuffix("\n\n") { steps[last].printed.removeLast() }
  }

  /// Runs every command in a folder that holds the files beside the session.
  func run(on tool: Tool) throws -> [Step] {
    let folder = file.deletingLastPathComponent()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".yaml") {
      try? FileManager.default.copyItem(
        at: folder.appending(path: name), to: tool.folder.appendingPathComponent(name))
    }
    return try steps.map { step in
      let result = try tool.run(arguments: Array(Self.words(step.command).dropFirst()))
      var printed = result.output
      for line in result.errors.split(separator: "\n") { printed += "! \(line)\n" }
      printed += "[\(result.status)]\n"
      return Step(command: step.command, printed: printed)
    }
  }

  /// Compares what is printed with what the file says, or writes the file.
  func check(on tool: Tool) throws {
    let made = try run(on: tool)
    if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
      let text = head + made.map { "$ \($0.command)\n\($0.printed)" }.joined()
      try Data(text.utf8).write(to: file)
      return
    }
    for (expected, step) in zip(steps, made) {
      #expect(step.printed == expected.printed, "\(step.command)")
    }
  }

  /// Words as a shell parts them, with single and double quotes.
  static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
