import Certificates
import Diagnostics
import Foundation
import Testing
import Validation
import Workbench

/// Certificates that Gateways and DestinationRules name as files.
@Suite struct CertificateFileTests {
  private static let now: Int64 = 1_795_000_000

  private static func gateway(_ tls: String) -> String {
    """
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: public, namespace: shop}
    spec:
      servers:
      - port: {number: 443, name: https, protocol: HTTPS}
        hosts: [cart.example.com, "web/www.example.com"]
        tls: {\(tls)}

    """
  }

  private static func findings(_ text: String, _ files: [String: String], now: Int64 = now) -> [Finding] {
    var world = CheckWorld(files: [(name: "gateway.yaml", bytes: Array(text.utf8))])
    world.certificateFiles = files.mapValues { Array($0.utf8) }
    return Check(manner: .drydock, now: now).findings(of: world)
  }

  /// Codes of what is said of certificates, but for the days that are left.
  private static func codes(_ text: String, _ files: [String: String], now: Int64 = now) -> [String] {
    let own = ["DD5047", "DD5147", "DD5247", "DD5447", "DD5048", "DD5148", "DD5248", "DD5348", "DD5448", "DD5648"]
    return findings(text, files, now: now).map(\.code).filter(own.contains)
  }

  private static let simple = gateway("mode: SIMPLE, serverCertificate: /etc/tls.crt, privateKey: /etc/tls.key")
  private static let own = try? ThrowawayCertificate(names: ["cart.example.com", "www.example.com"], now: now)
  private static let other = try? ThrowawayCertificate(names: ["cart.example.com", "www.example.com"], now: now)

  @Test func `a pair that fits is no finding`() throws {
    let own = try #require(Self.own)
    #expect(Self.codes(Self.simple, ["/etc/tls.crt": own.certificate, "/etc/tls.key": own.privateKey]) == [])
  }

  @Test func `a file that is not there is told at its path`() throws {
    let own = try #require(Self.own)
    let found = Self.findings(Self.simple, ["/etc/tls.crt": own.certificate]).first { $0.code == "DD5648" }
    #expect(found?.field == "spec.servers[0].tls.privateKey" && found?.span?.start.line == 8)
    #expect(found?.message.en.contains("'/etc/tls.key'") == true)
  }

  @Test func `another pair's key, days that are over, and hosts without a name are told`() throws {
    let (own, other) = (try #require(Self.own), try #require(Self.other))
    #expect(Self.codes(Self.simple, ["/etc/tls.crt": own.certificate, "/etc/tls.key": other.privateKey]) == ["DD5048"])
    #expect(Self.codes(Self.simple, ["/etc/tls.crt": own.certificate, "/etc/tls.key": "junk"]) == ["DD5147"])
    #expect(Self.codes(Self.simple, ["/etc/tls.crt": "junk", "/etc/tls.key": own.privateKey]) == ["DD5047"])
    let files = ["/etc/tls.crt": own.certificate, "/etc/tls.key": own.privateKey]
    #expect(Self.codes(Self.simple, files, now: Self.now + 30 * 86_400) == ["DD5247"])
    #expect(Self.codes(Self.simple, files, now: Self.now - 30 * 86_400) == ["DD5447"])
    let narrow = try ThrowawayCertificate(names: ["cart.example.com"], now: Self.now)
    let uncovered = Self.codes(
      Self.simple, ["/etc/tls.crt": narrow.certificate, "/etc/tls.key": narrow.privateKey])
    #expect(uncovered == ["DD5148"])
    let chain = own.certificate + other.certificate
    #expect(Self.codes(Self.simple, ["/etc/tls.crt": chain, "/etc/tls.key": own.privateKey]) == ["DD5248"])
  }

  @Test func `the authorities of clients are read too`() throws {
    let own = try #require(Self.own)
    let mutual = Self.gateway(
      "mode: MUTUAL, serverCertificate: /etc/tls.crt, privateKey: /etc/tls.key, caCertificates: /etc/ca.crt")
    let files = ["/etc/tls.crt": own.certificate, "/etc/tls.key": own.privateKey]
    #expect(Self.codes(mutual, files) == ["DD5648"])
    #expect(Self.codes(mutual, files.merging(["/etc/ca.crt": "junk"]) { $1 }) == ["DD5047"])
    #expect(Self.codes(mutual, files.merging(["/etc/ca.crt": own.certificate]) { $1 }) == [])
  }

  @Test func `a client's certificate has a key and days, and no hosts`() throws {
    let (own, other) = (try #require(Self.own), try #require(Self.other))
    let rule = """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: legacy, namespace: shop}
      spec:
        host: legacy.example.com
        trafficPolicy:
          portLevelSettings:
          - port: {number: 443}
            tls: {mode: MUTUAL, clientCertificate: /etc/c.crt, privateKey: /etc/c.key, caCertificates: system, sni: a}
      """
    #expect(Self.codes(rule, ["/etc/c.crt": own.certificate, "/etc/c.key": own.privateKey]) == [])
    #expect(Self.codes(rule, ["/etc/c.crt": own.certificate, "/etc/c.key": other.privateKey]) == ["DD5048"])
  }

  @Test func `without a folder of certificates nothing is said of files`() {
    let world = CheckWorld(files: [(name: "gateway.yaml", bytes: Array(Self.simple.utf8))])
    #expect(!Check(manner: .drydock, now: Self.now).findings(of: world).contains { $0.code == "DD5648" })
  }

  @Test func `a path leads into the folder and nowhere else`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "drydock-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder.appending(path: "root/etc"), withIntermediateDirectories: true)
    try Data("inside".utf8).write(to: folder.appending(path: "root/etc/tls.crt"))
    try Data("outside".utf8).write(to: folder.appending(path: "tls.key"))
    let text = Self.gateway("mode: SIMPLE, serverCertificate: /etc/tls.crt, privateKey: /etc/../../tls.key")
    var world = CheckWorld(files: [(name: "gateway.yaml", bytes: Array(text.utf8))])
    world.readCertificates(below: folder.appending(path: "root").path)
    #expect(world.certificateFiles == ["/etc/tls.crt": Array("inside".utf8)])
  }
}
