package import Diagnostics
package import MeshModel

/// One request and what is expected of its answer; a row of a table is a case of its own.
package struct TestCase: Sendable {
  package var name: String
  /// Where the case begins.
  package var span: SourceSpan
  package var given: Given
  package var request: TestRequest
  package var clauses: [Clause]

  package init(name: String, span: SourceSpan, given: Given, request: TestRequest, clauses: [Clause]) {
    self.name = name
    self.span = span
    self.given = given
    self.request = request
    self.clauses = clauses
  }
}

/// The mesh that a case asks. Nothing given: what the command line names.
package struct Given: Hashable, Sendable {
  package var mesh: String?
  package var revision: String?
  /// Beside the file of the test, unless they begin with `/`.
  package var files: [String] = []
  /// Laid on top of the revision.
  package var with: [String] = []
  /// For clients that are named without one.
  package var namespace: String?
  /// The folder that `files` and `with` are looked for in.
  package var folder = ""

  package init() {}
}

/// A request as a test writes it.
package struct TestRequest: Hashable, Sendable {
  package var client: Client?
  package var url: String
  package var method = "GET"
  /// The Host header, where it is not the URL's.
  package var host: String?
  package var headers: [(name: String, value: String)] { headerPairs.map { ($0.name, $0.value) } }
  package var headerPairs: [Header] = []
  package var destination: String?
  package var source: String?
  package var serverName: String?
  package var applicationProtocols: [String]?
  package var version: String?
  package var principal: String?
  package var authorizerAllows = true
  package var span: SourceSpan

  package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package enum Client: Hashable, Sendable {
    /// The sidecar of what is named so.
    case sidecar(String)
    case gateway(String)
    /// Nobody of the mesh: a workload as it is described.
    case described(namespace: String, labels: [String: String])
    /// A gateway workload as it is described.
    case describedGateway(namespace: String, labels: [String: String])
    /// Any proxy that has the rules of these names, as tests of other tools have it.
    case anywhere
  }

  package init(url: String, span: SourceSpan) {
    self.url = url
    self.span = span
  }
}

/// One thing that a case expects.
package struct Clause: Sendable {
  /// Such as `redirect.status`.
  package var field: String
  package var span: SourceSpan
  package var expected: Expected

  package init(_ field: String, _ span: SourceSpan, _ expected: Expected) {
    self.field = field
    self.span = span
    self.expected = expected
  }
}

/// Values that answers are held against.
package enum Expected: Sendable {
  /// Istio's name, or `service:port subset` in short.
  case cluster(String)
  case service(String)
  case subset(String)
  case port(UInt32)
  /// Names of subsets, services or clusters, with their shares of what is forwarded.
  case distribution([Portion])
  case status(UInt32)
  case flags(String)
  case body(String)
  case details(String)
  case location(String)
  case redirected
  case path(String)
  case authority(String)
  case method(String)
  /// nil: the header is not there.
  case requestHeader(String, [String]?)
  case responseHeader(String, [String]?)
  case delay(milliseconds: Int64?, percent: Double?)
  case abort(status: UInt32?, percent: Double?)
  case noFault
  case attempts(UInt32)
  case retryOn([String])
  case perTryTimeout(Int64)
  case retryStatusCodes([UInt32])
  case noRetry
  /// 0: none.
  case timeout(Int64)
  case mirrors([Portion])
  /// A part of what the machine's answer says of the cluster.
  case policy(Value)
  /// A part of the machine's answer.
  case answer(Value)
  /// `allowed`, `denied`, `partly`, `unreached`.
  case access(String)
  /// `ns/name`, perhaps with a field.
  case rule(String)
  case endpoints([String])
  /// A field of the rule that takes the request says exactly this, or not.
  case ruleField(String, Value, isWanted: Bool)
  /// The cluster that a draw comes to; empty: none.
  case drawnCluster(String, random: UInt64)
  case virtualHost(String)
  case notRedirected
  /// By a proxy, without a redirect.
  case answeredHere
  case headerTest(HeaderTest, isRequest: Bool)
  /// The same as at that revision.
  case unchanged(since: String)

  package struct Portion: Hashable, Sendable {
    package var name: String
    package var percent: Double

    package init(name: String, percent: Double) {
      self.name = name
      self.percent = percent
    }
  }
}

/// A file of tests as it was read.
package struct TestSuite: Sendable {
  package var file: String
  package var cases: [TestCase] = []
  /// What a foreign format says and this one has no room for.
  package var notCarried: [Diagnostic] = []

  package init(file: String) {
    self.file = file
  }
}
