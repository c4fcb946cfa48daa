import Foundation

/// The built `drydock`, run as a process in a folder of its own.
struct Tool {
  let folder: URL

  /// The executable beside this test's own.
  static let executable: URL = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("drydock")
  }()

  /// A fresh folder with an empty store in it.
  init(withStore: Bool = true) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if withStore { _ = try run("init") }
  }

  struct Result {
    var status: Int32
    var wasKilled: Bool
    var output: String
    var errors: String
  }

  func run(_ arguments: String..., input: String? = nil, environment: [String: String] = [:]) throws -> Result {
    let running = try start(arguments, input: input, environment: environment)
    return running.wait()
  }

  func run(arguments: [String], input: String? = nil) throws -> Result {
    try start(arguments, input: input).wait()
  }

  /// A started process whose output is being collected in files, so that a full pipe never stops it.
  struct Running {
    let process: Process
    let output: URL
    let errors: URL

    func wait() -> Result {
      process.waitUntilExit()
      let text = { (file: URL) in
        defer { try? FileManager.default.removeItem(at: file) }
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      }
      return Result(
        status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
        output: text(output), errors: text(errors))
    }
  }

  func start(_ arguments: [String], input: String? = nil, environment: [String: String] = [:]) throws -> Running {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ["PATH": "/usr/bin:/bin", "LANG": "C", "USER": "tester", "HOME": folder.path]
    variables["DRYDOCK_STORE"] = folder.appendingPathComponent("drydock.db").path
    process.environment = variables.merging(environment) { $1 }
    let name = UUID().uuidString
    let output = folder.appendingPathComponent(name + ".out")
    let errors = folder.appendingPathComponent(name + ".err")
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    if let input {
      let file = folder.appendingPathComponent(name + ".in")
      try Data(input.utf8).write(to: file)
      process.standardInput = try FileHandle(forReadingFrom: file)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    return Running(process: process, output: output, errors: errors)
  }

  func write(_ name: String, _ text: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }
}
