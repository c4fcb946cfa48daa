package import MeshModel
import YAML

/// Reads an object from its normal form, which is JSON and quick to read, where that says as much as its text.
///
/// Gives what ``readObject(_:)`` gives of the text; the form keeps neither places nor the order of members.
package func readObject(_ source: ObjectSource, canonical: [UInt8], kind: ObjectKind) -> MeshObject? {
  quickly(source, canonical, kind) ?? readObject(source).object
}

private func quickly(_ source: ObjectSource, _ canonical: [UInt8], _ kind: ObjectKind) -> MeshObject? {
  // What is read by its place in the text, or kept as it was written, is not for this way.
  guard kind != .secret, kind != .configMap, let root = parseJSON(canonical) else { return nil }
  let context = DecodingContext(file: source.file, object: nil, syntax: .schema)
  var reader = ObjectReader(root: root, context: context, source: source)
  guard let object = reader.read(), context.problems.isEmpty, object.unknownFields.isEmpty,
    !object.content.keepsWrittenOrder
  else { return nil }
  return object
}

extension ObjectContent {
  /// Whether the order of members in the text could show.
  fileprivate var keepsWrittenOrder: Bool {
    switch self {
    case .opaque: true
    case .virtualService(let content):
      content.http.contains { rule in
        rule.match.contains { $0.headers.count > 1 || $0.queryParams.count > 1 || $0.withoutHeaders.count > 1 }
      }
    case .destinationRule, .gateway, .serviceEntry, .sidecar, .workloadEntry, .workloadGroup, .proxyConfig,
      .peerAuthentication, .requestAuthentication, .authorizationPolicy, .service, .namespace, .pod, .workload,
      .endpoints, .endpointSlice, .serviceAccount, .node, .configMap, .secret:
      false
    }
  }
}
