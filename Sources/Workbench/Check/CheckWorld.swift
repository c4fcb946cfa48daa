package import Diagnostics
import MeshCodec
package import MeshModel
package import Validation
package import YAML

/// Everything that one check sees: objects, their files, and the mesh's settings.
package struct CheckWorld: Sendable {
  package var objects: [ManifestObject] = []
  /// The texts of the files, for excerpts and comments.
  package var files: [(name: String, bytes: [UInt8])] = []
  /// What could not be read at all.
  package var problems: [Diagnostic] = []
  /// The mesh configuration as YAML, in place of a ConfigMap's.
  package var meshConfig: String?
  /// Report on this namespace only.
  package var namespace: String?

  package init() {}

  package init(reading paths: [String], depth: InputFiles.Depth = .shallow) {
    let input = InputFiles(reading: paths, depth: depth)
    problems = input.problems
    files = input.files
    for file in input.files { add(file.bytes, file: file.name) }
  }

  /// Objects that were read before, from their own texts.
  package init(objects: [MeshObject]) {
    for object in objects {
      let source = object.source
      guard let node = parseYAML(source.text, file: source.file).documents.first?.node else { continue }
      self.objects.append(ManifestObject(node: node, file: source.file, lineOffset: max(0, source.line - 1)))
    }
  }

  package init(files: [(name: String, bytes: [UInt8])]) {
    self.files = files
    for file in files { add(file.bytes, file: file.name) }
  }

  private mutating func add(_ bytes: [UInt8], file: String) {
    let (documents, found) = parseYAML(bytes, file: file)
    problems += found
    for document in documents { add(document.node, file: file) }
  }

  /// Adds one object, or all objects of a list.
  package mutating func add(_ node: Node, file: String?) {
    if let list = ObjectList(node) {
      for item in list.nodes { objects.append(ManifestObject(node: item, file: file, isListItem: true)) }
    } else {
      objects.append(ManifestObject(node: node, file: file))
    }
  }
}
