import MeshModel
import YAML

/// Takes out of a Secret's text what must not be stored: every value but those that are known to be public.
enum SecretRedaction {
  /// Certificates and revocation lists, in the names that Istio and Kubernetes use.
  private static let publicKeys: Set<String> = [
    "tls.crt", "ca.crt", "cert", "cacert", "ca.crl", "crl", "tls.ocsp-staple",
  ]
  private static let placeholder = "(removed)"

  /// kubectl keeps a copy of the whole object in this annotation.
  static func repeatsTheObject(annotation: String) -> Bool {
    annotation == "kubectl.kubernetes.io/last-applied-configuration"
  }

  /// The text without secret values, on as many lines; nil when there is nothing to take out.
  static func redacted(_ root: Node, _ source: ObjectSource) -> [UInt8]? {
    let secrets = secretScalars(root)
    guard !secrets.isEmpty || mentionsPrivateKey(source.text) else { return nil }
    let cleaned = without(root)
    if let edited = inPlace(secrets, source), isClean(edited, of: secrets, meaning: cleaned) { return edited }
    return JSONText.bytes(of: cleaned) + [UInt8(ascii: "\n")]
  }

  private static func secretScalars(_ root: Node) -> [Node] {
    var found: [Node] = []
    for section in ["data", "stringData"] {
      for entry in root[section]?.mapping ?? [] where !isHarmless(entry) { found.append(entry.value) }
    }
    for entry in root["metadata"]?["annotations"]?.mapping ?? [] where isCopy(entry) { found.append(entry.value) }
    return found
  }

  private static func isCopy(_ entry: Node.Entry) -> Bool {
    repeatsTheObject(annotation: entry.name) && !isEmpty(entry.value)
  }

  private static func isEmpty(_ node: Node) -> Bool {
    node.scalar?.text == placeholder || node.scalar?.text == "" || node.isNull
  }

  /// Public by its name and by what it holds, or nothing at all.
  private static func isHarmless(_ entry: Node.Entry) -> Bool {
    if isEmpty(entry.value) { return true }
    guard publicKeys.contains(entry.name), let text = entry.value.string else { return false }
    if mentionsPrivateKey(Array(text.utf8)) { return false }
    return !mentionsPrivateKey(Base64.decode(text) ?? [])
  }

  private static func mentionsPrivateKey(_ text: [UInt8]) -> Bool {
    contains(text, Array("PRIVATE KEY".utf8))
  }

  /// Puts the placeholder where the values stand and keeps every line break, so that places stay what they were.
  private static func inPlace(_ secrets: [Node], _ source: ObjectSource) -> [UInt8]? {
    var starts = [0]
    for index in source.text.indices where source.text[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
    func offset(_ mark: Mark) -> Int? {
      let line = Int(mark.line) - source.line
      if line == starts.count, mark.column == 1 { return source.text.count }
      guard starts.indices.contains(line) else { return nil }
      let offset = starts[line] + Int(mark.column) - 1
      return mark.column > 0 && offset <= source.text.count ? offset : nil
    }
    var text = source.text
    for node in secrets.sorted(by: { $0.start > $1.start }) {
      guard let start = offset(node.start), let end = offset(node.end), start < end, node.scalar != nil else {
        return nil
      }
      let breaks = text[start..<end].count { $0 == UInt8(ascii: "\n") }
      var value = Array("\"\(placeholder)\"".utf8)
      value += Array(repeating: UInt8(ascii: "\n"), count: breaks)
      text.replaceSubrange(start..<end, with: value)
    }
    return text
  }

  /// Whether the edited text means what it should and says nothing of what was taken out, in a comment either.
  private static func isClean(_ text: [UInt8], of secrets: [Node], meaning object: Node) -> Bool {
    if mentionsPrivateKey(text) { return false }
    for secret in secrets {
      guard let value = secret.scalar?.text, value.utf8.count >= 8 else { continue }
      let first = value.utf8.split(separator: UInt8(ascii: "\n")).max { $0.count < $1.count }
      if let first, contains(text, Array(first)) { return false }
    }
    let (documents, problems) = parseYAML(text, file: "")
    return problems.isEmpty && documents.count == 1 && documents[0].node.hasSameValue(as: object)
  }

  private static func without(_ root: Node) -> Node {
    guard let entries = root.mapping else { return root }
    return Node(
      .mapping(
        entries.map { entry in
          var copy = entry
          switch entry.name {
          case "data", "stringData":
            copy.value = cleaned(entry.value) { isHarmless($0) ? $0.value : .string(placeholder) }
          case "metadata":
            copy.value = cleaned(entry.value) { member in
              guard member.name == "annotations" else { return member.value }
              return cleaned(member.value) { isCopy($0) ? .string(placeholder) : $0.value }
            }
          default: break
          }
          return copy
        }))
  }

  private static func cleaned(_ node: Node, _ value: (Node.Entry) -> Node) -> Node {
    guard let entries = node.mapping else { return node }
    return Node(.mapping(entries.map { Node.Entry(name: $0.name, value: value($0)) }))
  }

  private static func contains(_ text: [UInt8], _ needle: [UInt8]) -> Bool {
    guard let first = needle.first, text.count >= needle.count else { return false }
    var index = 0
    while index <= text.count - needle.count {
      if text[index] == first, text[index..<(index + needle.count)].elementsEqual(needle) { return true }
      index += 1
    }
    return false
  }
}

/// The certificates of a PEM text; whatever else a careless bundle holds is left out.
enum PublicPEM {
  static func certificates(in text: String) -> String {
    var kept: [Substring.UTF8View] = []
    var isInside = false
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let trimmed = Array(line.filter { $0 != UInt8(ascii: "\r") })
      if trimmed.elementsEqual("-----BEGIN CERTIFICATE-----".utf8) { isInside = true }
      if isInside { kept.append(line) }
      if trimmed.elementsEqual("-----END CERTIFICATE-----".utf8) { isInside = false }
    }
    // A placeholder, or text that is no PEM: kept for what it is, unless it could be a key.
    let mentionsKey = text.utf8.count { $0 == UInt8(ascii: "-") } >= 10
    if kept.isEmpty { return mentionsKey ? "" : text }
    return kept.map { String($0) ?? "" }.joined(separator: "\n") + "\n"
  }
}
