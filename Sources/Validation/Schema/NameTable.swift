/// Places by name, for few names that are looked up very often: faster than a dictionary, whose hash is made for hostile keys.
struct NameTable: Sendable {
  private var entries: [(name: String, place: Int)] = []
  /// Indexes of entries, -1 where there is none; four times as many as entries at least, a power of two.
  private var slots: [Int32] = [Int32](repeating: -1, count: 8)

  mutating func insert(_ name: String, _ place: Int) {
    entries.append((name, place))
    if entries.count * 4 > slots.count {
      slots = [Int32](repeating: -1, count: slots.count * 2)
      for number in entries.indices { take(slot: number) }
    } else {
      take(slot: entries.count - 1)
    }
  }

  private mutating func take(slot number: Int) {
    var slot = Self.hash(entries[number].name) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(number)
  }

  subscript(name: String) -> Int? {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.name == name { return entry.place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func hash(_ name: String) -> Int {
    let hash = name.utf8.withContiguousStorageIfAvailable { bytes in
      guard let first = bytes.first else { return 0 }
      let (middle, last) = (bytes[bytes.count / 2], bytes[bytes.count - 1])
      return ((bytes.count &* 31 &+ Int(first)) &* 31 &+ Int(middle)) &* 31 &+ Int(last)
    }
    return hash ?? 0
  }
}
