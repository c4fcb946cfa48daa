import MeshModel
import SeededDraws

/// A value with one of its scalars changed, drawn at random.
struct ScalarChange {
  var value: Value
  var path: String

  /// nil where there is no scalar.
  init?(_ value: Value, _ random: inout SeededRandom) {
    let paths = Self.scalars(value, [])
    guard !paths.isEmpty else { return nil }
    let chosen = paths[Int(random.next() % UInt64(paths.count))]
    self.value = Self.changed(value, chosen[...])
    path = chosen.map { step in
      switch step {
      case .key(let key): key
      case .place(let place): "\(place)"
      }
    }.joined(separator: ".")
  }

  private enum Step {
    case key(String)
    case place(Int)
  }

  private static func scalars(_ value: Value, _ path: [Step]) -> [[Step]] {
    switch value {
    case .object(let members): members.flatMap { scalars($0.value, path + [.key($0.key)]) }
    case .array(let elements): elements.enumerated().flatMap { scalars($0.element, path + [.place($0.offset)]) }
    case .null: []
    case .bool, .integer, .number, .string: [path]
    }
  }

  private static func changed(_ value: Value, _ path: ArraySlice<Step>) -> Value {
    switch (path.first, value) {
    case (.key(let key), .object(let members)):
      .object(
        members.map { member in
          member.key == key ? .init(key: key, value: changed(member.value, path.dropFirst())) : member
        })
    case (.place(let place), .array(let elements)):
      .array(elements.enumerated().map { $0.offset == place ? changed($0.element, path.dropFirst()) : $0.element })
    case (_, .bool(let flag)): .bool(!flag)
    case (_, .integer(let number)): .integer(number + 1)
    case (_, .number(let number)): .number(number + 1)
    case (_, .string(let text)): .string(text + "x")
    case (_, .null), (_, .object), (_, .array): value
    }
  }
}
