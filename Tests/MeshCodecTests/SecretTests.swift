import Diagnostics
import MeshCodec
import MeshModel
import Testing
import YAML

@Suite struct SecretTests {
  /// `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`
  private static let certificate =
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="

  private func kept(_ text: String) throws -> (text: String, object: MeshObject) {
    let object = try #require(objects(text).first)
    return (String(decoding: object.source.text, as: UTF8.self), object)
  }

  @Test func `a private key is not kept, its certificate is`() throws {
    let text = """
      apiVersion: v1
      kind: Secret
      metadata: {name: site, namespace: istio-system}
      type: kubernetes.io/tls
      data:
        tls.key: c2VjcmV0IGtleSBvZiB0aGUgc2l0ZQ==
        tls.crt: \(Self.certificate)

      """
    let (kept, object) = try kept(text)
    #expect(!kept.contains("c2VjcmV0"))
    #expect(kept.contains(Self.certificate))
    #expect(place(of: "data[tls.crt]", in: object)?.start.line == 7)
    guard case .secret(let secret) = object.content else { throw UnexpectedContent() }
    #expect(secret.certificate == "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    #expect(secret.keys == ["tls.crt", "tls.key"])
    #expect(readObject(object.source).object == object)
    #expect(readObject(object.source).problems == [])
  }

  @Test func `a key is found wherever it was put`() throws {
    let places = [
      "stringData:\n  tls.key: |\n    -----BEGIN PRIVATE KEY-----\n    TOPSECRET\n    -----END PRIVATE KEY-----\n  ca.crt: x\n",
      "stringData: {key: 'TOPSECRET value', cert: x}\n",
      "data: {password: TOPSECRET}\n",
      "stringData:\n  tls.crt: |\n    -----BEGIN RSA PRIVATE KEY-----\n    TOPSECRET\n",
      "# -----BEGIN EC PRIVATE KEY-----\n# TOPSECRET\ndata: {}\n",
      "stringData: &all {key: TOPSECRET}\ndata: {}\n",
      "stringData: {key: &k TOPSECRET, tls.key: *k}\n",
      "data: {key: TOPSECRET}\n# the key is TOPSECRET\n",
    ]
    for place in places {
      let text = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n" + place
      #expect(!(try kept(text).text.contains("TOPSECRET")), "\(place)")
      #expect(findings(text).map { $0.prefix(6) } == ["DD0216"], "\(place)")
    }
  }

  @Test func `the copy that kubectl makes of an object is left out too`() throws {
    let text = """
      apiVersion: v1
      kind: Secret
      metadata:
        name: a
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: |
            {"apiVersion":"v1","data":{"tls.key":"TOPSECRET"}}
      data: {tls.crt: x}
      """
    let (text2, object) = try kept(text)
    #expect(!text2.contains("TOPSECRET"))
    #expect(object.metadata.annotations.isEmpty)
  }

  @Test func `it is said once in a run`() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {key: abc}\n"
    let files = [("a.yaml", Array(secret.utf8)), ("b.yaml", Array(secret.replacing("name: a", with: "name: b").utf8))]
    #expect(readObjects(files: files).problems.map(\.code) == ["DD0216"])
    #expect(readObjects(files: files).problems.map(\.severity) == [.info])
  }
}
