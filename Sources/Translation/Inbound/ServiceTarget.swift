import MeshModel

/// One port of a service as one workload serves it.
struct ServiceTarget: Sendable {
  var service: MeshService
  var port: MeshService.Port
  /// The container's port.
  var targetPort: UInt32
}
