/// Headers in the order in which they came; names are lower case.
struct HeaderList {
  var entries: [HTTPHeader]

  init(_ entries: [HTTPHeader] = []) {
    self.entries = entries
  }

  func first(_ name: [UInt8]) -> [UInt8]? {
    for entry in entries where entry.name == name { return entry.value }
    return nil
  }

  func contains(_ name: [UInt8]) -> Bool {
    entries.contains { $0.name == name }
  }

  func all(_ name: [UInt8]) -> [[UInt8]] {
    var values: [[UInt8]] = []
    for entry in entries where entry.name == name { values.append(entry.value) }
    return values
  }

  mutating func remove(_ name: [UInt8]) {
    entries.removeAll { $0.name == name }
  }

  mutating func append(_ name: [UInt8], _ value: [UInt8]) {
    entries.append(HTTPHeader(name: name, value: value))
  }

  /// One value in place of all.
  mutating func set(_ name: [UInt8], _ value: [UInt8]) {
    guard let place = entries.firstIndex(where: { $0.name == name }) else { return append(name, value) }
    entries[place].value = value
    var kept = place + 1
    for index in entries.indices.dropFirst(place + 1) where entries[index].name != name {
      entries[kept] = entries[index]
      kept += 1
    }
    entries.removeLast(entries.count - kept)
  }

  /// What changed against another list, by name, without those that a caller does not want to hear of.
  func differences(from sent: HeaderList, ignoring isIgnored: ([UInt8]) -> Bool) -> [HeaderDifference] {
    var names: Set<[UInt8]> = []
    for entry in entries { names.insert(entry.name) }
    for entry in sent.entries { names.insert(entry.name) }
    var result: [HeaderDifference] = []
    for name in names where !isIgnored(name) {
      let now = all(name)
      let before = sent.all(name)
      guard now != before else { continue }
      result.append(HeaderDifference(name: name.text, values: now.isEmpty ? nil : now))
    }
    result.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return result
  }
}

/// Names that the rules of this target speak of.
enum HeaderName {
  static let authorization = [UInt8]("authorization")
  static let connection = [UInt8]("connection")
  static let contentLength = [UInt8]("content-length")
  static let contentType = [UInt8]("content-type")
  static let cookie = [UInt8]("cookie")
  static let forwardedClientCert = [UInt8]("x-forwarded-client-cert")
  static let forwardedFor = [UInt8]("x-forwarded-for")
  static let forwardedHost = [UInt8]("x-forwarded-host")
  static let forwardedProto = [UInt8]("x-forwarded-proto")
  static let grpcMessage = [UInt8]("grpc-message")
  static let grpcStatus = [UInt8]("grpc-status")
  static let grpcTimeout = [UInt8]("grpc-timeout")
  static let host = [UInt8]("host")
  static let location = [UInt8]("location")
  static let origin = [UInt8]("origin")
  static let originalHost = [UInt8]("x-envoy-original-host")
  static let originalPath = [UInt8]("x-envoy-original-path")
  static let requestMethod = [UInt8]("access-control-request-method")
  static let requestHeaders = [UInt8]("access-control-request-headers")
  static let te = [UInt8]("te")
  static let upgrade = [UInt8]("upgrade")
  static let wwwAuthenticate = [UInt8]("www-authenticate")
}
