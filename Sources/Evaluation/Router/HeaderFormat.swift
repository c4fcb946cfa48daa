import ProxyModel

/// Values with Envoy's format commands (HDR-4, HDR-7).
struct HeaderFormat {
  /// What the commands speak of.
  struct Subject {
    var exchange: Exchange
    /// Headers of the response, when there is one.
    var response: HeaderList?
    var cluster: String
    var routeName: String
    /// What the upstream sent; until then, and in replies made here, 0.
    var upstreamCode: UInt32 = 0
    var responseFlags: String
    var responseDetails: String
  }

  /// A command whose value only a running proxy knows.
  private(set) var usesUnknown = false

  /// nil: the value comes out empty, and the header is left out.
  mutating func value(_ format: String, _ subject: Subject) -> [UInt8]? {
    let bytes = Array(format.utf8)
    guard bytes.contains(UInt8(ascii: "%")) else { return bytes.isEmpty ? nil : bytes }
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "%") else {
        result.append(bytes[place])
        place += 1
        continue
      }
      if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "%") {
        result.append(UInt8(ascii: "%"))
        place += 2
        continue
      }
      guard let end = Self.commandEnd(bytes, place + 1) else {
        result += bytes[place...]
        break
      }
      result += command(Array(bytes[(place + 1)..<end]), subject)
      place = end + 1
    }
    return result.isEmpty ? nil : result
  }

  /// The closing percent sign; those in parentheses do not count.
  private static func commandEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    var depth = 0
    for place in start..<bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "%"): if depth == 0 { return place }
      default: break
      }
    }
    return nil
  }

  private mutating func command(_ text: [UInt8], _ subject: Subject) -> [UInt8] {
    var name = text
    var argument: [UInt8] = []
    var limit: Int?
    if let open = text.firstIndex(of: UInt8(ascii: "(")), let close = text.lastIndex(of: UInt8(ascii: ")")) {
      name = Array(text[..<open])
      argument = Array(text[(open + 1)..<close])
      if text.count > close + 1, text[close + 1] == UInt8(ascii: ":") { limit = ASCII.decimal(text[(close + 2)...]) }
    }
    let full = value(of: name.text, argument, text, subject)
    if let limit { return Array(full.prefix(limit)) }
    return full
  }

  private mutating func value(
    of name: String, _ argument: [UInt8], _ text: [UInt8], _ subject: Subject
  ) -> [UInt8] {
    let connection = subject.exchange.connection
    switch name {
    case "REQ": return Self.header(argument) { subject.exchange.values($0).first }
    case "RESP": return Self.header(argument) { subject.response?.first(Array($0.utf8)) }
    case "PROTOCOL": return Self.protocolText(subject.exchange.sent.version)
    case "TRAILER", "VIRTUAL_CLUSTER_NAME": return []
    case "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT":
      guard let address = name.utf8.contains(UInt8(ascii: "D")) ? subject.exchange.client : nil else { break }
      return Array(address.description.utf8)
    case "DOWNSTREAM_LOCAL_ADDRESS": return Array("\(connection.destination):\(connection.port)".utf8)
    case "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT": return Array(connection.destination.description.utf8)
    case "DOWNSTREAM_LOCAL_PORT": return Array(String(connection.port).utf8)
    case "DOWNSTREAM_PEER_URI_SAN": return Array((subject.exchange.peers.first ?? "").utf8)
    case "REQUESTED_SERVER_NAME": return Array(Inspection.serverName(connection).utf8)
    case "UPSTREAM_CLUSTER", "UPSTREAM_CLUSTER_RAW": return Array(subject.cluster.utf8)
    case "ROUTE_NAME": return Array(subject.routeName.utf8)
    case "RESPONSE_CODE": return Array(String(subject.upstreamCode).utf8)
    case "RESPONSE_FLAGS": return Array((subject.responseFlags.isEmpty ? "-" : subject.responseFlags).utf8)
    case "RESPONSE_CODE_DETAILS": return Array(subject.responseDetails.utf8)
    case "UPSTREAM_HOST" where subject.response == nil, "UPSTREAM_REMOTE_ADDRESS" where subject.response == nil:
      return []  // HDR-6
    default: break
    }
    usesUnknown = true
    return [UInt8(ascii: "%")] + text + [UInt8(ascii: "%")]
  }

  /// `X?Y`: the other header when the first is missing.
  private static func header(_ argument: [UInt8], _ find: (String) -> [UInt8]?) -> [UInt8] {
    for name in argument.split(separator: UInt8(ascii: "?"), maxSplits: 1) {
      if let value = find(ASCII.lowered(Array(name)).text) { return value }
    }
    return []
  }

  private static func protocolText(_ version: HTTPRequest.Version) -> [UInt8] {
    switch version {
    case .http10: [UInt8]("HTTP/1.0")
    case .http11: [UInt8]("HTTP/1.1")
    case .http2: [UInt8]("HTTP/2")
    }
  }
}

extension HeaderMutation {
  /// HDR-2: removals, then every value is formed, then what overwrites, then what appends.
  ///
  /// - Parameter subject: made from the headers as they stand after the removals.
  func apply(
    to headers: inout HeaderList, _ format: inout HeaderFormat, _ subject: (HeaderList) -> HeaderFormat.Subject
  ) {
    if isEmpty { return }
    for name in removals { headers.remove(Array(name.utf8)) }
    guard !additions.isEmpty else { return }
    let subject = subject(headers)
    let values = additions.map { format.value($0.value, subject) }
    for (addition, value) in zip(additions, values) where addition.mode == .overwrite {
      if let value { headers.set(Array(addition.name.utf8), value) }
    }
    for (addition, value) in zip(additions, values) where addition.mode == .append {
      if let value { headers.append(Array(addition.name.utf8), value) }
    }
  }
}
