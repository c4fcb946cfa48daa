import Foundation
import Testing

/// The checkout's own files, found from where this file was compiled.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct File: CustomTestStringConvertible {
    /// Relative to the checkout, such as `Sources/YAML/Node.swift`.
    var path: String
    var text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The folder under `Sources` or `Tests`.
    var target: String { String(path.split(separator: "/")[1]) }
    var testDescription: String { path }
  }

  static let swiftSources = files(below: "Sources", suffix: ".swift")
  static let swiftTests = files(below: "Tests", suffix: ".swift")

  static func files(below folder: String, suffix: String) -> [File] {
    let base = root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
    var found: [File] = []
    for case let name as String in walk where name.hasSuffix(suffix) {
      let url = base.appendingPathComponent(name)
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      found.append(File(path: folder + "/" + name, text: text))
    }
    return found.sorted { $0.path < $1.path }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}
