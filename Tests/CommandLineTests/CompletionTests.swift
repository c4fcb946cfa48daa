import Foundation
import Testing

@Suite struct CompletionTests {
  private static let mesh = """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: shop}
    spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: public, namespace: edge}
    spec: {selector: {istio: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: client, namespace: shop}
    """

  /// What is typed, the cursor behind it, and what is offered: a word of it, or all of it where it ends with a stop.
  struct Case: CustomTestStringConvertible, Sendable {
    var typed: String
    var offered: [String]
    var isComplete = false
    var testDescription: String { "'\(typed)'" }
  }

  static let cases = [
    Case(typed: "", offered: ["apply", "simulate", "tour"]),
    Case(typed: "sim", offered: ["simulate"], isComplete: true),
    Case(typed: "--lang ", offered: ["en", "zh"], isComplete: true),
    Case(typed: "--lang zh app", offered: ["apply"], isComplete: true),
    Case(typed: "store ", offered: ["verify", "backup", "info"], isComplete: true),
    Case(typed: "help store v", offered: ["verify"], isComplete: true),
    Case(typed: "completion ", offered: ["bash", "zsh", "fish"], isComplete: true),
    Case(typed: "get ", offered: ["vs", "virtualservices", "svc", "all"]),
    Case(typed: "get vs ", offered: ["reviews"], isComplete: true),
    Case(typed: "get vs/", offered: ["vs/reviews"], isComplete: true),
    Case(typed: "get vs -n ", offered: ["edge", "shop"], isComplete: true),
    Case(typed: "get vs -n edge ", offered: [], isComplete: true),
    Case(typed: "get -An", offered: []),
    Case(typed: "get vs -o ", offered: ["wide", "yaml", "json", "name"], isComplete: true),
    Case(typed: "get vs --output=y", offered: ["--output=yaml"], isComplete: true),
    Case(typed: "get vs --output = y", offered: ["yaml"], isComplete: true),
    Case(typed: "get vs --all-namespaces --a", offered: [], isComplete: true),
    Case(typed: "get vs --revision ", offered: ["head", "1"], isComplete: true),
    Case(typed: "get pods -f mesh.yaml ", offered: ["client"], isComplete: true),
    Case(typed: "apply -f ", offered: [":file"], isComplete: true),
    Case(typed: "export -o ", offered: [":folder"], isComplete: true),
    Case(typed: "simulate --from ", offered: ["shop/client"], isComplete: true),
    Case(typed: "simulate --from-gateway ", offered: ["edge/public"], isComplete: true),
    Case(typed: "review approve ", offered: ["head", "1"], isComplete: true),
    Case(typed: "nosuch ", offered: [], isComplete: true),
  ]

  @Test(arguments: cases)
  func `what may come next is offered`(line: Case) throws {
    let tool = try Tool()
    defer { tool.remove() }
    let file = try tool.write("mesh.yaml", Self.mesh)
    #expect(try tool.run("apply", "-f", file).status == 0)
    let words = line.typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let result = try tool.run(arguments: ["__complete"] + words)
    #expect(result.status == 0 && result.errors.isEmpty)
    let offered = result.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
    if line.isComplete {
      #expect(offered == line.offered)
    } else {
      #expect(Set(offered).isSuperset(of: line.offered))
    }
  }

  @Test func `completion makes no store`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    #expect(try tool.run(arguments: ["__complete", "get", "vs", ""]).output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: tool.folder.path).isEmpty)
  }

  /// Shells that are on this machine, with the words that only check a script.
  @Test(arguments: [("bash", "-n"), ("zsh", "-n"), ("fish", "-n")])
  func `a shell accepts its script`(shell: String, check: String) throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let path = ["/usr/bin/\(shell)", "/bin/\(shell)"].first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let path else { return }
    let script = try tool.write("script", try tool.run("completion", shell).output)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = [check, script]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func `bash completes with the script`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    _ = try tool.write("completion.bash", try tool.run("completion", "bash").output)
    let script = """
      source ./completion.bash
      COMP_WORDS=(drydock get vs --output = y) COMP_CWORD=5
      _drydock '\(Tool.executable.path)'
      echo "${COMPREPLY[*]}"
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = tool.folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(output == "yaml\n")
  }
}
