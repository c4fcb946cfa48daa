import Foundation
import YAML

/// The fields of every kind, taken from the interface definitions of Istio 1.30.3 and the part of Kubernetes that is read.
struct FieldSchema {
  struct Kind: CustomStringConvertible {
    var apiVersion: String
    var kind: String
    var root: String
    var description: String { kind }
  }

  struct Message {
    /// In the order of the definition; types are names, behind `[]` for lists, `{}` for maps, `#` for maps by number.
    var fields: [(name: String, type: String)] = []
    var oneOf: [[String]] = []
    /// Known, and without a place in the model.
    var ignored: Set<String> = []
  }

  let kinds: [Kind]
  let messages: [String: Message]
  let enums: [String: [String]]

  static let shared = FieldSchema()

  private init() {
    let root = Fixtures.node("codec/fields.json")
    kinds = (root["kinds"]?.sequence ?? []).map {
      Kind(
        apiVersion: $0["apiVersion"]?.string ?? "", kind: $0["kind"]?.string ?? "", root: $0["root"]?.string ?? "")
    }
    func texts(_ node: Node?) -> [String] { (node?.sequence ?? []).compactMap(\.string) }
    var enums: [String: [String]] = [:]
    for entry in root["enums"]?.mapping ?? [] { enums[entry.name] = texts(entry.value) }
    self.enums = enums
    var messages: [String: Message] = [:]
    for entry in root["messages"]?.mapping ?? [] {
      var message = Message()
      for field in entry.value["fields"]?.mapping ?? [] {
        message.fields.append((field.name, field.value.string ?? ""))
      }
      message.oneOf = (entry.value["oneOf"]?.sequence ?? []).map { texts($0) }
      message.ignored = Set(texts(entry.value["ignored"]))
      messages[entry.name] = message
    }
    self.messages = messages
  }
}

/// Data of the repository.
enum Fixtures {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures")

  static func bytes(_ path: String) -> [UInt8] {
    Array((try? Data(contentsOf: root.appendingPathComponent(path))) ?? Data())
  }

  static func node(_ path: String) -> Node { parseYAML(bytes(path), file: path).documents.first?.node ?? .null }

  /// Paths below `folder`, sorted, of files with that ending.
  static func files(in folder: String, ending: String) -> [String] {
    let base = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
  }
}
