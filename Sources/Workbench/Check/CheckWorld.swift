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
  /// The certificates that proxies would have as files, by the paths that objects name; nil when nobody gave them.
  package var certificateFiles: [String: [UInt8]]?
  /// Report on this namespace only.
  package var namespace: String?

  package init() {}

  package init(reading paths: [String], depth: InputFiles.Depth = .shallow) {
    let input = InputFiles(reading: paths, depth: depth)
    problems = input.problems
    files = input.files
    read(files)
  }

  /// Objects that were read before, from their own texts.
  package init(objects: [MeshObject]) {
    let read = Threads.map(objects.count, stretch: 32) { place -> ManifestObject? in
      let source = objects[place].source
      guard let node = parseYAML(source.text, file: source.file).documents.first?.node else { return nil }
      return ManifestObject(node: node, file: source.file, lineOffset: max(0, source.line - 1))
    }
    self.objects = read.compactMap(\.self)
  }

  package init(files: [(name: String, bytes: [UInt8])]) {
    self.files = files
    read(files)
  }

  /// Reads on all cores.
  private mutating func read(_ files: [(name: String, bytes: [UInt8])]) {
    let worlds = Threads.map(files.count) { place in
      var world = CheckWorld()
      let (documents, problems) = parseYAML(files[place].bytes, file: files[place].name)
      world.problems = problems
      for document in documents { world.add(document.node, file: files[place].name) }
      return world
    }
    for world in worlds {
      problems += world.problems
      objects += world.objects
    }
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
