import Editing
import Foundation
import MeshCodec
import MeshModel
import SeededDraws
import Testing
import YAML

/// Documents of all fixtures.
private enum Documents {
  static let all: [(name: String, text: [UInt8], node: Node)] = {
    let root = RewriteFixtures.folder.deletingLastPathComponent().deletingLastPathComponent()
    var found: [(String, [UInt8], Node)] = []
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    for file in files.sorted() where file.hasSuffix(".yaml") || file.hasSuffix(".yml") {
      guard let data = try? Data(contentsOf: root.appending(path: file)) else { continue }
      let (documents, problems) = parseYAML(Array(data), file: file)
      guard problems.isEmpty else { continue }
      for document in documents where document.node.mapping?.isEmpty == false {
        let (alone, _) = parseYAML(Array(document.bytes), file: file)
        // Two readings of one stretch are several JSON texts on end.
        guard alone.count == 1 else { continue }
        found.append((file, Array(document.bytes), alone[0].node))
      }
    }
    return found
  }()

  static func sample(_ random: inout SeededRandom, _ count: Int) -> [(name: String, text: [UInt8], node: Node)] {
    (0..<count).map { _ in random.pick(all) }
  }
}

/// Lines that are comments, by what they say, without those inside of texts.
private func comments(_ text: [UInt8], _ node: Node) -> [String: Int] {
  var inside: Set<Int> = []
  func mark(_ node: Node) {
    switch node.content {
    case .scalar(let scalar):
      // Text blocks end at the start of a line that is not theirs.
      let last = node.end.column == 1 && scalar.style == .block ? node.end.line - 1 : node.end.line
      if node.start.line < last { for line in (node.start.line + 1)...last { inside.insert(Int(line)) } }
    case .sequence(let items): for item in items { mark(item) }
    case .mapping(let entries): for entry in entries { mark(entry.value) }
    }
  }
  mark(node)
  var found: [String: Int] = [:]
  let lines = String(decoding: text, as: UTF8.self).split(
    omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
  for (place, line) in lines.enumerated() where !inside.contains(place + 1) {
    let trimmed = line.drop { $0 == " " }
    if trimmed.hasPrefix("#") { found[String(trimmed), default: 0] += 1 }
  }
  return found
}

/// One change somewhere in a value.
private struct RandomEdit {
  var random: SeededRandom
  /// Whether something may go.
  var removes: Bool

  private static let texts = [
    "yes", "on", "1.10", "null", "~", "0o14", "a: b", "# no comment", "- x", "two\nlines", "end\n", "*", "&a", "it's",
    "\"q\"", "", " x ", "caf\u{E9}", "v1", "a,b", "{x}", "12:30", "\ttab", "reviews.default.svc.cluster.local",
  ]

  mutating func scalar() -> Value {
    switch random.number(below: 8) {
    case 0: .integer(Int64(random.number(below: 100)))
    case 1: .bool(true)
    case 2: .null
    case 3: .number(0.5)
    default: .string(random.pick(Self.texts))
    }
  }

  mutating func fresh(_ depth: Int = 0) -> Value {
    switch random.number(below: depth > 2 ? 1 : 4) {
    case 1: .array((0..<random.number(below: 3)).map { _ in fresh(depth + 1) })
    case 2: .object((0..<random.number(below: 3)).map { Value.Member(key: "new\($0)", value: fresh(depth + 1)) })
    default: scalar()
    }
  }

  mutating func edit(_ value: Value) -> Value {
    switch value {
    case .object(var members):
      if !members.isEmpty, random.chance(4, in: 5) {
        let place = random.number(below: members.count)
        members[place].value = edit(members[place].value)
      } else if removes, !members.isEmpty, random.chance(1, in: 2) {
        members.remove(at: random.number(below: members.count))
      } else {
        let place = random.number(below: members.count + 1)
        members.insert(Value.Member(key: "added\(random.number(below: 9))", value: fresh()), at: place)
      }
      var seen: Set<String> = []
      return .object(members.filter { seen.insert($0.key).inserted })
    case .array(var items):
      if !items.isEmpty, random.chance(3, in: 5) {
        let place = random.number(below: items.count)
        items[place] = edit(items[place])
      } else if removes, !items.isEmpty, random.chance(1, in: 3) {
        items.remove(at: random.number(below: items.count))
      } else if items.count > 1, random.chance(1, in: 2) {
        let from = random.number(below: items.count)
        items.insert(items.remove(at: from), at: random.number(below: items.count))
      } else {
        items.insert(fresh(), at: random.number(below: items.count + 1))
      }
      return .array(items)
    case .null, .bool, .integer, .number, .string:
      return removes && random.chance(1, in: 4) ? fresh() : scalar()
    }
  }
}

@Suite struct RewritePropertyTests {
  #if DEBUG
    private static let count = 400
  #else
    private static let count = 4000
  #endif

  @Test(arguments: SeededRandom.seeds(4))
  func `a rewritten text reads as the new content and keeps its comments`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for (name, text, node) in Documents.sample(&random, Self.count) {
      let removes = random.chance(1, in: 2)
      var edit = RandomEdit(random: SeededRandom(seed: random.next()), removes: removes)
      let old = Value(node)
      var new = old
      for _ in 0...random.number(below: 3) { new = edit.edit(new) }
      let rewrite = SourceRewrite(text, to: new)
      let shown = "seed \(seed), \(name):\n\(String(decoding: rewrite.text, as: UTF8.self))"
      // Of an object that lost everything nothing is left to keep.
      #expect(rewrite.manner != .anew || new == .emptyObject, "\(shown)")
      let (documents, problems) = parseYAML(rewrite.text, file: name)
      guard problems.isEmpty, documents.count == 1 else {
        Issue.record("\(shown) \(problems)")
        continue
      }
      #expect(SourceRewrite(rewrite.text, to: new).text == rewrite.text)
      if removes { continue }
      let before = comments(text, node)
      let after = comments(rewrite.text, documents[0].node)
      for (comment, count) in before where after[comment, default: 0] < count {
        // An element that became another one is the same as one that went.
        if rewrite.manner == .expanded { continue }
        Issue.record("lost \(comment) in \(shown)")
      }
    }
  }

  @Test(arguments: SeededRandom.seeds(2))
  func `the way back gives the old content`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 77)
    for (name, text, node) in Documents.sample(&random, Self.count / 2) {
      var edit = RandomEdit(random: SeededRandom(seed: random.next()), removes: true)
      let new = edit.edit(Value(node))
      let there = SourceRewrite(text, to: new)
      let back = SourceRewrite(there.text, to: Value(node))
      #expect(SourceRewrite(back.text, to: Value(node)).text == back.text, "seed \(seed), \(name)")
      #expect(SourceRewrite.value(of: back.text) != nil)
    }
  }

  @Test(arguments: SeededRandom.seeds(4))
  func `one scalar that changes changes one line`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 500)
    var tried = 0
    for (name, text, node) in Documents.sample(&random, Self.count) {
      guard !text.contains(UInt8(ascii: "*")), let new = Self.withOneChange(node, &random) else { continue }
      tried += 1
      let rewrite = SourceRewrite(text, to: new)
      let old = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let made = rewrite.text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let shown = "seed \(seed), \(name):\n\(String(decoding: rewrite.text, as: UTF8.self))"
      #expect(old.count == made.count, "\(shown)")
      #expect(zip(old, made).count { !$0.elementsEqual($1) } == 1, "\(shown)")
    }
    #expect(tried > Self.count / 2)
  }

  /// The content with another text for one scalar that is written on one line.
  private static func withOneChange(_ node: Node, _ random: inout SeededRandom) -> Value? {
    switch node.content {
    case .scalar(let scalar):
      guard scalar.style != .block, node.start.line == node.end.line, !scalar.text.isEmpty else { return nil }
      return .string("changed by \(random.number(below: 9))")
    case .mapping(let entries):
      guard !entries.isEmpty else { return nil }
      let place = random.number(below: entries.count)
      guard let changed = withOneChange(entries[place].value, &random) else { return nil }
      var members = entries.map { Value.Member(key: $0.name, value: Value($0.value)) }
      members[place].value = changed
      return .object(members)
    case .sequence(let items):
      guard !items.isEmpty else { return nil }
      let place = random.number(below: items.count)
      guard let changed = withOneChange(items[place], &random) else { return nil }
      var values = items.map { Value($0) }
      values[place] = changed
      return .array(values)
    }
  }

  /// Bytes that mean something to YAML.
  private static let marks = Array(" \n\r\t-:?,[]{}#&*!|>'\"%@<~0a\u{E9}".utf8)

  @Test(arguments: SeededRandom.seeds(4))
  func `any text that can be read can be rewritten`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 1_000)
    for (name, given, _) in Documents.sample(&random, Self.count / 2) {
      // A short text has more of its bytes changed.
      var text = Array(given.prefix(600))
      for _ in 0...random.number(below: 6) where !text.isEmpty {
        let place = random.number(below: text.count)
        switch random.number(below: 3) {
        case 0: text[place] = random.pick(Self.marks)
        case 1: text.insert(random.pick(Self.marks), at: place)
        default: text.remove(at: place)
        }
      }
      guard let old = SourceRewrite.value(of: text) else { continue }
      var edit = RandomEdit(random: SeededRandom(seed: random.next()), removes: true)
      var new = old
      for _ in 0...random.number(below: 4) { new = edit.edit(new) }
      let rewrite = SourceRewrite(text, to: new)
      let shown = "seed \(seed), \(name): \(String(decoding: text, as: UTF8.self))"
      #expect(SourceRewrite(rewrite.text, to: new).text == rewrite.text, "\(shown)")
      #expect(SourceRewrite(text, to: old).text == text)
    }
  }
}
