/// Requests that HTTP processing leaves as they are: nothing in them is refused, normalised, stripped, joined or read by
/// a filter.
enum PlainRequest {
  /// True is certain; false says nothing.
  static func isPlain(_ request: HTTPRequest) -> Bool {
    guard request.version == .http11, isPlainMethod(request.method), request.path.first == UInt8(ascii: "/") else {
      return false
    }
    let isPlainTarget = request.path.withUnsafeBufferPointer { path in
      for byte in path where byte <= 32 || byte >= 127 || byte == UInt8(ascii: "#") { return false }
      return true
    }
    guard isPlainTarget, PathNormalizer.isPlain(request.path) else { return false }
    return request.headers.withUnsafeBufferPointer { headers in
      for place in headers.indices {
        let name = headers[place].name
        guard headers[place].value.withUnsafeBufferPointer(isPlainValue),
          !name.withUnsafeBufferPointer(HeaderNotice.isTaken(of:))
        else { return false }
        let isRepeated = headers[..<place].contains { ASCII.equalIgnoringCase($0.name, name) }
        if isRepeated, Exchange.keptAsOne.contains(ASCII.lowered(name)) { return false }
      }
      return true
    }
  }

  /// HEAD and OPTIONS change what replies say.
  private static func isPlainMethod(_ method: [UInt8]) -> Bool {
    switch method.count {
    case 3: method == get || method == put
    case 4: method == post
    case 5: method == patch
    case 6: method == delete
    default: false
    }
  }

  private static let get = [UInt8]("GET")
  private static let put = [UInt8]("PUT")
  private static let post = [UInt8]("POST")
  private static let patch = [UInt8]("PATCH")
  private static let delete = [UInt8]("DELETE")

  private static func isPlainValue(_ value: Bytes.Buffer) -> Bool {
    guard let first = value.first, let last = value.last else { return true }
    if first == 32 || last == 32 { return false }
    for byte in value where byte < 32 || byte == 127 { return false }
    return true
  }
}

/// The headers that a step before or after routing looks at.
enum HeaderNotice {
  static func isTaken(of name: Bytes.Buffer) -> Bool {
    guard let first = name.first else { return true }
    for byte in name where !ASCII.isToken(byte) { return true }
    switch ASCII.lower(first) {
    case UInt8(ascii: "a"): return starts(name, accessControl)
    case UInt8(ascii: "u"): return equal(name, HeaderName.upgrade)
    case UInt8(ascii: "x"): return starts(name, envoy) || starts(name, forwarded)
    case UInt8(ascii: "c"): return starts(name, content) || starts(name, HeaderName.connection)
    case UInt8(ascii: "e"): return equal(name, expect)
    // `te`, `transfer-encoding`, `host`, `origin`, `keep-alive`, `proxy-connection`, `grpc-timeout`, `via` and kin.
    case UInt8(ascii: "t"), UInt8(ascii: "h"), UInt8(ascii: "o"), UInt8(ascii: "k"), UInt8(ascii: "p"),
      UInt8(ascii: "g"), UInt8(ascii: "v"):
      return true
    default: return false
    }
  }

  private static let accessControl = [UInt8]("access-control-")
  private static let content = [UInt8]("content-")
  private static let envoy = [UInt8]("x-envoy-")
  private static let expect = [UInt8]("expect")
  private static let forwarded = [UInt8]("x-forwarded-")

  private static func equal(_ name: Bytes.Buffer, _ other: [UInt8]) -> Bool {
    name.count == other.count && starts(name, other)
  }

  private static func starts(_ name: Bytes.Buffer, _ prefix: [UInt8]) -> Bool {
    prefix.withUnsafeBufferPointer {
      name.count >= $0.count && Bytes.startsEqualIgnoringCase(name, $0, $0.count)
    }
  }
}
