import Export
import Foundation
import History
import MeshModel
import Testing
import Workbench

private let kubectl = ["/usr/bin/kubectl", "/usr/local/bin/kubectl"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

@Suite struct KustomizeTests {
  @Test(.enabled(if: kubectl != nil, "kubectl is not on this machine"))
  func `kubectl kustomize takes an export and gives its objects`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let digest = Digest(hashing: [1])
    let revision = Revision(
      mesh: .standard, number: RevisionNumber(1), parent: nil, author: "ann", message: "first: \"quoted\"\u{2028}",
      time: Timestamp(milliseconds: 0), cause: .apply, digest: digest, managedDigest: digest, counts: .init(added: 3))
    let gatewayAPI = ObjectKind(group: "gateway.networking.k8s.io", kind: "Gateway")
    let ids = [
      ObjectID(kind: .gateway, namespace: "default", name: "edge"),
      ObjectID(kind: gatewayAPI, namespace: "default", name: "edge"),
      ObjectID(kind: .virtualService, namespace: "shop", name: "reviews.v1"),
    ]
    let objects = ids.map { id in
      let yaml = """
        apiVersion: \(id.kind.group)/v1
        kind: \(id.kind.kind)
        metadata:
          name: \(id.name)
          namespace: \(id.namespace)
        spec: {}

        """
      return ExportObject(id: id, yaml: Array(yaml.utf8))
    }
    let gone = ObjectID(kind: .sidecar, namespace: "shop", name: "gone")
    let plan = ExportPlan(
      revision: revision, target: "prod", approval: .overridden, reviews: [], checks: [], objects: objects,
      previous: .init(revision: RevisionNumber(1), objects: [gone]))
    _ = try ExportWriter(folder: folder.path, known: [:], strangers: .refuse).write(plan.files)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(kubectl))
    process.arguments = ["kustomize", folder.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.components(separatedBy: "\n---\n").count == 3)
    #expect(text.contains("reviews.v1") && !text.contains("gone"))
  }
}
