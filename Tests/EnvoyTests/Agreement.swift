import Foundation

/// Our answer against what a real Envoy did.
enum Agreement {
  typealias Object = ConformanceMesh.Object

  /// Names of what differs; empty when some outcome of ours is what happened.
  static func differences(_ answer: Object, _ request: Object, _ seen: Observation) -> [String] {
    if let error = answer["error"] { return ["error: \(error)"] }
    var found: [String] = []
    if let entry = seen.entry {
      let listener = answer["listener"] as? String ?? ""
      if listener != entry.listener { found.append("listener (\(listener), saw \(entry.listener))") }
      if !entry.route.isEmpty {
        let parts = ["routeConfiguration", "virtualHost"].map { answer[$0] as? String ?? "" }
        let ours = (parts + [answer["route"].map { "\($0)" } ?? ""]).joined(separator: "#")
        if ours != entry.route { found.append("route (\(ours), saw \(entry.route))") }
      } else if answer["route"] is Int {
        found.append("route (none seen)")
      }
    }
    let outcomes = answer["outcomes"] as? [Object] ?? []
    let candidates = outcomes.map { differences($0, answer, request, seen) }
    found += candidates.min { $0.count < $1.count } ?? ["no outcome"]
    return found
  }

  private static func differences(
    _ outcome: Object, _ answer: Object, _ request: Object, _ seen: Observation
  ) -> [String] {
    let action = outcome["action"] as? String ?? ""
    var found: [String] = []
    let cluster = outcome["cluster"] as? String ?? ""
    // Envoy logs the cluster of a route even where a filter answers before, and none where it does not exist.
    if let entry = seen.entry, action == "forward" || !cluster.isEmpty && !entry.cluster.isEmpty,
      cluster != entry.cluster
    {
      found.append("cluster (\(cluster), saw \(entry.cluster))")
    }
    switch action {
    case "forward":
      guard let entry = seen.entry else { return found + ["forward (nothing logged)"] }
      let flags = withoutDelay(entry.flags, answer)
      if !flags.isEmpty { found.append("flags (saw \(flags) \(entry.details))") }
      guard answer["protocol"] as? String == "http" else { return found }
      if entry.details != "via_upstream" { found.append("details (forward, saw \(entry.status) \(entry.details))") }
      found += requestDifferences(outcome, request, seen)
      found += responseDifferences(outcome, answer, seen)
    case "respond", "redirect":
      guard let entry = seen.entry else { return found + ["respond (nothing logged)"] }
      let pairs = [
        ("status", "\(outcome["status"] ?? "")", "\(entry.status)"),
        ("flags", outcome["flags"] as? String ?? "", withoutDelay(entry.flags, answer)),
        ("details", outcome["details"] as? String ?? "", entry.details),
      ]
      for (name, ours, theirs) in pairs where ours != theirs { found.append("\(name) (\(ours), saw \(theirs))") }
      found += responseDifferences(outcome, answer, seen)
      let body = outcome["body"] as? String ?? ""
      if let response = seen.response, isBodyTold(outcome), Latin1.text(response.body) != body {
        found.append("body")
      }
    case "close":
      if seen.response != nil { found.append("close (saw a response)") }
      let flags = outcome["flags"] as? String ?? ""
      if let entry = seen.entry {
        if flags != entry.flags { found.append("flags (\(flags), saw \(entry.flags))") }
        let filter = answer["filter"] as? String ?? ""
        if filter != entry.terminationDetails, !filter.isEmpty || entry.flags.isEmpty {
          found.append("filter (\(filter), saw \(entry.terminationDetails))")
        }
      } else if !cluster.isEmpty || answer["filter"] is String {
        found.append("close (nothing logged)")
      }
    default:
      found.append("action \(action)")
    }
    return found
  }

  /// An injected delay has a place of its own in an answer.
  private static func withoutDelay(_ flags: String, _ answer: Object) -> String {
    guard answer["delay"] is Object else { return flags }
    return flags.split(separator: ",").filter { $0 != "DI" }.joined(separator: ",")
  }

  /// Words that Envoy chooses are told of only in part, and their type never.
  private static func isBodyTold(_ outcome: Object) -> Bool {
    outcome["details"] as? String == "direct_response" || !(outcome["body"] as? String ?? "").isEmpty
  }

  private static func requestDifferences(_ outcome: Object, _ request: Object, _ seen: Observation) -> [String] {
    guard let ours = outcome["request"] as? Object, let received = seen.received else { return [] }
    let http = request["http"] as? Object ?? [:]
    var found: [String] = []
    let line = received.firstLine.split(separator: " ").map { String($0) }
    let path = ours["path"] as? String ?? ""
    let method = ours["method"] as? String ?? http["method"] as? String ?? ""
    if line.count != 3 || line[0] != method || line[1] != path {
      found.append("request line (\(method) \(path), saw \(received.firstLine))")
    }
    let host = received.headers.first { $0.name == "host" }?.value ?? ""
    let authority = ours["authority"] as? String ?? ""
    if authority != host { found.append("authority (\(authority), saw \(host))") }
    let sent = (http["headers"] as? [[String]] ?? []).map { (name: $0[0], value: $0[1]) }
    let wanted = applying(ours["headers"] as? Object ?? [:], to: grouped(sent))
    found += compare("request", wanted, grouped(received.headers), ignoring: Self.requestBookkeeping)
    return found
  }

  private static func responseDifferences(
    _ outcome: Object, _ answer: Object, _ seen: Observation
  ) -> [String] {
    guard let response = seen.response, let ours = outcome["responseHeaders"] as? Object else { return [] }
    let isForward = outcome["action"] as? String == "forward"
    let base = isForward ? ["x-upstream": ["echo"], "x-powered-by": ["echo"]] : [:]
    var wanted = applying(ours, to: base)
    if let location = outcome["location"] as? String { wanted["location"] = [location] }
    var ignored = Self.responseBookkeeping
    // The value of a hash policy's cookie is drawn.
    if answer["hash"] != nil { ignored.insert("set-cookie") }
    if !isForward, outcome["details"] as? String != "direct_response", wanted["content-type"] == nil {
      ignored.insert("content-type")
    }
    return compare("response", wanted, grouped(response.headers), ignoring: ignored)
  }

  private static let requestBookkeeping: Set<String> = [
    "host", "x-request-id", "x-forwarded-for", "x-forwarded-proto", "x-envoy-attempt-count",
    "x-envoy-decorator-operation", "x-envoy-expected-rq-timeout-ms", "content-length", "transfer-encoding",
    "connection", "x-envoy-internal", "x-envoy-external-address",
    "x-envoy-upstream-alt-stat-name",
  ]
  private static let responseBookkeeping: Set<String> = [
    "date", "server", "content-length", "connection", "transfer-encoding", "x-request-id",
  ]

  private static func compare(
    _ side: String, _ wanted: [String: [String]], _ found: [String: [String]], ignoring: Set<String>
  ) -> [String] {
    let names = Set(wanted.keys).union(found.keys).filter { name in
      !ignoring.contains(name) && !(side == "response" && name.hasPrefix("x-envoy-"))
    }
    return names.sorted().compactMap { name in
      let ours = wanted[name] ?? []
      let theirs = found[name] ?? []
      // Envoy joins the values of the headers it knows.
      return ours == theirs || ours.joined(separator: ",") == theirs.joined(separator: ",")
        ? nil : "\(side) header \(name) (\(ours), saw \(theirs))"
    }
  }

  private static func grouped(_ headers: [(name: String, value: String)]) -> [String: [String]] {
    Dictionary(grouping: headers, by: { $0.name.lowercased() }).mapValues { $0.map(\.value) }
  }

  private static func applying(_ changes: Object, to headers: [String: [String]]) -> [String: [String]] {
    var result = headers
    for (name, value) in changes { result[name] = value as? [String] }
    return result
  }
}
