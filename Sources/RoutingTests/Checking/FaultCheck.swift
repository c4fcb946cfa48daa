import Evaluation
import ProxyModel

/// Faults that a route brings.
struct FaultCheck {
  private let delay: RouteChoice.DelayNote?
  private let aborts: [(status: UInt32, share: Fraction)]

  init(_ answer: Answer, _ outcomes: [Outcome]) {
    delay = answer.route?.delay
    aborts = Self.aborts(outcomes)
  }

  /// Targets of a split can give the response headers of their own; the fault is one all the same.
  static func aborts(_ outcomes: [Outcome]) -> [(status: UInt32, share: Fraction)] {
    var result: [(status: UInt32, share: Fraction)] = []
    for outcome in outcomes {
      guard case .respond(let reply) = outcome.effect, reply.details == "fault_filter_abort" else { continue }
      let status = reply.grpcStatus ?? reply.status
      if let place = result.firstIndex(where: { $0.status == status }) {
        result[place].share = result[place].share + outcome.probability
      } else {
        result.append((status, outcome.probability))
      }
    }
    return result
  }

  func failure(of expected: Expected) -> (expected: String, actual: String)? {
    switch expected {
    case .noFault:
      return delay == nil && aborts.isEmpty ? nil : ("no fault", [delayText, abortText].joined(separator: ", "))
    case .delay(let milliseconds, let percent):
      let fits =
        (delay.map { found in
          milliseconds.map { $0 == found.milliseconds } ?? true
            && percent.map { ExpectationCheck.isSame(found.probability, $0) } ?? true
        }) ?? false
      let wanted = words("delay", milliseconds.map { TestText.duration($0) }, percent)
      return fits ? nil : (wanted, delayText)
    case .abort(let status, let percent):
      let fits =
        !aborts.isEmpty
        && aborts.allSatisfy { found in
          status.map { $0 == found.status } ?? true && percent.map { ExpectationCheck.isSame(found.share, $0) } ?? true
        }
      return fits ? nil : (words("abort", status.map { "\($0)" }, percent), abortText)
    default: return nil
    }
  }

  private func words(_ name: String, _ value: String?, _ percent: Double?) -> String {
    ([name] + [value, percent.map { TestText.share($0) }].compactMap(\.self)).joined(separator: " ")
  }

  private var delayText: String {
    guard let delay else { return "no delay" }
    return words("delay", TestText.duration(delay.milliseconds), ExpectationCheck.percent(delay.probability))
  }

  private var abortText: String {
    guard let abort = aborts.first else { return "no abort" }
    return words("abort", "\(abort.status)", ExpectationCheck.percent(abort.share))
  }
}

/// Timeout and retries of the chosen route.
struct RouteCheck {
  private let route: RouteChoice?

  init(_ route: RouteChoice?) {
    self.route = route
  }

  func failure(of expected: Expected) -> (expected: String, actual: String)? {
    switch expected {
    case .timeout(let wanted):
      guard let found = route?.timeoutMilliseconds else {
        return ("timeout \(TestText.duration(wanted))", "no route that forwards")
      }
      return found == wanted ? nil : ("timeout \(TestText.duration(wanted))", "timeout \(TestText.duration(found))")
    case .noRetry: return (route?.retry?.attempts ?? 0) == 0 ? nil : ("no retries", retryText)
    case .attempts(let wanted):
      return route?.retry?.attempts == wanted ? nil : ("\(wanted) retries", retryText)
    case .retryOn(let wanted):
      let found = (route?.retry?.retryOn ?? "").split(separator: ",").map(String.init)
      return Set(found) == Set(wanted) ? nil : ("retries on \(wanted.joined(separator: ","))", retryText)
    case .perTryTimeout(let wanted):
      let found = route?.retry?.perTryTimeoutMilliseconds ?? 0
      return found == wanted
        ? nil : ("\(TestText.duration(wanted)) for each try", "\(TestText.duration(found)) for each try")
    case .retryStatusCodes(let wanted):
      return Set(route?.retry?.statusCodes ?? []) == Set(wanted)
        ? nil : ("retries on \(wanted.map { "\($0)" }.joined(separator: ","))", retryText)
    default: return nil
    }
  }

  private var retryText: String {
    guard let retry = route?.retry, retry.attempts > 0 else { return "no retries" }
    let codes = retry.statusCodes.map { "\($0)" }
    return "\(retry.attempts) retries on \(([retry.retryOn] + codes).joined(separator: ","))"
  }
}
