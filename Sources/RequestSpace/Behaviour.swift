package import Evaluation
import MeshModel
import ProxyModel

/// What an answer comes to for those who sent the request, in words that can be compared: not who decided, nor where.
package struct Behaviour: Hashable, Sendable {
  /// In a fixed order; no aspect stands twice.
  package private(set) var facts: [Fact] = []

  package struct Fact: Hashable, Sendable {
    package var aspect: String
    package var value: String

    package init(_ aspect: String, _ value: String) {
      self.aspect = aspect
      self.value = value
    }
  }

  /// One aspect of which two behaviours say different things; nil: it is not there.
  package struct Change: Hashable, Sendable {
    package var aspect: String
    package var before: String?
    package var after: String?

    package init(aspect: String, before: String?, after: String?) {
      self.aspect = aspect
      self.before = before
      self.after = after
    }
  }

  package subscript(aspect: String) -> String? { facts.first { $0.aspect == aspect }?.value }

  package func changes(to other: Behaviour) -> [Change] {
    var result: [Change] = []
    for fact in facts where other[fact.aspect] != fact.value {
      result.append(Change(aspect: fact.aspect, before: fact.value, after: other[fact.aspect]))
    }
    for fact in other.facts where self[fact.aspect] == nil {
      result.append(Change(aspect: fact.aspect, before: nil, after: fact.value))
    }
    return result
  }

  /// The first word on the answer: where the request goes, or what it gets.
  package var headline: String { facts.first?.value ?? "" }

  package init(_ answer: Answer) {
    var shares: [String: Fraction] = [:]
    var names: [String] = []
    var details: [String: [Fact]] = [:]
    for outcome in answer.outcomes where outcome.probability != .zero {
      let name = Self.name(outcome)
      if shares[name] == nil { names.append(name) }
      shares[name] = (shares[name] ?? .zero) + outcome.probability
      details[name] = Self.details(outcome)
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let isCertain = names.count == 1
    let parts = names.map { isCertain ? $0 : "\($0) \((shares[$0] ?? .zero).text)" }
    facts.append(Fact("result", parts.joined(separator: ", ")))
    if let filter = answer.filter { facts.append(Fact("filter", filter)) }
    addRoute(of: answer)
    let lists = names.map { details[$0] ?? [] }
    if let first = lists.first, lists.allSatisfy({ $0 == first }) {
      facts += first
    } else {
      for (name, list) in zip(names, lists) {
        // What all outcomes share is said once.
        for fact in list where !facts.contains(fact) {
          if lists.allSatisfy({ $0.contains(fact) }) {
            facts.append(fact)
          } else {
            facts.append(Fact("\(fact.aspect) (\(name))", fact.value))
          }
        }
      }
    }
    if !answer.rejectedListeners.isEmpty {
      facts.append(Fact("rejected listeners", answer.rejectedListeners.joined(separator: ", ")))
    }
  }

  /// `reviews.shop:9080 v2`; what is made here by its status.
  package static func name(_ outcome: Outcome) -> String {
    switch outcome.effect {
    case .forward: return outcome.target.map { name(ofCluster: $0.name) } ?? "forwarded"
    case .redirect(let reply): return "\(reply.status) " + String(decoding: reply.location ?? [], as: UTF8.self)
    case .respond(let reply):
      let cause = [reply.flags, reply.details].filter { !$0.isEmpty }.joined(separator: " ")
      return cause.isEmpty ? "\(reply.status)" : "\(reply.status) \(cause)"
    case .close(let closed):
      let cause = [closed.flags ?? "", closed.reason?.rawValue ?? ""].filter { !$0.isEmpty }
      return cause.isEmpty ? "closed" : "closed (\(cause.joined(separator: ", ")))"
    }
  }

  /// `outbound|9080|v2|reviews.shop.svc.cluster.local` in short.
  package static func name(ofCluster name: String) -> String {
    let parts = name.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return name }
    let texts = parts.map { String(Substring($0)) }
    let suffix = ".svc.cluster.local"
    var host = texts[3]
    if host.utf8.count > suffix.utf8.count, host.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
      host = String(Substring(host.utf8.dropLast(suffix.utf8.count)))
    }
    return "\(host):\(texts[1])" + (texts[2].isEmpty ? "" : " " + texts[2])
  }

  private mutating func addRoute(of answer: Answer) {
    guard let route = answer.route else { return }
    if let delay = route.delay {
      facts.append(Fact("delay", "\(delay.milliseconds)ms " + delay.probability.text))
    }
    if let timeout = route.timeoutMilliseconds { facts.append(Fact("timeout", timeout == 0 ? "none" : "\(timeout)ms")) }
    if let retry = route.retry { facts.append(Fact("retries", Self.text(retry))) }
    if !route.mirrors.isEmpty {
      let mirrors = route.mirrors.map { Self.name(ofCluster: $0.cluster) + " " + $0.probability.text }
      facts.append(Fact("mirror", mirrors.joined(separator: ", ")))
    }
    if !route.hash.isEmpty { facts.append(Fact("hash", route.hash.map(Self.text).joined(separator: ", "))) }
  }

  private static func text(_ retry: RetryPolicy) -> String {
    var text = "\(retry.attempts) on \(retry.retryOn)"
    if !retry.statusCodes.isEmpty { text += " " + retry.statusCodes.map { "\($0)" }.joined(separator: ",") }
    if let each = retry.perTryTimeoutMilliseconds { text += ", \(each)ms each" }
    if let backoff = retry.backoffMilliseconds { text += ", backoff \(backoff)ms" }
    if !retry.avoidsPreviousHosts { text += ", same hosts" }
    if retry.retriesOtherLocalities { text += ", other localities" }
    return text
  }

  private static func text(_ policy: HashPolicy) -> String {
    switch policy {
    case .header(let name): "header \(name)"
    case .cookie(let name, let path, let ttl, _): "cookie \(name)\(path)" + (ttl.map { " \($0)ms" } ?? "")
    case .sourceIP: "source address"
    case .queryParameter(let name): "query \(name)"
    }
  }
}
