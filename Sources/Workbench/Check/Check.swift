package import Diagnostics
package import Validation

/// All findings of one world.
package struct Check: Sendable {
  package var manner: Manner

  package init(manner: Manner) {
    self.manner = manner
  }

  package func findings(of world: CheckWorld) -> [Finding] {
    var findings = world.problems.map(Finding.init)
    for object in world.objects { findings += validate(object, manner: manner) }
    findings += analysis(of: world)
    if let namespace = world.namespace { findings.removeAll { $0.subject.namespace != namespace } }
    findings.sort(by: Finding.precedes)
    return findings
  }

  /// What is said across objects.
  private func analysis(of world: CheckWorld) -> [Finding] {
    []
  }
}

extension Finding {
  /// A text that cannot be read is refused before anybody looks at an object.
  init(_ problem: Diagnostic) {
    self.init(
      code: problem.code, severity: problem.severity, layer: .schema,
      subject: Finding.Subject(kind: "", namespace: "", name: ""), field: problem.field ?? "", span: problem.span,
      message: problem.message)
  }
}
