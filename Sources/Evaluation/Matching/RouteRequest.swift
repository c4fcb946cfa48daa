import MeshModel

/// What routes are matched against; the pointers live as long as the closure that lends them.
struct RouteRequest {
  let method: Bytes.Buffer
  let authority: Bytes.Buffer
  let scheme: Bytes.Buffer
  /// With the query.
  let target: Bytes.Buffer
  /// Without it (PM-1).
  let path: Bytes.Buffer
  /// Names of any case.
  let headers: UnsafeBufferPointer<HTTPHeader>
  let claims: Value?

  init(
    method: Bytes.Buffer, authority: Bytes.Buffer, scheme: Bytes.Buffer, target: Bytes.Buffer,
    headers: UnsafeBufferPointer<HTTPHeader>, claims: Value?
  ) {
    self.method = method
    self.authority = authority
    self.scheme = scheme
    self.target = target
    self.headers = headers
    self.claims = claims
    var end = 0
    while end < target.count, target[end] != UInt8(ascii: "?"), target[end] != UInt8(ascii: "#") { end += 1 }
    path = Bytes.slice(target, 0, end)
  }
}

extension Exchange {
  func withRouteRequest<Result>(_ body: (RouteRequest) -> Result) -> Result {
    method.withUnsafeBufferPointer { method in
      authority.withUnsafeBufferPointer { authority in
        scheme.withUnsafeBufferPointer { scheme in
          path.withUnsafeBufferPointer { path in
            headers.entries.withUnsafeBufferPointer { headers in
              body(
                RouteRequest(
                  method: method, authority: authority, scheme: scheme, target: path, headers: headers, claims: claims))
            }
          }
        }
      }
    }
  }
}
