import ProxyModel

extension Stream {
  private static let binary: Set<[UInt8]> = [[UInt8]("application/grpc-web"), [UInt8]("application/grpc-web+proto")]
  private static let text: Set<[UInt8]> = [
    [UInt8]("application/grpc-web-text"), [UInt8]("application/grpc-web-text+proto"),
  ]

  /// What the filter of gRPC-Web ports makes of a request from a browser: an ordinary gRPC request.
  mutating func translateGRPCWeb() {
    guard let type = exchange.headers.first(HeaderName.contentType),
      Self.binary.contains(type) || Self.text.contains(type)
    else { return }
    let wantsText = exchange.headers.first([UInt8]("accept")).map(Self.text.contains) ?? false
    exchange.headers.set(HeaderName.contentType, [UInt8]("application/grpc"))
    exchange.headers.set(HeaderName.te, [UInt8]("trailers"))
    exchange.headers.set([UInt8]("grpc-accept-encoding"), [UInt8]("identity"))
    grpcWebType = [UInt8](wantsText ? "application/grpc-web-text+proto" : "application/grpc-web+proto")
  }
}
