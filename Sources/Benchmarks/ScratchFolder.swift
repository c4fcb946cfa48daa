import Glibc

/// A folder of our own that goes away with the value's use.
struct ScratchFolder {
  let path: String

  /// Gives the body a new folder and removes it afterwards.
  static func with(_ body: (ScratchFolder) throws -> Void) throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/drydock-benchmarks-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.flatMap { mkdtemp($0) } }
    guard let made else { throw Failure(text: "cannot make a folder in \(base)") }
    let folder = ScratchFolder(path: String(cString: made))
    defer { _ = ChildProcess.run(["rm", "-rf", folder.path]) }
    try body(folder)
  }

  struct Failure: Error {
    var text: String
  }

  func makeFolder(_ name: String) -> String {
    mkdir("\(path)/\(name)", 0o755)
    return "\(path)/\(name)"
  }

  static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw Failure(text: "cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var byte = getc(file)
    while byte != EOF {
      bytes.append(UInt8(truncatingIfNeeded: byte))
      byte = getc(file)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func write(_ text: some Collection<UInt8>, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Failure(text: "cannot write \(path)") }
    defer { close(descriptor) }
    let bytes = Array(text)
    var start = 0
    while start < bytes.count {
      let wrote = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard wrote > 0 else { throw Failure(text: "cannot write \(path)") }
      start += wrote
    }
  }
}
