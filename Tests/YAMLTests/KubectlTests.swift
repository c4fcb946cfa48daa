import Foundation
import Testing
import YAML

/// Asks a kubectl on the PATH, where there is one; no cluster is needed.
@Suite(.enabled(if: Kubectl.path != nil)) struct KubectlTests {
  @Test func `kubectl reads scalars as the table says`() throws {
    let usable = ScalarCase.all.filter { $0.expected != "error" }
    let values = usable.filter { !$0.isKey }
    let keys = usable.filter(\.isKey)
    var document = ""
    for (index, scalar) in values.enumerated() { document += "v\(index): \(scalar.yaml)\n" }
    // A key at a time: two may become the same string.
    for (index, scalar) in keys.enumerated() { document += "k\(index):\n  \(scalar.yaml): z\n" }
    let found = try Kubectl.read(document)
    for (index, scalar) in values.enumerated() {
      let node = try #require(found["v\(index)"])
      #expect(JSONText.bytes(of: node) == JSONText.bytes(of: try parsed(scalar.expected)), "\(scalar)")
    }
    for (index, scalar) in keys.enumerated() {
      let name = found["k\(index)"]?.mapping?.first?.name
      #expect(name == (try parsed(scalar.expected)).string, "\(scalar)")
    }
  }

  @Test func `kubectl reads back what is written`() throws {
    let nodes = (0..<500).map { seed in
      var random = SeededRandom(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 7)
      return random.node(depth: 4)
    }
    let written = Node.mapping([("values", .sequence(nodes))])
    let found = try Kubectl.read(String(decoding: YAMLText.bytes(of: written), as: UTF8.self))
    let back = try #require(found["values"]?.sequence)
    #expect(back.count == nodes.count)
    for (node, other) in zip(nodes, back) {
      let expected = String(decoding: JSONText.bytes(of: node, order: .sorted), as: UTF8.self)
      #expect(String(decoding: JSONText.bytes(of: other, order: .sorted), as: UTF8.self) == expected)
    }
  }

  private func parsed(_ json: String) throws -> Node {
    let node = read("[\(json)]").documents.first?.node.sequence?.first
    return try #require(node)
  }
}

enum Kubectl {
  static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/kubectl" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  struct Failure: Error { var text: String }

  /// The members of the text as an object's, through kubectl's reader.
  static func read(_ members: String) throws -> Node {
    let head = "apiVersion: x.io/v1\nkind: T\nmetadata: {name: x}\n"
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("scalars-\(UUID().uuidString).yaml")
    try Data((head + members).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    process.arguments = ["patch", "--local", "--type=merge", "-p", "{}", "-o", "json", "-f", file.path]
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let problem = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let documents = parseYAML([UInt8](data), file: "kubectl", limits: .standard).documents
    guard let node = documents.first?.node else { throw Failure(text: String(decoding: problem, as: UTF8.self)) }
    return node
  }
}
