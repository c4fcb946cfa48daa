import Foundation
import Testing

/// What the README shows is what the tool prints.
@Suite struct ReadmeTests {
  private static let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("README.md")

  private static let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""

  /// The fenced blocks of a language, each without its fences.
  private static func blocks(_ language: String) -> [String] {
    text.components(separatedBy: "\n```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  @Test func `every console block is a piece of the tour`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let tour = try tool.run("tour", "here").output
    let blocks = Self.blocks("console")
    #expect(blocks.count >= 4)
    for block in blocks { #expect(tour.contains(block + "\n"), "\(block)") }
  }

  /// `UPDATE_FIXTURES=1` writes the help into the README, and fails so that nobody takes it for a passed test.
  @Test func `the list of commands is the tool's own help`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let help = try tool.run("help").output
    let parts = Self.text.components(separatedBy: "<!-- help -->\n```text\n")
    try #require(parts.count == 2)
    let end = try #require(parts[1].range(of: "```"))
    let shown = String(parts[1][..<end.lowerBound])
    #expect(shown == help, "UPDATE_FIXTURES=1 writes it anew")
    if shown != help, ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] == "1" {
      let text = "\(parts[0])<!-- help -->\n```text\n\(help)\(parts[1][end.lowerBound...])"
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
  }
}
