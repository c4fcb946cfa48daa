/// What Istio reads of a Pod.
package struct Pod: Hashable, Sendable {
  package var serviceAccountName: String = ""
  package var nodeName: String = ""
  package var hostNetwork: Bool = false
  package var containers: [Container] = []
  package var phase: String = ""
  package var podIP: String = ""
  package var podIPs: [String] = []
  /// The `Ready` condition; nil when there is none.
  package var isReady: Bool?

  package init() {}
}

package struct Container: Hashable, Sendable {
  package var name: String = ""
  package var image: String = ""
  package var ports: [ContainerPort] = []
  package var probes: [Probe] = []

  package init() {}
}

package struct ContainerPort: Hashable, Sendable {
  package var name: String = ""
  package var containerPort: UInt32 = 0
  package var `protocol`: String = ""

  package init() {}
}

/// A liveness, readiness or startup probe over HTTP.
package struct Probe: Hashable, Sendable {
  package var path: String = ""
  package var port: PortReference?
  package var scheme: String = ""

  package init() {}
}

/// A Deployment, StatefulSet, DaemonSet or ReplicaSet: what its pods look like.
package struct Workload: Hashable, Sendable {
  package var replicas: Int?
  package var selector: LabelSelector = LabelSelector()
  package var templateLabels: [String: String] = [:]
  package var templateAnnotations: [String: String] = [:]
  package var template: Pod = Pod()

  package init() {}
}
