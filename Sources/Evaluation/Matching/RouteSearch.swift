package import ProxyModel

/// The choice of a route by itself, without the rest of an evaluation: for measuring it and holding it against a scan.
package struct RouteSearch: Sendable {
  private let table: RouteTable

  package init(_ configuration: RouteConfiguration) {
    table = RouteTable(configuration, PatternCache())
  }

  /// The place of the first route that matches in the virtual host of the request's authority; nil: none does.
  ///
  /// Names of headers are lower case, as every request's are after it was received.
  package func route(for request: HTTPRequest, scheme: [UInt8]) -> Int? {
    guard let authority = request.authority else { return nil }
    return authority.withUnsafeBufferPointer { authority in
      guard let host = table.host(of: authority) else { return nil }
      return request.withRouteRequest(authority: authority, scheme: scheme) { host.firstMatch($0)?.choice.index }
    }
  }
}

extension HTTPRequest {
  /// Names of headers may be of any case.
  func withRouteRequest<Result>(
    authority: Bytes.Buffer, scheme: [UInt8], _ body: (RouteRequest) -> Result
  ) -> Result {
    method.withUnsafeBufferPointer { method in
      scheme.withUnsafeBufferPointer { scheme in
        path.withUnsafeBufferPointer { path in
          headers.withUnsafeBufferPointer { headers in
            body(
              RouteRequest(
                method: method, authority: authority, scheme: scheme, target: path, headers: headers, claims: nil))
          }
        }
      }
    }
  }
}
