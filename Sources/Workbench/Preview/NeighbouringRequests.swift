import MeshModel
import ProxyModel
import RequestSpace

/// Requests beside those that were made up for rules: what a rule that asks for more no longer takes, and what two rules
/// would both take, so that their order decides.
///
/// The smallest request of a rule tells what the rule does, but not where it ends.
struct NeighbouringRequests {
  private(set) var requests: [DerivedRequest] = []
  private var seen: Set<RequestLine> = []

  /// Enough for a rule among hundreds; a change of everything in a long list is told by the rules themselves.
  private static let most = 1_500

  /// One state of a mesh, and what was made up there for the rules that a change touches.
  struct Side {
    var snapshot: Snapshot
    var derived: [DerivedRequest]
    /// Names that lead to the services concerned, with their ports.
    var names: [String]
  }

  init(_ before: Side, _ after: Side, touched: [ObjectID]) {
    for id in touched {
      let (old, new) = (Self.virtualService(id, before), Self.virtualService(id, after))
      // One that is not there yet, or no longer, is one without hosts.
      if old ?? new != nil { add(id, (before, old ?? VirtualService()), (after, new ?? VirtualService())) }
    }
  }

  private static func virtualService(_ id: ObjectID, _ side: Side) -> VirtualService? {
    guard case .virtualService(let service)? = side.snapshot[id]?.content else { return nil }
    return service
  }

  private mutating func add(
    _ id: ObjectID, _ before: (side: Side, service: VirtualService), _ after: (side: Side, service: VirtualService)
  ) {
    let http = Self.changed(before.service.http, after.service.http)
    let tls = Self.changed(before.service.tls, after.service.tls)
    let hasOtherHosts = before.service.hosts != after.service.hosts || before.service.exportTo != after.service.exportTo
    var all: [DerivedRequest] = []
    var near: [DerivedRequest] = []
    var hints = Hints()
    hints.names = after.side.names + before.side.names
    if hasOtherHosts { hints.hosts = (before.service.hosts + after.service.hosts).map { ConcreteName.of($0) } }
    for (state, range, tlsRange) in [(after, http.new, tls.new), (before, http.old, tls.old)] {
      hints.add(state.service.http[range].flatMap(\.match))
      hints.add(state.service.tls[tlsRange].flatMap(\.match))
      for request in state.side.derived {
        guard let rule = request.delegatedBy?.object == id ? request.delegatedBy : request.rule, rule.object == id
        else { continue }
        all.append(request)
        let isNear = RuleList.place(rule.field, in: "http").map(range.contains) ?? false
        let isNearTLS = RuleList.place(rule.field, in: "tls").map(tlsRange.contains) ?? false
        if hasOtherHosts || isNear || isNearTLS { near.append(request) }
      }
    }
    hints.clients = all.map(\.line.proxy).filter { $0.kind == .sidecar }
    for namespace in [id.namespace, Self.otherNamespace(than: id.namespace, after.side.snapshot)] {
      var stranger = RequestLine.ProxyReference()
      stranger.namespace = namespace
      hints.clients.append(stranger)
    }
    for request in near { add(hints.variants(of: request.line), for: request) }
    for request in near {
      for other in all {
        add([request.line.joined(with: other.line), other.line.joined(with: request.line)], for: request)
      }
    }
  }

  private static func otherNamespace(than own: String, _ snapshot: Snapshot) -> String {
    let gateways = snapshot.objects(of: .gateway).map(\.id.namespace)
    let others = snapshot.objects(of: .pod).map(\.id.namespace).filter { $0 != own && !gateways.contains($0) }
    return others.first { $0 != "istio-system" } ?? (own == "default" ? "elsewhere" : "default")
  }

  private mutating func add(_ lines: [RequestLine?], for request: DerivedRequest) {
    for line in lines.compactMap(\.self) where requests.count < Self.most && seen.insert(line).inserted {
      requests.append(DerivedRequest(line: line, rule: request.rule, delegatedBy: request.delegatedBy))
    }
  }

  /// What stands between an equal beginning and an equal end.
  private static func changed<Rule: Equatable>(_ old: [Rule], _ new: [Rule]) -> (old: Range<Int>, new: Range<Int>) {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let rest = min(old.count, new.count) - start
    let end = min(rest, zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count)
    return (start..<(old.count - end), start..<(new.count - end))
  }
}

/// What rules speak of, on which requests may differ.
private struct Hints {
  var names: [String] = []
  var hosts: [String] = []
  var clients: [RequestLine.ProxyReference] = []
  private var unwanted: [RequestLine.HTTP.Header] = []
  private var serverNames: [String] = []

  mutating func add(_ matches: [HTTPMatchRequest]) {
    for header in matches.flatMap(\.withoutHeaders) {
      unwanted.append(
        RequestLine.HTTP.Header(name: Array(header.name.utf8), value: Self.value(meeting: header.condition)))
    }
  }

  mutating func add(_ matches: [TLSMatchAttributes]) {
    serverNames += matches.flatMap(\.sniHosts).map { ConcreteName.of($0) }
  }

  private static func value(meeting condition: MatchCondition) -> [UInt8] {
    switch condition {
    case .string(.exact(let text)), .string(.prefix(let text)): Array(text.utf8)
    case .string(.regex(let text)): PatternExamples.texts(for: text).first ?? Array("x".utf8)
    case .empty, .null: Array("x".utf8)
    }
  }

  /// Each differs from the request in one thing.
  func variants(of line: RequestLine) -> [RequestLine] {
    guard let http = line.http else { return connections(line) }
    var result: [RequestLine] = []
    func change(_ body: (inout RequestLine.HTTP) -> Void) {
      var copy = http
      body(&copy)
      var other = line
      other.http = copy
      if copy != http { result.append(other) }
    }
    let (path, query) = http.pathAndQuery
    for ending in ["/x", "x"] { change { $0.path = path + Array(ending.utf8) + query } }
    change { $0.path = path.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 } + query }
    change { $0.path = path }
    change { $0.method = Array((http.method == Array("GET".utf8) ? "POST" : "GET").utf8) }
    for place in http.headers.indices {
      change { $0.headers.remove(at: place) }
      change { $0.headers[place].value.append(UInt8(ascii: "x")) }
    }
    for header in unwanted { change { copy in if !copy.has(header.name) { copy.headers.append(header) } } }
    let isSidecar = line.proxy.kind == .sidecar
    for name in hosts + (isSidecar ? names : []) { change { $0.authority = name } }
    guard isSidecar else { return result }
    for client in clients where client != line.proxy {
      for name in [http.authority] + names.prefix(1).map(Optional.init) {
        var other = line
        other.proxy = client
        other.http?.authority = name
        result.append(other)
      }
    }
    return result
  }

  private func connections(_ line: RequestLine) -> [RequestLine] {
    var result: [RequestLine] = []
    for name in serverNames {
      guard let old = line.connection.tls?.sni, old != name else { continue }
      var other = line
      other.connection.tls?.sni = name
      if let port = line.connection.host.utf8.split(separator: UInt8(ascii: ":")).last, !line.connection.host.isEmpty {
        other.connection.host = "\(name):\(Substring(port))"
      }
      result.append(other)
    }
    for client in clients where client != line.proxy && line.proxy.kind == .sidecar {
      var other = line
      other.proxy = client
      result.append(other)
    }
    return result
  }
}

extension RequestLine {
  /// What meets the conditions of two rules: the path of the other request, and the headers of both. nil: it says
  /// nothing that one of them does not say.
  fileprivate func joined(with other: RequestLine) -> RequestLine? {
    guard let own = http, let theirs = other.http, connection == other.connection, own.authority == theirs.authority,
      proxy == other.proxy || (proxy.kind == .sidecar && other.proxy.kind == .sidecar)
    else { return nil }
    var result = self
    var http = own
    let (path, query) = theirs.pathAndQuery
    http.path = path + (own.pathAndQuery.query.isEmpty ? query : own.pathAndQuery.query)
    if http.method == Array("GET".utf8) { http.method = theirs.method }
    for header in theirs.headers where !http.has(header.name) { http.headers.append(header) }
    result.http = http
    return result == self || result == other ? nil : result
  }
}

extension RequestLine.HTTP {
  /// The query begins with its question mark.
  fileprivate var pathAndQuery: (path: [UInt8], query: [UInt8]) {
    let place = path.firstIndex(of: UInt8(ascii: "?")) ?? path.endIndex
    return (Array(path[..<place]), Array(path[place...]))
  }

  fileprivate func has(_ name: [UInt8]) -> Bool { headers.contains { $0.name == name } }
}
