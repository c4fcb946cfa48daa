import MeshModel
import ProxyModel

/// A DestinationRule after merging (DM-1 to DM-6).
struct MergedDestinationRule: Sendable {
  var id: ObjectID
  /// Fully qualified (DR-5).
  var host: String
  var trafficPolicy: TrafficPolicy?
  /// Each subset with the object that brought it.
  var subsets: [(subset: Subset, origin: Origin)]
  var exportTo: [String]
  var workloadSelector: WorkloadSelector?
  var notModelled: [NotModelled] = []
}

/// DestinationRules by stage and host (DR-1 to DR-9).
struct DestinationRuleIndex: Sendable {
  init(_ snapshot: Snapshot) {}

  /// The rule for a service as seen by a client (DR-1 to DR-4, DM-7); labels nil ignores rules with a selector.
  func rule(
    forHost hostname: String, serviceNamespace: String, clientNamespace: String, clientLabels: [String: String]?
  ) -> MergedDestinationRule? { nil }
}
