/// Where something in a proxy's configuration comes from: an object and one of its fields.
package struct Origin: Hashable, Sendable {
  package var object: ObjectID
  /// Such as `spec.http[0].match[1]`; a map key stands in brackets. Empty for the object as a whole.
  package var field: String

  package init(object: ObjectID, field: String) {
    self.object = object
    self.field = field
  }
}
