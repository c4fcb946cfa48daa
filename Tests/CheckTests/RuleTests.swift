import Analysis
import Diagnostics
import Foundation
import Testing
import Validation
import Workbench
import YAML

@Suite struct RuleTests {
  /// Rules that no example of a few lines can show, and why.
  private static let withoutExample = [
    "DD0901": "is about comments; see AllowanceTests",
    "DD1010": "the reader of YAML refuses such a file first",
    "DD1250": "needs more than a MiB", "DD1251": "needs 100 KiB", "DD1550": "needs 64 KiB",
    "DD1391": "Istio refuses such an object for another reason first",
    "DD1452": "Go's reader of addresses refuses such a port first",
    "DD5347": "depends on the day; see CertificateTests",
  ]

  @Test func `no two rules share a code`() {
    let codes = RuleBook.all.map(\.code)
    #expect(Set(codes).count == codes.count)
  }

  @Test func `every message has a Chinese twin with the same values`() {
    for rule in RuleBook.all {
      let (en, zh) = (rule.message.en, rule.message.zh)
      #expect(zh.unicodeScalars.contains { $0.value >= 0x4E00 && $0.value <= 0x9FFF }, "\(rule.code) \(zh)")
      for place in 0..<5 where en.contains("{\(place)}") { #expect(zh.contains("{\(place)}"), "\(rule.code)") }
      #expect(!en.hasSuffix(".") && !zh.hasSuffix("。"), "\(rule.code)")
    }
  }

  @Test func `every rule has an example that makes it speak and one that does not`() {
    let examples = RuleExamples.all
    for rule in RuleBook.all where Self.withoutExample[rule.code] == nil {
      guard let example = examples[rule.code] else {
        Issue.record("\(rule.code) has no example")
        continue
      }
      #expect(speaks(rule, example.bad, example), "\(rule.code) is silent on its bad example")
      #expect(!speaks(rule, example.good, example), "\(rule.code) speaks of its good example")
    }
    for code in examples.keys { #expect(RuleBook.rule(code) != nil, "\(code) is no rule") }
  }

  private func speaks(_ rule: Rule, _ objects: [Node], _ example: RuleExamples.Example) -> Bool {
    let manner: Manner = example.isCommandRule ? .istioctl : example.isClusterRule ? .cluster : .drydock
    var world = CheckWorld()
    for object in objects { world.add(object, file: nil) }
    world.meshConfig = example.meshConfig
    world.certificateFiles = example.certificateFiles
    // The certificates of the examples are valid on this day.
    return Check(manner: manner, now: 1_796_000_000).findings(of: world).contains { $0.code == rule.code }
  }

  @Test(arguments: Language.allCases)
  func `the rule reference is what the rules say`(language: Language) throws {
    let name = language == .en ? "rules.md" : "rules.zh.md"
    let file = Fixtures.root.appending(path: "Sources/Validation/Validation.docc/\(name)")
    let written = RuleReference(language: language).document()
    if ProcessInfo.processInfo.environment["DRYDOCK_UPDATE"] != nil { try Data(written.utf8).write(to: file) }
    #expect(try String(contentsOf: file, encoding: .utf8) == written, "set DRYDOCK_UPDATE=1 to write it anew")
  }
}
