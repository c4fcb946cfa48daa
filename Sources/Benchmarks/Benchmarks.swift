import Glibc

/// `benchmarks [-o json] [GROUP…]`: measures, and prints ratios to a naive way in the same run; nothing is asserted.
/// `benchmarks fuzz-check` is no measurement: see ``FuzzRun``.
///
/// Each group runs in a process of its own, so that its peak of memory is its own too.
@main
struct Benchmarks {
  private struct Group: Sendable {
    var name: String
    var body: @Sendable () throws -> [Row]
  }

  private static let groups = [
    Group(name: "routes") { try RouteBenchmark.run() },
    Group(name: "bulk") { try BulkBenchmark.run() },
    Group(name: "files") {
      try LoadBenchmark.files(
        GeneratedMesh(services: 1_000, rules: 5), "1,000 VirtualServices with 5 rules", limit: 0.1, aim: "< 100 ms")
    },
    Group(name: "store") {
      try LoadBenchmark.store(
        GeneratedMesh(services: 1_000, rules: 5), "1,000 VirtualServices with 5 rules", limit: 0.05, aim: "< 50 ms")
    },
    Group(name: "cold") {
      try LoadBenchmark.files(
        GeneratedMesh(services: 1_000, rules: 10), "1,000 services with 10,000 rules", limit: 1, aim: "< 1 s")
    },
    Group(name: "commits") { try StoreBenchmark.run() },
    Group(name: "check") { try CheckBenchmark.run() },
  ]

  static func main() {
    #if DEBUG
      print("benchmarks: this is a debug build, whose figures say nothing; use: swift run -c release benchmarks")
      exit(2)
    #else
      run(Array(CommandLine.arguments.dropFirst()))
    #endif
  }

  private static func run(_ given: [String]) {
    var words = given
    if words.count == 3, words[0] == "--alone", let group = groups.first(where: { $0.name == words[1] }) {
      measure(group, into: words[2])
      return
    }
    if words.first == "--fuzz-worker", words.count == 4, let seed = UInt64(words[1]), let first = Int(words[2]),
      let end = Int(words[3]), first <= end
    {
      FuzzWorker.run(seed: seed, inputs: first..<end)
      return
    }
    if words.first == "fuzz-check" { FuzzRun.main(Array(words.dropFirst())) }
    let isJSON = words.starts(with: ["-o", "json"])
    if isJSON { words.removeFirst(2) }
    for name in words where !groups.contains(where: { $0.name == name }) {
      print("usage: benchmarks [-o json] [\(groups.map(\.name).joined(separator: "|"))]…")
      exit(2)
    }
    var table = FigureTable()
    do {
      try ScratchFolder.with { scratch in
        for name in words.isEmpty ? groups.map(\.name) : words {
          table.rows += try rows(of: name, scratch)
        }
      }
    } catch {
      print("\(error)")
      exit(1)
    }
    if isJSON { table.showJSON() } else { table.show() }
  }

  private static func rows(of name: String, _ scratch: ScratchFolder) throws -> [Row] {
    let file = "\(scratch.path)/\(name).rows"
    let outcome = ChildProcess.run([Program.path, "--alone", name, file], output: .shown)
    guard outcome.status == 0 else { throw ScratchFolder.Failure(text: "\(name) could not be measured") }
    let lines = try ScratchFolder.read(file).split(separator: "\n").compactMap { Row(line: $0) }
    return lines.map { $0.peakMegabytes > 0 ? $0 : $0.peak(outcome.peakMegabytes) }
  }

  private static func measure(_ group: Group, into file: String) {
    do {
      let text = try group.body().map(\.line).joined()
      try ScratchFolder.write(text.utf8, to: file)
    } catch {
      print("\(group.name): \(error)")
      exit(1)
    }
  }
}

/// Where this program's own file stands.
enum Program {
  static let path: String = {
    guard let resolved = realpath("/proc/self/exe", nil) else { return CommandLine.arguments[0] }
    defer { free(resolved) }
    return String(cString: resolved)
  }()

  /// Another program of the same build; nil when it was not built.
  static func beside(_ name: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let other = path[...slash] + name
    return access(String(other), X_OK) == 0 ? String(other) : nil
  }
}
