package import MeshModel

/// The object as JSON content, from its typed values: what no type has is not in it, nor is what a controller wrote
/// into `metadata`.
package func encode(_ object: MeshObject) -> Value {
  var envelope = ObjectEnvelope()
  envelope.apiVersion = object.apiVersion
  envelope.kind = object.id.kind.kind
  envelope.name = object.id.name
  envelope.namespace = object.id.namespace
  envelope.metadata = object.metadata
  var fields = FieldMap.writing
  envelope.map(&fields)
  if case .opaque(.object(let members)) = object.content {
    for member in members where member.key != "apiVersion" && member.key != "kind" {
      fields.put(member.key, member.value)
    }
  } else {
    var content = object.content
    content.map(&fields)
  }
  return .object(fields.members)
}

/// The mesh configuration as Istio would write it, without what has no type.
package func encode(_ configuration: MeshConfig) -> Value { configuration.written }
