import Diagnostics
import MeshCodec
import MeshModel
import Testing

@Suite struct MeshConfigTests {
  private func map(_ mesh: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: \(mesh)\n"
  }

  private func configuration(_ text: String) throws -> MeshConfig {
    guard case .configMap(let map)? = objects(text).first?.content else { throw UnexpectedContent() }
    return try #require(map.meshConfig)
  }

  @Test func `the mesh configuration is read with the leniencies of Istio's own reader`() throws {
    let text = map(
      """
      |-
          root_namespace: config
          proxyListenPort: "15001"
          outboundTrafficPolicy: {mode: 1}
          connectTimeout: 1m30s
          meshMTLS: {minProtocolVersion: TLSV1_3}
      """)
    #expect(findings(text) == [])
    let configuration = try configuration(text)
    #expect(configuration.rootNamespace == "config")
    #expect(configuration.proxyListenPort == 15001)
    #expect(configuration.outboundTrafficPolicy?.mode == .allowAny)
    #expect(configuration.connectTimeout?.nanoseconds == 90_000_000_000)
    #expect(configuration.meshMTLSMinProtocolVersion == "TLSV1_3")
  }

  @Test func `a place in it is a place in the ConfigMap`() throws {
    let text = map("|\n    rootNamespace: config\n    connectTimeout: 5\n    rootNamespce: x\n    tlsDefaults: {}")
    #expect(
      findings(text) == ["DD0201@7:21 data.mesh.connectTimeout", "DD0206@8:5 data.mesh.rootNamespce"])
    let object = try #require(objects(map("|\n    a: 1\n    enableAutoMtls: false\n    tlsDefaults: {}")).first)
    #expect(object.unknownFields == ["data.mesh.tlsDefaults", "data.mesh.a"])
    #expect(place(of: "data.mesh.enableAutoMtls", in: object)?.start == SourcePosition(line: 7, column: 5))
    #expect(place(of: "data.mesh.absent", in: object)?.start.line == 6)
  }

  @Test func `where lines are folded, the whole text is the place`() {
    #expect(findings(map("\"connectTimeout: 5\"")) == ["DD0201@5:9 data.mesh.connectTimeout"])
    #expect(findings(map("\"a: [\"")).first?.hasPrefix("DD0101@5:9") == true)
  }

  @Test func `an empty one is all defaults`() throws {
    #expect(try configuration(map("\"\"")) == MeshConfig())
  }

  @Test func `one in a file of its own is read too`() {
    let good = readMeshConfig(Array("trustDomain: td\ntlsDefaults: {}\n".utf8), file: "mesh.yaml")
    #expect(good.configuration?.trustDomain == "td")
    #expect(good.unknownFields == ["tlsDefaults"])
    #expect(good.problems == [])
    let bad = readMeshConfig(Array("trustDomain: 1\n".utf8), file: "mesh.yaml")
    #expect(bad.configuration == nil)
    #expect(bad.problems.map(describe) == ["DD0201@1:14 trustDomain"])
  }

  @Test func `a ConfigMap of another name is only data`() {
    let text = map("|\n    connectTimeout: 5").replacing("name: istio,", with: "name: other,")
    #expect(findings(text) == [])
  }
}
