package import Diagnostics
import MeshCodec
package import MeshModel
import YAML

/// What a file says, as content that need not be an object: one for each document, and one for each item of a list.
package struct InputContents: Sendable {
  package private(set) var contents: [Value] = []
  package private(set) var problems: [Diagnostic] = []

  package init(_ path: String) {
    let input = InputFiles(reading: [path])
    problems = input.problems
    for file in input.files {
      let (documents, found) = parseYAML(file.bytes, file: file.name)
      problems += found
      for document in documents {
        let value = Value(document.node)
        if case .array(let items) = value["items"], case .string(let kind) = value["kind"],
          kind.utf8.suffix(4).elementsEqual("List".utf8)
        {
          contents += items
        } else if value != .null {
          contents.append(value)
        }
      }
    }
  }
}
