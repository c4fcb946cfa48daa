import Diagnostics
package import MeshModel
import Validation
import YAML

extension CheckWorld {
  /// Adds objects that are kept with their texts, each at its place in the file that it came from. What a check is
  /// already about stands for an object of the same name.
  package mutating func add(_ kept: [MeshObject]) {
    let given = Set(objects.map { [$0.subject.kind, $0.subject.namespace, $0.subject.name] })
    var parts: [String: [Part]] = [:]
    for object in kept where !given.contains([object.id.kind.kind, object.id.namespace, object.id.name]) {
      let source = object.source
      parts[source.file, default: []].append(Part(line: max(1, source.line), text: source.text))
    }
    let taken = Set(files.map(\.name))
    var added: [(name: String, bytes: [UInt8])] = []
    for name in parts.keys.sorted() {
      for (index, layer) in Part.layers(parts[name] ?? []).enumerated() {
        // Texts of several versions of one file cannot stand in one.
        let isFirst = index == 0 && !taken.contains(name)
        let title = isFirst ? name : "\(name)#\(index + (taken.contains(name) ? 1 : 0))"
        added.append((name: title, bytes: layer))
      }
    }
    let others = CheckWorld(files: added)
    files += others.files
    objects += others.objects
    problems += others.problems
  }
}

/// A stretch of a file: the text of one object, and the line on which it began.
private struct Part {
  var line: Int
  var text: [UInt8]

  /// Files that have every text on its own line, as few as will do.
  static func layers(_ parts: [Part]) -> [[UInt8]] {
    var layers: [Layer] = []
    for part in parts.sorted(by: { $0.line < $1.line }) {
      let fitting = layers.firstIndex { $0.bytes.isEmpty || $0.nextLine < part.line }
      if fitting == nil { layers.append(Layer()) }
      layers[fitting ?? layers.count - 1].append(part)
    }
    return layers.map(\.bytes)
  }

  private struct Layer {
    var bytes: [UInt8] = []
    /// The line that the next byte would stand on.
    var nextLine = 1

    mutating func append(_ part: Part) {
      let newline = UInt8(ascii: "\n")
      if !bytes.isEmpty {
        // The line before is free, as the part begins behind it.
        bytes += [UInt8](repeating: newline, count: part.line - 1 - nextLine)
        bytes += Array("---\n".utf8)
      } else {
        bytes += [UInt8](repeating: newline, count: part.line - 1)
      }
      bytes += part.text
      if bytes.last != newline { bytes.append(newline) }
      nextLine = part.line + part.text.count { $0 == newline } + (part.text.last == newline ? 0 : 1)
    }
  }
}
