/// The members of a mapping while it is read: no name twice, merge keys resolved as kubectl does.
struct MappingMembers {
  private(set) var entries: [Node.Entry] = []
  /// Names that came by `<<` and may still be set.
  private var merged: Set<[UInt8]> = []
  /// Where each name stands; made when searching the list becomes slow.
  private var index: [[UInt8]: Int]?

  /// Adds a member that is written out; the last one of a name wins, and the place of the first is returned.
  mutating func add(_ entry: Node.Entry) -> Mark? {
    guard let found = position(of: entry.name) else {
      append(entry)
      return nil
    }
    let first = entries[found].nameStart
    entries[found] = entry
    if !merged.isEmpty, merged.remove(Array(entry.name.utf8)) != nil { return nil }
    return first
  }

  /// Adds what `<<` names, over anything before it: go-yaml 2 sets members in the order of the text.
  ///
  /// False when the value is nothing that can be merged.
  mutating func merge(_ value: Node, isAlias: Bool) -> Bool {
    switch value.content {
    case .scalar:
      return false
    case .mapping(let members):
      set(members)
      return true
    case .sequence(let items):
      // An alias of a list is not accepted by kubectl either.
      guard !isAlias, items.allSatisfy({ $0.mapping != nil }) else { return false }
      // The first of the list wins.
      for item in items.reversed() { set(item.mapping ?? []) }
      return true
    }
  }

  private mutating func set(_ members: [Node.Entry]) {
    for member in members {
      if let found = position(of: member.name) {
        entries[found] = member
      } else {
        append(member)
      }
      merged.insert(Array(member.name.utf8))
    }
  }

  private mutating func append(_ entry: Node.Entry) {
    entries.append(entry)
    if index != nil {
      index?[Array(entry.name.utf8)] = entries.count - 1
    } else if entries.count == 24 {
      index = Dictionary(uniqueKeysWithValues: entries.enumerated().map { (Array($1.name.utf8), $0) })
    }
  }

  private func position(of name: String) -> Int? {
    if let index { return index[Array(name.utf8)] }
    return entries.place(of: name)
  }
}
