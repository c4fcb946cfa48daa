import MeshModel

/// What API servers, their controllers and the tools that deliver manifests write onto objects of their own accord.
enum ServerNotes {
  /// Members of `metadata` that only a server writes.
  static let metadata: Set<String> = [
    "creationTimestamp", "finalizers", "generateName", "generation", "managedFields", "ownerReferences",
    "resourceVersion", "selfLink", "uid",
  ]

  static func isAnnotation(_ key: String) -> Bool { matches(key, annotations, annotationPrefixes) }

  static func isLabel(_ key: String) -> Bool { matches(key, labels, labelPrefixes) }

  private static let annotations: Set<String> = [
    "kubectl.kubernetes.io/last-applied-configuration", "kubectl.kubernetes.io/restartedAt",
    "kubernetes.io/change-cause", "deployment.kubernetes.io/revision", "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas", "deprecated.daemonset.template.generation",
    "endpoints.kubernetes.io/last-change-trigger-time", "control-plane.alpha.kubernetes.io/leader",
    "argocd.argoproj.io/tracking-id", "config.kubernetes.io/origin", "config.k8s.io/owning-inventory",
    "cloud.google.com/neg-status",
  ]
  /// Everything that begins with one of these.
  private static let annotationPrefixes = [
    "meta.helm.sh/", "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/", "objectset.rio.cattle.io/",
    "field.cattle.io/", "cni.projectcalico.org/",
  ]
  private static let labels: Set<String> = [
    "kubernetes.io/metadata.name", "pod-template-hash", "controller-revision-hash",
    "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "endpointslice.kubernetes.io/managed-by",
  ]
  private static let labelPrefixes = [
    "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/", "objectset.rio.cattle.io/",
  ]

  private static func matches(_ key: String, _ names: Set<String>, _ prefixes: [String]) -> Bool {
    names.contains(key) || prefixes.contains { key.utf8.starts(with: $0.utf8) }
  }

  /// Objects that every cluster has without anybody's doing.
  static func isOfEveryCluster(_ id: ObjectID) -> Bool {
    switch id.kind {
    case .namespace: ["default", "kube-system", "kube-public", "kube-node-lease"].contains(id.name)
    case .service: id.namespace == "default" && id.name == "kubernetes"
    case .serviceAccount: id.name == "default" || id.namespace == "kube-system"
    case .configMap: id.name == "kube-root-ca.crt" || id.name == "istio-ca-root-cert"
    default: false
    }
  }

  /// Made by a controller for another object, as the Service of a Gateway of Gateway API is.
  static func isMadeByController(_ object: Value) -> Bool {
    guard case .array(let owners) = object["metadata"]?["ownerReferences"] else { return false }
    return owners.contains { $0["controller"] == .bool(true) }
  }
}
