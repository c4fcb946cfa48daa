import Foundation
import YAML

/// Lines of JSON under `fixtures/`.
enum Fixtures {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func lines(_ path: String) throws -> [Node] {
    let data = try Data(contentsOf: root.appending(path: "fixtures/\(path)"))
    return data.split(separator: UInt8(ascii: "\n")).compactMap { parseJSON(Array($0)) }
  }

  /// All of it in release, every so many in debug, where it would take minutes.
  static func sample(_ nodes: [Node]) -> [Node] {
    #if DEBUG
      nodes.enumerated().filter { $0.offset % 12 == 0 }.map(\.element)
    #else
      nodes
    #endif
  }
}
