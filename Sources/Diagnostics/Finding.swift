/// What a check says of one object: a problem with the rule that saw it and the words for it.
package struct Finding: Hashable, Sendable {
  /// Who would say so.
  package enum Layer: String, Sendable, CaseIterable {
    /// The API server, before any webhook.
    case schema
    /// Istio's webhook and `istioctl validate`.
    case admission
    /// `istioctl analyze`, across objects.
    case analysis
    case kiali
    /// Nobody but us.
    case drydock
  }

  /// The object as it is named in its cluster.
  package struct Subject: Hashable, Sendable {
    package var kind: String
    /// `default` when a namespaced object names none, empty for kinds of the whole cluster.
    package var namespace: String
    package var name: String

    package init(kind: String, namespace: String, name: String) {
      self.kind = kind
      self.namespace = namespace
      self.name = name
    }
  }

  /// Stable for ever, such as `DD1042`.
  package var code: String
  package var severity: Severity
  package var layer: Layer
  /// Istio's or Kiali's own code, such as `IST0106`.
  package var like: String?
  package var subject: Subject
  /// Such as `spec.http[0].route[1].weight`; empty for the whole object.
  package var field: String
  /// Absent for objects that came without a file.
  package var span: SourceSpan?
  package var message: LocalizedText

  package init(
    code: String, severity: Severity, layer: Layer, like: String? = nil, subject: Subject, field: String,
    span: SourceSpan?, message: LocalizedText
  ) {
    self.code = code
    self.severity = severity
    self.layer = layer
    self.like = like
    self.subject = subject
    self.field = field
    self.span = span
    self.message = message
  }

  /// Whether a cluster refuses the object because of this.
  package var isRefusal: Bool { severity == .error && (layer == .schema || layer == .admission) }
}

extension Finding {
  /// By place, then by what is said; total, so that output never depends on the order of finding.
  package static func precedes(_ a: Finding, _ b: Finding) -> Bool {
    if let left = a.span, let right = b.span {
      if left.file != right.file { return left.file.utf8.lexicographicallyPrecedes(right.file.utf8) }
      if left.start != right.start { return left.start < right.start }
    } else if (a.span == nil) != (b.span == nil) {
      return a.span == nil
    }
    if a.subject.kind != b.subject.kind { return precedes(a.subject.kind, b.subject.kind) }
    if a.subject.namespace != b.subject.namespace { return precedes(a.subject.namespace, b.subject.namespace) }
    if a.subject.name != b.subject.name { return precedes(a.subject.name, b.subject.name) }
    if a.field != b.field { return precedes(a.field, b.field) }
    if a.code != b.code { return precedes(a.code, b.code) }
    return precedes(a.message.en, b.message.en)
  }

  private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
