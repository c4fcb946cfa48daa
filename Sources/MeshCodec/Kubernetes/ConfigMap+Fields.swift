import Diagnostics
import MeshModel
import YAML

extension ConfigMap {
  mutating func map(_ fields: inout FieldMap) {
    fields("data", &data)
  }

  /// Reads `data.mesh` as the mesh configuration.
  mutating func readMeshConfig(_ root: Node, _ context: DecodingContext, source: ObjectSource) {
    guard let node = root["data"]?["mesh"], let scalar = node.scalar else { return }
    context.path = [.field("data"), .field("mesh")]
    context.inset = TextInset(scalar, of: node, file: context.file, text: source.text, firstLine: source.line)
    let (documents, problems) = parseYAML(Array(scalar.text.utf8), file: context.file)
    for problem in problems { context.adopt(problem) }
    if let document = documents.first, !document.node.isNull {
      context.syntax = .protoJSON
      meshConfig = MeshConfig.read(document.node, context)
    }
    context.syntax = .kubernetes
    context.inset = nil
    context.path = []
    if meshConfig == nil { meshConfig = MeshConfig() }
  }
}

extension Secret {
  mutating func map(_ fields: inout FieldMap) {
    fields("type", &type)
  }

  /// Certificates out of `data` and `stringData`; keys by name only.
  mutating func readValues(_ root: Node) {
    var names: Set<String> = []
    var texts: [String: String] = [:]
    for entry in root["data"]?.mapping ?? [] {
      names.insert(entry.name)
      if let text = entry.value.string, let bytes = Base64.decode(text) {
        texts[entry.name] = String(decoding: bytes, as: UTF8.self)
      }
    }
    // The API server lets `stringData` win.
    for entry in root["stringData"]?.mapping ?? [] {
      names.insert(entry.name)
      texts[entry.name] = entry.value.string
    }
    keys = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    certificate = PublicPEM.certificates(in: texts["tls.crt"] ?? texts["cert"] ?? "")
    certificateAuthority = PublicPEM.certificates(in: texts["ca.crt"] ?? texts["cacert"] ?? "")
  }
}
