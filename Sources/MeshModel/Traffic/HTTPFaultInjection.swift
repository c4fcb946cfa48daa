/// Faults that the client's proxy makes.
package struct HTTPFaultInjection: Hashable, Sendable {
  package var delay: FaultDelay?
  package var abort: FaultAbort?

  package init() {}
}

/// FT-2: only `fixedDelay` has an effect; without a share it never happens.
package struct FaultDelay: Hashable, Sendable {
  /// Deprecated whole percents.
  package var percent: UInt32 = 0
  package var fixedDelay: ProtoDuration?
  package var exponentialDelay: ProtoDuration?
  package var percentage: Percent?

  package init() {}
}

/// FT-3: without a share it never happens.
package struct FaultAbort: Hashable, Sendable {
  package var status: FaultStatus?
  package var percentage: Percent?

  package init() {}
}

/// What an aborted request is answered with.
package enum FaultStatus: Hashable, Sendable {
  case http(Int)
  /// A canonical gRPC status name or number, as written.
  case grpc(String)
  case http2(String)
}
