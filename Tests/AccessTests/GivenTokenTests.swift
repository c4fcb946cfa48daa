import Evaluation
import MeshModel
import Testing
import Workbench

/// Tokens and claims that come with a question.
@Suite struct GivenTokenTests {
  private static let mesh =
    Shop.service("book", "default", address: "10.96.0.10", app: "book")
    + Shop.pod("book", "default", address: "10.244.0.10", labels: "app: book")
    + Shop.pod("web", "default", address: "10.244.0.11", labels: "app: web") + """
      apiVersion: security.istio.io/v1
      kind: RequestAuthentication
      metadata: {name: book, namespace: default}
      spec:
        selector: {matchLabels: {app: book}}
        jwtRules: [{issuer: anna@example, jwksUri: 'https://keys.example/jwks', audiences: [books]}]
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: role, namespace: default}
      spec:
        selector: {matchLabels: {app: book}}
        rules:
        - from: [{source: {requestPrincipals: ['anna@example/*']}}]
          when: [{key: 'request.auth.claims[role]', values: [customer]}]
      """

  private static func kind(claims: String) throws -> AccessVerdict.Kind {
    let (snapshot, given) = try given(claims: claims)
    let session = SimulationSession(snapshot, now: 1_780_000_000, given: given)
    let job = AccessJob(session, headers: given.headers(in: snapshot))
    let vantage = try SourceSelection(session).sidecar("web", namespace: "default")
    return try job.verdict(of: vantage, at: AccessTarget(authority: "book")).kind
  }

  private static func given(claims: String) throws -> (Snapshot, GivenToken) {
    let snapshot = Shop(mesh).session.snapshot
    return (snapshot, try GivenToken(claims: Array(claims.utf8), in: snapshot))
  }

  @Test func `claims that are given stand for a token whose keys are elsewhere`() throws {
    #expect(try Self.kind(claims: #"{"sub": "x", "aud": "books", "role": "customer"}"#) == .allowed)
    #expect(try Self.kind(claims: #"{"sub": "x", "aud": "books", "role": "admin"}"#) == .denied)
  }

  @Test func `times, audiences and issuers of given claims still count`() throws {
    #expect(try Self.kind(claims: #"{"sub": "x", "aud": "films", "role": "customer"}"#) == .denied)
    #expect(try Self.kind(claims: #"{"sub": "x", "aud": "books", "role": "customer", "exp": 1}"#) == .denied)
    #expect(try Self.kind(claims: #"{"iss": "bob", "sub": "x", "aud": "books", "role": "customer"}"#) == .denied)
  }

  @Test func `claims that are no JSON object are refused`() {
    #expect(throws: GivenToken.Problem.claimsNotJSON) { try Self.given(claims: "[1]") }
    #expect(throws: GivenToken.Problem.claimsNotJSON) { try Self.given(claims: "role=customer") }
  }

  @Test func `an inspection tells each rule and each condition`() throws {
    let (snapshot, given) = try Self.given(claims: #"{"sub": "x", "aud": "books", "role": "admin"}"#)
    let inspection = SimulationSession(snapshot, now: 1_780_000_000, given: given).inspection(of: given)
    #expect(inspection.issuer == "anna@example")
    #expect(inspection.rules.map(\.verdict) == [.vouchedFor])
    #expect(inspection.policies.first?.conditions.map(\.holds) == [true, false])
  }

  @Test func `what is no token is told in Envoy's words`() throws {
    let session = Shop(Self.mesh).session
    let inspection = session.inspection(of: try GivenToken(token: Array("abc".utf8)))
    #expect(inspection.problem == "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections")
  }

  @Test func `a token whose keys are elsewhere is not called good`() throws {
    // {"alg":"RS256"} . {"iss":"anna@example","aud":"books","sub":"x"} . sig
    let text = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhbm5hQGV4YW1wbGUiLCJhdWQiOiJib29rcyIsInN1YiI6IngifQ.c2ln"
    let inspection = Shop(Self.mesh).session.inspection(of: try GivenToken(token: Array(text.utf8)))
    #expect(inspection.rules.map(\.verdict) == [.remoteKeys("https://keys.example/jwks")])
  }
}
