import Diagnostics
import Report
import Testing
import Validation
import Workbench
import YAML

@Suite struct FormTests {
  private let file = (
    name: "a b.yaml",
    bytes: Array(
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: a, namespace: shop}
      spec:
        host: 购物/<车>
      """.utf8)
  )

  private var findings: [Finding] { Check(manner: .istio).findings(of: CheckWorld(files: [file])) }

  @Test func `text shows the line and a mark below what is wrong`() throws {
    let finding = try #require(findings.first { $0.code == "DD1016" })
    let text = FindingText(files: [file], style: .plain, language: .en).text(finding)
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("a b.yaml:5:9: error:"))
    #expect(lines[1] == "    5 |   host: 购物/<车>")
    #expect(lines[2] == "      |         ^~~~~~~~~")
  }

  @Test func `of a long line text shows what is around the mark`() throws {
    let items = (0..<4000).map { "{\"apiVersion\":\"security.istio.io/v1\",\"kind\":\"Sidecar\",\"x\($0)\":1}" }
    let text = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[\(items.joined(separator: ","))]}"
    let long = (name: "long.json", bytes: Array(text.utf8))
    let findings = Check(manner: .istio).findings(of: CheckWorld(files: [long]))
    let last = try #require(findings.last)
    let printer = FindingText(files: [long], style: .plain, language: .en)
    let lines = printer.text(last).split(separator: "\n")
    #expect(lines[1].hasPrefix("    1 | …") && lines[1].utf8.count < 200)
    let column = lines[2].prefix { $0 != "^" }.count
    #expect(lines[1].dropFirst(column).hasPrefix("\"security.istio.io/v1\"") || last.field != "apiVersion")
    for finding in findings { #expect(printer.text(finding).utf8.count < 1000) }
  }

  @Test func `SARIF names the file, the place and the rule`() throws {
    var writer = FindingSARIF(version: "1", language: .en)
    let rules = [FindingSARIF.RuleEntry(code: "DD1016", severity: .error, text: "a host")]
    let run = try #require(parseJSON(writer.document(findings, rules: rules, files: [file]))?["runs"]?[0])
    let result = try #require(run["results"]?.sequence?.first { $0["ruleId"]?.string == "DD1016" })
    #expect(result["ruleIndex"]?.resolved == .int(0))
    let place = result["locations"]?[0]?["physicalLocation"]
    #expect(place?["artifactLocation"]?["uri"]?.string == "a%20b.yaml")
    #expect(place?["region"]?["startLine"]?.resolved == .int(5))
    #expect(place?["region"]?["startColumn"]?.resolved == .int(9))
    // Six characters, 11 bytes.
    #expect(place?["region"]?["endColumn"]?.resolved == .int(15))
  }

  @Test func `JUnit escapes what XML cannot hold`() {
    let text = FindingMarks.junit(findings, objects: [], language: .en)
    #expect(text.contains("&lt;车&gt;") && !text.contains("<车>"))
  }

  @Test func `JUnit has one case for an object that stands in the files twice`() {
    let subject = Finding.Subject(kind: "DestinationRule", namespace: "shop", name: "a")
    let text = FindingMarks.junit(findings, objects: [subject, subject], language: .en)
    #expect(text.contains("tests=\"1\" failures=\"1\""))
  }

  @Test func `GitHub gets one command a line`() {
    let lines = FindingMarks.github(findings, language: .zh).split(separator: "\n")
    #expect(lines.count == findings.count)
    #expect(lines.contains { $0.hasPrefix("::error file=a b.yaml,line=5,col=9,title=DD1016::") })
  }
}
