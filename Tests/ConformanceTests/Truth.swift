import Foundation

/// A recorded answer against ours: what differs, by the names of the contract's fields.
///
/// Ours may have more members than the truth, but not where absence is a statement: an unexpected filter, a
/// DestinationRule, a changed header.
enum Truth {
  typealias Object = [String: Any]

  private static let place = [
    "listener", "filterChain", "terminatesTls", "mtlsMode", "protocol", "routeConfiguration", "virtualHost", "route",
    "decidedBy", "delegatedBy", "deniedBy", "filter", "extAuthz", "audited", "dryRun", "rejectedListeners",
  ]
  /// Must be absent where the truth has none.
  private static let alone = [
    "delegatedBy", "deniedBy", "filter", "extAuthz", "audited", "dryRun", "rejectedListeners",
  ]
  private static let policy = ["timeoutMilliseconds", "retry", "mirrors", "delay", "hash"]
  private static let outcomePlace = ["action", "cluster", "status", "flags"]
  private static let outcomeRest = [
    "service", "subset", "port", "reason", "request", "responseHeaders", "location", "body", "details", "grpcStatus",
    "endpoints", "localities", "destinationRule", "policy",
  ]

  static func differences(wanted: Object, given: Object) -> [String] {
    if let error = given["error"] { return ["error: \(error)"] }
    var found: Set<String> = []
    for key in place {
      if let want = wanted[key] {
        let isNull = want is NSNull
        if !covers(want, given[key]) || (isNull && !isEmpty(given[key])) { found.insert(key) }
      } else if alone.contains(key), !isEmpty(given[key]) {
        found.insert(key + " (not expected)")
      }
    }
    for key in policy {
      if let want = wanted[key] {
        if !covers(want, given[key]) { found.insert(key) }
      } else if !isEmpty(given[key]) {
        found.insert(key + " (not expected)")
      }
    }
    let ours = merged(given["outcomes"])
    let theirs = merged(wanted["outcomes"])
    if ours.mapValues(\.share) != theirs.mapValues(\.share) { found.insert("outcomes") }
    for (key, group) in theirs {
      var left = ours[key]?.outcomes ?? []
      for outcome in group.outcomes.sorted(by: { $0.count > $1.count }) {
        let ranked = left.indices.map { (at: $0, bad: outcomeDifferences(outcome, left[$0])) }
        guard let best = ranked.min(by: { $0.bad.count < $1.bad.count }) else { continue }
        found.formUnion(best.bad)
        left.remove(at: best.at)
      }
    }
    return found.sorted()
  }

  private static func outcomeDifferences(_ wanted: Object, _ given: Object) -> [String] {
    var found: [String] = []
    if let want = wanted["server"] as? [Object] {
      // The groups in our order, each with at least what is wanted of it.
      let have = given["server"] as? [Object] ?? []
      let isSame = want.count == have.count && zip(want, have).allSatisfy { covers($0, $1) }
      if !isSame { found.append("outcome.server") }
    }
    for key in outcomeRest {
      let want = wanted[key]
      let have = given[key]
      if let want, !covers(want, have) {
        found.append("outcome." + key)
      } else if key == "destinationRule" || key == "localities", want == nil, !isEmpty(have) {
        found.append("outcome.\(key) (not expected)")
      } else if key == "policy", let want = want as? Object, let have = have as? Object {
        if have.contains(where: { want[$0.key] == nil && !isEmpty($0.value) }) {
          found.append("outcome.policy (more than expected)")
        }
      } else if key == "request", let want = want as? Object {
        let headers = (have as? Object)?["headers"] as? Object ?? [:]
        let expected = want["headers"] as? Object ?? [:]
        if !Set(headers.keys).isSubset(of: expected.keys) { found.append("outcome.request (more than expected)") }
      } else if key == "responseHeaders", let want = want as? Object {
        let headers = have as? Object ?? [:]
        if !Set(headers.keys).isSubset(of: want.keys) { found.append("outcome.responseHeaders (more than expected)") }
      }
    }
    return found
  }

  /// Every member of `want` is in `have`, deeply; lists and scalars are compared whole.
  private static func covers(_ want: Any, _ have: Any?) -> Bool {
    if let want = want as? Object {
      guard let have = have as? Object else { return false }
      return want.allSatisfy { key, value in
        if let found = have[key] { return covers(value, found) }
        return isEmpty(value) && !(value is NSNull) && !(value is [Any])
      }
    }
    if want is NSNull { return have == nil || have is NSNull }
    guard let have else { return false }
    return (want as? NSObject)?.isEqual(have) ?? false
  }

  private static func isEmpty(_ value: Any?) -> Bool {
    switch value {
    case nil, is NSNull: true
    case let list as [Any]: list.isEmpty
    case let object as Object: object.isEmpty
    case let text as String: text.isEmpty
    case let number as NSNumber: number.doubleValue == 0
    default: false
    }
  }

  private struct Group {
    var share: Ratio
    var outcomes: [Object]
  }

  /// Outcomes that agree in place and status are one; their shares add up.
  private static func merged(_ outcomes: Any?) -> [String: Group] {
    var groups: [String: Group] = [:]
    for outcome in outcomes as? [Object] ?? [] {
      let key = outcomePlace.map { name in
        name == "flags" ? (outcome[name] as? String ?? "") : outcome[name].map { "\($0)" } ?? "-"
      }.joined(separator: "\u{1F}")
      let share = Ratio(outcome["probability"] as? String ?? "1")
      groups[key, default: Group(share: Ratio("0"), outcomes: [])].share += share
      groups[key]?.outcomes.append(outcome)
    }
    return groups
  }
}

/// An exact fraction such as `3/4`.
struct Ratio: Equatable {
  private var top: Int
  private var bottom: Int

  init(_ text: String) {
    let parts = text.split(separator: "/").compactMap { Int($0) }
    top = parts.first ?? 0
    bottom = parts.count > 1 ? max(1, parts[1]) : 1
    reduce()
  }

  static func += (a: inout Ratio, b: Ratio) {
    a.top = a.top * b.bottom + b.top * a.bottom
    a.bottom *= b.bottom
    a.reduce()
  }

  private mutating func reduce() {
    var (a, b) = (top, bottom)
    while b != 0 { (a, b) = (b, a % b) }
    guard a > 1 else { return }
    top /= a
    bottom /= a
  }
}
