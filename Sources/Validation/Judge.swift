package import Diagnostics

/// Whose verdict is wanted.
package enum Manner: String, Sendable, CaseIterable {
  /// Drydock's own: all that the others say without their false alarms, and more.
  case drydock
  /// The API server, the webhook, and `istioctl analyze --use-kube=false -A`.
  case istio
  /// The same with everything in the files taken as if it were in a cluster.
  case cluster
  /// `istioctl validate`.
  case istioctl
}

/// What the schema and the admission rules say of one object.
package func validate(_ object: ManifestObject, manner: Manner) -> [Finding] {
  []
}
