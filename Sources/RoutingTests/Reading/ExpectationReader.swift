import Diagnostics
import MeshModel
import YAML

extension FieldReader {
  static let expectationKeys = [
    "cluster", "service", "subset", "port", "distribution", "status", "flags", "body", "details", "redirect", "rewrite",
    "headers", "fault", "retry", "timeout", "mirror", "policy", "answer", "access", "rule", "endpoints", "unchanged",
    "unchanged since",
  ]

  /// Empty, these would hold whatever happens.
  private static let saysSomething: Set<String> = [
    "distribution", "rewrite", "headers", "fault", "retry", "policy", "answer",
  ]

  /// `then`.
  mutating func clauses(_ entries: [Node.Entry]) -> [Clause] {
    var result: [Clause] = []
    for entry in entries {
      let node = entry.value
      let span = entry.nameSpan(file: file)
      if Self.saysSomething.contains(entry.name), node.mapping?.isEmpty ?? false {
        add(.emptyExpectation(entry.name), at: span)
        continue
      }
      func one(_ expected: Expected?) {
        if let expected { result.append(Clause(entry.name, span, expected)) }
      }
      switch entry.name {
      case "cluster": one(text(node, "cluster").map { .cluster($0) })
      case "service": one(text(node, "service").map { .service($0) })
      case "subset": one(node.isNull ? .subset("") : text(node, "subset").map { .subset($0) })
      case "port": one(number(node, "port").map { .port($0) })
      case "distribution": one(portions(node, "distribution").map { .distribution($0) })
      case "status": one(number(node, "status").map { .status($0) })
      case "flags": one(text(node, "flags").map { .flags($0) })
      case "body": one(text(node, "body").map { .body($0) })
      case "details": one(text(node, "details").map { .details($0) })
      case "timeout": one(duration(node, "timeout").map { .timeout($0) })
      case "mirror": one(isNone(node) ? .mirrors([]) : portions(node, "mirror").map { .mirrors($0) })
      case "policy": one(.policy(Value(node)))
      case "answer": one(.answer(Value(node)))
      case "access":
        one(choice(node, "access", ["allowed", "denied", "partly", "unreached"]).map { .access($0) })
      case "rule": one(text(node, "rule").map { .rule($0) })
      case "endpoints": one(.endpoints(texts(node, "endpoints")))
      case "unchanged since": one(text(node, entry.name).map { .unchanged(since: $0) })
      case "unchanged": one(since(node).map { .unchanged(since: $0) })
      case "redirect": result += redirect(node, span)
      case "rewrite": result += rewrite(node, span)
      case "headers": result += headerClauses(node)
      case "fault": result += fault(node, span)
      case "retry": result += retry(node, span)
      default: continue
      }
    }
    return result
  }

  private func isNone(_ node: Node) -> Bool { node.scalar?.text == "none" || node.isNull }

  /// `since 12`, or `{since: 12}`.
  private mutating func since(_ node: Node) -> String? {
    if node.mapping != nil {
      let entries = members(node, of: "unchanged", known: ["since"])
      return entries.first.flatMap { text($0.value, "since") }
    }
    guard let text = text(node, "unchanged") else { return nil }
    return text.hasPrefix("since ") ? String(text.dropFirst("since ".count)) : text
  }

  /// `{v1: 75%, v2: 25%}`; a list of names, or one, takes everything each.
  private mutating func portions(_ node: Node, _ field: String) -> [Expected.Portion]? {
    if let entries = node.mapping {
      return entries.compactMap { entry in
        percent(entry.value, entry.name).map { Expected.Portion(name: entry.name, percent: $0) }
      }
    }
    let names = texts(node, field)
    return names.isEmpty ? nil : names.map { Expected.Portion(name: $0, percent: 100) }
  }

  private mutating func redirect(_ node: Node, _ span: SourceSpan) -> [Clause] {
    var result = [Clause("redirect", span, .redirected)]
    if node.mapping == nil {
      if let text = text(node, "redirect") { result.append(Clause("redirect", span, .location(text))) }
      return result
    }
    for entry in members(node, of: "redirect", known: ["status", "location"]) {
      let span = entry.nameSpan(file: file)
      if entry.name == "status" {
        if let status = number(entry.value, "status") {
          result.append(Clause("redirect.status", span, .status(status)))
        }
      } else if let location = text(entry.value, "location") {
        result.append(Clause("redirect.location", span, .location(location)))
      }
    }
    return result
  }

  private mutating func rewrite(_ node: Node, _ span: SourceSpan) -> [Clause] {
    if node.mapping == nil { return text(node, "rewrite").map { [Clause("rewrite", span, .path($0))] } ?? [] }
    return members(node, of: "rewrite", known: ["path", "authority", "method"]).compactMap { entry in
      guard let value = text(entry.value, entry.name) else { return nil }
      let expected: Expected =
        switch entry.name {
        case "path": .path(value)
        case "authority": .authority(value)
        default: .method(value)
        }
      return Clause("rewrite.\(entry.name)", entry.nameSpan(file: file), expected)
    }
  }

  private mutating func headerClauses(_ node: Node) -> [Clause] {
    var result: [Clause] = []
    for side in members(node, of: "headers", known: ["request", "response"]) {
      guard let entries = side.value.mapping else {
        add(.notMapping("headers.\(side.name)"), at: side.value.span(file: file))
        continue
      }
      if entries.isEmpty { add(.emptyExpectation("headers.\(side.name)"), at: side.nameSpan(file: file)) }
      for entry in entries {
        let values = entry.value.isNull ? nil : texts(entry.value, entry.name)
        let name = entry.name.lowercased()
        result.append(
          Clause(
            "headers.\(side.name).\(entry.name)", entry.nameSpan(file: file),
            side.name == "request" ? .requestHeader(name, values) : .responseHeader(name, values)))
      }
    }
    return result
  }

  private mutating func fault(_ node: Node, _ span: SourceSpan) -> [Clause] {
    if isNone(node) { return [Clause("fault", span, .noFault)] }
    var result: [Clause] = []
    for entry in members(node, of: "fault", known: ["delay", "abort"]) {
      let isDelay = entry.name == "delay"
      let field = "fault.\(entry.name)"
      var main: Node?
      var share: Node?
      if entry.value.mapping == nil {
        main = entry.value
      } else {
        for part in members(entry.value, of: field, known: [isDelay ? "time" : "status", "percent"]) {
          if part.name == "percent" { share = part.value } else { main = part.value }
        }
      }
      let percent = share.flatMap { self.percent($0, "percent") }
      let expected: Expected =
        isDelay
        ? .delay(milliseconds: main.flatMap { duration($0, "time") }, percent: percent)
        : .abort(status: main.flatMap { number($0, "status") }, percent: percent)
      result.append(Clause(field, entry.nameSpan(file: file), expected))
    }
    return result
  }

  private mutating func retry(_ node: Node, _ span: SourceSpan) -> [Clause] {
    if isNone(node) { return [Clause("retry", span, .noRetry)] }
    if node.mapping == nil { return number(node, "retry").map { [Clause("retry", span, .attempts($0))] } ?? [] }
    let known = ["attempts", "retryOn", "perTryTimeout", "statusCodes"]
    return members(node, of: "retry", known: known).compactMap { entry in
      let expected: Expected?
      switch entry.name {
      case "attempts": expected = number(entry.value, "attempts").map { .attempts($0) }
      case "retryOn":
        let words = texts(entry.value, "retryOn").flatMap { $0.split(separator: ",").map(String.init) }
        expected = .retryOn(words.map { String($0.drop { $0 == " " }) })
      case "perTryTimeout": expected = duration(entry.value, "perTryTimeout").map { .perTryTimeout($0) }
      default:
        let items = entry.value.sequence ?? [entry.value]
        expected = .retryStatusCodes(items.compactMap { number($0, "statusCodes") })
      }
      return expected.map { Clause("retry.\(entry.name)", entry.nameSpan(file: file), $0) }
    }
  }
}

extension Value {
  /// The same content without its places.
  init(_ node: Node) {
    switch node.content {
    case .sequence(let items): self = .array(items.map { Value($0) })
    case .mapping(let entries): self = .object(entries.map { Member(key: $0.name, value: Value($0.value)) })
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: self = .null
      case .bool(let value): self = .bool(value)
      case .int(let value): self = .integer(value)
      case .float(let value): self = .number(value)
      case .string(let value): self = .string(value)
      }
    }
  }
}
