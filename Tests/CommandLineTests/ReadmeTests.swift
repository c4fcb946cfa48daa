import Foundation
import Testing

/// What the README shows is what the tool prints.
@Suite struct ReadmeTests {
  private static let text: String = {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return (try? String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""
  }()

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

  @Test func `the list of commands is the tool's own help`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let help = try tool.run("help").output
    let shown = Self.text.components(separatedBy: "<!-- help -->\n```text\n").dropFirst().first?
      .components(separatedBy: "\n```").first
    #expect(try #require(shown) + "\n" == help)
  }
}
