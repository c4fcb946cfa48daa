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
  var run = ReadingRun()
  for file in files { run.read(file.bytes, file: file.name) }
  return (run.objects, run.problems)
}

/// Reads one object from the text it was once kept with.
package func readObject(_ source: ObjectSource) -> (object: MeshObject?, problems: [Diagnostic]) {
  var run = ReadingRun()
  run.read(source.text, file: source.file, firstLine: source.line)
  return (run.objects.first, run.problems)
}

private struct ReadingRun {
  var objects: [MeshObject] = []
  var problems: [Diagnostic] = []
  private var firstPlaces: [ObjectID: SourceSpan] = [:]
  private var hasToldOfSecrets = false

  mutating func read(_ bytes: [UInt8], file: String, firstLine: Int = 1) {
    let start = problems.count
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
    if firstLine != 1 { shiftLines(by: firstLine - 1, from: start) }
    let sorted = problems[start...].sorted { a, b in
      guard let left = a.span?.start, let right = b.span?.start else { return a.span == nil && b.span != nil }
      return left < right
    }
    problems.replaceSubrange(start..., with: sorted)
  }

  private mutating func add(_ root: Node, _ list: ObjectList?, _ source: ObjectSource) {
    let context = DecodingContext(file: source.file, object: ObjectEnvelope.label(of: root), syntax: .schema)
    context.path = []
    var reader = ObjectReader(root: root, context: context, source: source)
    let object = reader.read()
    problems += context.problems
    if reader.hasDroppedSecrets, !hasToldOfSecrets {
      hasToldOfSecrets = true
      let span = root.span(file: source.file)
      problems.append(CodecProblem.privateKeysDropped.diagnostic(at: span, object: context.object))
    }
    guard let object, !context.problems.contains(where: { $0.severity == .error }) else { return }
    let span = root.span(file: source.file)
    if let first = firstPlaces[object.id] {
      let problem = CodecProblem.duplicate(first: first.file, line: first.start.line)
      problems.append(problem.diagnostic(at: span, object: context.object))
      return
    }
    firstPlaces[object.id] = span
    objects.append(object)
  }

  private mutating func shiftLines(by lines: Int, from start: Int) {
    for index in problems.indices[start...] {
      problems[index].span?.start.line += lines
      problems[index].span?.end.line += lines
    }
    for index in objects.indices { objects[index].source.line += lines }
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
