/// Exact paths and prefixes of the routes of one virtual host, as a radix tree in flat storage.
///
/// A look-up walks down the path once and asks for each route that fits whether its other conditions hold; the lowest
/// number wins, so the order of the configuration is kept.
struct PathTrie: Sendable {
  struct Entry {
    var path: [UInt8]
    var isPrefix: Bool
    var route: UInt32
  }

  private struct Node: Sendable {
    var label = ByteArena.Range()
    var firstChild: UInt32 = 0
    var childCount: UInt32 = 0
    /// Into `routes`.
    var prefixes: (start: UInt32, count: UInt32) = (0, 0)
    var exact: (start: UInt32, count: UInt32) = (0, 0)
  }

  private var nodes: ContiguousArray<Node> = []
  /// The byte that leads to a node.
  private var keys: ContiguousArray<UInt8> = []
  private var routes: ContiguousArray<UInt32> = []
  private var labels = ByteArena()
  private let foldsCase: Bool

  init(_ given: [Entry], foldsCase: Bool) {
    self.foldsCase = foldsCase
    var entries = given
    if foldsCase { for place in entries.indices { entries[place].path = ASCII.lowered(entries[place].path) } }
    entries.sort { a, b in
      a.path == b.path ? a.route < b.route : a.path.lexicographicallyPrecedes(b.path)
    }
    nodes.append(Node())
    keys.append(0)
    var waiting: [(node: Int, range: Range<Int>, depth: Int)] = [(0, entries.indices, 0)]
    var next = 0
    while next < waiting.count {
      let (node, range, depth) = waiting[next]
      next += 1
      fill(node, entries, range, depth, &waiting)
    }
  }

  private mutating func fill(
    _ number: Int, _ entries: [Entry], _ range: Range<Int>, _ depth: Int,
    _ waiting: inout [(node: Int, range: Range<Int>, depth: Int)]
  ) {
    guard let last = range.last else { return }
    let a = entries[range.lowerBound].path
    let b = entries[last].path
    var end = depth
    while end < a.count, end < b.count, a[end] == b[end] { end += 1 }
    var node = Node()
    node.label = labels.store(a[depth..<end])
    var place = range.lowerBound
    var prefixes: [UInt32] = []
    var exact: [UInt32] = []
    while place < range.upperBound, entries[place].path.count == end {
      if entries[place].isPrefix { prefixes.append(entries[place].route) } else { exact.append(entries[place].route) }
      place += 1
    }
    node.prefixes = (UInt32(routes.count), UInt32(prefixes.count))
    routes += prefixes
    node.exact = (UInt32(routes.count), UInt32(exact.count))
    routes += exact
    node.firstChild = UInt32(nodes.count)
    while place < range.upperBound {
      let key = entries[place].path[end]
      var stop = place + 1
      while stop < range.upperBound, entries[stop].path[end] == key { stop += 1 }
      waiting.append((nodes.count, place..<stop, end + 1))
      nodes.append(Node())
      keys.append(key)
      node.childCount += 1
      place = stop
    }
    nodes[number] = node
  }

  /// The lowest route below `limit` whose path fits and whose conditions hold; `limit` when there is none.
  func lowest(
    _ path: Bytes.Buffer, below limit: UInt32, _ conditions: RouteConditions, _ request: RouteRequest
  ) -> UInt32 {
    nodes.withUnsafeBufferPointer { nodes in
      keys.withUnsafeBufferPointer { keys in
        routes.withUnsafeBufferPointer { routes in
          labels.bytes.withUnsafeBufferPointer { labels in
            walk(path, limit, nodes, keys, routes, labels, conditions, request)
          }
        }
      }
    }
  }

  @inline(__always)
  private func walk(
    _ path: Bytes.Buffer, _ limit: UInt32, _ nodes: UnsafeBufferPointer<Node>, _ keys: Bytes.Buffer,
    _ routes: UnsafeBufferPointer<UInt32>, _ labels: Bytes.Buffer, _ conditions: borrowing RouteConditions,
    _ request: RouteRequest
  ) -> UInt32 {
    var best = limit
    var number = 0
    var depth = 0
    while true {
      let node = nodes[number]
      let length = Int(node.label.count)
      guard depth + length <= path.count else { return best }
      let base = Int(node.label.start)
      var place = 0
      while place < length {
        let byte = foldsCase ? ASCII.lower(path[depth + place]) : path[depth + place]
        if byte != labels[base + place] { return best }
        place += 1
      }
      depth += length
      best = first(routes, node.prefixes, best, conditions, request)
      if depth == path.count { return first(routes, node.exact, best, conditions, request) }
      let key = foldsCase ? ASCII.lower(path[depth]) : path[depth]
      var low = Int(node.firstChild)
      var high = low + Int(node.childCount)
      while high - low > 4 {
        let middle = (low + high) / 2
        if keys[middle] <= key { low = middle } else { high = middle }
      }
      while low < high, keys[low] != key { low += 1 }
      guard low < high else { return best }
      number = low
      depth += 1
    }
  }

  @inline(__always)
  private func first(
    _ routes: UnsafeBufferPointer<UInt32>, _ range: (start: UInt32, count: UInt32), _ best: UInt32,
    _ conditions: borrowing RouteConditions, _ request: RouteRequest
  ) -> UInt32 {
    var place = Int(range.start)
    let end = place + Int(range.count)
    while place < end, routes[place] < best {
      if conditions.hold(routes[place], request) { return routes[place] }
      place += 1
    }
    return best
  }
}
