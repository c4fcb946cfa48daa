import Foundation
import Testing

@Suite struct HouseStyleTests {
  @Test(arguments: SourceTree.swiftSources + SourceTree.swiftTests)
  func `a file stays within 600 lines`(file: SourceTree.File) {
    #expect(file.lines.count <= 600, "\(file.path) has \(file.lines.count) lines; split it by topic")
  }

  @Test(arguments: SourceTree.swiftSources)
  func `no name says nothing`(file: SourceTree.File) {
    let empty = ["Utils", "Helpers", "Helper", "Common", "Misc", "Manager", "Extensions"]
    let parts = file.path.split(whereSeparator: { $0 == "/" || $0 == "." || $0 == "+" })
    // Envoy's own term.
    for part in parts where part != "HTTPConnectionManager" {
      #expect(!empty.contains { part == $0 || part.hasSuffix($0) }, "\(file.path)")
    }
  }

  @Test(arguments: SourceTree.swiftSources)
  func `a promise that the compiler cannot check carries its reason on the line above`(file: SourceTree.File) {
    let lines = file.lines
    for (place, line) in lines.enumerated() {
      let code = line.drop { $0 == " " }
      if code.hasPrefix("//") { continue }
      let isPromise =
        code.contains("@unchecked Sendable") || code.contains("nonisolated(unsafe)") || code.contains("try!")
        || code.contains("fatalError(") || code.contains("unsafeBitCast(")
      guard isPromise else { continue }
      let above = place > 0 ? lines[place - 1] : ""
      #expect(above.contains("//"), "\(file.path):\(place + 1) gives no reason")
    }
  }

  @Test(arguments: SourceTree.swiftSources + SourceTree.swiftTests)
  func `nothing names a folder of one machine`(file: SourceTree.File) {
    let folders = ["work", "root", "home"].map { "/\($0)/" }
    for (place, line) in file.lines.enumerated() {
      for folder in folders where line.contains("\"\(folder)") {
        Issue.record("\(file.path):\(place + 1)")
      }
    }
  }

  @Test(arguments: SourceTree.swiftTests)
  func `tests see what other targets see, so that they build for release`(file: SourceTree.File) {
    #expect(!file.text.contains("@test" + "able"), "\(file.path)")
  }

  @Test func `a code of a problem belongs to one target`() {
    var owners: [String: Set<String>] = [:]
    for file in SourceTree.swiftSources {
      for match in file.text.matches(of: #/"(DD[0-9]{4})"/#) {
        owners[String(match.1), default: []].insert(file.target)
      }
    }
    for (code, targets) in owners.sorted(by: { $0.key < $1.key }) where targets.count > 1 {
      Issue.record("\(code) is given out by \(targets.sorted().joined(separator: " and "))")
    }
  }

  /// A C module with more features than Foundation's clashes with it once both meet in one file.
  @Test(arguments: SourceTree.files(below: "Sources", suffix: ".h"))
  func `a C shim asks for no features of its own`(file: SourceTree.File) {
    #expect(!file.text.contains("_SOURCE"), "\(file.path)")
  }

  @Test func `the top level holds what was agreed and dot-files`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
    let agreed: Set = ["Package.swift", "Sources", "Tests", "fixtures", "schema", "README.md"]
    let extra = names.filter { !$0.hasPrefix(".") && !agreed.contains($0) && !$0.hasSuffix(".db") }
    #expect(extra.isEmpty)
  }

  @Test func `every target says what it is and what it must never do`() throws {
    let targets = Set(SourceTree.swiftSources.map(\.target)).subtracting(["Benchmarks"])
    for target in targets.sorted() {
      let page = "Sources/\(target)/\(target).docc/\(target).md"
      let text = try? SourceTree.text(page)
      #expect(text?.contains("must never") == true, "\(page)")
    }
  }
}
