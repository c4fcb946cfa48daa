import Evaluation
import MeshModel
import ProxyModel
import RequestSpace

/// Holds an answer against what a case expects; every clause that fails gives one mismatch.
package struct ExpectationCheck {
  private let seen: Observed
  private let outcomes: [Outcome]
  private let targets: [(parts: ClusterParts, share: Fraction)]
  private let behaviour: Behaviour

  package init(_ seen: Observed) {
    self.seen = seen
    behaviour = seen.behaviour
    outcomes = seen.answer.outcomes.filter { $0.probability != .zero }
    var targets: [(parts: ClusterParts, share: Fraction)] = []
    for outcome in outcomes {
      guard let name = outcome.target?.name else { continue }
      let parts = ClusterParts(name)
      if let place = targets.firstIndex(where: { $0.parts == parts }) {
        targets[place].share = targets[place].share + outcome.probability
      } else {
        targets.append((parts, outcome.probability))
      }
    }
    self.targets = targets.sorted { $0.parts.full.utf8.lexicographicallyPrecedes($1.parts.full.utf8) }
  }

  package func mismatches(_ clauses: [Clause]) -> [Mismatch] {
    clauses.flatMap { clause -> [Mismatch] in
      if case .unchanged(let revision) = clause.expected { return changes(clause, since: revision) }
      guard let (expected, actual) = failure(of: clause.expected) else { return [] }
      return [Mismatch(clause: clause, expected: expected, actual: actual)]
    }
  }

  private func changes(_ clause: Clause, since revision: String) -> [Mismatch] {
    guard let earlier = seen.earlier[revision] else {
      return [Mismatch(clause: clause, expected: "as at revision \(revision)", actual: "not to be asked there")]
    }
    return earlier.changes(to: behaviour).map { change in
      Mismatch(
        clause: clause, expected: "\(change.aspect): \(change.before ?? "-") (revision \(revision))",
        actual: "\(change.aspect): \(change.after ?? "-")")
    }
  }

  private typealias Failure = (expected: String, actual: String)

  /// nil: it is as expected.
  private func failure(of expected: Expected) -> Failure? {
    switch expected {
    case .cluster, .service, .subset, .port, .distribution: return targetFailure(of: expected)
    case .status, .flags, .body, .details, .location, .redirected, .notRedirected, .answeredHere:
      return replyFailure(of: expected)
    case .path, .authority, .method, .requestHeader, .responseHeader, .headerTest: return messageFailure(of: expected)
    case .delay, .abort, .noFault: return faultFailure(of: expected)
    case .attempts, .retryOn, .perTryTimeout, .retryStatusCodes, .noRetry, .timeout:
      return routeFailure(of: expected)
    case .mirrors(let portions):
      let found = seen.answer.route?.mirrors ?? []
      let fits =
        found.count == portions.count
        && zip(found, portions).allSatisfy {
          ClusterParts($0.cluster).isPortion($1.name) && Self.isSame($0.probability, $1.percent)
        }
      let texts = found.map {
        Behaviour.name(ofCluster: $0.cluster) + " " + TestText.share(Self.percent($0.probability))
      }
      return fits ? nil : (Self.text(portions), texts.isEmpty ? "none" : texts.joined(separator: ", "))
    case .policy(let value): return partFailure(value, policies)
    case .answer(let value): return partFailure(value, seen.json.map { [$0] } ?? [])
    case .access(let kind):
      let found = AccessVerdict(seen.answer).kind.rawValue
      return found == kind ? nil : (kind, found)
    case .rule(let text): return ruleFailure(text)
    case .endpoints(let wanted):
      let found = outcomes.compactMap { $0.target?.cluster }.flatMap(\.addresses)
      let sorted = wanted.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return Set(found) == Set(wanted) ? nil : (sorted.joined(separator: ", "), found.joined(separator: ", "))
    case .ruleField(let field, let value, let isWanted):
      return RuleCheck(seen: seen).failure(field, value, isWanted: isWanted)
    case .drawnCluster(let name, let random):
      return RuleCheck(seen: seen).failure(drawn: name, random, targets.map(\.parts), destination)
    case .virtualHost(let name):
      let found = seen.answer.route?.virtualHost ?? ""
      let host = found.lastIndex(of: ":").map { String(found[..<$0]) } ?? found
      return found == name || host == name ? nil : ("virtual host \(name)", found.isEmpty ? "none" : found)
    case .unchanged: return nil
    }
  }

  // MARK: Where it goes

  private func targetFailure(of expected: Expected) -> Failure? {
    if case .distribution(let portions) = expected { return distributionFailure(portions) }
    func all(_ text: String, _ holds: (ClusterParts) -> Bool) -> Failure? {
      !targets.isEmpty && targets.allSatisfy { holds($0.parts) } ? nil : (text, destination)
    }
    switch expected {
    case .cluster(let text): return all("cluster \(text)") { $0.isCluster(text) }
    case .service(let text): return all("service \(text)") { $0.isService(text) }
    case .subset(let text):
      return all(text.isEmpty ? "no subset" : "subset \(text)") { $0.subset.utf8.elementsEqual(text.utf8) }
    case .port(let port): return all("port \(port)") { $0.port == port }
    default: return nil
    }
  }

  /// Shares of what is forwarded, as weights are: a fault takes from all alike.
  private func distributionFailure(_ portions: [Expected.Portion]) -> Failure? {
    let total = targets.reduce(Fraction.zero) { $0 + $1.share }
    let sum = Self.percent(total)
    var left = targets.map { (parts: $0.parts, percent: Self.percent($0.share) * 100 / max(sum, 1e-9)) }
    var fits = true
    for portion in portions {
      let found = left.filter { $0.parts.isPortion(portion.name) }
      left.removeAll { $0.parts.isPortion(portion.name) }
      if abs(found.reduce(0) { $0 + $1.percent } - portion.percent) > 0.000_1 { fits = false }
    }
    if fits, left.isEmpty, !targets.isEmpty { return nil }
    let shares = targets.map { "\($0.parts.short) \(TestText.share(Self.percent($0.share) * 100 / max(sum, 1e-9)))" }
    return (Self.text(portions), shares.isEmpty ? destination : shares.joined(separator: ", "))
  }

  /// `reviews.shop:9080 v1 75%, reviews.shop:9080 v2 25%`, or what happens instead.
  private var destination: String { behaviour.headline }

  // MARK: What is answered

  private var replies: [LocalReply] {
    outcomes.compactMap { outcome in
      switch outcome.effect {
      case .respond(let reply), .redirect(let reply): reply
      case .forward, .close: nil
      }
    }
  }

  /// Both sides count: what the server's proxy refuses comes back as its status.
  private func replyFailure(of expected: Expected) -> Failure? {
    func all(_ text: String, _ holds: (LocalReply) -> Bool) -> Failure? {
      !replies.isEmpty && replies.count == outcomes.count && replies.allSatisfy(holds) ? nil : (text, destination)
    }
    switch expected {
    case .status(let status):
      if statuses == [status] { return nil }
      return ("status \(status)", destination + serverWords)
    case .flags(let flags): return all("flags \(flags)") { $0.flags.utf8.elementsEqual(flags.utf8) }
    case .details(let text): return all("details \(text)") { $0.details.utf8.elementsEqual(text.utf8) }
    case .body(let text):
      let found = replies.map { String(decoding: $0.body ?? [], as: UTF8.self) }
      return all("", { ($0.body ?? []).elementsEqual(text.utf8) }).map { ("body \(text)", found.first ?? $0.actual) }
    case .location(let text): return all("redirect to \(text)") { ($0.location ?? []).elementsEqual(text.utf8) }
    case .answeredHere: return all("a response of the proxy's own") { $0.location == nil }
    case .notRedirected: return replies.contains { $0.location != nil } ? ("no redirect", destination) : nil
    case .redirected: return all("a redirect") { $0.location != nil || (300..<400).contains($0.status) }
    default: return nil
    }
  }

  private var serverWords: String { behaviour["at the server"].map { " (at the server: \($0))" } ?? "" }

  /// What the client gets from proxies, here or at the server; empty where an application answers.
  private var statuses: Set<UInt32> {
    var result: Set<UInt32> = []
    for outcome in outcomes {
      switch outcome.effect {
      case .respond(let reply), .redirect(let reply): result.insert(reply.status)
      case .close: return []
      case .forward:
        if outcome.arrivals.isEmpty { return [] }
        for arrival in outcome.arrivals {
          switch arrival.reception {
          case .answered(let status): result.insert(status)
          case .broken: result.insert(503)
          case .served, .various: return []
          }
        }
      }
    }
    return result
  }

  // MARK: What the upstream and the client receive

  private func messageFailure(of expected: Expected) -> Failure? {
    let requests = forwarded.compactMap(\.request)
    func all(_ text: String, _ actual: (RequestDifference) -> String, _ holds: (RequestDifference) -> Bool) -> Failure?
    {
      if !requests.isEmpty, requests.allSatisfy(holds) { return nil }
      let wrong = requests.first { !holds($0) }
      return (text, wrong.map(actual) ?? "not forwarded with endpoints: \(destination)")
    }
    func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    switch expected {
    case .path(let text): return all("path \(text)", { "path " + string($0.path) }) { $0.path.elementsEqual(text.utf8) }
    case .authority(let text):
      return all("authority \(text)", { "authority " + string($0.authority) }) { $0.authority.elementsEqual(text.utf8) }
    case .method(let text):
      return all("method \(text)", { "method " + self.method($0) }) { self.method($0).utf8.elementsEqual(text.utf8) }
    case .requestHeader(let name, let values):
      let wanted = Self.text(values)
      return all("\(name): \(wanted)", { "\(name): " + Self.text(self.header(name, $0)) }) {
        Self.text(self.header(name, $0)) == wanted
      }
    case .headerTest(let test, let isRequest):
      let wanted = "\(test.isInverted ? "not " : "")\(test.kind.rawValue) \(test.text)"
      if isRequest {
        return all("\(test.name): \(wanted)", { "\(test.name): " + Self.text(self.field(test.name, $0)) }) {
          RuleCheck.holds(test, self.field(test.name, $0))
        }
      }
      let texts = responseHeader(test.name)
      return RuleCheck.holds(test, texts) ? nil : ("\(test.name): \(wanted)", Self.text(texts))
    case .responseHeader(let name, let values): return responseFailure(name, values)
    default: return nil
    }
  }

  /// What is sent on; where no chosen cluster has an endpoint, what would be.
  private var forwarded: [Forwarded] {
    func list(_ outcomes: [Outcome]) -> [Forwarded] {
      outcomes.compactMap { outcome in
        guard case .forward(let forwarded) = outcome.effect else { return nil }
        return forwarded
      }
    }
    let own = list(outcomes)
    return own.isEmpty ? list(seen.assumed?.outcomes ?? []) : own
  }

  /// Also the parts of the request line, by their names in HTTP/2.
  private func field(_ name: String, _ request: RequestDifference) -> [String]? {
    switch name {
    case ":path": [String(decoding: request.path, as: UTF8.self)]
    case ":authority": [String(decoding: request.authority, as: UTF8.self)]
    case ":method": [method(request)]
    default: header(name, request)
    }
  }

  private func method(_ request: RequestDifference) -> String {
    request.method.map { String(decoding: $0, as: UTF8.self) } ?? seen.sentMethod
  }

  private func header(_ name: String, _ request: RequestDifference) -> [String]? {
    if let change = request.headers.first(where: { $0.name == name }) {
      return change.values?.map { String(decoding: $0, as: UTF8.self) }
    }
    let sent = seen.sent.filter { $0.name.lowercased() == name }.map(\.value)
    return sent.isEmpty ? nil : sent
  }

  /// Of what is sent on, else of the proxy's own response, whose length is told by its body.
  private func responseHeader(_ name: String) -> [String]? {
    let list = forwarded.first?.responseHeaders ?? replies.first?.responseHeaders ?? []
    if let found = list.first(where: { $0.name == name }) {
      return found.values?.map { String(decoding: $0, as: UTF8.self) }
    }
    guard name == "content-length", forwarded.isEmpty, let body = replies.first?.body, !body.isEmpty else { return nil }
    return ["\(body.count)"]
  }

  private func responseFailure(_ name: String, _ values: [String]?) -> Failure? {
    let wanted = Self.text(values)
    // Where something is sent on, an injected fault beside it does not count.
    var lists = forwarded.map { $0.responseHeaders ?? [] }
    if lists.isEmpty { lists = replies.map(\.responseHeaders) }
    if lists.isEmpty { lists = [[]] }
    for headers in lists {
      let found = headers.first { $0.name == name }?.values?.map { String(decoding: $0, as: UTF8.self) }
      if Self.text(found) != wanted { return ("\(name): \(wanted)", "\(name): \(Self.text(found))") }
    }
    return nil
  }

  private static func text(_ values: [String]?) -> String { values.map { $0.joined(separator: ", ") } ?? "(none)" }

  // MARK: Parts of the machine's answer

  private var policies: [Value] {
    guard case .array(let outcomes)? = seen.json?["outcomes"] else { return [] }
    return outcomes.compactMap { $0["policy"] }
  }

  private func partFailure(_ wanted: Value, _ found: [Value]) -> Failure? {
    guard let first = found.first else { return (PartComparison.text(wanted), "(nothing)") }
    for one in found {
      if let difference = PartComparison.difference(wanted, one, at: "") { return difference }
    }
    _ = first
    return nil
  }

  private func ruleFailure(_ text: String) -> Failure? {
    let actual = seen.rule.map { "\($0.object.namespace)/\($0.object.name) \($0.field)" } ?? "no rule"
    let words = text.split(separator: " ").map(String.init)
    guard let rule = seen.rule, let name = words.first else { return ("rule \(text)", actual) }
    let isObject = name == "\(rule.object.namespace)/\(rule.object.name)" || name == rule.object.name
    let isField = words.count < 2 || rule.field == words[1] || rule.field.hasPrefix(words[1] + ".")
    return isObject && isField ? nil : ("rule \(text)", actual)
  }

  static func percent(_ share: Fraction) -> Double { Double(share.numerator) * 100 / Double(share.denominator) }

  static func isSame(_ share: Fraction, _ percent: Double) -> Bool { abs(Self.percent(share) - percent) < 0.000_1 }

  static func text(_ portions: [Expected.Portion]) -> String {
    portions.isEmpty ? "none" : portions.map { "\($0.name) \(TestText.share($0.percent))" }.joined(separator: ", ")
  }

  private func faultFailure(of expected: Expected) -> Failure? {
    FaultCheck(seen.answer, outcomes).failure(of: expected)
  }

  private func routeFailure(of expected: Expected) -> Failure? {
    RouteCheck(seen.answer.route).failure(of: expected).map { ($0.expected, $0.actual) }
  }
}
