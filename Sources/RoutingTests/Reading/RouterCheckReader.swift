import Diagnostics
import YAML

/// Tests of Envoy's router_check_tool, in the form of its protobuf and in the older one of `:authority` and a list.
struct RouterCheckReader {
  let file: String
  var fields: FieldReader
  private(set) var suite: TestSuite

  init(file: String) {
    self.file = file
    fields = FieldReader(file: file)
    suite = TestSuite(file: file)
  }

  static func isMeant(by node: Node) -> Bool {
    let items = node.sequence ?? node["tests"]?.sequence ?? []
    return items.contains { $0["validate"] != nil || $0["test_name"] != nil }
  }

  mutating func read(_ node: Node) {
    let items = node.sequence ?? node["tests"]?.sequence ?? []
    for (place, item) in items.enumerated() { readTest(item, place + 1) }
  }

  private mutating func skip(_ entry: Node.Entry, _ why: LocalizedText) {
    suite.notCarried.append(NotCarried.diagnostic(entry.name, why, entry.nameSpan(file: file)))
  }

  private mutating func readTest(_ node: Node, _ number: Int) {
    var name = "test \(number)"
    var input: Node?
    var validate: Node?
    for entry in node.mapping ?? [] {
      switch entry.name {
      case "test_name": name = fields.text(entry.value, "test_name") ?? name
      case "input": input = entry.value
      case "validate": validate = entry.value
      // What JSON has for comments.
      case let key where key.hasPrefix("_"): continue
      default: skip(entry, NotCarried.unknown)
      }
    }
    guard let input else {
      fields.add(.missingKey("input", in: name), at: node.span(file: file))
      return
    }
    var random: UInt64 = 0
    let before = suite.notCarried.count
    guard let request = request(input, &random) else { return }
    // Without a part of the question the answer means nothing.
    guard suite.notCarried.count == before else {
      suite.notCarried.append(NotCarried.diagnostic(name, NotCarried.leftOut, node.span(file: file)))
      return
    }
    let clauses = validate.map { self.clauses($0, random, request.url) } ?? []
    guard !clauses.isEmpty else {
      suite.notCarried.append(NotCarried.diagnostic(name, NotCarried.nothing, node.span(file: file)))
      return
    }
    suite.cases.append(
      TestCase(name: name, span: node.span(file: file), given: Given(), request: request, clauses: clauses))
  }

  private mutating func request(_ node: Node, _ random: inout UInt64) -> TestRequest? {
    var request = TestRequest(url: "", span: node.span(file: file))
    request.client = .anywhere
    // Whom the tool takes for the client.
    request.source = "127.0.0.1"
    var authority: String?
    var path = "/"
    for entry in node.mapping ?? [] {
      switch entry.name {
      case "authority", ":authority": authority = fields.text(entry.value, "authority")
      case "path", ":path": path = fields.text(entry.value, "path") ?? path
      case "method", ":method": request.method = fields.text(entry.value, "method") ?? "GET"
      case "ssl":
        if fields.isTrue(entry.value, "ssl") == true {
          request.headerPairs.append(.init(name: "x-forwarded-proto", value: "https"))
        }
      case "internal":
        if fields.isTrue(entry.value, "internal") == true {
          request.headerPairs.append(.init(name: "x-envoy-internal", value: "true"))
        }
      case "random_value", "random_lb_value":
        if let value = fields.text(entry.value, "random_value") { random = UInt64(value) ?? 0 }
      case "additional_request_headers", "additional_headers":
        for header in fields.list(entry.value, entry.name) {
          guard let name = (header["key"] ?? header["field"])?.scalar?.text else { continue }
          request.headerPairs.append(.init(name: name, value: header["value"]?.scalar?.text ?? ""))
        }
      case "additional_response_headers": skip(entry, NotCarried.response)
      case "runtime": skip(entry, NotCarried.runtime)
      default: skip(entry, NotCarried.unknown)
      }
    }
    guard let authority else {
      fields.add(.missingKey("authority", in: "input"), at: node.span(file: file))
      return nil
    }
    request.url = "http://\(authority)\(path.hasPrefix("/") ? path : "/" + path)"
    return request
  }

  private mutating func clauses(_ node: Node, _ random: UInt64, _ url: String) -> [Clause] {
    var result: [Clause] = []
    for entry in node.mapping ?? [] {
      let span = entry.nameSpan(file: file)
      let text = entry.value.scalar?.text ?? ""
      func one(_ expected: Expected) { result.append(Clause(entry.name, span, expected)) }
      switch entry.name {
      case "cluster_name": one(.drawnCluster(text, random: random))
      // An empty name says that nothing is sent on.
      case "virtual_host_name":
        // Istio's names are `host:port`, but for what it makes of unknown hosts.
        if text.isEmpty {
          one(.drawnCluster("", random: random))
        } else if text.contains(":") || text == "allow_any" || text == "block_all" {
          one(.virtualHost(text))
        } else {
          skip(entry, NotCarried.virtualHost)
        }
      case "path_rewrite": one(text.isEmpty ? .drawnCluster("", random: random) : .path(text))
      case "host_rewrite": one(text.isEmpty ? .drawnCluster("", random: random) : .authority(text))
      // Of a direct response the tool gives the URL that was asked.
      case "path_redirect": one(text.isEmpty ? .notRedirected : text == url ? .answeredHere : .location(text))
      case "timeout": if let time = fields.duration(entry.value, "timeout") { one(.timeout(time)) }
      case "code_redirect": if let status = fields.number(entry.value, entry.name) { one(.status(status)) }
      case "virtual_cluster_name":
        // Envoy's own word for none.
        if !text.isEmpty, text != "other" { skip(entry, NotCarried.virtualCluster) }
      case "header_fields", "custom_header_fields":
        for header in fields.list(entry.value, entry.name) {
          guard let name = (header["key"] ?? header["field"])?.scalar?.text else { continue }
          let value = header["value"]?.scalar?.text ?? ""
          result.append(Clause("\(entry.name).\(name)", header.span(file: file), Self.header(name, value)))
        }
      case "request_header_matches", "response_header_matches":
        let isRequest = entry.name == "request_header_matches"
        for matcher in fields.list(entry.value, entry.name) {
          guard let test = HeaderTest(matcher) else {
            suite.notCarried.append(NotCarried.diagnostic(entry.name, NotCarried.unknown, matcher.span(file: file)))
            continue
          }
          result.append(
            Clause("\(entry.name).\(test.name)", matcher.span(file: file), .headerTest(test, isRequest: isRequest)))
        }
      default: skip(entry, NotCarried.unknown)
      }
    }
    return result
  }

  private static func header(_ name: String, _ value: String) -> Expected {
    switch name {
    case ":path": .path(value)
    case ":authority": .authority(value)
    case ":method": .method(value)
    default: .requestHeader(name.lowercased(), value.isEmpty ? nil : [value])
    }
  }
}

/// Envoy's condition on a header.
package struct HeaderTest: Hashable, Sendable {
  package var name: String
  package var kind: Kind
  package var text: String
  package var isInverted: Bool

  package enum Kind: String, Hashable, Sendable {
    case exact, prefix, suffix, contains, regex, present
  }

  /// nil: a form that is not known.
  init?(_ node: Node) {
    guard let name = node["name"]?.scalar?.text else { return nil }
    self.name = name.lowercased()
    isInverted = node["invert_match"]?.scalar?.text == "true"
    let inner = node["string_match"]
    func find(_ keys: [String]) -> String? {
      for key in keys {
        if let text = (node[key] ?? inner?[key])?.scalar?.text { return text }
      }
      return nil
    }
    if let text = find(["exact_match", "exact"]) {
      (kind, self.text) = (.exact, text)
    } else if let text = find(["prefix_match", "prefix"]) {
      (kind, self.text) = (.prefix, text)
    } else if let text = find(["suffix_match", "suffix"]) {
      (kind, self.text) = (.suffix, text)
    } else if let text = find(["contains_match", "contains"]) {
      (kind, self.text) = (.contains, text)
    } else if let text = (node["safe_regex_match"] ?? inner?["safe_regex"])?["regex"]?.scalar?.text {
      (kind, self.text) = (.regex, text)
    } else if let text = find(["present_match"]) {
      (kind, self.text) = (.present, "")
      if text == "false" { isInverted.toggle() }
    } else {
      (kind, text) = (.present, "")
    }
  }
}
