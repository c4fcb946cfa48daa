import Foundation
import Testing

/// What a person reads, in the language that was asked for.
@Suite struct LanguageTests {
  /// Every command as the words that name it, from the help's own lists.
  static func commands(_ tool: Tool, _ path: [String] = []) throws -> [[String]] {
    let help = try tool.run(arguments: path + ["--help", "--lang", "en"]).output
    let titles = ["Ask:", "Change:", "Read:", "Review and hand over:", "Look after the store:", "Other:", "Commands:"]
    var found: [[String]] = []
    var isListing = false
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      if titles.contains(String(line)) {
        isListing = true
      } else if !line.hasPrefix("  ") {
        isListing = false
      } else if isListing, let name = line.split(separator: " ").first {
        let command = path + [String(name)]
        found.append(command)
        found += try commands(tool, command)
      }
    }
    return found
  }

  static func isChinese(_ text: Substring) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test func `every line of every help is Chinese where it is prose, and has an example`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let commands = try Self.commands(tool)
    #expect(commands.count > 25)
    for command in [[]] + commands {
      let name = command.joined(separator: " ")
      let result = try tool.run(arguments: command + ["--help", "--lang", "zh"])
      #expect(result.status == 0, "\(name)")
      for line in result.output.split(separator: "\n") {
        let words = line.drop { $0 == " " }
        // What is typed is the same in every language.
        if words.hasPrefix("drydock ") || words.hasPrefix("kubectl ") || words.hasPrefix("source ") { continue }
        #expect(Self.isChinese(line) || !words.contains(#/[a-z]{2,} [a-z]{2,}/#), "\(name): \(line)")
      }
      let isGroup = result.output.contains("命令：\n")
      #expect(command.isEmpty || isGroup || result.output.contains("示例："), "\(name) has no example")
    }
  }

  /// Ways to go wrong; `{}` stands for a folder that holds an empty store, `bad.yaml` and `vs.yaml`.
  private static let mistakes: [[String]] = [
    ["aply"], ["apply"], ["apply", "-f", "nowhere.yaml"], ["apply", "-f", "bad.yaml"], ["apply", "-f", "empty.yaml"],
    ["apply", "--filname", "x"], ["apply", "-f"], ["apply", "-f", "vs.yaml", "-o", "yml"], ["apply", "-f", "folder"],
    ["get"], ["get", "vss"], ["get", "vs", "nobody"], ["get", "vs/a", "dr"], ["get", "vs", "-l", "a in ("],
    ["get", "vs", "--revision", "9"], ["get", "vs", "--revision", "x"], ["get", "vs", "--mesh", "Ä"],
    ["get", "vs", "--mesh", "other"], ["get", "vs", "--store", "nowhere.db"], ["get", "vs", "--store", "vs.yaml"],
    ["get", "vs", "-f", "vs.yaml", "--revision", "1"], ["history", "--limit", "x"], ["history", "vs/nobody"],
    ["show", "9"], ["show", "vs/nobody"], ["diff"], ["rollback", "9"], ["rollback"], ["delete"], ["delete", "vs"],
    ["delete", "vs", "nobody"], ["review", "approve"], ["review", "approve", "7"], ["review", "aprove"],
    ["policy", "set", "--approvals", "x"], ["policy", "record", "tests", "maybe"],
    ["export"], ["export", "--target", "prod", "-o", "out"], ["simulate"], ["simulate", "http://a/"],
    ["simulate", "nonsense://", "-f", "vs.yaml"], ["simulate", "http://a/", "--from", "a/b", "-f", "vs.yaml"],
    ["simulate", "http://a/", "--from-gateway", "a/b", "-f", "vs.yaml"],
    ["simulate", "-f", "vs.yaml", "--requests", "nowhere"], ["completion", "tcsh"], ["help", "aply"],
    ["check", "--store", "nowhere.db"], ["check", "-f", "nowhere.yaml"], ["store", "backup", "drydock.db"],
    ["tour", "folder/x/y"],
  ]

  @Test func `every mistake is told in the language that was asked for`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    _ = try tool.write("bad.yaml", "kind: Service\nmetadata: {name: b\n")
    _ = try tool.write("empty.yaml", "")
    _ = try tool.write(
      "vs.yaml",
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: a}
      spec: {hosts: [a], http: [{route: [{destination: {host: a}}]}]}
      """)
    try FileManager.default.createDirectory(
      at: tool.folder.appendingPathComponent("folder"), withIntermediateDirectories: true)
    for mistake in Self.mistakes {
      let name = mistake.joined(separator: " ")
      let chinese = try tool.run(arguments: mistake + ["--lang", "zh"])
      let english = try tool.run(arguments: mistake + ["--lang", "en"])
      #expect(chinese.status != 0 && chinese.status == english.status, "\(name): \(english.output)\(english.errors)")
      // Findings are a result, and go where results go.
      let (zh, en) = (chinese.output + chinese.errors, english.output + english.errors)
      #expect(Self.isChinese(zh[...]), "\(name): \(zh)")
      #expect(!en.isEmpty && !Self.isChinese(en[...]), "\(name): \(en)")
      for line in zh.split(separator: "\n") {
        #expect(Self.isChinese(line) || !line.contains(#/[a-z]{3,} [a-z]{3,} [a-z]{3,}/#), "\(name): \(line)")
      }
    }
  }
}
