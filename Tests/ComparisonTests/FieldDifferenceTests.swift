import Comparison
import MeshModel
import Testing

@Suite struct FieldDifferenceTests {
  private func told(_ old: Value, _ new: Value) -> [String] {
    FieldDifference.between(old, new).map { difference in
      switch difference.change {
      case .added: "+ \(difference.path)"
      case .removed: "- \(difference.path)"
      case .changed: "~ \(difference.path)"
      case .moved: "> \(difference.path)"
      }
    }
  }

  private func rule(_ prefix: String, _ subset: String) -> Value {
    let match: Value = ["uri": ["prefix": .string(prefix)], "port": 80, "scheme": ["exact": "http"]]
    let destination: Value = ["host": "reviews", "subset": .string(subset)]
    return ["match": [match], "route": [["destination": destination]], "timeout": "1s"]
  }

  @Test func `inserting one rule shows one rule`() {
    let old: Value = ["http": [rule("/a", "v1"), rule("/b", "v2")]]
    let new: Value = ["http": [rule("/a", "v1"), rule("/new", "v9"), rule("/b", "v2")]]
    #expect(told(old, new) == ["+ http[1]"])
    #expect(told(new, old) == ["- http[1]"])
  }

  @Test func `a changed rule beside an inserted one shows its field`() {
    let old: Value = ["http": [rule("/a", "v1"), rule("/b", "v2")]]
    let new: Value = ["http": [["redirect": ["uri": "/x"]], rule("/a", "v1"), rule("/c", "v2")]]
    #expect(told(old, new) == ["+ http[0]", "~ http[2].match[0].uri.prefix"])
  }

  @Test func `subsets are known by their names`() {
    let old: Value = [
      "subsets": [["name": "v1", "labels": ["version": "v1"]], ["name": "v2", "labels": ["version": "v2"]]]
    ]
    let new: Value = [
      "subsets": [["name": "v2", "labels": ["version": "canary"]], ["name": "v3", "labels": ["version": "v3"]]]
    ]
    #expect(told(old, new) == ["- subsets[v1]", "~ subsets[v2].labels.version", "+ subsets[v3]"])
  }

  @Test func `a rule that overtakes another is told as moved`() {
    let a: Value = ["name": "a"]
    let b: Value = ["name": "b"]
    let c: Value = ["name": "c"]
    let moves = told([a, b, c], [c, a, b])
    #expect(moves == ["> [c]"])
  }

  @Test func `destinations are known by host and subset`() {
    func route(_ weights: [(String, Int64)]) -> Value {
      .array(
        weights.map { subset, weight in
          ["destination": ["host": "reviews", "subset": .string(subset)], "weight": .integer(weight)]
        })
    }
    #expect(
      told(route([("v1", 90), ("v2", 10)]), route([("v1", 50), ("v2", 50)])) == [
        "~ [reviews/v1].weight", "~ [reviews/v2].weight",
      ])
  }

  @Test func `a condition that took another's place shows the value that changed`() {
    func rule(_ user: Value) -> Value { ["match": [["headers": ["end-user": user]]], "route": [["destination": "a"]]] }
    let exact = told([rule(["exact": "jason"])], [rule(["exact": "bob"])])
    #expect(exact == ["~ [0].match[0].headers.end-user.exact"])
    #expect(told(["hosts": ["a", "b"]], ["hosts": ["a", "c"]]) == ["~ hosts[1]"])
    // Nothing in common: one went and another came.
    #expect(told([["uri": ["prefix": "/a"]]], [["headers": ["x": ["exact": "1"]]]]) == ["- [0]", "+ [0]"])
  }

  @Test func `an element under a new name is the same element`() {
    let old: Value = [["name": "everybody", "timeout": "2s", "hosts": ["a"], "retries": ["attempts": 2]]]
    let new: Value = [["name": "all", "timeout": "2s", "hosts": ["a"], "retries": ["attempts": 3]]]
    #expect(told(old, new) == ["~ [0].name", "~ [0].retries.attempts"])
  }

  @Test func `the order of members is no difference and that of hosts is one`() {
    #expect(told(["a": 1, "b": 2], ["b": 2, "a": 1]).isEmpty)
    #expect(!told(["a", "b"], ["b", "a"]).isEmpty)
  }

  @Test func `absent, null and empty are three things`() {
    #expect(told(["a": .null], [:]) == ["- a"])
    #expect(told(["a": .null], ["a": [:]]) == ["~ a"])
    #expect(told([:], ["a": [:]]) == ["+ a"])
  }

  @Test func `a key that is no plain word is quoted`() {
    #expect(
      told(["labels": ["app.kubernetes.io/name": "a"]], ["labels": ["app.kubernetes.io/name": "b"]]) == [
        "~ labels[\"app.kubernetes.io/name\"]"
      ])
  }

  @Test(arguments: UInt64(1)...400)
  func `what differs, applied to the old value, gives the new one`(seed: UInt64) throws {
    var random = ValueGenerator(state: seed)
    let old = random.value(depth: 4)
    let new = random.bool() ? random.value(depth: 4) : random.mutated(old)
    let differences = FieldDifference.between(old, new)
    let applied = try #require(FieldDifference.apply(differences, to: old))
    #expect(sorted(applied) == sorted(new))
    #expect(differences.isEmpty == (sorted(old) == sorted(new)))
  }

  @Test func `differences of another value are not applied`() {
    let differences = FieldDifference.between(["a": 1], ["a": 2])
    #expect(FieldDifference.apply(differences, to: ["a": 3]) == nil)
    #expect(FieldDifference.apply(differences, to: "a") == nil)
  }

  /// Members in the order of their keys, all the way down.
  private func sorted(_ value: Value) -> Value {
    switch value {
    case .object(let members):
      .object(
        members.map { Value.Member(key: $0.key, value: sorted($0.value)) }.sorted { $0.key < $1.key })
    case .array(let elements): .array(elements.map { sorted($0) })
    case .null, .bool, .integer, .number, .string: value
    }
  }
}
