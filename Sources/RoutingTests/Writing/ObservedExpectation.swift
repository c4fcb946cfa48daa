package import Evaluation
import ProxyModel
import RequestSpace
package import YAML

/// What an answer does, as the expectations that hold for it.
package struct ObservedExpectation {
  private let answer: Answer
  private let outcomes: [Outcome]
  private var members: [(name: String, value: Node)] = []

  /// A `then` for what was seen; nil where there is nothing that can be said.
  package static func node(for answer: Answer) -> Node? {
    var expectation = ObservedExpectation(answer)
    expectation.addTargets()
    expectation.addReply()
    guard !expectation.members.isEmpty else { return nil }
    expectation.addMessage()
    expectation.addRoute()
    expectation.addAccess()
    return .mapping(expectation.members)
  }

  private init(_ answer: Answer) {
    self.answer = answer
    outcomes = answer.outcomes.filter { $0.probability != .zero }
  }

  private mutating func add(_ name: String, _ value: Node) { members.append((name, value)) }

  private static func share(_ share: Fraction) -> Node {
    let percent = ExpectationCheck.percent(share)
    // A share that no short decimal tells is written as a fraction.
    return .string((percent * 10_000).rounded() / 10_000 == percent ? TestText.share(percent) : share.text)
  }

  private mutating func addTargets() {
    var shares: [String: Fraction] = [:]
    var total = Fraction.zero
    for outcome in outcomes {
      guard let name = outcome.target?.name else { continue }
      let short = Behaviour.name(ofCluster: name)
      shares[short] = (shares[short] ?? .zero) + outcome.probability
      total = total + outcome.probability
    }
    let names = shares.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if names.count == 1 {
      add("cluster", .string(names[0]))
    } else if names.count > 1 {
      // Shares of what is forwarded, as weights are.
      let parts = names.map { name -> (name: String, value: Node) in
        let own = shares[name] ?? .zero
        return (name, Self.share(Fraction(own.numerator * total.denominator, own.denominator * total.numerator)))
      }
      add("distribution", .mapping(parts))
    }
  }

  private mutating func addReply() {
    guard members.isEmpty, let first = outcomes.first else { return }
    switch first.effect {
    case .redirect(let reply) where outcomes.count == 1:
      let location = String(decoding: reply.location ?? [], as: UTF8.self)
      add("redirect", .mapping([("status", .int(Int64(reply.status))), ("location", .string(location))]))
    case .respond(let reply) where outcomes.count == 1 && reply.details != "fault_filter_abort":
      add("status", .int(Int64(reply.status)))
      if let body = reply.body, !body.isEmpty, let text = String(validating: body, as: UTF8.self) {
        add("body", .string(text))
      }
    case .respond, .redirect: addFault()
    case .forward, .close: break
    }
  }

  /// What the upstream receives, where all outcomes say the same.
  private mutating func addMessage() {
    let messages = outcomes.compactMap { outcome -> Forwarded? in
      guard case .forward(let forwarded) = outcome.effect else { return nil }
      return forwarded
    }
    guard let first = messages.first, messages.allSatisfy({ $0 == first }), let request = first.request else { return }
    var rewrite: [(name: String, value: Node)] = []
    if let original = request.headers.first(where: { $0.name == "x-envoy-original-path" }), original.values != nil {
      rewrite.append(("path", .string(String(decoding: request.path, as: UTF8.self))))
    }
    if request.headers.contains(where: { $0.name == "x-envoy-original-host" }) {
      rewrite.append(("authority", .string(String(decoding: request.authority, as: UTF8.self))))
    }
    if !rewrite.isEmpty { add("rewrite", .mapping(rewrite)) }
    let sides = [("request", request.headers), ("response", first.responseHeaders ?? [])]
    let headers = sides.compactMap { side, list -> (name: String, value: Node)? in
      let kept = list.filter { !$0.name.utf8.starts(with: "x-envoy-".utf8) && $0.name != "x-forwarded-client-cert" }
      return kept.isEmpty ? nil : (side, .mapping(kept.map { ($0.name, Self.header($0.values)) }))
    }
    if !headers.isEmpty { add("headers", .mapping(headers)) }
  }

  private static func header(_ values: [[UInt8]]?) -> Node {
    guard let values else { return .null }
    let texts = values.map { Node.string(String(decoding: $0, as: UTF8.self)) }
    return texts.count == 1 ? texts[0] : .sequence(texts)
  }

  private mutating func addFault() {
    guard !members.contains(where: { $0.name == "fault" }) else { return }
    var parts: [(name: String, value: Node)] = []
    if let delay = answer.route?.delay {
      parts.append(
        (
          "delay",
          .mapping([
            ("time", .string(TestText.duration(delay.milliseconds))), ("percent", Self.share(delay.probability)),
          ])
        ))
    }
    if let abort = FaultCheck.aborts(outcomes).first {
      parts.append(("abort", .mapping([("status", .int(Int64(abort.status))), ("percent", Self.share(abort.share))])))
    }
    if !parts.isEmpty { add("fault", .mapping(parts)) }
  }

  private mutating func addRoute() {
    addFault()
    guard let route = answer.route, members.contains(where: { $0.name == "cluster" || $0.name == "distribution" })
    else {
      return
    }
    if let timeout = route.timeoutMilliseconds, timeout > 0 { add("timeout", .string(TestText.duration(timeout))) }
    if let retry = route.retry, retry.origin != nil { add("retry", Self.retry(retry)) }
    if !route.mirrors.isEmpty {
      add(
        "mirror",
        .mapping(route.mirrors.map { (Behaviour.name(ofCluster: $0.cluster), Self.share($0.probability)) }))
    }
  }

  private static func retry(_ retry: RetryPolicy) -> Node {
    if retry.attempts == 0 { return .string("none") }
    var parts: [(name: String, value: Node)] = [("attempts", .int(Int64(retry.attempts)))]
    if !retry.retryOn.isEmpty { parts.append(("retryOn", .string(retry.retryOn))) }
    if let time = retry.perTryTimeoutMilliseconds { parts.append(("perTryTimeout", .string(TestText.duration(time)))) }
    if !retry.statusCodes.isEmpty {
      parts.append(("statusCodes", .sequence(retry.statusCodes.map { .int(Int64($0)) })))
    }
    return .mapping(parts)
  }

  /// Who may is a part of what happens, where a server was asked.
  private mutating func addAccess() {
    let verdict = AccessVerdict(answer)
    if verdict.kind != .unreached { add("access", .string(verdict.kind.rawValue)) }
  }
}
