package import Diagnostics
package import MeshModel
package import YAML

/// Reads every object of some files, and every problem in them.
///
/// An object with an error is left out of `objects`; so is the second of two that are the same. Anything but an empty
/// list of errors means that the input is not what its author meant.
package func readObjects(
  files: [(name: String, bytes: [UInt8])]
) -> (objects: [MeshObject], problems: [Diagnostic]) {
  merge(files.map { readFile($0.bytes, name: $0.name) })
}

/// Reads one of several files: the files of a mesh can be read at the same time, and are then put together.
package func readFile(_ bytes: [UInt8], name: String) -> FileObjects {
  var file = FileObjects()
  file.read(bytes, file: name)
  return file
}

/// What the files of a mesh say together.
package func merge(_ files: [FileObjects]) -> (objects: [MeshObject], problems: [Diagnostic]) {
  var objects: [MeshObject] = []
  objects.reserveCapacity(files.reduce(0) { $0 + $1.items.count })
  var problems: [Diagnostic] = []
  var firstPlaces: [ObjectID: SourceSpan] = [:]
  firstPlaces.reserveCapacity(objects.capacity)
  var hasToldOfSecrets = false
  for file in files {
    let start = problems.count
    problems += file.problems
    if let remark = file.secretRemark, !hasToldOfSecrets {
      hasToldOfSecrets = true
      problems.append(remark)
    }
    for item in file.items {
      if let first = firstPlaces[item.object.id] {
        let problem = CodecProblem.duplicate(first: first.file, line: first.start.line)
        problems.append(problem.diagnostic(at: item.span, object: item.label))
      } else {
        firstPlaces[item.object.id] = item.span
        objects.append(item.object)
      }
    }
    problems[start...].sortByPlace()
  }
  return (objects, problems)
}

/// Reads one object from the text it was once kept with.
package func readObject(_ source: ObjectSource) -> (object: MeshObject?, problems: [Diagnostic]) {
  var file = FileObjects()
  file.read(source.text, file: source.file)
  var (objects, problems) = merge([file])
  let lines = source.line - 1
  for index in problems.indices {
    problems[index].span?.start.line += lines
    problems[index].span?.end.line += lines
  }
  for index in objects.indices { objects[index].source.line += lines }
  return (objects.first, problems)
}

/// The objects of one file, and every problem that can be told without the other files.
package struct FileObjects: Sendable {
  fileprivate struct Item: Sendable {
    var object: MeshObject
    var span: SourceSpan
    /// How messages name the object.
    var label: String?
  }

  fileprivate var items: [Item] = []
  fileprivate var problems: [Diagnostic] = []
  /// That private keys were left out, which is told once for all files.
  fileprivate var secretRemark: Diagnostic?

  fileprivate mutating func read(_ bytes: [UInt8], file: String) {
    let (documents, found) = parseYAML(bytes, file: file)
    problems += found
    var excerpts = SourceExcerpts(bytes: bytes)
    for (index, document) in documents.enumerated() {
      // Several JSON values on end are several documents of one stretch.
      let isAlone =
        (index == 0 || documents[index - 1].start != document.start)
        && (index + 1 == documents.count || documents[index + 1].start != document.start)
      let line = Int(document.start.line)
      let whole = ObjectSource(file: file, line: line, text: Array(document.bytes))
      if let items = ObjectList(document.node) {
        for item in items.nodes {
          let source = excerpts.source(of: item, file: file, original: items.isVerbatim)
          add(item, items, source)
        }
        problems += items.problems(file: file)
      } else {
        let source = isAlone ? whole : excerpts.source(of: document.node, file: file, original: true)
        add(document.node, nil, source)
      }
    }
  }

  private mutating func add(_ root: Node, _ list: ObjectList?, _ source: ObjectSource) {
    let context = DecodingContext(file: source.file, object: ObjectEnvelope.label(of: root), syntax: .schema)
    context.path = []
    var reader = ObjectReader(root: root, context: context, source: source)
    let object = reader.read()
    problems += context.problems
    let span = root.span(file: source.file)
    if reader.hasDroppedSecrets, secretRemark == nil {
      secretRemark = CodecProblem.privateKeysDropped.diagnostic(at: span, object: context.object)
    }
    guard let object, !context.problems.contains(where: { $0.severity == .error }) else { return }
    items.append(Item(object: object, span: span, label: context.object))
  }
}

extension ArraySlice<Diagnostic> {
  /// What has no place goes first.
  fileprivate mutating func sortByPlace() {
    guard count > 1 else { return }
    sort { a, b in
      guard let left = a.span?.start, let right = b.span?.start else { return a.span == nil && b.span != nil }
      return left < right
    }
  }
}

/// The items of a `kind: List`, or of a list of one kind.
package struct ObjectList {
  package let nodes: [Node]
  /// False when what an item is had to be added to it.
  let isVerbatim: Bool
  private let strays: [Node]

  /// nil when the node is no list of objects.
  package init?(_ root: Node) {
    guard let kind = root["kind"]?.string, kind.utf8.suffix(4).elementsEqual("List".utf8),
      let items = root["items"]?.sequence
    else { return nil }
    strays = items.filter { $0.mapping == nil }
    let objects = items.filter { $0.mapping != nil }
    let single = String(kind.utf8.dropLast(4)) ?? ""
    guard !single.isEmpty, let apiVersion = root.entry("apiVersion"), objects.contains(where: { $0["kind"] == nil })
    else {
      nodes = objects
      isVerbatim = true
      return
    }
    // What an API server answers to a list of one kind: the items do not say again what they are.
    nodes = objects.map { item in
      var entries = item.mapping ?? []
      if item["kind"] == nil { entries.insert(Node.Entry(name: "kind", value: .string(single)), at: 0) }
      if item["apiVersion"] == nil { entries.insert(apiVersion, at: 0) }
      return Node(.mapping(entries), start: item.start, end: item.end)
    }
    isVerbatim = false
  }

  func problems(file: String) -> [Diagnostic] {
    strays.map { CodecProblem.wrongType(expected: .object, $0).diagnostic(at: $0.span(file: file)) }
  }
}
