import Comparison
import MeshModel
import Testing

@Suite struct ThreeWayMergeTests {
  private func merged(_ base: Value?, _ ours: Value?, _ theirs: Value?) -> Value?? {
    switch ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs) {
    case .merged(let value): .some(value)
    case .conflicts: nil
    }
  }

  private func places(_ base: Value?, _ ours: Value?, _ theirs: Value?) -> [String] {
    switch ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs) {
    case .merged: []
    case .conflicts(let conflicts): conflicts.map { "\($0.reason.rawValue) \($0.path)" }
    }
  }

  private func says(_ result: Value??, _ expected: Value) -> Bool {
    guard case .some(let value) = result else { return false }
    return ThreeWayMerge.isSame(value, expected)
  }

  @Test(arguments: UInt64(1)...300)
  func `what only one side changed is taken from it`(seed: UInt64) {
    var random = ValueGenerator(state: seed)
    let base = random.value(depth: 4)
    let other = random.bool() ? random.value(depth: 4) : random.mutated(base)
    #expect(says(merged(base, other, base), other))
    #expect(says(merged(base, base, other), other))
    #expect(says(merged(base, other, other), other))
  }

  @Test(arguments: UInt64(1)...300)
  func `whether two changes fit does not depend on whose they are`(seed: UInt64) {
    var random = ValueGenerator(state: seed)
    let base = random.value(depth: 4)
    let a = random.mutated(base)
    let b = random.mutated(base)
    #expect((merged(base, a, b) == nil) == (merged(base, b, a) == nil))
  }

  @Test(arguments: UInt64(1)...300)
  func `changes of different members are both there`(seed: UInt64) {
    var random = ValueGenerator(state: seed)
    let (x, y) = (random.value(depth: 3), random.value(depth: 3))
    let (x2, y2) = (random.mutated(x), random.mutated(y))
    let result = merged(["spec": ["x": x, "y": y]], ["spec": ["x": x2, "y": y]], ["spec": ["x": x, "y": y2]])
    #expect(says(result, ["spec": ["x": x2, "y": y2]]))
  }

  @Test(arguments: UInt64(1)...300)
  func `changes of different named elements are both there, whatever the order of the names`(seed: UInt64) {
    var random = ValueGenerator(state: seed)
    let (x, y) = (random.value(depth: 3), random.value(depth: 3))
    let (x2, y2) = (random.mutated(x), random.mutated(y))
    func list(_ x: Value, _ y: Value) -> Value {
      ["http": [["name": "a", "x": x], ["name": "m"], ["name": "b", "y": y]]]
    }
    #expect(says(merged(list(x, y), list(x2, y), list(x, y2)), list(x2, y2)))
  }

  @Test func `a field that both changed otherwise is a conflict with its three values`() throws {
    let outcome = ThreeWayMerge.merge(
      base: ["spec": ["http": [["timeout": "1s"]]]], ours: ["spec": ["http": [["timeout": "2s"]]]],
      theirs: ["spec": ["http": [["timeout": "3s"]]]])
    guard case .conflicts(let conflicts) = outcome else {
      Issue.record("it was merged")
      return
    }
    let conflict = try #require(conflicts.first)
    #expect(conflicts.count == 1 && conflict.path.description == "spec.http[0].timeout")
    #expect(conflict.base == "1s" && conflict.ours == "2s" && conflict.theirs == "3s")
  }

  @Test func `what one side removed and the other changed is a conflict`() {
    #expect(places(["a": ["b": 1]], [:], ["a": ["b": 2]]) == ["values a"])
    #expect(places(["a": ["b": 1]], nil, ["a": ["b": 2]]) == ["values "])
  }

  @Test func `weights of one route and a timeout beside them do not meet`() {
    func rule(_ weight: Int64, _ timeout: Value?) -> Value {
      var members: [(String, Value)] = [
        ("route", [["destination": ["host": "a"], "weight": .integer(weight)], ["destination": ["host": "b"]]])
      ]
      if let timeout { members.append(("timeout", timeout)) }
      return ["http": [.object(members.map { Value.Member(key: $0.0, value: $0.1) })]]
    }
    #expect(says(merged(rule(5, nil), rule(50, nil), rule(5, "2s")), rule(50, "2s")))
  }

  @Test func `rules that both put into one place are a conflict, subsets are not`() {
    let base: Value = ["name": "a"]
    let ours: Value = ["name": "o"]
    let theirs: Value = ["name": "t"]
    #expect(places(["http": [base]], ["http": [ours, base]], ["http": [theirs, base]]) == ["place http"])
    #expect(
      merged(["http": [base]], ["http": [ours, base]], ["http": [base, theirs]]) == ["http": [ours, base, theirs]])
    #expect(
      says(
        merged(["subsets": [base]], ["subsets": [base, ours]], ["subsets": [base, theirs]]),
        [
          "subsets": [base, theirs, ours]
        ]))
  }

  @Test func `a rule that both added alike is there once`() {
    let rule: Value = ["name": "x", "timeout": "1s"]
    #expect(says(merged(["http": []], ["http": [rule]], ["http": [rule]]), ["http": [rule]]))
    #expect(
      places(["http": []], ["http": [rule]], ["http": [["name": "x", "timeout": "2s"]]]) == ["values http[x].timeout"])
  }

  @Test func `two new orders are a conflict, one is taken`() {
    let (a, b, c): (Value, Value, Value) = (["name": "a"], ["name": "b"], ["name": "c"])
    #expect(places([a, b, c], [b, a, c], [a, c, b]) == ["order "])
    #expect(merged([a, b, c], [b, a, c], [a, b, c]) == .some([b, a, c]))
  }

  @Test func `marks say which elements are the same, and are no content`() {
    let base: Value = ["http": [["mark": "a", "x": 1, "y": 1], ["mark": "b", "x": 1, "y": 1, "z": 1]]]
    let ours: Value = ["http": [["mark": "b", "x": 1, "y": 1]]]
    let theirs: Value = ["http": [["x": 1, "y": 1], ["x": 1, "y": 2, "z": 1]]]
    guard case .merged(let value?) = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs, mark: "mark") else {
      Issue.record("it was not merged")
      return
    }
    #expect(ThreeWayMerge.isSame(value, ["http": [["x": 1, "y": 2]]]))
  }
}
