import Glibc

/// Time on the wall and on the processors.
struct Cost {
  var seconds: Double
  /// Of all threads.
  var cpuSeconds: Double

  static let zero = Cost(seconds: 0, cpuSeconds: 0)

  var milliseconds: Double { seconds * 1e3 }

  static func + (a: Cost, b: Cost) -> Cost {
    Cost(seconds: a.seconds + b.seconds, cpuSeconds: a.cpuSeconds + b.cpuSeconds)
  }
}

enum Measurement {
  /// Runs the body once.
  static func once<R>(_ body: () throws -> R) rethrows -> (result: R, cost: Cost) {
    let wall = now(CLOCK_MONOTONIC)
    let cpu = now(CLOCK_PROCESS_CPUTIME_ID)
    let result = try body()
    return (result, Cost(seconds: now(CLOCK_MONOTONIC) - wall, cpuSeconds: now(CLOCK_PROCESS_CPUTIME_ID) - cpu))
  }

  /// The median of some runs, of both times by itself.
  static func median(of rounds: Int, _ body: () throws -> Void) rethrows -> Cost {
    var costs: [Cost] = []
    for _ in 0..<rounds { costs.append(try once(body).cost) }
    return costs.median
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension [Cost] {
  var median: Cost {
    guard !isEmpty else { return .zero }
    return Cost(
      seconds: map(\.seconds).sorted()[count / 2], cpuSeconds: map(\.cpuSeconds).sorted()[count / 2])
  }
}
