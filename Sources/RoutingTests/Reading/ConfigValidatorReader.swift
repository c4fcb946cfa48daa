import Diagnostics
import MeshModel
import YAML

/// Tests of istio-config-validator: requests in all combinations, and what the rule that takes them says.
struct ConfigValidatorReader {
  let file: String
  var fields: FieldReader
  private(set) var suite: TestSuite

  init(file: String) {
    self.file = file
    fields = FieldReader(file: file)
    suite = TestSuite(file: file)
  }

  static func isMeant(by node: Node) -> Bool { node.mapping?.contains { isList($0.name) } ?? false }

  /// The tool's reader does not look at the case of keys, and its older files make use of that.
  private static func isList(_ name: String) -> Bool { name.lowercased() == "testcases" }

  /// The fields of a rule that a case may name.
  private static let ruleFields = [
    "route", "redirect", "rewrite", "fault", "headers", "delegate", "timeout", "retries", "directResponse", "mirror",
    "corsPolicy",
  ]

  mutating func read(_ node: Node) {
    for entry in node.mapping ?? [] {
      guard Self.isList(entry.name) else {
        suite.notCarried.append(NotCarried.diagnostic(entry.name, NotCarried.unknown, entry.nameSpan(file: file)))
        continue
      }
      for (place, item) in fields.list(entry.value, "testCases").enumerated() { readCase(item, place + 1) }
    }
  }

  private mutating func readCase(_ node: Node, _ number: Int) {
    guard let entries = node.mapping else {
      fields.add(.notMapping("testCases[\(number - 1)]"), at: node.span(file: file))
      return
    }
    var name = "test \(number)"
    // As in the tool itself: what is not said is false.
    var isWanted = false
    var request: Node?
    var asked: [(field: String, span: SourceSpan, value: Value)] = []
    for entry in entries {
      switch entry.name {
      case "description": name = fields.text(entry.value, "description") ?? name
      case "wantMatch": isWanted = fields.isTrue(entry.value, "wantMatch") ?? false
      case "request": request = entry.value
      case let field where Self.ruleFields.contains(field):
        asked.append((field, entry.nameSpan(file: file), Value(entry.value)))
      default:
        suite.notCarried.append(NotCarried.diagnostic(entry.name, NotCarried.unknown, entry.nameSpan(file: file)))
      }
    }
    guard let request else {
      fields.add(.missingKey("request", in: name), at: node.span(file: file))
      return
    }
    guard !asked.isEmpty else {
      suite.notCarried.append(NotCarried.diagnostic(name, NotCarried.nothing, node.span(file: file)))
      return
    }
    let clauses = asked.map { Clause($0.field, $0.span, .ruleField($0.field, $0.value, isWanted: isWanted)) }
    let requests = requests(request, name)
    for (place, one) in requests.enumerated() {
      let title = requests.count == 1 ? name : "\(name) [\(place + 1)]"
      suite.cases.append(
        TestCase(name: title, span: node.span(file: file), given: Given(), request: one, clauses: clauses))
    }
  }

  /// Every path with every authority and method, in the tool's own order.
  private mutating func requests(_ node: Node, _ name: String) -> [TestRequest] {
    var lists: [String: [String]] = [:]
    var headers: [TestRequest.Header] = []
    for entry in node.mapping ?? [] {
      switch entry.name {
      case "authority", "method", "uri", "scheme": lists[entry.name] = fields.texts(entry.value, entry.name)
      case "headers":
        headers = (entry.value.mapping ?? []).flatMap { header in
          fields.texts(header.value, header.name).map { TestRequest.Header(name: header.name, value: $0) }
        }
      default:
        suite.notCarried.append(
          NotCarried.diagnostic("request.\(entry.name)", NotCarried.unknown, entry.nameSpan(file: file)))
      }
    }
    for key in ["authority", "method", "uri"] where lists[key]?.isEmpty ?? true {
      fields.add(.missingKey(key, in: "request"), at: node.span(file: file))
      return []
    }
    var result: [TestRequest] = []
    for uri in lists["uri"] ?? [] {
      for scheme in lists["scheme"] ?? ["http"] {
        for authority in lists["authority"] ?? [] {
          for method in lists["method"] ?? [] {
            let path = uri.hasPrefix("/") ? uri : "/" + uri
            var request = TestRequest(url: "\(scheme)://\(authority)\(path)", span: node.span(file: file))
            request.client = .anywhere
            request.method = method
            request.headerPairs = headers
            result.append(request)
          }
        }
      }
    }
    return result
  }
}
