import ProxyModel

/// Virtual hosts by domain: an exact name, then the longest `*x`, then the longest `x*`, then `*` (VH-3).
struct HostIndex: Sendable {
  private struct Entry: Sendable {
    var hash: UInt64
    var name: ByteArena.Range
    var host: Int32
  }

  /// Open addressing; `host` below 0 is free.
  private struct Table: Sendable {
    var slots: ContiguousArray<Entry>
    var count = 0

    init() { slots = [] }

    /// The first of two equal names stays; Envoy would refuse both (VH-5).
    mutating func insert(_ name: [UInt8], _ host: Int32, _ arena: inout ByteArena) {
      let hash = name.withUnsafeBufferPointer { HostIndex.hash($0, 0, $0.count) }
      if count * 2 >= slots.count { grow() }
      let mask = slots.count - 1
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place].host >= 0 {
        if slots[place].hash == hash, arena.slice(slots[place].name).elementsEqual(name) { return }
        place = (place + 1) & mask
      }
      slots[place] = Entry(hash: hash, name: arena.store(name), host: host)
      count += 1
    }

    private mutating func grow() {
      let old = slots
      let size = max(8, old.count * 2)
      slots = ContiguousArray(repeating: Entry(hash: 0, name: ByteArena.Range(), host: -1), count: size)
      for entry in old where entry.host >= 0 {
        var place = Int(truncatingIfNeeded: entry.hash) & (size - 1)
        while slots[place].host >= 0 { place = (place + 1) & (size - 1) }
        slots[place] = entry
      }
    }
  }

  private var arena = ByteArena()
  private var exact = Table()
  /// Longest first.
  private var suffixes: [(length: Int, table: Table)] = []
  private var prefixes: [(length: Int, table: Table)] = []
  private var any: Int32 = -1
  private let ignoresPort: Bool

  init(_ configuration: RouteConfiguration) {
    ignoresPort = configuration.ignoresPortInHost
    var suffixTables: [Int: Table] = [:]
    var prefixTables: [Int: Table] = [:]
    for (number, host) in configuration.virtualHosts.enumerated() {
      for domain in host.domains {
        let name = domain.utf8.map(ASCII.lower)
        if name == [UInt8(ascii: "*")] {
          if any < 0 { any = Int32(number) }
        } else if name.first == UInt8(ascii: "*") {
          let rest = Array(name.dropFirst())
          suffixTables[rest.count, default: Table()].insert(rest, Int32(number), &arena)
        } else if name.last == UInt8(ascii: "*") {
          let rest = Array(name.dropLast())
          prefixTables[rest.count, default: Table()].insert(rest, Int32(number), &arena)
        } else {
          exact.insert(name, Int32(number), &arena)
        }
      }
    }
    suffixes = suffixTables.sorted { $0.key > $1.key }.map { (length: $0.key, table: $0.value) }
    prefixes = prefixTables.sorted { $0.key > $1.key }.map { (length: $0.key, table: $0.value) }
  }

  /// The place of the virtual host, or nil (VH-10).
  func host(of authority: Bytes.Buffer) -> Int? {
    var count = authority.count
    if ignoresPort {
      // Everything after the last colon goes, numeric or not (corrections 2.5).
      var place = count - 1
      while place >= 0, authority[place] != UInt8(ascii: ":"), authority[place] != UInt8(ascii: "]") { place -= 1 }
      if place >= 0, authority[place] == UInt8(ascii: ":") { count = place }
    }
    return arena.bytes.withUnsafeBufferPointer { names in
      if let found = find(authority, 0, count, exact, names) { return found }
      for (length, table) in suffixes where length < count {
        if let found = find(authority, count - length, length, table, names) { return found }
      }
      for (length, table) in prefixes where length < count {
        if let found = find(authority, 0, length, table, names) { return found }
      }
      return any < 0 ? nil : Int(any)
    }
  }

  private func find(
    _ text: Bytes.Buffer, _ start: Int, _ count: Int, _ table: borrowing Table, _ names: Bytes.Buffer
  ) -> Int? {
    guard table.count > 0 else { return nil }
    let hash = Self.hash(text, start, count)
    let mask = table.slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while table.slots[place].host >= 0 {
      let entry = table.slots[place]
      if entry.hash == hash, Int(entry.name.count) == count {
        var same = 0
        let base = Int(entry.name.start)
        while same < count, ASCII.lower(text[start + same]) == names[base + same] { same += 1 }
        if same == count { return Int(entry.host) }
      }
      place = (place + 1) & mask
    }
    return nil
  }

  /// FNV-1a over folded bytes, with a last mix so that the low bits depend on all.
  private static func hash(_ text: Bytes.Buffer, _ start: Int, _ count: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for place in start..<(start + count) {
      hash = (hash ^ UInt64(ASCII.lower(text[place]))) &* 0x100_0000_01b3
    }
    return hash ^ (hash >> 29)
  }
}
