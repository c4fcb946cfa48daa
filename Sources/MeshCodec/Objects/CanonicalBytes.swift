package import MeshModel
import YAML

/// The object as canonical JSON: every member as kubectl reads it, sorted by name, numbers in one form; two texts that
/// mean the same have the same bytes, and nothing that is written is left out.
///
/// Empty when the source text is no YAML, which cannot be for an object that was read.
package func canonicalBytes(of object: MeshObject) -> [UInt8] {
  let (documents, _) = parseYAML(object.source.text, file: object.source.file)
  guard let node = documents.first?.node else { return [] }
  return JSONText.bytes(of: node, order: .sorted)
}
