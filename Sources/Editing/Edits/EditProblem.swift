package import Diagnostics

/// Why an edit cannot be made, in the words of the field it is about.
///
/// A code is for ever; those of edits begin with DD08.
package struct EditProblem: Error, Hashable, Sendable {
  package var code: String
  /// Such as `http[0].route`; empty for the object.
  package var field: String
  package var message: LocalizedText
  package var hint: LocalizedText?

  package init(_ code: String, field: String = "", en: String, zh: String, hint: LocalizedText? = nil) {
    self.code = code
    self.field = field
    message = LocalizedText(en: en, zh: zh)
    self.hint = hint
  }
}
