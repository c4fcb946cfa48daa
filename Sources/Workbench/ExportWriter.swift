package import Diagnostics
package import Export
import Glibc
package import History

/// Writes an export into a folder, without ever following a symbolic link below it or leaving it.
///
/// Every file is first written beside its place and brought to the disk; only then are all of them renamed. What
/// fails before the renames leaves the folder as it was.
package struct ExportWriter: Sendable {
  package var folder: String
  /// What earlier exports wrote, by path: such files may be replaced, and those no longer in the export go.
  package var known: [String: Set<Digest>]
  package var strangers: Strangers

  /// What becomes of files in the way that no earlier export wrote.
  package enum Strangers: Sendable {
    case refuse, replace
  }

  package struct Outcome: Hashable, Sendable {
    package var written: [String] = []
    package var unchanged: [String] = []
    package var deleted: [String] = []
    /// Files of an earlier export that somebody has edited since: they stay.
    package var kept: [String] = []
  }

  package enum Problem: Error, Hashable, Sendable {
    /// A part of the path is a symbolic link, or no folder where one is needed.
    case notAFolder(String)
    /// A file is there that no earlier export wrote.
    case stranger(String)
    /// The path would lead out of the folder.
    case unsafePath(String)
    case failed(String, reason: LocalizedText)
  }

  package init(folder: String, known: [String: Set<Digest>], strangers: Strangers) {
    self.folder = folder
    self.known = known
    self.strangers = strangers
  }

  /// Writes the files, the kustomization and the provenance last, and deletes what is left of earlier exports.
  package func write(_ files: [ExportFile]) throws(Problem) -> Outcome {
    for file in files { _ = try Self.parts(file.path) }
    let root = try ExportFolder.make(folder)
    var outcome = Outcome()
    var pending: [ExportFile] = []
    for file in files {
      switch try root.contents(try Self.parts(file.path)) {
      case nil: pending.append(file)
      case let bytes? where bytes == file.bytes: outcome.unchanged.append(file.path)
      case let bytes?:
        let isOurs = known[file.path]?.contains(Digest(hashing: bytes)) == true
        guard isOurs || strangers == .replace else { throw .stranger(file.path) }
        pending.append(file)
      }
    }
    // Whoever reads the folder meanwhile finds no resource named that is not there yet.
    pending.sort { Self.rank($0.path) < Self.rank($1.path) }
    try Self.stage(pending, in: root)
    outcome.written = pending.map(\.path).sorted()
    try sweep(Set(files.map(\.path)), in: root, &outcome)
    return outcome
  }

  private static func stage(_ files: [ExportFile], in root: borrowing ExportFolder) throws(Problem) {
    var staged: [(parts: [String], temporary: String)] = []
    func undo(_ root: borrowing ExportFolder) {
      for file in staged { root.remove(file.parts.dropLast() + [file.temporary]) }
    }
    do throws(Problem) {
      for (number, file) in files.enumerated() {
        let parts = try parts(file.path)
        let temporary = ".drydock-\(getpid())-\(number).tmp"
        staged.append((parts: parts, temporary: temporary))
        try root.create(parts.dropLast() + [temporary], file.bytes)
      }
    } catch {
      undo(root)
      throw error
    }
    for (number, file) in staged.enumerated() {
      do throws(Problem) {
        try root.rename(file.parts.dropLast() + [file.temporary], to: file.parts)
      } catch {
        staged.removeFirst(number)
        undo(root)
        throw error
      }
    }
    for file in staged { root.synchronize(Array(file.parts.dropLast())) }
  }

  /// Deletes files of earlier exports that are no longer in this one, unless somebody edited them.
  private func sweep(
    _ current: Set<String>, in root: borrowing ExportFolder, _ outcome: inout Outcome
  ) throws(Problem) {
    for path in known.keys.sorted() where !current.contains(path) {
      let parts = try Self.parts(path)
      guard let bytes = try root.contents(parts) else { continue }
      guard known[path]?.contains(Digest(hashing: bytes)) == true else {
        outcome.kept.append(path)
        continue
      }
      root.remove(parts)
      root.removeEmptyFolder(Array(parts.dropLast()))
      outcome.deleted.append(path)
    }
  }

  private static func rank(_ path: String) -> Int {
    switch path {
    case ExportPlan.provenancePath: 2
    case ExportPlan.kustomizationPath: 1
    default: 0
    }
  }

  /// The parts of a relative path; none of them may be empty, `.` or `..`.
  private static func parts(_ path: String) throws(Problem) -> [String] {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    for part in parts where part.isEmpty || part == "." || part == ".." || part.utf8.contains(0) {
      throw .unsafePath(path)
    }
    return parts
  }
}
