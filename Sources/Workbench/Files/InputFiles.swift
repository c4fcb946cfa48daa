package import Diagnostics
import Glibc

/// Configuration as files: the only place where text comes in from outside.
package struct InputFiles: Sendable {
  package var files: [(name: String, bytes: [UInt8])] = []
  package var problems: [Diagnostic] = []

  package enum Depth: Sendable {
    /// A folder's own files.
    case shallow
    /// Also those of its folders.
    case recursive
  }

  package init() {}

  /// Reads files, folders (`.yaml`, `.yml`, `.json`) and `-` for standard input, in the order given; names are sorted
  /// inside a folder.
  package init(reading paths: [String], depth: Depth = .shallow) {
    for path in paths {
      if path == "-" {
        add(descriptor: STDIN_FILENO, name: "<stdin>")
      } else {
        add(path: path, depth: depth)
      }
    }
  }

  private mutating func add(path: String, depth: Depth) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      problems.append(.file(.cannotOpen(path, reason: SystemReason.text(errno))))
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      add(file: path)
      return
    }
    let before = files.count + problems.count
    addFolder(path, depth: depth)
    if files.count + problems.count == before { problems.append(.file(.emptyFolder(path))) }
  }

  private mutating func addFolder(_ path: String, depth: Depth) {
    guard let folder = opendir(path) else {
      problems.append(.file(.cannotOpen(path, reason: SystemReason.text(errno))))
      return
    }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.utf8.first != UInt8(ascii: ".") { names.append(name) }
    }
    closedir(folder)
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in names {
      let full = path.utf8.last == UInt8(ascii: "/") ? path + name : "\(path)/\(name)"
      var status = stat()
      guard stat(full, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        if case .recursive = depth { addFolder(full, depth: depth) }
      } else if [".yaml", ".yml", ".json"].contains(where: { name.hasSuffixBytes($0) }) {
        add(file: full)
      }
    }
  }

  private mutating func add(file path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      problems.append(.file(.cannotOpen(path, reason: SystemReason.text(errno))))
      return
    }
    add(descriptor: descriptor, name: path)
    close(descriptor)
  }

  /// What the reader of YAML refuses anyway is not held in memory first.
  private static let sizeLimit = 64 << 20

  private mutating func add(descriptor: Int32, name: String) {
    var bytes: [UInt8] = []
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      guard status.st_size <= Self.sizeLimit else {
        problems.append(.file(.tooLarge(name, bytes: Int(status.st_size), limit: Self.sizeLimit)))
        return
      }
      bytes.reserveCapacity(min(Int(status.st_size) + 1, Self.sizeLimit))
    }
    while bytes.count <= Self.sizeLimit {
      var failure: Int32 = 0
      let block = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        let got = read(descriptor, buffer.baseAddress, buffer.count)
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      if failure == EINTR { continue }
      if failure != 0 {
        problems.append(.file(.cannotRead(name, reason: SystemReason.text(failure))))
        return
      }
      if block.isEmpty { break }
      bytes += block
    }
    guard bytes.count <= Self.sizeLimit else {
      problems.append(.file(.tooLarge(name, bytes: nil, limit: Self.sizeLimit)))
      return
    }
    files.append((name, bytes))
  }
}
