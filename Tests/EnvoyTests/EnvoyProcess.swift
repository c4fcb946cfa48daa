import Foundation

/// A real Envoy, when one is on the machine: `envoy` on PATH, or what `DRYDOCK_ENVOY` names.
final class EnvoyProcess {
  static let executable: String? = {
    let environment = ProcessInfo.processInfo.environment
    let named = environment["DRYDOCK_ENVOY"].map { [$0] } ?? []
    let folders = (environment["PATH"] ?? "").split(separator: ":").map { $0 + "/envoy" }
    return (named + folders.map { String($0) }).first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  private let process = Process()
  private let folder: URL
  let frontPort: UInt16
  private let adminPort: UInt16

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Starts on that bootstrap and waits until its front listener takes connections.
  init(bootstrap: [UInt8], frontPort: UInt16, adminPort: UInt16, folder: URL) throws {
    guard let executable = Self.executable else { throw Failure(description: "no envoy") }
    self.folder = folder
    self.frontPort = frontPort
    self.adminPort = adminPort
    let file = folder.appendingPathComponent("bootstrap.json")
    try Data(bootstrap).write(to: file)
    let log = folder.appendingPathComponent("envoy.log")
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = [
      "-c", file.path, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error", "--log-path", log.path,
      "--file-flush-interval-msec", "20",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<500 {
      if let probe = Loopback.connect(port: frontPort) {
        close(probe)
        return
      }
      if !process.isRunning { break }
      usleep(20_000)
    }
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    kill(process.processIdentifier, SIGKILL)
    throw Failure(description: text.split(separator: "\n").suffix(4).joined(separator: "\n"))
  }

  /// Whether Envoy loads the bootstrap, without running it; its complaint when not.
  static func complaint(bootstrap: [UInt8], folder: URL) throws -> String? {
    guard let executable = Self.executable else { throw Failure(description: "no envoy") }
    let file = folder.appendingPathComponent("validate.json")
    try Data(bootstrap).write(to: file)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = ["--mode", "validate", "-c", file.path, "--disable-hot-restart", "--log-level", "error"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = pipe
    try process.run()
    let said = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? nil : String(decoding: said, as: UTF8.self)
  }

  /// Asks Envoy to end, so that its log is complete. A test's threads block SIGTERM and their children with them.
  func stop() {
    if let descriptor = Loopback.connect(port: adminPort) {
      Loopback.send(Array("POST /quitquitquit HTTP/1.1\r\nHost: admin\r\n\r\n".utf8), to: descriptor)
      for _ in 0..<200 where process.isRunning { usleep(10_000) }
      close(descriptor)
    }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
