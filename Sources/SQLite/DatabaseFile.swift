import Glibc

/// The few things about a database's file that are not SQLite's to do.
package enum DatabaseFile {
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes an empty file that only its owner may read; false when there is one already.
  package static func createEmpty(_ path: String) throws(SQLiteError) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw .cannotCreate(path, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
    return true
  }

  package static func remove(_ path: String) { unlink(path) }
}
