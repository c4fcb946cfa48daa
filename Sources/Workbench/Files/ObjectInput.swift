package import Diagnostics
import MeshCodec
package import MeshModel

/// Objects read from files, and everything that is wrong with them.
package struct ObjectInput: Sendable {
  package var objects: [MeshObject] = []
  package var problems: [Diagnostic] = []

  package init(reading paths: [String], depth: InputFiles.Depth = .shallow) {
    let input = InputFiles(reading: paths, depth: depth)
    self.init(files: input.files)
    problems = input.problems + problems
  }

  /// Reads on all cores.
  package init(files: [(name: String, bytes: [UInt8])]) {
    let read = merge(Threads.map(files.count) { readFile(files[$0].bytes, name: files[$0].name) })
    objects = read.objects
    problems = read.problems
  }

  /// A mesh configuration in a file of its own: the text of `data.mesh`, or the whole ConfigMap.
  package static func meshConfig(reading path: String) -> (config: MeshConfig?, problems: [Diagnostic]) {
    let input = InputFiles(reading: [path])
    guard let file = input.files.first else { return (nil, input.problems) }
    if file.bytes.split(separator: UInt8(ascii: "\n")).contains(where: { $0.starts(with: "kind:".utf8) }) {
      let read = readObjects(files: [file])
      return (config(of: read.objects), input.problems + read.problems)
    }
    let read = readMeshConfig(file.bytes, file: file.name)
    return (read.configuration, input.problems + read.problems)
  }

  private static func config(of objects: [MeshObject]) -> MeshConfig? {
    for object in objects {
      if case .configMap(let map) = object.content, let config = map.meshConfig { return config }
    }
    return nil
  }
}
