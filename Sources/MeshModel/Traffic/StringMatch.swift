/// A condition on a string; an object that names none of these keys has no value of this type.
package enum StringMatch: Hashable, Sendable {
  case exact(String)
  case prefix(String)
  /// RE2, the whole text.
  case regex(String)
}
