package import Diagnostics
package import YAML

/// Reads a file of tests, whoever's form it has, and every problem in it.
package func readTests(_ bytes: [UInt8], file: String) -> (suite: TestSuite, problems: [Diagnostic]) {
  let (documents, problems) = parseYAML(bytes, file: file)
  var suite = TestSuite(file: file)
  var found = problems
  if documents.isEmpty, problems.isEmpty {
    let top = SourceSpan(file: file, start: .init(line: 1, column: 1), end: .init(line: 1, column: 1))
    found.append(
      Diagnostic(code: SuiteProblem.noTests.code, severity: .error, span: top, message: SuiteProblem.noTests.message))
  }
  for document in documents {
    let (part, more) = readTests(document.node, file: file)
    suite.cases += part.cases
    suite.notCarried += part.notCarried
    found += more
  }
  return (suite, found)
}

/// Whether every document is an object of a mesh and none is a test: such files lie beside tests.
package func holdsObjectsOnly(_ bytes: [UInt8]) -> Bool {
  let documents = parseYAML(bytes, file: "").documents
  return !documents.isEmpty
    && documents.allSatisfy { document in
      document.node["apiVersion"] != nil && document.node["kind"].map { $0.string != "RoutingTest" } ?? false
    }
}

/// The same of one document.
package func readTests(_ node: Node, file: String) -> (suite: TestSuite, problems: [Diagnostic]) {
  // An object of a mesh is no suite, but a test that is kept with one has its suite in `spec`.
  if let kind = node["kind"]?.string, kind != "RoutingTest", node["apiVersion"] != nil {
    let problem = SuiteProblem.unknownFormat
    let found = Diagnostic(
      code: problem.code, severity: .error, span: node.span(file: file), message: problem.message)
    return (TestSuite(file: file), [found])
  }
  let node = node["kind"]?.string == "RoutingTest" ? node["spec"] ?? node : node
  let (suite, found): (TestSuite, [Diagnostic])
  if ConfigValidatorReader.isMeant(by: node) {
    var reader = ConfigValidatorReader(file: file)
    reader.read(node)
    (suite, found) = (reader.suite, reader.fields.problems)
  } else if RouterCheckReader.isMeant(by: node) {
    var reader = RouterCheckReader(file: file)
    reader.read(node)
    (suite, found) = (reader.suite, reader.fields.problems)
  } else {
    var reader = SuiteReader(file: file)
    reader.read(node)
    (suite, found) = (reader.suite, reader.fields.problems)
  }
  let problems = found.sorted { a, b in
    guard let left = a.span?.start, let right = b.span?.start, left != right else { return false }
    return left < right
  }
  return (suite, problems)
}

/// Drydock's own form.
struct SuiteReader {
  let file: String
  var fields: FieldReader
  private(set) var suite: TestSuite

  init(file: String) {
    self.file = file
    fields = FieldReader(file: file)
    suite = TestSuite(file: file)
  }

  mutating func read(_ node: Node) {
    // `shared` is for anchors; nothing in it is looked at.
    let entries = fields.members(node, of: "", known: ["given", "shared", "tests"])
    var given = Given()
    for entry in entries where entry.name == "given" { given = self.given(entry.value, over: given) }
    guard let tests = entries.first(where: { $0.name == "tests" }) else {
      if node.mapping != nil { fields.add(.noTests, at: node.span(file: file)) }
      return
    }
    let items = fields.list(tests.value, "tests")
    if items.isEmpty, tests.value.sequence != nil { fields.add(.noTests, at: tests.nameSpan(file: file)) }
    for (place, item) in items.enumerated() { readTest(item, place + 1, given) }
  }

  private mutating func given(_ node: Node, over base: Given) -> Given {
    var given = base
    for entry in fields.members(node, of: "given", known: ["mesh", "revision", "files", "with", "namespace"]) {
      switch entry.name {
      case "mesh": given.mesh = fields.text(entry.value, "mesh")
      case "revision": given.revision = fields.text(entry.value, "revision")
      case "files": given.files = fields.texts(entry.value, "files")
      case "with": given.with = fields.texts(entry.value, "with")
      default: given.namespace = fields.text(entry.value, "namespace")
      }
      if entry.name == "files", given.revision != nil || given.mesh != nil {
        fields.add(.bothGiven("files", "revision"), at: entry.nameSpan(file: file))
      }
    }
    given.folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
    return given
  }

  private mutating func readTest(_ node: Node, _ number: Int, _ base: Given) {
    let known = ["name", "given", "when", "rows", "then"]
    let entries = fields.members(node, of: "tests[\(number - 1)]", known: known)
    guard node.mapping != nil else { return }
    func entry(_ name: String) -> Node.Entry? { entries.first { $0.name == name } }
    let name = entry("name").flatMap { fields.text($0.value, "name") } ?? "test \(number)"
    let given = entry("given").map { self.given($0.value, over: base) } ?? base
    let shared = entry("then").map { members(ofExpectation: $0.value) } ?? []
    guard let when = entry("when") else {
      fields.add(.missingKey("when", in: name), at: node.span(file: file))
      return
    }
    var rows: [Node]
    var base: [Node.Entry] = []
    let isTable = when.value.sequence != nil || entry("rows") != nil
    if let list = when.value.sequence {
      rows = list
      if let more = entry("rows") { fields.add(.bothGiven("when as a list", "rows"), at: more.nameSpan(file: file)) }
    } else {
      if isTable { base = fields.members(when.value, of: "when", known: FieldReader.requestKeys) }
      rows = entry("rows").map { fields.list($0.value, "rows") } ?? []
    }
    if isTable, rows.isEmpty {
      fields.add(.emptyTable(when.value.sequence == nil ? "rows" : "when"), at: when.nameSpan(file: file))
    }
    if !isTable { rows = [when.value] }
    for (place, row) in rows.enumerated() {
      let title = isTable ? "\(name) [\(place + 1)]" : name
      readRow(
        row, isTable ? title : name, isTable ? row.span(file: file) : node.span(file: file), isTable ? base : [], given,
        shared)
    }
  }

  private mutating func members(ofExpectation node: Node) -> [Node.Entry] {
    fields.members(node, of: "then", known: FieldReader.expectationKeys)
  }

  private mutating func readRow(
    _ row: Node, _ name: String, _ span: SourceSpan, _ base: [Node.Entry], _ given: Given, _ shared: [Node.Entry]
  ) {
    let own = fields.members(row, of: "when", known: FieldReader.requestKeys + ["name", "then"])
    var title = name
    if let label = own.first(where: { $0.name == "name" }), let text = fields.text(label.value, "name") {
      title = name + " " + text
    }
    var expected = shared
    if let more = own.first(where: { $0.name == "then" }) {
      let rowOwn = members(ofExpectation: more.value)
      expected = shared.filter { one in !rowOwn.contains { $0.name == one.name } } + rowOwn
    }
    let clients: Set<String> = ["from", "gateway", "client"]
    let hasClient = own.contains { clients.contains($0.name) }
    let kept = base.filter { one in
      !own.contains { $0.name == one.name } && !(hasClient && clients.contains(one.name))
    }
    let clauses = fields.clauses(expected)
    let request = fields.request(kept + own.filter { $0.name != "then" && $0.name != "name" }, row.span(file: file))
    if clauses.isEmpty, expected.isEmpty { fields.add(.nothingAsserted(title), at: span) }
    guard let request, !clauses.isEmpty else { return }
    suite.cases.append(TestCase(name: title, span: span, given: given, request: request, clauses: clauses))
  }
}
