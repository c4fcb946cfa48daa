package import Diagnostics
package import MeshModel
package import RoutingTests
import YAML

/// Tests that are kept with the mesh, as objects of kind RoutingTest: `spec` is a suite.
package enum StoredTests {
  /// By namespace and name; names of cases begin with the object's.
  package static func cases(of objects: some Sequence<MeshObject>) -> (cases: [TestCase], problems: [Diagnostic]) {
    var cases: [TestCase] = []
    var problems: [Diagnostic] = []
    for object in objects.filter({ $0.id.kind == .routingTest }).sorted(by: { $0.id < $1.id }) {
      let (suite, found) = read(object)
      problems += found + suite.notCarried
      cases += suite.cases.map { test in
        var test = test
        test.name = "\(object.id.namespace)/\(object.id.name): \(test.name)"
        if test.given.namespace == nil { test.given.namespace = object.id.namespace }
        return test
      }
    }
    return (cases, problems)
  }

  private static func read(_ object: MeshObject) -> (suite: TestSuite, problems: [Diagnostic]) {
    let source = object.source
    // Lines count from the beginning of the file that the object was read from.
    let lead = [UInt8](repeating: UInt8(ascii: "\n"), count: max(0, source.line - 1))
    guard let document = parseYAML(lead + source.text, file: source.file).documents.first,
      let spec = document.node["spec"]
    else { return (TestSuite(file: source.file), []) }
    var (suite, problems) = readTests(spec, file: source.file)
    for test in suite.cases where test.given.isElsewhere {
      problems.append(
        Diagnostic(
          code: "DD0716", severity: .error, span: test.span, object: object.id.label,
          message: LocalizedText(
            en: "a stored test asks the revision that it is in: 'given' may hold 'namespace' only",
            zh: "存储的测试针对其所在的修订：'given' 中只能有 'namespace'")))
    }
    suite.file = source.file
    return (suite, problems)
  }

  /// The requests of stored tests, as far as they can be asked of this mesh.
  package static func requests(of session: SimulationSession) -> [NamedRequest] {
    let clients = TestClients()
    return cases(of: session.snapshot.objects(of: .routingTest)).cases.compactMap { test in
      guard let question = try? TestQuestion(test.request, test.given, in: session, known: clients) else { return nil }
      return NamedRequest(name: test.name, line: question.line)
    }
  }

  /// Runs the tests that are among the objects on these objects.
  package static func results(
    of objects: [MeshObject], earlier: TestWorlds.Source? = nil, forms: TestJob.Forms, now: Int64
  ) -> [TestResult] {
    let cases = cases(of: objects).cases
    if cases.isEmpty { return [] }
    let worlds = TestWorlds(now: now) { given, revision in
      if revision != nil, let earlier { return earlier(given, revision) }
      return .success(objects)
    }
    return TestJob(worlds, forms: forms).run(cases)
  }
}

extension Given {
  fileprivate var isElsewhere: Bool { mesh != nil || revision != nil || !files.isEmpty || !with.isEmpty }
}
