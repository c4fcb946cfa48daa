import Diagnostics
import Testing
import Validation
import Workbench
import YAML

/// What Istio's source says where no recording does.
@Suite struct MessageTests {
  @Test(arguments: [Manner.istio, .cluster, .drydock])
  func `the analyzers' messages are counted as Istio counts them`(manner: Manner) throws {
    for line in try Fixtures.lines("rules/messages.ndjson") {
      guard let wanted = line[manner.rawValue]?.sequence?.compactMap(\.string) else { continue }
      var world = CheckWorld()
      for object in try #require(line["objects"]?.sequence) { world.add(object, file: nil) }
      world.meshConfig = line["mesh"]?.string
      let messages = Check(manner: manner).findings(of: world).compactMap { finding -> String? in
        guard let like = finding.like, like.hasPrefix("IST") else { return nil }
        return "\(like) \(finding.subject.kind) \(finding.subject.namespace)/\(finding.subject.name)"
      }
      #expect(messages.sorted() == wanted.sorted(), "\(line["why"]?.string ?? "")")
    }
  }
}
