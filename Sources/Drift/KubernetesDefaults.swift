import MeshModel

/// What Kubernetes' own API server fills in (pkg/apis/core/v1, pkg/apis/apps/v1: the defaulting functions).
enum KubernetesDefaults {
  static let service: [FieldDefault] = [
    FieldDefault("spec.type", "ClusterIP"),
    FieldDefault("spec.sessionAffinity", "None"),
    FieldDefault("spec.sessionAffinityConfig", [], when: .neighbour("sessionAffinity", is: "ClientIP")),
    FieldDefault("spec.sessionAffinityConfig.clientIP", []),
    FieldDefault("spec.sessionAffinityConfig.clientIP.timeoutSeconds", 10_800),
    FieldDefault("spec.ports[].protocol", "TCP"),
    FieldDefault("spec.ports[].targetPort", .neighbour("port")),
    FieldDefault("spec.externalTrafficPolicy", "Cluster", when: .neighbour("type", is: "NodePort")),
    FieldDefault("spec.externalTrafficPolicy", "Cluster", when: .neighbour("type", is: "LoadBalancer")),
    FieldDefault("spec.externalTrafficPolicy", "Cluster", when: .present("externalIPs")),
    FieldDefault("spec.internalTrafficPolicy", "Cluster", when: .neighbour("type", is: "ClusterIP")),
    FieldDefault("spec.internalTrafficPolicy", "Cluster", when: .neighbour("type", is: "NodePort")),
    FieldDefault("spec.internalTrafficPolicy", "Cluster", when: .neighbour("type", is: "LoadBalancer")),
    FieldDefault("spec.allocateLoadBalancerNodePorts", true, when: .neighbour("type", is: "LoadBalancer")),
  ]

  static let deployment: [FieldDefault] =
    [
      FieldDefault("spec.replicas", 1),
      FieldDefault("spec.strategy", []),
      FieldDefault("spec.strategy.type", "RollingUpdate"),
      FieldDefault("spec.strategy.rollingUpdate", [], when: .neighbour("type", is: "RollingUpdate")),
      FieldDefault("spec.strategy.rollingUpdate.maxUnavailable", "25%"),
      FieldDefault("spec.strategy.rollingUpdate.maxSurge", "25%"),
      FieldDefault("spec.revisionHistoryLimit", 10),
      FieldDefault("spec.progressDeadlineSeconds", 600),
    ] + podSpec("spec.template.spec")

  static let daemonSet: [FieldDefault] =
    [
      FieldDefault("spec.updateStrategy", []),
      FieldDefault("spec.updateStrategy.type", "RollingUpdate"),
      FieldDefault("spec.updateStrategy.rollingUpdate", [], when: .neighbour("type", is: "RollingUpdate")),
      FieldDefault("spec.updateStrategy.rollingUpdate.maxUnavailable", 1),
      FieldDefault("spec.updateStrategy.rollingUpdate.maxSurge", 0),
      FieldDefault("spec.revisionHistoryLimit", 10),
    ] + podSpec("spec.template.spec")

  static let statefulSet: [FieldDefault] =
    [
      FieldDefault("spec.replicas", 1),
      FieldDefault("spec.podManagementPolicy", "OrderedReady"),
      FieldDefault("spec.updateStrategy", []),
      FieldDefault("spec.updateStrategy.type", "RollingUpdate"),
      FieldDefault("spec.updateStrategy.rollingUpdate", [], when: .neighbour("type", is: "RollingUpdate")),
      FieldDefault("spec.updateStrategy.rollingUpdate.partition", 0),
      FieldDefault("spec.persistentVolumeClaimRetentionPolicy", []),
      FieldDefault("spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "Retain"),
      FieldDefault("spec.persistentVolumeClaimRetentionPolicy.whenScaled", "Retain"),
      FieldDefault("spec.revisionHistoryLimit", 10),
      FieldDefault("spec.volumeClaimTemplates[].apiVersion", "v1"),
      FieldDefault("spec.volumeClaimTemplates[].kind", "PersistentVolumeClaim"),
      FieldDefault("spec.volumeClaimTemplates[].spec.volumeMode", "Filesystem"),
    ] + podSpec("spec.template.spec")

  static let replicaSet: [FieldDefault] = [FieldDefault("spec.replicas", 1)] + podSpec("spec.template.spec")

  static let pod: [FieldDefault] =
    podSpec("spec") + [
      FieldDefault("spec.enableServiceLinks", true),
      FieldDefault("spec.preemptionPolicy", "PreemptLowerPriority"),
      FieldDefault("spec.priority", 0),
      // The admission plugin of service accounts.
      FieldDefault("spec.serviceAccountName", "default"),
      FieldDefault("spec.serviceAccount", .neighbour("serviceAccountName")),
    ]

  static let secret: [FieldDefault] = [FieldDefault("type", "Opaque")]

  static let endpoints: [FieldDefault] = [FieldDefault("subsets[].ports[].protocol", "TCP")]

  private static func podSpec(_ place: String) -> [FieldDefault] {
    var rows = [
      FieldDefault(place + ".dnsPolicy", "ClusterFirst"),
      FieldDefault(place + ".restartPolicy", "Always"),
      FieldDefault(place + ".terminationGracePeriodSeconds", 30),
      FieldDefault(place + ".schedulerName", "default-scheduler"),
      // The old name of the same field, written beside it.
      FieldDefault(place + ".serviceAccount", .neighbour("serviceAccountName")),
    ]
    rows += volumes(place + ".volumes[]")
    for list in ["containers", "initContainers", "ephemeralContainers"] { rows += container("\(place).\(list)[]") }
    return rows
  }

  private static func container(_ place: String) -> [FieldDefault] {
    var rows = [
      FieldDefault(place + ".imagePullPolicy", .pullPolicy),
      FieldDefault(place + ".terminationMessagePath", "/dev/termination-log"),
      FieldDefault(place + ".terminationMessagePolicy", "File"),
      FieldDefault(place + ".ports[].protocol", "TCP"),
      FieldDefault(place + ".env[].valueFrom.fieldRef.apiVersion", "v1"),
    ]
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
      rows += [
        FieldDefault("\(place).\(probe).timeoutSeconds", 1),
        FieldDefault("\(place).\(probe).periodSeconds", 10),
        FieldDefault("\(place).\(probe).successThreshold", 1),
        FieldDefault("\(place).\(probe).failureThreshold", 3),
        FieldDefault("\(place).\(probe).grpc.service", ""),
      ]
      rows += httpGet("\(place).\(probe).httpGet")
    }
    for hook in ["postStart", "preStop"] { rows += httpGet("\(place).lifecycle.\(hook).httpGet") }
    return rows
  }

  private static func httpGet(_ place: String) -> [FieldDefault] {
    [FieldDefault(place + ".path", "/"), FieldDefault(place + ".scheme", "HTTP")]
  }

  private static func volumes(_ place: String) -> [FieldDefault] {
    [
      // 0644, as JSON has no octal numbers.
      FieldDefault(place + ".configMap.defaultMode", 420),
      FieldDefault(place + ".secret.defaultMode", 420),
      FieldDefault(place + ".projected.defaultMode", 420),
      FieldDefault(place + ".downwardAPI.defaultMode", 420),
      FieldDefault(place + ".downwardAPI.items[].fieldRef.apiVersion", "v1"),
      FieldDefault(place + ".projected.sources[].serviceAccountToken.expirationSeconds", 3_600),
      FieldDefault(place + ".projected.sources[].downwardAPI.items[].fieldRef.apiVersion", "v1"),
      FieldDefault(place + ".hostPath.type", ""),
    ]
  }
}
