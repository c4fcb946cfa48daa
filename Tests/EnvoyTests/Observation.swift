/// What a client and Envoy's log tell of one connection.
struct Observation {
  var clientPort = 0
  var response: HTTPMessage?
  /// nil: nothing was logged.
  var entry: LogEntry?

  /// The head that the echo server received; nil when no answer came from there.
  var received: HTTPMessage? {
    guard let response, entry?.details == "via_upstream", !response.body.isEmpty else { return nil }
    let lines = response.body.split(separator: 10, omittingEmptySubsequences: false)
    let head = Array(lines.joined(separator: [13, 10])) + [13, 10, 13, 10]
    return HTTPMessage(startingWith: head, hasBody: false) { nil }
  }
}

/// One line of the access log that the tests ask for.
struct LogEntry {
  var clientPort: Int
  var listener: String
  /// `configuration#virtual host#place`, or empty.
  var route: String
  var cluster: String
  var status: Int
  var flags: String
  var details: String
  var terminationDetails: String

  private static let operators = [
    "DOWNSTREAM_DIRECT_REMOTE_ADDRESS", "METADATA(LISTENER:drydock:name)", "ROUTE_NAME", "UPSTREAM_CLUSTER_RAW",
    "RESPONSE_CODE", "RESPONSE_FLAGS", "RESPONSE_CODE_DETAILS", "CONNECTION_TERMINATION_DETAILS",
  ]

  static let format = operators.map { "%\($0)%" }.joined(separator: "\t") + "\n"

  init?(_ line: Substring) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { $0 == "-" ? "" : String($0) }
    guard fields.count == Self.operators.count, let port = fields[0].split(separator: ":").last.flatMap({ Int($0) })
    else { return nil }
    clientPort = port
    listener = fields[1]
    route = fields[2]
    cluster = fields[3]
    status = Int(fields[4]) ?? 0
    flags = fields[5]
    details = fields[6]
    terminationDetails = fields[7]
  }
}
