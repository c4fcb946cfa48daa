import Foundation
import Testing

/// The arrows of the design: what each target may import, and nothing else.
private let arrows: [String: Set<String>] = [
  "Diagnostics": [],
  "Patterns": ["CRE2"],
  "YAML": ["CYAML", "Diagnostics"],
  "SQLite": ["CSQLite"],
  "Tokens": ["COpenSSL", "YAML"],
  "Certificates": ["COpenSSL", "Diagnostics"],
  "MeshModel": ["Diagnostics"],
  "MeshCodec": ["MeshModel", "YAML", "Patterns", "Diagnostics"],
  "Validation": ["CObjectSchemas", "YAML", "Patterns", "Diagnostics"],
  "Analysis": ["Validation", "Certificates", "YAML", "Diagnostics"],
  "ProxyModel": ["MeshModel", "Patterns", "Synchronization"],
  "Translation": ["MeshModel", "ProxyModel", "Synchronization"],
  "Evaluation": ["ProxyModel", "Patterns", "MeshModel", "Synchronization"],
  "EnvoyConfig": ["ProxyModel", "MeshModel"],
  "RoutingTests": ["RequestSpace", "Patterns", "Evaluation", "ProxyModel", "MeshModel", "YAML", "Diagnostics"],
  "RequestSpace": ["Evaluation", "ProxyModel", "Patterns", "MeshModel"],
  "History": ["MeshModel"],
  "Comparison": ["MeshModel"],
  "Editing": ["Comparison", "MeshCodec", "MeshModel", "YAML", "Diagnostics"],
  "Drift": ["Comparison", "MeshModel"],
  "Releases": ["MeshModel", "History", "Diagnostics"],
  "Storage": ["SQLite", "CSchema", "MeshModel", "History", "Synchronization"],
  "Export": ["MeshModel", "History"],
]

/// Edges may talk to the world; everything in `arrows` may not.
private let edges: Set<String> = ["Report", "Workbench", "drydock", "Benchmarks"]

private func imports(of file: SourceTree.File) -> [String] {
  file.lines.compactMap { line in
    var words = line.split(separator: " ")
    while let first = words.first, first.hasPrefix("@") || ["package", "internal", "private", "public"].contains(first)
    {
      words.removeFirst()
    }
    guard words.count >= 2, words[0] == "import" else { return nil }
    return String(words[words.count - 1].prefix { $0 != "." })
  }
}

@Suite struct LayeringTests {
  @Test(arguments: SourceTree.swiftSources)
  func `a pure target imports only what the design allows it`(file: SourceTree.File) throws {
    if edges.contains(file.target) { return }
    let allowed = try #require(arrows[file.target], "\(file.target) has no place in the table of arrows")
    // SAFETY: C's own library is needed for memory that C hands out; it brings no I/O by itself.
    let forbidden = imports(of: file).filter { !allowed.contains($0) && !($0 == "Glibc" && file.handsOutCMemory) }
    #expect(forbidden.isEmpty, "\(file.path) imports \(forbidden)")
  }

  @Test func `the manifest draws no arrow that the design does not have`() throws {
    let manifest = try SourceTree.text("Package.swift")
    for match in manifest.matches(of: #/pure\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/#) {
      guard let allowed = arrows[String(match.1)] else { continue }
      let drawn = (match.2 ?? "").matches(of: #/"(\w+)"/#).map { String($0.1) }
      #expect(Set(drawn).subtracting(allowed).isEmpty, "\(match.1) depends on \(drawn)")
    }
  }

  @Test(arguments: SourceTree.swiftSources.filter { !edges.contains($0.target) })
  func `a pure target reads no clock, environment or random source and prints nothing`(file: SourceTree.File) {
    let needles = [
      "print(", "SystemRandomNumberGenerator", ".random(in:", "Date()", "ContinuousClock", "ProcessInfo", "getenv(",
      "FileManager", "fopen(", "CommandLine.", ".shuffled()", "randomElement()",
    ]
    for (place, line) in file.lines.enumerated() {
      let code = line.drop { $0 == " " }
      if code.hasPrefix("//") { continue }
      for needle in needles where code.contains(needle) {
        Issue.record("\(file.path):\(place + 1) has \(needle)")
      }
    }
  }

  @Test(arguments: SourceTree.swiftSources.filter { $0.target != "drydock" && $0.target != "Benchmarks" })
  func `only the command line prints`(file: SourceTree.File) {
    let lines = file.lines.filter { $0.contains(#/(^|[^.\w])print\(/#) && !$0.contains("//") }
    #expect(lines.isEmpty, "\(file.path)")
  }
}

extension SourceTree.File {
  /// Targets that wrap a C library.
  var handsOutCMemory: Bool { ["Patterns", "YAML", "SQLite", "Tokens"].contains(target) }
}
