package import Diagnostics
import Evaluation
import MeshModel
package import RoutingTests
import Translation

/// Counts what the requests of tests came to, over all meshes that they asked.
package struct CoverageJob {
  private var hits: [Origin: Int] = [:]
  private var targets: [TargetHit: Int] = [:]
  /// Subsets by the cluster parts that name them.
  private var clusters: [String: Int] = [:]
  private let session: SimulationSession

  package static func coverage(_ results: [TestResult], _ worlds: TestWorlds) -> Coverage {
    var groups: [(session: SimulationSession, results: [TestResult])] = []
    for result in results {
      guard let session = try? worlds.session(for: result.test).get() else { continue }
      if let place = groups.firstIndex(where: { $0.session === session }) {
        groups[place].results.append(result)
      } else {
        groups.append((session, [result]))
      }
    }
    var items: [Key: Coverage.Item] = [:]
    var coverage = Coverage()
    for group in groups {
      var job = CoverageJob(group.session)
      for result in group.results { job.note(result) }
      for item in job.items() {
        let key = Key(kind: item.kind, origin: item.origin, file: item.span?.file ?? "")
        if let known = items[key] {
          var both = known
          both.hits += item.hits
          if both.hits > 0 { both.unreachable = nil }
          items[key] = both
        } else {
          items[key] = item
        }
      }
      let objects = Set(job.items(explaining: false).map(\.origin.object))
      for id in objects.sorted() {
        guard let source = group.session.snapshot[id]?.source, !coverage.sources.contains(source) else { continue }
        coverage.sources.append(source)
      }
    }
    coverage.items = items.values.sorted(by: Coverage.Item.precedes)
    coverage.sources.sort { ($0.file, $0.line) < ($1.file, $1.line) }
    return coverage
  }

  private struct Key: Hashable {
    var kind: Coverage.Kind
    var origin: Origin
    var file: String
  }

  private init(_ session: SimulationSession) {
    self.session = session
  }

  private mutating func note(_ result: TestResult) {
    guard let observed = result.observed else { return }
    var names = Set(observed.answer.outcomes.filter { $0.probability != .zero }.compactMap(\.target?.name))
    if let rule = observed.rule {
      hits[rule, default: 0] += 1
      for name in names { targets[TargetHit(rule: rule, cluster: name), default: 0] += 1 }
    }
    if let root = observed.answer.route?.delegatedBy { hits[root, default: 0] += 1 }
    names.formUnion(observed.answer.route?.mirrors.map(\.cluster) ?? [])
    for name in names { clusters[name, default: 0] += 1 }
  }

  /// `explaining` asks of what was not reached whether anything could.
  private func items(explaining: Bool = true) -> [Coverage.Item] {
    var items: [Coverage.Item] = []
    var routed: Set<String> = []
    for object in session.snapshot.objects(of: .virtualService) {
      guard case .virtualService(let service) = object.content else { continue }
      for target in ChangeScope.destinations(of: service) {
        routed.insert("||\(target.subset)|\(ShortName.host(target.host, namespace: object.id.namespace))")
      }
      items += VirtualServiceItems(service, object.id, hits, targets).items
    }
    for object in session.snapshot.objects(of: .destinationRule) {
      guard case .destinationRule(let rule) = object.content else { continue }
      let host = ShortName.host(rule.host, namespace: object.id.namespace)
      for (place, subset) in rule.subsets.enumerated() {
        let count = clusters.filter { Self.names($0.key, host, subset.name) }.values.reduce(0, +)
        var item = item(.subset, object.id, "spec.subsets[\(place)]", count)
        if count == 0, !routed.contains(where: { Self.names($0, host, subset.name) }) {
          item.unreachable = LocalizedText(en: "no rule routes to it", zh: "没有规则路由到它")
        }
        items.append(item)
      }
    }
    if explaining { explain(&items) }
    return items.map { item in
      var item = item
      item.span = session.place(of: item.origin)
      return item
    }
  }

  private func item(_ kind: Coverage.Kind, _ id: ObjectID, _ field: String, _ hits: Int) -> Coverage.Item {
    Coverage.Item(kind: kind, origin: Origin(object: id, field: field), span: nil, hits: hits)
  }

  private static func names(_ cluster: String, _ host: String, _ subset: String) -> Bool {
    let parts = cluster.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[2] == subset else { return false }
    return host.hasPrefix("*") ? parts[3].hasSuffix(host.dropFirst()) : parts[3] == host
  }

  private func delegates(_ origin: Origin) -> Bool {
    guard case .virtualService(let service)? = session.snapshot[origin.object]?.content else { return false }
    let rule = VirtualServiceItems.rule(of: origin.field)
    return service.http.indices.contains { service.http[$0].delegate != nil && rule == "spec.http[\($0)]" }
  }

  /// What no request can reach does not count against tests; neither do the parts of such a rule.
  private func explain(_ items: inout [Coverage.Item]) {
    let missed = Set(items.filter { $0.hits == 0 && $0.kind != .subset }.map(\.origin.object))
    guard !missed.isEmpty else { return }
    var reasons: [Origin: UnreachedRule.Reason] = [:]
    let derived = DerivedRequests(session, of: missed)
    for rule in derived.unreached { reasons[rule.rule] = rule.reason }
    // A rule that only delegates is reached where a rule of its delegate is.
    let roots = Set(derived.requests.compactMap(\.delegatedBy))
    for item in items where item.kind != .subset && delegates(item.origin) {
      let isReached = roots.contains {
        $0 == item.origin
          || VirtualServiceItems.rule(of: $0.field) == item.origin.field && $0.object == item.origin.object
      }
      if !isReached { reasons[item.origin] = .notFound }
    }
    for place in items.indices where items[place].hits == 0 && items[place].kind != .subset {
      let origin = items[place].origin
      let rule = Origin(object: origin.object, field: VirtualServiceItems.rule(of: origin.field))
      let matches = reasons.filter {
        $0.key.object == rule.object && VirtualServiceItems.rule(of: $0.key.field) == rule.field
      }
      if let own = reasons[origin] {
        items[place].unreachable = own.text
      } else if items[place].kind != .match, !matches.isEmpty,
        matches.count
          == items.count(where: {
            $0.kind == .match && VirtualServiceItems.rule(of: $0.origin.field) == rule.field
              && $0.origin.object == rule.object
          }),
        let first = matches.min(by: { $0.key.field < $1.key.field })
      {
        items[place].unreachable = first.value.text
      } else if items[place].kind == .target, let own = reasons[rule] {
        items[place].unreachable = own.text
      }
    }
  }
}

extension UnreachedRule.Reason {
  package var text: LocalizedText {
    switch self {
    case .shadowed(let other?):
      LocalizedText(
        en: "everything that it would take goes to \(other.object.namespace)/\(other.object.name) \(other.field)",
        zh: "匹配的请求都先由 \(other.object.namespace)/\(other.object.name) \(other.field) 处理")
    case .shadowed(nil):
      LocalizedText(en: "everything that it would take goes to an earlier rule", zh: "匹配的请求都先由更前面的规则处理")
    case .needsToken: LocalizedText(en: "only a request with a token gets there", zh: "只有携带令牌的请求才能到达")
    case .notFound: LocalizedText(en: "no request was found that gets there", zh: "没有找到能到达它的请求")
    case .noProxy: LocalizedText(en: "no proxy of the mesh has it", zh: "网格中没有代理使用它")
    }
  }
}
