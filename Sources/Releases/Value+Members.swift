import MeshModel

extension Value {
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var whole: Int64? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// The elements when this is a list.
  var items: [Value] {
    guard case .array(let items) = self else { return [] }
    return items
  }

  var members: [Member] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  var texts: [String] { items.compactMap(\.text) }

  /// With another value under that key, or without the key; a new one stands last.
  func setting(_ key: String, _ value: Value?) -> Value {
    var members = members
    if let place = members.firstIndex(where: { $0.key == key }) {
      if let value { members[place].value = value } else { members.remove(at: place) }
    } else if let value {
      members.append(Member(key: key, value: value))
    }
    return .object(members)
  }

  static func members(_ members: (String, Value?)...) -> Value {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  static func texts(_ texts: [String]) -> Value { .array(texts.map { .string($0) }) }

  static func labels(_ labels: [String: String]) -> Value {
    .object(labels.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: .string($0.value)) })
  }
}

extension [String: String] {
  init(labels: MeshModel.Value?) {
    self.init()
    for member in labels?.members ?? [] { self[member.key] = member.value.text }
  }
}
