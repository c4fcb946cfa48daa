import Workbench
import YAML

/// Changes objects so that they still look like objects: what is wrong then is wrong deep inside.
struct ObjectNoise {
  /// The objects of every rule's examples, good and bad.
  private let objects: [Node]
  private let subtrees: [Node]
  private let names: [String]

  init() {
    let examples = RuleExamples.all.sorted { $0.key < $1.key }.map(\.value)
    objects = examples.flatMap { $0.bad + $0.good }
    var subtrees: [Node] = []
    var names: Set<String> = []
    for object in objects { Self.gather(object, &subtrees, &names) }
    self.subtrees = subtrees
    self.names = names.sorted()
  }

  private static func gather(_ node: Node, _ subtrees: inout [Node], _ names: inout Set<String>) {
    subtrees.append(node)
    for item in node.sequence ?? [] { gather(item, &subtrees, &names) }
    for entry in node.mapping ?? [] {
      names.insert(entry.name)
      gather(entry.value, &subtrees, &names)
    }
  }

  /// Some objects as one text.
  func stream(_ random: inout SeededRandom) -> [UInt8] {
    let count = random.below(20) == 0 ? 1 + random.below(60) : 1 + random.below(6)
    var chosen: [Node] = []
    for _ in 0..<count {
      // Neighbours belong to one example, so that they speak of each other.
      let first = random.below(objects.count)
      for place in first..<min(objects.count, first + 1 + random.below(3)) {
        var object = objects[place]
        for _ in 0..<random.below(4) { object = changed(object, &random) }
        chosen.append(object)
      }
    }
    switch random.below(8) {
    case 0: return chosen.flatMap { JSONText.bytes(of: $0) + Array("\n---\n".utf8) }
    case 1:
      let list = Node.mapping([
        ("apiVersion", .string("v1")), ("kind", .string("List")), ("items", .sequence(chosen)),
      ])
      return JSONText.bytes(of: list)
    default: return YAMLText.bytes(ofStream: chosen)
    }
  }

  private func changed(_ node: Node, _ random: inout SeededRandom) -> Node {
    let isHere = random.below(4) == 0
    switch node.content {
    case .mapping(var entries) where !entries.isEmpty && !isHere:
      let place = random.below(entries.count)
      entries[place].value = changed(entries[place].value, &random)
      return Node(.mapping(entries))
    case .sequence(var items) where !items.isEmpty && !isHere:
      let place = random.below(items.count)
      items[place] = changed(items[place], &random)
      return Node(.sequence(items))
    case .mapping(let entries): return changed(entries, &random)
    case .sequence(let items): return changed(items, &random)
    case .scalar: return replacement(node, &random)
    }
  }

  private func changed(_ given: [Node.Entry], _ random: inout SeededRandom) -> Node {
    var entries = given
    let place = entries.isEmpty ? 0 : random.below(entries.count)
    switch random.below(6) {
    case 0 where !entries.isEmpty: entries.remove(at: place)
    case 1 where !entries.isEmpty: entries[place].name = random.pick(names)
    case 2 where !entries.isEmpty: entries.append(entries[place])
    case 3: entries.append(Node.Entry(name: random.pick(names), value: random.pick(subtrees)))
    case 4: return replacement(Node(.mapping(given)), &random)
    default: entries.insert(Node.Entry(name: Self.oddText(&random), value: random.pick(subtrees)), at: place)
    }
    return Node(.mapping(entries))
  }

  private func changed(_ given: [Node], _ random: inout SeededRandom) -> Node {
    var items = given
    let place = items.isEmpty ? 0 : random.below(items.count)
    switch random.below(6) {
    case 0 where !items.isEmpty: items.remove(at: place)
    case 1 where !items.isEmpty:
      let copies = random.below(10) == 0 ? 400 : 2
      items += [Node](repeating: items[place], count: copies)
    case 2: items.append(random.pick(subtrees))
    case 3: items.shuffle(using: &random)
    case 4: return replacement(Node(.sequence(given)), &random)
    default: items.insert(.null, at: place)
    }
    return Node(.sequence(items))
  }

  private func replacement(_ node: Node, _ random: inout SeededRandom) -> Node {
    switch random.below(8) {
    case 0: return .null
    case 1: return random.pick(subtrees)
    case 2: return .sequence([node])
    case 3: return .mapping([(random.pick(names), node)])
    case 4:
      var deep = node
      for _ in 0..<random.below(70) { deep = random.below(2) == 0 ? .sequence([deep]) : .mapping([("a", deep)]) }
      return deep
    case 5: return Node(.scalar(.init(random.pick(Self.numbers), style: .plain)))
    default: return .string(Self.oddText(&random))
    }
  }

  private static let numbers = [
    "0", "-1", "65535", "65536", "99999999999", "9223372036854775807", "-9223372036854775808", "18446744073709551616",
    "1e308", "0.1", "true", "no", "~", "100", "2147483648", "-0.0",
  ]

  private static let texts = [
    "", " ", "*", "*.", ".", "..", "/", "//", ":", "a:b:c", "*.example.com", "example.com", "-a", "a..b", "1.2.3.4",
    "::1",
    "1.2.3.4/33", "::/129", "fe80::%eth0", "unix://", "unix:///x/", "@x", "1s", "1ns", "-5h", "9999999999h", "1.5", "(",
    "(?P<a>",
    "[[:alpha:]", "(a*)*b", "a{1001}", "\\", "%", "%%", "%REQ(", "{", "{*}", "{**}", "/{a=*}/x", "ns/name", "/name",
    "ns/",
    "./*", "~/*", "*/*", "a/b/c", "spiffe://", "http://", "https://[::1", "oci://x", "file:///", "https://h:99999/",
    "cluster.local",
    "svc.ns.svc.cluster.local", "x.svc.cluster.local", ".svc.cluster.local", "request.headers[", "request.headers[x]",
    "request.auth.claims[a][b", "@request.auth.claims.a", "kubernetes://", "kubernetes://a/b", "builtin://", "sds://x",
    "\u{0}", "\u{7f}", "\u{85}", "\u{2028}", "e\u{301}", "\u{e9}", "\u{fffd}", "\u{10ffff}", "中文", "\u{202e}", "\r\n",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "AAAA", "====", "(removed)", "100", "-0", "1e9",
  ]

  private static func oddText(_ random: inout SeededRandom) -> String {
    switch random.below(12) {
    case 0: return String(repeating: random.pick(texts), count: 1 + random.below(200))
    case 1: return random.pick(texts) + random.pick(texts) + random.pick(texts)
    case 2: return String(repeating: "a", count: random.below(60) == 0 ? 300_000 : 64)
    default: return random.pick(texts)
    }
  }
}
