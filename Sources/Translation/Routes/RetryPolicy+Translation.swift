import MeshModel
import ProxyModel

extension RetryPolicy {
  /// RT-2.
  private static let builtIn = "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes"

  /// RT-2 to RT-9; nil when the written policy turns retries off (RT-3).
  static func translated(_ written: HTTPRetry?, isHashing: Bool, origin: Origin?) -> RetryPolicy? {
    var result = RetryPolicy(attempts: 2, retryOn: builtIn)
    result.avoidsPreviousHosts = !isHashing  // RT-7
    guard let written else { return result }
    if written.attempts <= 0 { return nil }
    result.origin = origin
    result.attempts = UInt32(clamping: written.attempts)
    if !written.retryOn.isEmpty { result.setConditions(written.retryOn) }
    result.perTryTimeoutMilliseconds = written.perTryTimeout?.milliseconds
    if let ignores = written.retryIgnorePreviousHosts { result.avoidsPreviousHosts = ignores }  // RT-6
    result.retriesOtherLocalities = written.retryRemoteLocalities ?? false
    result.backoffMilliseconds = written.backoff?.milliseconds
    return result
  }

  /// RT-4: numbers become status codes, and are switched on.
  private mutating func setConditions(_ text: String) {
    var conditions: [Substring] = []
    statusCodes = []
    for part in text.split(separator: ",") {
      let token = Self.trimmed(part)
      if token.isEmpty { continue }
      if let number = Int(token), Self.isKnownStatus(number) {
        statusCodes.append(UInt32(number))
      } else {
        conditions.append(token)
      }
    }
    retryOn = conditions.joined(separator: ",")
    if !statusCodes.isEmpty, !conditions.contains("retriable-status-codes") { retryOn += ",retriable-status-codes" }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text
  }

  /// Numbers that have a reason phrase in the registry of HTTP status codes.
  private static func isKnownStatus(_ number: Int) -> Bool {
    switch number {
    case 100...103, 200...208, 226, 300...305, 307, 308: true
    case 400...418, 421...426, 428, 429, 431, 451, 500...508, 510, 511: true
    default: false
    }
  }
}
