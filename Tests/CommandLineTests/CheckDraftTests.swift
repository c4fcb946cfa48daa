import Foundation
import Testing

/// `check` on a store: the same findings at the same places as on the files it was made from.
@Suite struct CheckDraftTests {
  private static let mesh = """
    # The first of three in one file.
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: a, namespace: shop}
    spec:
      hosts: [a]
      http:
      - route:
        - destination: {host: a, subset: v1}
    ---
    # With a comment before it.

    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: a, namespace: shop}
    spec:
      host: a
      subsets:
      - {name: v1, labels: {version: v1}}
      - {name: unused, labels: {version: v0}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: a, namespace: shop}
    spec: {ports: [{name: http, port: 80}], selector: {app: a}}
    """

  private static let draft = """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: a, namespace: shop}
    spec:
      hosts: [a]
      http:
      - route:
        - destination: {host: a, subset: v9}
    """

  @Test func `a store is checked as the files were`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let file = try tool.write("mesh.yaml", Self.mesh)
    #expect(try tool.run("apply", "-f", file).status == 0)
    let files = try tool.run("check", "-f", file)
    let store = try tool.run("check")
    #expect(store.output == files.output && store.status == files.status)
    #expect(store.output.contains("mesh.yaml:20:"))
  }

  @Test func `a draft is checked together with what it changes`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let file = try tool.write("mesh.yaml", Self.mesh)
    #expect(try tool.run("apply", "-f", file).status == 0)
    let drafted = try tool.run("check", "--with", try tool.write("draft.yaml", Self.draft))
    #expect(drafted.status == 1)
    #expect(drafted.output.contains("draft.yaml:8:") && drafted.output.contains("'v9'"))
    // The same file, edited: what it no longer holds comes from the store.
    let edited = try tool.run("check", "--with", try tool.write("mesh.yaml", Self.draft))
    #expect(edited.status == 1)
    #expect(edited.output.contains("mesh.yaml:8:") && edited.output.contains("mesh.yaml#1:20:"))
    let old = try tool.run("check", "--revision", "1", "-o", "json")
    #expect(old.status == 0)
    #expect(try tool.run("check", "-f", file, "--revision", "1").status == 2)
  }

  @Test func `a key that was left out is no key that is missing`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.currentDirectoryURL = tool.folder
    process.arguments = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "300",
      "-subj", "/CN=a.example.com", "-addext", "subjectAltName=DNS:a.example.com",
    ]
    process.standardError = FileHandle.nullDevice
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl") else { return }
    try process.run()
    process.waitUntilExit()
    let text = { try Data(contentsOf: tool.folder.appendingPathComponent($0)).base64EncodedString() }
    let file = try tool.write(
      "mesh.yaml",
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: cert, namespace: edge}
      type: kubernetes.io/tls
      data: {tls.crt: \(text("cert.pem")), tls.key: \(text("key.pem"))}
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: public, namespace: edge}
      spec:
        selector: {istio: ingress}
        servers:
        - port: {number: 443, name: https, protocol: HTTPS}
          hosts: [a.example.com]
          tls: {mode: SIMPLE, credentialName: cert}
      """)
    let files = try tool.run("check", "-f", file)
    #expect(try tool.run("apply", "-f", file).status == 0)
    let store = try tool.run("check")
    #expect(store.output == files.output)
  }
}
