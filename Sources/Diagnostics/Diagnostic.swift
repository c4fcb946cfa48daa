/// How much a finding matters; an error means that the input cannot be used as it is.
package enum Severity: String, Sendable, CaseIterable {
  case error, warning, info
}

/// A problem in the user's input, as a value: what is wrong, where, and what would be right.
package struct Diagnostic: Hashable, Sendable {
  /// Stable for ever, such as `DD0104`; a retired code is never given out again.
  package var code: String
  package var severity: Severity
  /// Absent only where there is no text at all, such as a file that cannot be opened.
  package var span: SourceSpan?
  /// The object concerned as `Kind namespace/name`, when it is known.
  package var object: String?
  /// The field concerned, such as `spec.http[0].match[1].uri`, when it is known.
  package var field: String?
  package var message: LocalizedText

  package init(
    code: String, severity: Severity, span: SourceSpan?, object: String? = nil, field: String? = nil,
    message: LocalizedText
  ) {
    self.code = code
    self.severity = severity
    self.span = span
    self.object = object
    self.field = field
    self.message = message
  }
}
