import Diagnostics
import Foundation
import Testing
import Validation
import Workbench
import YAML

/// Cases of Istio's and Kiali's own tests, which are not part of this project: `DRYDOCK_VALIDATION_CASES` names the
/// folder that has them. What differs is listed, each with its reason, in `fixtures/rules/known-differences.ndjson`.
@Suite(.enabled(if: UpstreamCases.folder != nil)) struct UpstreamCaseTests {
  private let folder: URL
  private let cases: [Node]

  init() throws {
    folder = try #require(UpstreamCases.folder)
    let bytes = Array(try Data(contentsOf: folder.appending(path: "index.json")))
    cases = try #require(parseJSON(bytes)?.sequence)
  }

  @Test func `every case of theirs agrees, or its difference is known`() throws {
    var differing: Set<String> = []
    var count = 0
    for item in cases where item["expressible"]?.resolved != .bool(false) {
      let name = try #require(item["name"]?.string)
      count += 1
      if try !agrees(item) { differing.insert(name) }
    }
    let known = Set(try Fixtures.lines("rules/known-differences.ndjson").compactMap { $0["case"]?.string })
    #expect(count > 1000)
    #expect(differing.subtracting(known).isEmpty, "unexplained")
    #expect(known.subtracting(differing).isEmpty, "stale")
  }

  private func agrees(_ item: Node) throws -> Bool {
    switch item["layer"]?.string {
    case "admission": try agreesWithWebhook(item)
    case "crd": try refuses(item, .schema) == wantsError(item)
    case "istioctl-validate":
      wantsError(item) == (try findings(item, .istioctl).contains { $0.severity == .error })
    case "analyzer": try agreesWithAnalyzer(item)
    case "kiali": try agreesWithKiali(item)
    default: false
    }
  }

  private func wantsError(_ item: Node) -> Bool { item["expect"]?["error"]?.resolved == .bool(true) }

  private func findings(_ item: Node, _ manner: Manner, with others: [String] = []) throws -> [Finding] {
    let files = try item["files"]?.sequence?.compactMap(\.string) ?? [#require(item["file"]?.string)]
    var world = CheckWorld(
      files: try (files + others).map { name in
        (name: name, bytes: Array(try Data(contentsOf: folder.appending(path: name))))
      })
    if let path = item["mesh_config"]?.string {
      world.meshConfig = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    if let path = item["mesh_networks"]?.string {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      world.add(meshNetworks(text), file: nil)
    }
    return Check(manner: manner).findings(of: world)
  }

  /// Where a cluster has them.
  private func meshNetworks(_ text: String) -> Node {
    let metadata: [Node.Entry] = [
      Node.Entry(name: "name", value: .string("istio")),
      Node.Entry(name: "namespace", value: .string("istio-system")),
    ]
    let data = Node(.mapping([Node.Entry(name: "meshNetworks", value: .string(text))]))
    return Node(
      .mapping([
        Node.Entry(name: "apiVersion", value: .string("v1")), Node.Entry(name: "kind", value: .string("ConfigMap")),
        Node.Entry(name: "metadata", value: Node(.mapping(metadata))), Node.Entry(name: "data", value: data),
      ]))
  }

  private func own(_ item: Node) throws -> [Finding] {
    try findings(item, .istio).filter { $0.subject.kind == item["kind"]?.string || $0.subject.kind.isEmpty }
  }

  private func refuses(_ item: Node, _ layer: Finding.Layer) throws -> Bool {
    try own(item).contains { $0.layer == layer && $0.severity == .error }
  }

  private func agreesWithWebhook(_ item: Node) throws -> Bool {
    let own = try own(item)
    let refused = own.contains { $0.layer == .admission && $0.severity == .error }
    guard refused == wantsError(item) else { return false }
    if !refused, case .bool(let warns)? = item["expect"]?["warning"]?.resolved {
      guard own.contains(where: { $0.layer == .admission && $0.severity == .warning }) == warns else { return false }
    }
    guard case .bool(let isGood)? = item["crd"]?["ok"]?.resolved else { return true }
    return own.contains { $0.layer == .schema && $0.severity == .error } != isGood
  }

  private func agreesWithAnalyzer(_ item: Node) throws -> Bool {
    let analyzer = try #require(item["analyzer"]?.string)
    let wanted = (item["expect"]?["messages"]?.sequence ?? []).map {
      [$0["code"]?.string ?? "", ($0["resource"]?.string ?? "").replacing("default/", with: "")]
    }
    let codes = Self.codes[analyzer]
    let said = try findings(
      item, Self.leftOut.contains(analyzer) ? .drydock : .cluster, with: ["analyzers/default-ingressgateway.yaml"])
    let ours = said.compactMap { finding -> [String]? in
      guard let like = finding.like, like.hasPrefix("IST") else { return nil }
      if let codes, !codes.contains(like), !codes.contains(finding.code) { return nil }
      if codes == nil, !wanted.contains(where: { $0[0] == like }) { return nil }
      let namespace = finding.subject.namespace
      let name = namespace.isEmpty || namespace == "default" ? "" : "\(namespace)/"
      return [like, "\(finding.subject.kind) \(name)\(finding.subject.name)"]
    }
    let sorted = { (list: [[String]]) in list.map { $0.joined(separator: " ") }.sorted() }
    return sorted(wanted) == sorted(ours)
  }

  /// Istio does not run the first by itself, and reads the networks of the second from a cluster.
  private static let leftOut: Set<String> = ["maturity.AlphaAnalyzer", "multicluster.MeshNetworksAnalyzer"]

  /// What one analyzer can say, where others share its codes.
  private static let codes: [String: Set<String>] = [
    "virtualservice.DestinationHostAnalyzer": ["DD3101", "DD3102", "DD3103", "IST0112", "IST0140"],
    "virtualservice.DestinationRuleAnalyzer": ["DD3104", "DD3105"],
    "virtualservice.GatewayAnalyzer": ["DD3106", "IST0132", "IST0165"],
  ]

  private func agreesWithKiali(_ item: Node) throws -> Bool {
    let wanted = Set((item["expect"]?["messages"]?.sequence ?? []).compactMap { $0["code"]?.string })
    return wanted.isSubset(of: Set(try findings(item, .drydock).compactMap(\.like)))
  }
}

enum UpstreamCases {
  static let folder = ProcessInfo.processInfo.environment["DRYDOCK_VALIDATION_CASES"].map { URL(filePath: $0) }
}
