import Glibc

/// `benchmarks [GROUP…]`: measures, and prints ratios to a naive way in the same run; nothing is asserted.
///
/// Each group runs in a process of its own, so that its peak of memory is its own too.
@main
struct Benchmarks {
  private struct Group: Sendable {
    var name: String
    var body: @Sendable () throws -> Void
  }

  private static let thousand = GeneratedMesh(services: 1_000, rules: 5)

  private static let groups = [
    Group(name: "routes") { try RouteBenchmark.run() },
    Group(name: "bulk") { try BulkBenchmark.run() },
    Group(name: "files") {
      try LoadBenchmark.files(
        thousand, title: "3a  Start, load 1,000 VirtualServices with 5 rules from files, one answer", aim: "< 100 ms")
    },
    Group(name: "store") {
      try LoadBenchmark.store(
        thousand, title: "3b  Start, load 1,000 VirtualServices with 5 rules from the store, one answer", aim: "< 50 ms"
      )
    },
    Group(name: "cold") {
      let mesh = GeneratedMesh(services: 1_000, rules: 10)
      try LoadBenchmark.files(
        mesh, title: "4  Load, translate and answer first, 1,000 services with 10,000 rules, cold", aim: "< 1 s")
    },
    Group(name: "commits") { try StoreBenchmark.run() },
  ]

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.count == 2, words[0] == "--alone", let group = groups.first(where: { $0.name == words[1] }) {
      run(group)
      return
    }
    let names = words.isEmpty ? groups.map(\.name) : words
    for name in names {
      guard groups.contains(where: { $0.name == name }) else {
        print("unknown group '\(name)'; there are: \(groups.map(\.name).joined(separator: ", "))")
        exit(2)
      }
      let outcome = ChildProcess.run([Program.path, "--alone", name], output: .shown)
      guard outcome.status == 0 else { exit(1) }
      print("  Peak memory of this measurement: \(outcome.peakMegabytes) MB")
      fflush(nil)
    }
  }

  private static func run(_ group: Group) {
    do {
      try group.body()
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
