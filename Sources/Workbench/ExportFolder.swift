import Glibc

/// An open folder, and files below it reached part by part without following symbolic links.
struct ExportFolder: ~Copyable {
  private let descriptor: Int32
  private let path: String

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  private static let folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

  /// Opens the folder, made with the folders above it if it is not there.
  static func make(_ path: String) throws(ExportWriter.Problem) -> ExportFolder {
    let slashes = path.utf8.indices.dropFirst().filter { path.utf8[$0] == UInt8(ascii: "/") }
    for end in slashes + [path.utf8.endIndex] where mkdir(String(path[..<end]), 0o755) != 0 && errno != EEXIST {
      throw failure(path)
    }
    // A link in the last part is refused; who means it writes `link/`.
    let descriptor = open(path, folderFlags)
    guard descriptor >= 0 else { throw failure(path) }
    return ExportFolder(descriptor: descriptor, path: path)
  }

  private static func failure(_ path: String) -> ExportWriter.Problem {
    if errno == ELOOP || errno == ENOTDIR { return .notAFolder(path) }
    return .failed(path, reason: SystemReason.text(errno))
  }

  private func failure(_ parts: [String]) -> ExportWriter.Problem {
    Self.failure(path + "/" + parts.joined(separator: "/"))
  }

  private enum Missing {
    case isAnError, isMade
  }

  /// Gives the open folder that holds the last part, for the time of the body.
  private func withParent<R>(
    of parts: [String], _ missing: Missing, _ body: (Int32, String) throws(ExportWriter.Problem) -> R
  ) throws(ExportWriter.Problem) -> R {
    var here = descriptor
    defer { if here != descriptor { close(here) } }
    for (index, part) in parts.dropLast().enumerated() {
      if missing == .isMade, mkdirat(here, part, 0o755) != 0, errno != EEXIST {
        throw failure(Array(parts[...index]))
      }
      let next = openat(here, part, Self.folderFlags)
      guard next >= 0 else { throw failure(Array(parts[...index])) }
      if here != descriptor { close(here) }
      here = next
    }
    return try body(here, parts[parts.count - 1])
  }

  /// The bytes of a file; nil where there is none. Anything but a plain file is a problem.
  func contents(_ parts: [String]) throws(ExportWriter.Problem) -> [UInt8]? {
    do throws(ExportWriter.Problem) {
      return try withParent(of: parts, .isAnError) { (parent, name) throws(ExportWriter.Problem) in
        let file = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw failure(parts) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
          throw .notAFolder(path + "/" + parts.joined(separator: "/"))
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
          if count == 0 { return bytes }
          guard count > 0 || errno == EINTR else { throw failure(parts) }
          if count > 0 { bytes += buffer[..<count] }
        }
      }
    } catch {
      if case .failed = error, errno == ENOENT { return nil }
      throw error
    }
  }

  /// Makes a new file with these bytes, on the disk when this returns.
  func create(_ parts: [String], _ bytes: [UInt8]) throws(ExportWriter.Problem) {
    try withParent(of: parts, .isMade) { (parent, name) throws(ExportWriter.Problem) in
      let file = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw failure(parts) }
      defer { close(file) }
      var done = 0
      while done < bytes.count {
        let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + done }, bytes.count - done) }
        guard count >= 0 || errno == EINTR else { throw failure(parts) }
        done += max(0, count)
      }
      guard fsync(file) == 0 else { throw failure(parts) }
    }
  }

  /// Puts one file in another's place; both lie in the same folder.
  func rename(_ parts: [String], to target: [String]) throws(ExportWriter.Problem) {
    try withParent(of: parts, .isAnError) { (parent, name) throws(ExportWriter.Problem) in
      guard renameat(parent, name, parent, target[target.count - 1]) == 0 else { throw failure(target) }
    }
  }

  /// Removes a file; one that is not there is no problem, and neither is one that cannot be removed.
  func remove(_ parts: [String]) {
    try? withParent(of: parts, .isAnError) { (parent, name) throws(ExportWriter.Problem) in
      unlinkat(parent, name, 0)
      return
    }
  }

  func removeEmptyFolder(_ parts: [String]) {
    guard !parts.isEmpty else { return }
    try? withParent(of: parts, .isAnError) { (parent, name) throws(ExportWriter.Problem) in
      unlinkat(parent, name, AT_REMOVEDIR)
      return
    }
  }

  /// Brings the names in a folder to the disk.
  func synchronize(_ parts: [String]) {
    guard !parts.isEmpty else {
      fsync(descriptor)
      return
    }
    try? withParent(of: parts, .isAnError) { (parent, name) throws(ExportWriter.Problem) in
      let folder = openat(parent, name, Self.folderFlags)
      guard folder >= 0 else { return }
      fsync(folder)
      close(folder)
    }
  }
}
