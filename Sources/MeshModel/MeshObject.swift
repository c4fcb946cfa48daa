/// One object of a mesh: who it is, what it says, and the text that it came from.
package struct MeshObject: Hashable, Sendable {
  package var id: ObjectID
  /// As written, such as `networking.istio.io/v1beta1`.
  package var apiVersion: String
  package var metadata: ObjectMetadata
  package var content: ObjectContent
  package var source: ObjectSource
  /// Fields that no type of ours has, by path; they survive in `source` and are named wherever they could change an answer.
  package var unknownFields: [String]

  package init(
    id: ObjectID, apiVersion: String, metadata: ObjectMetadata, content: ObjectContent, source: ObjectSource,
    unknownFields: [String] = []
  ) {
    self.id = id
    self.apiVersion = apiVersion
    self.metadata = metadata
    self.content = content
    self.source = source
    self.unknownFields = unknownFields
  }
}

/// `metadata` as far as it changes an answer.
package struct ObjectMetadata: Hashable, Sendable {
  package var labels: [String: String] = [:]
  package var annotations: [String: String] = [:]
  /// Seconds since 1970 of `creationTimestamp`; nil when absent, which sorts as the oldest of all (OR-1, OR-4).
  package var creationTime: Int64?
  package var isBeingDeleted = false

  package init() {}
}

/// The text of one object, as the user wrote it.
package struct ObjectSource: Hashable, Sendable {
  /// The file as the user gave it.
  package var file: String
  /// The line of the file on which `text` begins, from 1.
  package var line: Int
  /// UTF-8 of one YAML document (or a JSON object, or an item of a List, which is then emitted anew).
  package var text: [UInt8]

  package init(file: String, line: Int, text: [UInt8]) {
    self.file = file
    self.line = line
    self.text = text
  }
}

/// What an object says, as a typed value where the kind has one.
package enum ObjectContent: Hashable, Sendable {
  case virtualService(VirtualService)
  case destinationRule(DestinationRule)
  case gateway(Gateway)
  case serviceEntry(ServiceEntry)
  case sidecar(Sidecar)
  case workloadEntry(WorkloadEntry)
  case workloadGroup(WorkloadGroup)
  case proxyConfig(ProxyConfig)
  case peerAuthentication(PeerAuthentication)
  case requestAuthentication(RequestAuthentication)
  case authorizationPolicy(AuthorizationPolicy)
  case service(Service)
  case namespace
  case pod(Pod)
  case workload(Workload)
  case endpoints(Endpoints)
  case endpointSlice(EndpointSlice)
  case serviceAccount
  case node
  case configMap(ConfigMap)
  case secret(Secret)
  /// Kept whole: EnvoyFilter, Telemetry, WasmPlugin, TrafficExtension, Gateway API, and every kind that is not known.
  /// The value is the object without `metadata` and `status`.
  case opaque(Value)
}
