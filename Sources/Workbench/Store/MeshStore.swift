package import History
package import Storage

/// One mesh of one store: what every job on revisions works with.
package struct MeshStore: Sendable {
  package let store: RevisionStore
  package let mesh: MeshName
  /// How stored tests get at answers in the forms of reports; nil: the expectations that need them fail.
  package var testForms: TestJob.Forms?

  package init(_ store: RevisionStore, mesh: MeshName) {
    self.store = store
    self.mesh = mesh
  }

  package static func open(at path: String, mesh: MeshName, by signature: Signature) throws(StoreError) -> MeshStore {
    let opened = MeshStore(try RevisionStore.open(at: path, by: signature), mesh: mesh)
    _ = try opened.store.head(of: mesh)
    return opened
  }

  /// What `init` found and did.
  package enum Initialization: Hashable, Sendable {
    case madeStore, madeMesh, wasThere
  }

  /// Makes the store when there is none, and the mesh when the store does not have it.
  package static func initialize(
    at path: String, mesh: MeshName, by signature: Signature
  ) throws(StoreError) -> Initialization {
    do throws(StoreError) {
      let store = try RevisionStore.open(at: path, by: signature)
      if try store.meshes().contains(mesh) { return .wasThere }
      try store.createMesh(mesh, by: signature)
      return .madeMesh
    } catch .fileMissing {
      let store = try RevisionStore.create(at: path, by: signature)
      try store.createMesh(mesh, by: signature)
      return .madeStore
    }
  }

  package var head: RevisionNumber? {
    get throws(StoreError) { try store.head(of: mesh) }
  }

  /// A revision by what a person calls it: a number, `head`, `head~2`; nil for anything else.
  package func revision(named name: String) throws(StoreError) -> RevisionNumber? {
    if let number = Int64(name), name.utf8.allSatisfy({ (48...57).contains($0) }) { return RevisionNumber(number) }
    var steps: Int64 = 0
    var base = Substring(name)
    if let tilde = name.utf8.firstIndex(of: UInt8(ascii: "~")) {
      base = name[..<tilde]
      let digits = name[name.utf8.index(after: tilde)...]
      guard let count = digits.isEmpty ? 1 : Int64(digits), count >= 0 else { return nil }
      steps = count
    }
    guard base == "head" || base == "HEAD" || base == "latest", let head = try head else { return nil }
    let number = head.value - steps
    return number >= 1 ? RevisionNumber(number) : nil
  }
}
