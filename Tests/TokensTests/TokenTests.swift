import Foundation
import Testing
import Tokens

private struct Fixture: Decodable {
  var now: Int64
  var keys: String
  var cases: [Case]

  struct Case: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var token: String
    var audiences: [String]
    /// nil: the token is good.
    var status: String?
    var testDescription: String { name }
  }

  static let signatures: Fixture = {
    let file = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("fixtures/tokens/signatures.json")
    // A fixture that cannot be read ends the run: there is nothing to test without it.
    return try! JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }()
}

@Suite struct TokenTests {
  @Test(arguments: Fixture.signatures.cases)
  private func `a token is judged in Envoy's words`(one: Fixture.Case) throws {
    let keys = try KeySet(Fixture.signatures.keys)
    let status: String?
    do throws(TokenProblem) {
      let token = try Token(Array(one.token.utf8))
      let problem = token.problem(keys: .success(keys), audiences: one.audiences, at: Fixture.signatures.now)
      status = problem?.rawValue
    } catch {
      status = error.rawValue
    }
    #expect(status == one.status)
  }

  @Test func `a key set without a usable key is told apart from one that is no key set`() {
    #expect(throws: TokenProblem.keySetNotJSON) { try KeySet("keys") }
    #expect(throws: TokenProblem.keySetWithoutKeys) { try KeySet("{}") }
    #expect(throws: TokenProblem.keysNotAList) { try KeySet(#"{"keys": {}}"#) }
    #expect(throws: TokenProblem.noUsableKey) { try KeySet(#"{"keys": [{"kty": "RSA"}]}"#) }
  }
}
