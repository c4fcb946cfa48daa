import CRuleExamples
package import YAML

/// One set of objects for each rule that makes it speak, and one that does not.
package enum RuleExamples {
  package struct Example: Sendable {
    package var bad: [Node]
    package var good: [Node]
    /// The mesh configuration that the example needs.
    package var meshConfig: String?
    /// The proxies' files that the example needs, by path.
    package var certificateFiles: [String: [UInt8]]?
    /// Whether only `istioctl validate` says so.
    package var isCommandRule: Bool
    /// Whether it is a false alarm of `istioctl analyze`, repeated only on demand.
    package var isClusterRule: Bool
  }

  package static let all: [String: Example] = {
    // SAFETY: the text is a constant of the program and as long as it says.
    let bytes = UnsafeRawBufferPointer(start: drydock_rule_examples(), count: drydock_rule_examples_length())
    var examples: [String: Example] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let node = parseJSON(Array(line)), let code = node["code"]?.string else { continue }
      examples[code] = Example(
        bad: node["bad"]?.sequence ?? [], good: node["good"]?.sequence ?? [], meshConfig: node["mesh"]?.string,
        certificateFiles: node["files"]?.mapping.map { entries in
          Dictionary(entries.map { ($0.name, Array(($0.value.string ?? "").utf8)) }) { first, _ in first }
        },
        isCommandRule: node["manner"]?.string == "istioctl", isClusterRule: node["manner"]?.string == "cluster")
    }
    return examples
  }()

  package static func bad(_ code: String) -> String? { all[code].flatMap { text($0.bad) } }
  package static func good(_ code: String) -> String? { all[code].flatMap { text($0.good) } }

  private static func text(_ objects: [Node]) -> String? {
    if objects.isEmpty { return nil }
    return objects.map { String(decoding: YAMLText.bytes(of: $0), as: UTF8.self) }.joined(separator: "---\n")
  }
}
