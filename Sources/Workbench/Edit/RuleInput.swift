package import Diagnostics
import MeshCodec
package import MeshModel
import YAML

/// What a file brings to an edit: parts of an object, or objects as a whole.
package struct RuleInput: Sendable {
  /// Rules by themselves, and those of a list.
  package private(set) var parts: [Value] = []
  package private(set) var objects: [MeshObject] = []
  package private(set) var problems: [Diagnostic] = []

  package init(reading paths: [String]) {
    let input = InputFiles(reading: paths)
    problems = input.problems
    for file in input.files {
      let (documents, found) = parseYAML(file.bytes, file: file.name)
      problems += found
      guard found.isEmpty else { continue }
      if documents.contains(where: { $0.node["kind"] != nil }) {
        let read = ObjectInput(files: [file])
        objects += read.objects
        problems += read.problems
        continue
      }
      for document in documents {
        let value = Value(document.node)
        if case .array(let items) = value { parts += items } else { parts.append(value) }
      }
    }
  }
}
