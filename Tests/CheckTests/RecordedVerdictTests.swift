import Diagnostics
import Testing
import Validation
import Workbench
import YAML

/// What the real validators and analyzers of Istio 1.30.3 said.
@Suite struct RecordedVerdictTests {
  @Test func `every object is refused or let in by the same layers as in a cluster`() throws {
    var differing: [String] = []
    for line in Fixtures.sample(try Fixtures.lines("recorded-validation/admission.ndjson")) {
      var world = CheckWorld()
      world.add(try #require(line["object"]), file: nil)
      let findings = Check(manner: .istio).findings(of: world)
      let schema = findings.contains { $0.layer == .schema && $0.severity == .error }
      let webhook = findings.contains { $0.layer == .admission && $0.severity == .error }
      let by = schema ? (webhook ? "both" : "schema") : webhook ? "webhook" : nil
      let warns = findings.contains { $0.layer == .admission && $0.severity == .warning }
      let drops = findings.contains { $0.layer == .schema && $0.severity == .warning }
      let isSame =
        by == line["by"]?.string && (by != nil || warns == (line["warns"] != nil)) && (line["unknown"] == nil || drops)
      if !isSame { differing.append(line["id"]?.string ?? "") }
    }
    #expect(differing.isEmpty, "\(differing.prefix(20))")
  }

  @Test(arguments: [Manner.istio, .cluster])
  func `every set of objects gets the messages that istioctl analyze gives`(manner: Manner) throws {
    var differing: [String] = []
    for line in Fixtures.sample(try Fixtures.lines("recorded-validation/analysis.ndjson")) {
      var world = CheckWorld()
      for object in try #require(line["objects"]?.sequence) { world.add(object, file: nil) }
      world.meshConfig = line["mesh"]?.string
      world.namespace = line["namespace"]?.string
      let messages = Check(manner: manner).findings(of: world).compactMap { finding -> String? in
        guard let like = finding.like, like.hasPrefix("IST") else { return nil }
        return "\(like) \(finding.subject.kind) \(finding.subject.namespace)/\(finding.subject.name)"
      }
      let wanted = line[manner.rawValue]?.sequence?.compactMap(\.string) ?? []
      if messages.sorted() != wanted.sorted() { differing.append(line["id"]?.string ?? "") }
    }
    #expect(differing.isEmpty, "\(differing.prefix(20))")
  }

  @Test func `every file gets the verdict of istioctl validate`() throws {
    var differing: [String] = []
    for line in Fixtures.sample(try Fixtures.lines("recorded-validation/files.ndjson")) {
      let text = try #require(line["text"]?.string)
      let world = CheckWorld(files: [(name: "a.yaml", bytes: Array(text.utf8))])
      let refuses = Check(manner: .istioctl).findings(of: world).contains { $0.severity == .error }
      if .bool(refuses) != line["refused"]?.resolved { differing.append(line["id"]?.string ?? "") }
    }
    #expect(differing.isEmpty, "\(differing.prefix(20))")
  }
}
