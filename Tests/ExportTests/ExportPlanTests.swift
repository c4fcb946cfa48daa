import Export
import History
import MeshModel
import Testing

@Suite struct ExportPlanTests {
  private static let digest = Digest(hashing: [1])

  private func revision(_ message: String = "split reviews") -> Revision {
    Revision(
      mesh: .standard, number: RevisionNumber(7), parent: RevisionNumber(6), author: "ann", message: message,
      time: Timestamp(milliseconds: 1_772_366_400_000), cause: .apply, digest: Self.digest,
      managedDigest: Self.digest, counts: .init(changed: 1))
  }

  private func id(_ kind: ObjectKind, _ name: String, _ namespace: String = "default") -> ObjectID {
    ObjectID(kind: kind, namespace: namespace, name: name)
  }

  private func plan(_ objects: [ObjectID], previous: [ObjectID]? = nil, message: String = "split reviews") -> ExportPlan
  {
    let review = Review(
      mesh: .standard, revision: RevisionNumber(7), digest: Self.digest, decision: .approve, reviewer: "bob",
      comment: "fine: go", time: Timestamp(milliseconds: 1_772_366_460_000))
    let stray = Review(
      mesh: .standard, revision: RevisionNumber(7), digest: Digest(hashing: [2]), decision: .approve,
      reviewer: "eve", comment: "", time: review.time)
    return ExportPlan(
      revision: revision(message), target: "prod", approval: .approved, reviews: [review, stray], checks: [],
      objects: objects.map { ExportObject(id: $0, yaml: Array("kind: \($0.kind.kind)\n".utf8)) },
      previous: previous.map { .init(revision: RevisionNumber(5), objects: $0) })
  }

  private func text(_ plan: ExportPlan, _ path: String) -> String? {
    plan.files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func `one file per managed object, and none for context`() {
    let plan = plan([
      id(.virtualService, "reviews"), id(.service, "reviews"), id(.destinationRule, "reviews", "shop"),
      id(ObjectKind(group: "gateway.networking.k8s.io", kind: "GatewayClass"), "istio", ""),
    ])
    #expect(
      plan.files.map(\.path) == [
        "_cluster/gatewayclass-istio.yaml", "default/virtualservice-reviews.yaml", "kustomization.yaml",
        "provenance.yaml", "shop/destinationrule-reviews.yaml",
      ])
    #expect(
      text(plan, "kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - _cluster/gatewayclass-istio.yaml
          - default/virtualservice-reviews.yaml
          - shop/destinationrule-reviews.yaml

        """)
  }

  @Test func `the provenance tells revision, reviews and files`() {
    let plan = plan([id(.virtualService, "reviews")], message: "say \"hi\"\nyes")
    let sha = Digest(hashing: Array("kind: VirtualService\n".utf8)).hex
    let kustomization = Digest(hashing: Array((text(plan, "kustomization.yaml") ?? "").utf8)).hex
    #expect(
      text(plan, "provenance.yaml")
        == """
        # Written by drydock export; compare with: drydock show 7
        mesh: default
        target: prod
        revision: 7
        digest: "sha256:\(Self.digest.hex)"
        managedDigest: "sha256:\(Self.digest.hex)"
        author: ann
        message: "say \\"hi\\"\\nyes"
        time: "2026-03-01T12:00:00Z"
        approval: approved
        reviews:
          - reviewer: bob
            decision: approve
            comment: "fine: go"
            time: "2026-03-01T12:01:00Z"
        files:
          - path: default/virtualservice-reviews.yaml
            digest: "sha256:\(sha)"
          - path: kustomization.yaml
            digest: "sha256:\(kustomization)"

        """)
  }

  @Test func `the order in which objects are given is nowhere in the bytes`() {
    let ids = [id(.virtualService, "b"), id(.virtualService, "a"), id(.gateway, "g")]
    #expect(plan(ids).files == plan(ids.reversed()).files)
  }

  @Test func `what the last export had and this one has not is to be pruned`() {
    let gone = [id(.virtualService, "old"), id(.destinationRule, "old")]
    let plan = plan([id(.virtualService, "reviews")], previous: gone + [id(.virtualService, "reviews"), id(.pod, "p")])
    #expect(plan.pruned == [gone[1], gone[0]])
    #expect(
      text(plan, "prune.manifest") == """
        # Left over from the last export for this target: kubectl delete -f prune.manifest
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: old
          namespace: default
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: old
          namespace: default

        """)
    #expect(text(plan, "kustomization.yaml")?.contains("old") == false)
    #expect(text(plan, "provenance.yaml")?.contains("previousRevision: 5\nprune:\n  - kind: DestinationRule.n") == true)
  }

  @Test func `an export of nothing is still an export`() {
    #expect(text(plan([]), "kustomization.yaml")?.contains("resources: []") == true)
    #expect(plan([]).files.count == 2)
  }

  @Test(arguments: [
    ("..", "..", "%2E%2E/virtualservice-...yaml"), ("a/b", "c/../d", "a%2Fb/virtualservice-c%2F..%2Fd.yaml"),
    ("default", "Caf\u{e9}", "default/virtualservice-%43af%C3%A9.yaml"),
  ])
  func `no name leads out of the folder`(namespace: String, name: String, path: String) {
    #expect(ManifestPath.of(id(.virtualService, name, namespace)) == path)
  }

  @Test func `two objects never share a path`() {
    let long = String(repeating: "a", count: 253)
    let gatewayAPI = ObjectKind(group: "gateway.networking.k8s.io", kind: "Gateway")
    let ids = [
      id(.gateway, "g"), id(gatewayAPI, "g"), id(.gateway, "g", "x"), id(.gateway, long), id(.gateway, long + "b"),
      id(.gateway, "g", ""), id(.gateway, "g", "_cluster"),
    ]
    let paths = ids.map { ManifestPath.of($0) }
    #expect(Set(paths).count == ids.count)
    #expect(paths.allSatisfy { path in path.split(separator: "/").allSatisfy { $0.utf8.count <= 255 } })
    #expect(paths[1] == "default/gateway.gateway.networking.k8s.io-g.yaml")
  }
}
