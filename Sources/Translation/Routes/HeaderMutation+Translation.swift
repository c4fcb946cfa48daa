import MeshModel
import ProxyModel

extension HeaderMutation {
  /// HD-1, HD-2: sets by name, then adds by name.
  init(translating operations: HeaderOperations?) {
    self.init()
    guard let operations else { return }
    removals = operations.remove.filter { !Self.isProtected($0) }.map { $0.lowercased() }
    add(operations.set, mode: .overwrite)
    add(operations.add, mode: .append)
  }

  mutating func append(_ other: HeaderMutation) {
    removals += other.removals
    additions += other.additions
  }

  private mutating func add(_ values: [String: String], mode: Mode) {
    guard !values.isEmpty else { return }
    let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (name, value) in sorted where !Self.isProtected(name) {
      additions.append(Addition(name: name.lowercased(), value: value, mode: mode))
    }
  }

  /// HD-2: names that no rule may touch.
  private static func isProtected(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: ":") || name.lowercased() == "host"
  }
}

extension HeaderOperations {
  /// RW-4: the host that `set`, or else `add`, gives the request; nil when neither does.
  var authority: String? {
    Self.authority(in: set) ?? Self.authority(in: add)
  }

  private static func authority(in values: [String: String]) -> String? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let found = sorted.last { name, value in
      let name = name.lowercased()
      return (name == ":authority" || name == "host") && !value.isEmpty
    }
    return found?.value
  }
}
