package import Diagnostics
package import MeshModel
import YAML

/// Reads a mesh configuration that is a file by itself, as `istioctl` takes one.
///
/// nil when there is an error; a text without content is all defaults.
package func readMeshConfig(
  _ bytes: [UInt8], file: String
) -> (configuration: MeshConfig?, unknownFields: [String], problems: [Diagnostic]) {
  let (documents, problems) = parseYAML(bytes, file: file)
  let context = DecodingContext(file: file, object: nil, syntax: .protoJSON)
  var configuration: MeshConfig? = MeshConfig()
  if let node = documents.first?.node, !node.isNull { configuration = MeshConfig.read(node, context) }
  let all = problems + context.problems
  if all.contains(where: { $0.severity == .error }) { configuration = nil }
  return (configuration, context.unknownFields, all)
}
