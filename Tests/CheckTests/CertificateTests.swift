import Certificates
import Testing

@Suite struct CertificateTests {
  @Test func `a certificate tells its names and days, and which key is its own`() throws {
    let now: Int64 = 1_795_000_000
    let first = try ThrowawayCertificate(names: ["cart.example.com", "*.shop.test"], now: now)
    let second = try ThrowawayCertificate(names: ["other.test"], now: now)
    let chain = try #require(CertificateChain(pem: Array(first.certificate.utf8)))
    #expect(chain.certificates[0].names == ["cart.example.com", "*.shop.test"])
    #expect(chain.certificates[0].notAfter == now + 86_400)
    #expect(chain.isMatched(byKey: Array(first.privateKey.utf8)) == true)
    #expect(chain.isMatched(byKey: Array(second.privateKey.utf8)) == false)
    #expect(chain.isMatched(byKey: Array("junk".utf8)) == nil)
    let both = try #require(CertificateChain(pem: Array((first.certificate + second.certificate).utf8)))
    #expect(!both.isLinked)
  }

  @Test(arguments: [
    ("*.shop.test", "cart.shop.test", true), ("*.shop.test", "a.cart.shop.test", false),
    ("*.shop.test", "*.shop.test", true), ("cart.shop.test", "CART.shop.test", true), ("*.test", "*.shop.test", false),
  ])
  func `a wildcard stands for one label`(name: String, host: String, covers: Bool) {
    #expect(CertificateChain.covers(name, host) == covers)
  }

  @Test func `what is no certificate is none`() {
    #expect(CertificateChain(pem: Array("-----BEGIN CERTIFICATE-----\njunk\n-----END CERTIFICATE-----\n".utf8)) == nil)
    #expect(CertificateChain(pem: []) == nil)
  }
}
