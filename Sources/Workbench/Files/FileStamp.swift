import Glibc

/// What tells whether a file was written again.
package struct FileStamp: Hashable, Sendable {
  private var path: String
  private var size: Int
  private var seconds: Int
  private var nanoseconds: Int

  /// Of files, and of everything below folders; what is not there has none.
  package static func stamps(of paths: [String]) -> [FileStamp] {
    paths.flatMap { stamps(of: $0) }
  }

  private static func stamps(of path: String) -> [FileStamp] {
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    let own = FileStamp(
      path: path, size: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    guard status.st_mode & S_IFMT == S_IFDIR, let folder = opendir(path) else { return [own] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.utf8.first != UInt8(ascii: ".") { names.append(name) }
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return [own] + names.flatMap { stamps(of: "\(path)/\($0)") }
  }
}
