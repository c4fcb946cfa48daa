import History
import MeshModel
import Releases
import Testing

@Suite struct ReleaseValueTests {
  @Test func `a release is read as it was written`() {
    var release = Release(
      name: "reviews", namespace: "shop", host: "reviews.shop.svc.cluster.local", manner: .subsets,
      from: .init(name: "v1", labels: ["version": "v1"]), to: .init(name: "v2", labels: [:]), layer: .http,
      scope: ["mesh", "istio-system/public"],
      identity: [.object([.init(key: "sourceLabels", value: .object([.init(key: "app", value: .string("web"))]))])],
      steps: [5, 50], begins: .mirrored, approval: .always)
    release.phase = .paused
    release.stage = .init(weight: 5, isMirrored: true)
    release.startedFrom = RevisionNumber(7)
    var part = Release.Part(
      id: ObjectID(kind: .virtualService, namespace: "shop", name: "reviews"), seed: .object([]), gateways: ["mesh"])
    part.digestBefore = "00"
    release.parts = [part]
    release.left = [part.id]
    #expect(Release(release.value) == release)
  }
}
