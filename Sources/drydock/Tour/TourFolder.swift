import CTour
import Diagnostics
import Glibc
import Workbench

/// The folder in which a tour takes place, with the example's files.
struct TourFolder {
  let path: String

  /// The folder that was named, which must be new or empty, or a fresh one for temporary files.
  init(_ name: String?) throws(CommandFailure) {
    if let name { path = try Self.empty(name) } else { path = try Self.temporary() }
    for index in 0..<drydock_tour_file_count() {
      let file = drydock_tour_file_at(index)
      try Self.write(String(cString: file.text), to: path, String(cString: file.path))
    }
  }

  /// Everything from here on happens in the folder, so that commands are as short as a user's.
  func enter() throws(CommandFailure) {
    guard chdir(path) == 0 else { throw Self.failure(path) }
  }

  /// A file of the folder, which has been entered.
  static func text(of file: String) throws(CommandFailure) -> [UInt8] {
    guard let stream = fopen(file, "r") else { throw failure(file) }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    while true {
      let block = [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
        count = fread(buffer.baseAddress, 1, buffer.count, stream)
      }
      if block.isEmpty { return bytes }
      bytes += block
    }
  }

  private static func empty(_ path: String) throws(CommandFailure) -> String {
    if mkdir(path, 0o777) == 0 { return path }
    guard errno == EEXIST, let folder = opendir(path) else { throw failure(path) }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // '.' and '..'
    guard count <= 2 else {
      throw CommandFailure(en: "folder '\(path)' is not empty", zh: "目录 '\(path)' 不为空")
    }
    return path
  }

  private static func temporary() throws(CommandFailure) -> String {
    let pattern = Environment.temporaryFolder + "/drydock-tour-XXXXXX"
    var bytes = pattern.utf8.map { CChar(bitPattern: $0) } + [0]
    guard mkdtemp(&bytes) != nil else { throw failure(pattern) }
    return String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func write(_ text: String, to folder: String, _ file: String) throws(CommandFailure) {
    var parent = folder
    for part in file.split(separator: "/").dropLast() {
      parent += "/" + part
      guard mkdir(parent, 0o777) == 0 || errno == EEXIST else { throw failure(parent) }
    }
    let path = "\(folder)/\(file)"
    guard let stream = fopen(path, "wx") else { throw failure(path) }
    let isWritten = fputs(text, stream) >= 0
    guard fclose(stream) == 0, isWritten else { throw failure(path) }
  }

  private static func failure(_ path: String) -> CommandFailure {
    let reason = SystemReason.text(errno)
    return CommandFailure(en: "cannot use '\(path)': \(reason.en)", zh: "无法使用 '\(path)'：\(reason.zh)")
  }
}
