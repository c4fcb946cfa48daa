/// Who does something, and when.
package struct Signature: Hashable, Sendable {
  package var person: String
  package var time: Timestamp

  package init(person: String, time: Timestamp) {
    self.person = person
    self.time = time
  }
}
