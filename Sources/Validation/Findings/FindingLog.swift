import Diagnostics
import YAML

/// Gathers what is said of one object.
final class FindingLog {
  private let object: ManifestObject
  private(set) var findings: [Finding] = []

  init(_ object: ManifestObject) {
    self.object = object
  }

  var hasRefusals: Bool { findings.contains { $0.isRefusal && $0.layer == .admission } }

  /// At a value, or where it should be.
  func report(_ rule: Rule, at part: Part, _ values: String...) {
    report(rule, at: part, values: values)
  }

  func report(_ rule: Rule, at part: Part, values: [String]) {
    add(rule, field: part.path?.text ?? "", node: part.node ?? part.near, values)
  }

  func report(_ rule: Rule, field: String, node: Node, _ values: String...) {
    add(rule, field: field, node: node, values)
  }

  func report(_ rule: Rule, field: String, node: Node, values: [String]) {
    add(rule, field: field, node: node, values)
  }

  private func add(_ rule: Rule, field: String, node: Node, _ values: [String]) {
    let span = object.file.map { (node.start.line > 0 ? node : object.node).span(file: $0) }
    findings.append(
      Finding(
        code: rule.code, severity: rule.severity, layer: rule.layer, like: rule.like, subject: object.subject,
        field: field, span: span, message: rule.text(values)))
  }

  /// Forgets the remarks made after the first so many findings.
  func removeRemarks(from count: Int) {
    let kept = findings[count...].filter { $0.severity == .error }
    findings.replaceSubrange(count..., with: kept)
  }
}
