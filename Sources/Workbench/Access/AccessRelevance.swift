package import Comparison
import MeshModel

/// Whether a change can open or close anything.
package enum AccessRelevance {
  private static let kinds: Set<ObjectKind> = [
    .peerAuthentication, .requestAuthentication, .authorizationPolicy, .destinationRule, .namespace, .deployment,
    .statefulSet, .daemonSet, .replicaSet, .pod, .service, .configMap,
  ]

  package static func isGiven(_ differences: [ObjectDifference]) -> Bool {
    differences.contains { kinds.contains($0.id.kind) }
  }

  /// Beyond that many questions a difference is told without its consequences, unless they are asked for.
  package static let mostQuestions = 20_000
}
