package import MeshModel

extension Value {
  package static let emptyObject = Value.object([])

  /// The members of an object; empty for everything else.
  package var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The elements of a list; empty for everything else.
  package var items: [Value] {
    if case .array(let items) = self { items } else { [] }
  }

  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var whole: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The member behind some keys, compared by bytes.
  package func at(_ keys: [String]) -> Value? {
    var here: Value? = self
    for key in keys { here = here?.members.member(key) }
    return here
  }

  /// Sets a member, making objects on the way to it; nil removes it, and objects that are empty without it.
  package mutating func set(_ keys: [String], to value: Value?) {
    guard let key = keys.first else {
      if let value { self = value }
      return
    }
    var members = self.members
    let place = members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    let rest = Array(keys.dropFirst())
    if let value {
      var inner = place.map { members[$0].value } ?? .emptyObject
      inner.set(rest, to: value)
      if let place { members[place].value = inner } else { members.append(Member(key: key, value: inner)) }
    } else if let place {
      if rest.isEmpty {
        members.remove(at: place)
      } else {
        let was = members[place].value
        members[place].value.set(rest, to: nil)
        if members[place].value != was, members[place].value == .emptyObject { members.remove(at: place) }
      }
    } else {
      return
    }
    self = .object(members)
  }

  /// An object of members that are there.
  package static func object(of members: [(String, Value?)]) -> Value {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  /// The content of a new object of Istio's networking API.
  package static func newObject(_ id: ObjectID, apiVersion: String, spec: Value) -> Value {
    let metadata = object(of: [
      ("name", .string(id.name)), ("namespace", id.namespace.isEmpty ? nil : .string(id.namespace)),
    ])
    return .object([
      Member(key: "apiVersion", value: .string(apiVersion)), Member(key: "kind", value: .string(id.kind.kind)),
      Member(key: "metadata", value: metadata), Member(key: "spec", value: spec),
    ])
  }
}
