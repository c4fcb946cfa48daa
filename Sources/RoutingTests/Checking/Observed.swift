package import Evaluation
package import MeshModel
package import RequestSpace

/// What a request came to.
package struct Observed: Sendable {
  package var answer: Answer
  /// As sent, for headers that nothing changes.
  package var sent: [TestRequest.Header]
  package var sentMethod = "GET"
  /// Which rule took it; nil: none of a VirtualService.
  package var rule: Origin?
  /// What the rule says that took it, and what the root's says where it is a delegate's.
  package var ruleValue: Value?
  package var rootRule: Value?
  /// The answer if every cluster had an endpoint, where none of those that were chosen has.
  package var assumed: Answer?
  /// What the machine's answer says, where a case asks for it.
  package var json: Value?
  /// What it came to at the revisions that cases name; nil: it could not be asked there.
  package var earlier: [String: Behaviour] = [:]

  package init(answer: Answer, sent: [TestRequest.Header], rule: Origin?) {
    self.answer = answer
    self.sent = sent
    self.rule = rule
  }

  package var behaviour: Behaviour { Behaviour(answer) }
}

/// An expectation that did not come true.
package struct Mismatch: Sendable {
  package var clause: Clause
  package var expected: String
  package var actual: String
}

/// The parts of a cluster's name.
struct ClusterParts: Hashable {
  var host: String
  var port: UInt32?
  var subset: String
  var full: String

  /// `outbound|9080|v2|reviews.shop.svc.cluster.local`; any other name is the host.
  init(_ name: String) {
    full = name
    let parts = name.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    if parts.count == 4 {
      (host, port, subset) = (parts[3], UInt32(parts[1]), parts[2])
    } else {
      (host, port, subset) = (name, nil, "")
    }
  }

  private static let suffix = ".svc.cluster.local"

  var short: String { Behaviour.name(ofCluster: full) }

  /// Whether a person could mean this service: `reviews`, `reviews.shop`, the whole name.
  func isService(_ name: String) -> Bool {
    if Self.same(name, host) { return true }
    return host.utf8.count > name.utf8.count && host.utf8.starts(with: (name + ".").utf8)
      && host.hasSuffix(Self.suffix)
  }

  /// Istio's name, `service`, `service:port`, either with ` subset` behind it.
  func isCluster(_ text: String) -> Bool {
    if Self.same(text, full) || Self.same(text, short) { return true }
    let words = text.split(separator: " ").map(String.init)
    guard let first = words.first, words.count <= 2 else { return false }
    guard words.count == 1 || Self.same(words[1], subset) else { return false }
    if words.count == 1, !subset.isEmpty { return false }
    if let colon = first.lastIndex(of: ":"), let wanted = UInt32(first[first.index(after: colon)...]) {
      return wanted == port && isService(String(first[..<colon]))
    }
    return isService(first)
  }

  /// In a distribution a subset's name is enough.
  func isPortion(_ text: String) -> Bool {
    (!subset.isEmpty && Self.same(text, subset)) || isCluster(text) || isService(text)
  }

  private static func same(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }
}
