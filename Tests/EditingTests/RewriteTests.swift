import Editing
import Foundation
import MeshModel
import Testing

/// Texts before and after an edit, under `fixtures/editing/rewrite`.
enum RewriteFixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "fixtures/editing/rewrite")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.contains(".before.") }.sorted()
  }()

  static func text(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
}

@Suite struct RewriteTests {
  private func rewritten(_ before: String, _ after: String) throws -> SourceRewrite {
    let value = try #require(SourceRewrite.value(of: Array(after.utf8)))
    return SourceRewrite(Array(before.utf8), to: value)
  }

  @Test(arguments: RewriteFixtures.names)
  func `an edit writes what a careful hand would have written`(name: String) throws {
    let before = String(decoding: try RewriteFixtures.text(name), as: UTF8.self)
    let after = String(
      decoding: try RewriteFixtures.text(name.replacing(".before.", with: ".after.")), as: UTF8.self)
    let rewrite = try rewritten(before, after)
    #expect(String(decoding: rewrite.text, as: UTF8.self) == after)
    #expect(rewrite.manner == (name.hasPrefix("aliases") ? .expanded : .kept))
  }

  @Test(arguments: RewriteFixtures.names)
  func `line breaks and the lack of the last one stay as they are`(name: String) throws {
    let before = String(decoding: try RewriteFixtures.text(name), as: UTF8.self)
    let after = String(
      decoding: try RewriteFixtures.text(name.replacing(".before.", with: ".after.")), as: UTF8.self)
    let returns = before.replacing("\n", with: "\r\n")
    #expect(
      String(decoding: try rewritten(returns, after).text, as: UTF8.self) == after.replacing("\n", with: "\r\n"))
    let bare = String(before.dropLast())
    #expect(String(decoding: try rewritten(bare, after).text, as: UTF8.self) == String(after.dropLast()))
  }

  @Test func `the same content gives the same bytes, in whatever order its members are told`() throws {
    let text = Array("b: 0x10 # sixteen\na:   'x'\n".utf8)
    let value = Value.object([.init(key: "a", value: .string("x")), .init(key: "b", value: .integer(16))])
    #expect(SourceRewrite(text, to: value).text == text)
  }

  @Test func `what cannot be kept is written anew and said to be`() throws {
    let rewrite = SourceRewrite(Array("a: [".utf8), to: .object([.init(key: "a", value: .string("on"))]))
    #expect(rewrite.manner == .anew)
    #expect(String(decoding: rewrite.text, as: UTF8.self) == "a: \"on\"\n")
  }
}
