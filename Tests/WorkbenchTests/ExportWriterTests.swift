import Export
import Foundation
import History
import Testing
import Workbench

@Suite struct ExportWriterTests {
  private final class Scratch {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-" + UUID().uuidString)
    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    func write(_ name: String, _ text: String) throws {
      let url = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    func link(_ name: String, to target: String) throws {
      try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }
    func text(_ name: String) -> String? {
      try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
    /// Every file below the folder.
    var files: [String] {
      var found: [String] = []
      for case let name as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
        if !isFolder.boolValue { found.append(name) }
      }
      return found.sorted()
    }
  }

  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func file(_ path: String, _ text: String) -> ExportFile { ExportFile(path: path, bytes: Array(text.utf8)) }

  private func known(_ files: [ExportFile]) -> [String: Set<Digest>] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.path, [Digest(hashing: $0.bytes)]) })
  }

  private func writer(
    _ folder: String = "out", known: [String: Set<Digest>] = [:], strangers: ExportWriter.Strangers = .refuse
  ) -> ExportWriter {
    ExportWriter(folder: scratch.path(folder), known: known, strangers: strangers)
  }

  @Test func `an export makes its folders and leaves nothing else`() throws {
    let files = [file("default/a.yaml", "a"), file("kustomization.yaml", "k")]
    let outcome = try writer().write(files)
    #expect(outcome.written == ["default/a.yaml", "kustomization.yaml"])
    #expect(scratch.files == ["out/default/a.yaml", "out/kustomization.yaml"])
    #expect(try writer().write(files).unchanged.count == 2)
  }

  @Test func `the next export takes away what it no longer holds`() throws {
    let first = [file("default/a.yaml", "a"), file("shop/b.yaml", "b"), file("shop/edited.yaml", "c")]
    _ = try writer().write(first)
    try scratch.write("out/shop/edited.yaml", "by hand")
    let outcome = try writer(known: known(first)).write([file("default/a.yaml", "a2")])
    #expect(outcome.deleted == ["shop/b.yaml"])
    #expect(outcome.kept == ["shop/edited.yaml"])
    #expect(scratch.files == ["out/default/a.yaml", "out/shop/edited.yaml"])
    #expect(scratch.text("out/default/a.yaml") == "a2")
  }

  @Test func `somebody else's file is replaced only when told to`() throws {
    try scratch.write("out/kustomization.yaml", "mine")
    let files = [file("default/a.yaml", "a"), file("kustomization.yaml", "k")]
    #expect(throws: ExportWriter.Problem.stranger("kustomization.yaml")) { try writer().write(files) }
    #expect(scratch.files == ["out/kustomization.yaml"])
    _ = try writer(strangers: .replace).write(files)
    #expect(scratch.text("out/kustomization.yaml") == "k")
  }

  @Test func `a link below the folder is never followed`() throws {
    try scratch.write("outside/secret.yaml", "secret")
    try scratch.write("out/x", "x")
    try scratch.link("out/default", to: scratch.path("outside"))
    try scratch.link("out/kustomization.yaml", to: scratch.path("outside/secret.yaml"))
    #expect(throws: ExportWriter.Problem.self) { try writer().write([file("default/a.yaml", "a")]) }
    #expect(throws: ExportWriter.Problem.self) { try writer().write([file("kustomization.yaml", "a")]) }
    #expect(throws: ExportWriter.Problem.self) {
      try writer(known: ["default/secret.yaml": [Digest(hashing: Array("secret".utf8))]]).write([file("b.yaml", "b")])
    }
    #expect(scratch.text("outside/secret.yaml") == "secret")
    #expect(!scratch.files.contains { $0.contains(".tmp") })
  }

  @Test func `the folder itself may be no link`() throws {
    try scratch.write("outside/x", "x")
    try scratch.link("out", to: scratch.path("outside"))
    #expect(throws: ExportWriter.Problem.notAFolder(scratch.path("out"))) { try writer().write([file("a.yaml", "a")]) }
  }

  @Test(arguments: ["../a.yaml", "/a.yaml", "a//b.yaml", "a/./b.yaml", "a/..", ""])
  func `a path that leads elsewhere is refused before anything is written`(path: String) throws {
    #expect(throws: ExportWriter.Problem.unsafePath(path)) {
      try writer().write([file("good.yaml", "a"), file(path, "a")])
    }
    #expect(scratch.files.isEmpty)
  }

  @Test func `what fails while writing leaves the folder as it was`() throws {
    let first = [file("a.yaml", "1"), file("b.yaml", "1")]
    _ = try writer().write(first)
    // `b.yaml` cannot be a folder as well.
    let next = [file("a.yaml", "2"), file("b.yaml/c.yaml", "2")]
    #expect(throws: ExportWriter.Problem.self) { try writer(known: known(first)).write(next) }
    #expect(scratch.files == ["out/a.yaml", "out/b.yaml"])
    #expect(scratch.text("out/a.yaml") == "1")
  }
}
