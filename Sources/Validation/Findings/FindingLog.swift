package import Diagnostics
package import YAML

/// Gathers what is said of one object.
package final class FindingLog {
  private let object: ManifestObject
  package private(set) var findings: [Finding] = []

  package init(_ object: ManifestObject) {
    self.object = object
  }

  var hasRefusals: Bool { findings.contains { $0.isRefusal && $0.layer == .admission } }

  /// At a value, or where it should be.
  package func report(_ rule: Rule, at part: Part, _ values: String...) {
    report(rule, at: part, values: values)
  }

  package func report(_ rule: Rule, at part: Part, values: [String]) {
    add(rule, field: part.path?.text ?? "", node: part.node ?? part.near, values)
  }

  package func report(_ rule: Rule, field: String, node: Node, _ values: String...) {
    add(rule, field: field, node: node, values)
  }

  package func report(_ rule: Rule, field: String, node: Node, values: [String]) {
    add(rule, field: field, node: node, values)
  }

  private func add(_ rule: Rule, field: String, node: Node, _ values: [String]) {
    var span = object.file.map { (node.start.line > 0 ? node : object.node).span(file: $0) }
    span?.start.line += object.lineOffset
    span?.end.line += object.lineOffset
    findings.append(
      Finding(
        code: rule.code, severity: rule.severity, layer: rule.layer, like: rule.like, subject: object.subject,
        field: field, span: span, message: rule.text(values)))
  }

  /// Forgets the remarks made after the first so many findings.
  package func removeRemarks(from count: Int) {
    let kept = findings[count...].filter { $0.severity == .error }
    findings.replaceSubrange(count..., with: kept)
  }
}
