import Foundation
import MeshCodec
import MeshModel
import ProxyModel
import Testing
import Translation

/// What Istio 1.30.3 sent to real proxies, one line a cluster.
@Suite struct RecordedClusterTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures")

  private static let cases: [String] = {
    let found = FileManager.default.enumerator(atPath: root.appendingPathComponent("clusters").path)
    return (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
      .sorted()
  }()

  private static func read(_ path: String) -> [UInt8] {
    Array((try? Data(contentsOf: root.appendingPathComponent(path))) ?? Data())
  }

  @Test(arguments: cases)
  func `a proxy gets the clusters that Istio sends`(name: String) throws {
    let mesh = readObjects(files: [(name, Self.read("conformance/\(name).yaml"))])
    let snapshot = Snapshot(mesh.objects)
    let translator = Translator(snapshot)
    let recorded = String(decoding: Self.read("clusters/\(name).txt"), as: UTF8.self).split(separator: "\n")
    var expected: [String: [String]] = [:]
    for line in recorded {
      let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
      expected[parts[0] + " " + parts[1], default: []].append(parts[2])
    }
    #expect(!expected.isEmpty)
    for (proxy, lines) in expected {
      // A proxy may stand where discovery does not look.
      let vantage = try #require(self.vantage(proxy, snapshot, translator))
      let clusters = translator.clusters(for: vantage).filter { !$0.service.isEmpty }
      #expect(clusters.map { ClusterLine(cluster: $0).text }.sorted() == lines.sorted(), "\(proxy)")
      // Asking for one cluster by its name gives the same.
      let named = translator.clusters(for: vantage, names: Set(clusters.map(\.name)))
      #expect(named.map { ClusterLine(cluster: $0).text }.sorted() == lines.sorted(), "\(proxy)")
    }
  }

  private func vantage(_ proxy: String, _ snapshot: Snapshot, _ translator: Translator) -> Vantage? {
    let parts = proxy.split(separator: " ").map(String.init)
    let names = parts[1].split(separator: "/").map(String.init)
    let id = ObjectID(kind: .pod, namespace: names[0], name: names[1])
    guard let object = snapshot[id], case .pod(let pod) = object.content else { return nil }
    return Vantage(
      kind: parts[0] == "gateway" ? .gateway : .sidecar, namespace: names[0], object: id,
      labels: object.metadata.labels, serviceAccount: pod.serviceAccountName, addresses: [pod.podIP],
      locality: translator.locality(ofPod: pod, labels: object.metadata.labels))
  }
}
