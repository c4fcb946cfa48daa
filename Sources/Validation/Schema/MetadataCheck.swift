import YAML

/// What the API server says of names, labels and annotations.
struct MetadataCheck {
  let log: FindingLog

  func check(_ object: ManifestObject) {
    let root = object.node
    for entry in root.mapping ?? [] where !Self.topLevel.contains(entry.name) {
      let place = Node(.scalar(.init(entry.name)), start: entry.nameStart, end: entry.nameEnd)
      log.report(
        .unknownField, field: entry.name, node: place, entry.name, Self.topLevel.joined(separator: ", "))
    }
    guard let metadata = root["metadata"], metadata.mapping != nil else {
      log.report(.missingName, field: "metadata.name", node: root)
      return
    }
    checkName(metadata)
    if let namespace = metadata["namespace"], let text = namespace.string, !text.utf8.isEmpty,
      text.utf8.count > 63 || text.utf8.contains(UInt8(ascii: ".")) || !Names.isSubdomain(text)
    {
      log.report(.badNamespaceName, field: "metadata.namespace", node: namespace, text)
    }
    checkLabels(metadata)
    checkAnnotations(metadata)
  }

  private static let topLevel = ["apiVersion", "kind", "metadata", "spec", "status"]

  private func checkName(_ metadata: Node) {
    if let name = metadata["name"], let text = name.string, !text.utf8.isEmpty {
      if !Names.isSubdomain(text) { log.report(.badObjectName, field: "metadata.name", node: name, text) }
    } else if let prefix = metadata["generateName"], let text = prefix.string, !text.utf8.isEmpty {
      if !Names.isSubdomain(text + "x") {
        log.report(.badObjectName, field: "metadata.generateName", node: prefix, text)
      }
    } else if let name = metadata["name"], !name.isNull, name.string == nil {
      log.report(.wrongType, field: "metadata.name", node: name, "string", name.jsonType)
    } else {
      log.report(.missingName, field: "metadata.name", node: metadata)
    }
  }

  private func checkLabels(_ metadata: Node) {
    for entry in texts(metadata, "labels") {
      let field = "metadata.labels[\(entry.name)]"
      if !Names.isMetadataKey(entry.name) { log.report(.badLabelKey, field: field, node: entry.value, entry.name) }
      guard let value = entry.value.string else { continue }
      if value.utf8.count > 63 || !(value.utf8.isEmpty || Names.isQualified(value)) {
        log.report(.badLabelValue, field: field, node: entry.value, value)
      }
    }
  }

  private func checkAnnotations(_ metadata: Node) {
    for entry in texts(metadata, "annotations") where !Names.isMetadataKey(entry.name.lowercased()) {
      log.report(
        .badAnnotationKey, field: "metadata.annotations[\(entry.name)]", node: entry.value, entry.name)
    }
  }

  private func texts(_ metadata: Node, _ name: String) -> [Node.Entry] {
    guard let map = metadata[name], !map.isNull else { return [] }
    guard let entries = map.mapping else {
      log.report(.wrongType, field: "metadata.\(name)", node: map, "object", map.jsonType)
      return []
    }
    for entry in entries where entry.value.string == nil && !entry.value.isNull {
      let field = "metadata.\(name)[\(entry.name)]"
      log.report(.wrongType, field: field, node: entry.value, "string", entry.value.jsonType)
    }
    return entries
  }
}
