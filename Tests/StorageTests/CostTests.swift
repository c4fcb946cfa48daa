import History
import MeshModel
import SQLite
import Storage
import Testing

@Suite struct CostTests {
  /// SQLite's steps for one commit that changes one object of many.
  private func stepsOfOneChange(inMeshOf count: Int) throws -> Int {
    let scratch = try Scratch()
    let store = try RevisionStore.fresh(scratch)
    try store.commit((0..<count).map { put(virtualService("v\($0)"), "1") }, on: nil)
    let before = try store.withConnection { $0.steps }
    try store.commit([put(virtualService("v1"), "2")], on: 1)
    return try store.withConnection { $0.steps } - before
  }

  @Test func `a commit costs its changes and not the mesh's size`() throws {
    let small = try stepsOfOneChange(inMeshOf: 4)
    let large = try stepsOfOneChange(inMeshOf: 3000)
    // The neighbours in the object's bucket and the bucket's neighbours in its group: at most 64 groups of 64.
    #expect(large - small <= 140, "\(small) steps against \(large)")
  }

  @Test func `early and recent revisions are read by different indexes and agree`() throws {
    let scratch = try Scratch()
    let store = try RevisionStore.fresh(scratch)
    try store.commit([put(virtualService("a"), "1")], on: nil)
    for number in 1..<12 { try store.commit([put(virtualService("a"), "\(number + 1)")], on: Int64(number)) }
    for number in 1...12 { #expect(try store.texts(at: Int64(number)) == ["a=\(number)"]) }
    for number in 1...12 {
      let state = try store.state(of: .standard, at: RevisionNumber(Int64(number)))
      #expect(state.map(\.since.value) == [Int64(number)])
    }
  }
}
