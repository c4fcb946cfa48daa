import MeshModel
import ProxyModel

extension Fault {
  /// FT-1 to FT-3; nil when nothing is left that could happen.
  init?(translating fault: HTTPFaultInjection, origin: Origin) {
    self.init()
    self.origin = origin
    if let written = fault.delay, let fixed = written.fixedDelay {
      let share =
        written.percentage.map(Share.init(translating:)) ?? Share(numerator: written.percent, denominator: 100)
      delay = Delay(milliseconds: fixed.milliseconds, share: share)
    }
    if let written = fault.abort, let status = written.status.flatMap(Self.status) {
      let share = written.percentage.map(Share.init(translating:)) ?? Share(numerator: 0, denominator: 100)
      abort = Abort(status: status, share: share)
    }
    if delay == nil, abort == nil { return nil }
  }

  private static func status(_ status: FaultStatus) -> Abort.Status? {
    switch status {
    case .http(let code): .http(UInt32(clamping: code))
    case .grpc(let name): .grpc(UInt32(grpcStatusNames.firstIndex(of: name) ?? 0))
    case .http2: nil
    }
  }

  /// By code.
  private static let grpcStatusNames = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
    "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]
}
