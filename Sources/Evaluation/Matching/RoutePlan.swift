import ProxyModel
import Synchronization

/// A route with what its answers share.
final class RoutePlan: Sendable {
  let route: Route
  let choice: RouteChoice
  /// Where a forwarded request goes; empty for other actions.
  let branches: [Branch]
  /// What answers to plain requests have in common; made by the first of them.
  var template: AnswerTemplate? { Published.load(templatePlace, as: AnswerTemplate.self) }
  private let templatePlace = Atomic<UInt>(0)

  /// One cluster of the route, with what goes with its entry.
  struct Branch: Sendable {
    var share: Fraction
    var cluster: String
    /// nil: the route names the cluster without weights.
    var entry: WeightedCluster?
  }

  init(_ route: Route, _ index: Int, _ virtualHost: String, _ configuration: String) {
    self.route = route
    choice = RouteChoice(configuration: configuration, virtualHost: virtualHost, index: index, route: route)
    if case .forward(let forward) = route.action {
      branches = Self.branches(of: forward.target)
    } else {
      branches = []
    }
  }

  deinit { Published.release(templatePlace, as: AnswerTemplate.self) }

  func keep(_ template: AnswerTemplate) { _ = Published.storeIfNil(template, templatePlace) }

  /// CLU-4; entries that differ in nothing but their weight are one (corrections 2.17).
  static func branches(of target: ClusterTarget) -> [Branch] {
    switch target {
    case .cluster(let name): return [Branch(share: .one, cluster: name, entry: nil)]
    case .weighted(let entries):
      let total = entries.reduce(UInt64(0)) { $0 + UInt64($1.weight) }
      guard total > 0 else { return [] }
      var merged: [(weight: UInt64, entry: WeightedCluster)] = []
      for entry in entries where entry.weight > 0 {
        if let place = merged.firstIndex(where: { $0.entry.actsLike(entry) }) {
          merged[place].weight += UInt64(entry.weight)
        } else {
          merged.append((UInt64(entry.weight), entry))
        }
      }
      return merged.map {
        Branch(share: Fraction($0.weight, total), cluster: $0.entry.cluster, entry: $0.entry)
      }
    }
  }
}

extension WeightedCluster {
  fileprivate func actsLike(_ other: WeightedCluster) -> Bool {
    cluster == other.cluster && requestHeaders == other.requestHeaders && responseHeaders == other.responseHeaders
      && hostRewrite == other.hostRewrite
  }
}
