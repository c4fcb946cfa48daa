import MeshModel
import YAML

extension HTTPRouteDestination: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("destination", &destination)
    fields("weight", &weight)
    fields("headers", &headers)
  }
}

extension Destination: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("host", &host)
    fields("subset", &subset)
    fields.portSelector("port", &port)
  }
}

extension HTTPRedirect: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("uri", &uri)
    fields("authority", &authority)
    fields("port", &port)
    fields("derivePort", &derivePort)
    fields.exclusive("port", "derivePort")
    fields("scheme", &scheme)
    fields("redirectCode", &redirectCode)
  }
}

extension RedirectPortSelection: FieldEnumeration {}

extension HTTPDirectResponse: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("status", &status)
    fields.nested("body") { fields in
      fields.choice("string", &body, HTTPBody.string) { if case .string(let text) = $0 { text } else { nil } }
      fields.choice("bytes", &body, { HTTPBody.bytes($0.bytes) }) {
        if case .bytes(let bytes) = $0 { Base64Bytes(bytes: bytes) } else { nil }
      }
    }
  }
}

/// `bytes` of protobuf.
private struct Base64Bytes: FieldValue {
  var bytes: [UInt8]

  static func read(_ node: Node, _ context: DecodingContext) -> Base64Bytes? {
    guard let text = String.read(node, context) else { return nil }
    guard let bytes = Base64.decode(text) else {
      context.report(.badBase64, at: node)
      return nil
    }
    return Base64Bytes(bytes: bytes)
  }

  var written: Value { .string(Base64.encode(bytes)) }
  var isZero: Bool { bytes.isEmpty }
}

extension HTTPRewrite: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("uri", &uri)
    fields("authority", &authority)
    fields("uriRegexRewrite", &uriRegexRewrite)
  }
}

extension RegexRewrite: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("match", &match)
    fields("rewrite", &rewrite)
  }
}

extension HTTPRetry: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("attempts", &attempts)
    fields("perTryTimeout", &perTryTimeout)
    fields("retryOn", &retryOn)
    fields("retryRemoteLocalities", &retryRemoteLocalities)
    fields("retryIgnorePreviousHosts", &retryIgnorePreviousHosts)
    fields("backoff", &backoff)
  }
}

extension HTTPMirrorPolicy: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("destination", &destination)
    fields("percentage", &percentage)
  }
}

extension Headers: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("request", &request)
    fields("response", &response)
  }
}

extension HeaderOperations: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("set", &set)
    fields("add", &add)
    fields("remove", &remove)
  }
}

extension CorsPolicy: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("allowOrigin", &allowOrigin)
    fields("allowOrigins", &allowOrigins)
    fields("allowMethods", &allowMethods)
    fields("allowHeaders", &allowHeaders)
    fields("exposeHeaders", &exposeHeaders)
    fields("maxAge", &maxAge)
    fields("allowCredentials", &allowCredentials)
    fields("unmatchedPreflights", &unmatchedPreflights)
  }
}

extension UnmatchedPreflights: FieldEnumeration {}

extension HTTPFaultInjection: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("delay", &delay)
    fields("abort", &abort)
  }
}

extension FaultDelay: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("percent", &percent)
    fields("fixedDelay", &fixedDelay)
    fields("exponentialDelay", &exponentialDelay)
    fields.exclusive("fixedDelay", "exponentialDelay")
    fields("percentage", &percentage)
  }
}

extension FaultAbort: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields.choice("httpStatus", &status, FaultStatus.http) { if case .http(let code) = $0 { code } else { nil } }
    fields.choice("grpcStatus", &status, FaultStatus.grpc) { if case .grpc(let name) = $0 { name } else { nil } }
    fields.choice("http2Error", &status, FaultStatus.http2) { if case .http2(let name) = $0 { name } else { nil } }
    fields("percentage", &percentage)
  }
}
