import Analysis
import Diagnostics
import Glibc
import Report
import Validation

/// The process that dies of what is wrong: it exercises a range of inputs and says which one it is at.
enum FuzzWorker {
  /// Bytes of addresses; more is a failure like a crash.
  private static let memoryLimit: UInt = 4 << 30

  static func run(seed: UInt64, inputs: Range<Int>) {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    var memory = rlimit(rlim_cur: memoryLimit, rlim_max: memoryLimit)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    let noise = ObjectNoise()
    let rules = RuleBook.all.map {
      FindingSARIF.RuleEntry(code: $0.code, severity: $0.severity, text: $0.message[.en])
    }
    for number in inputs {
      say("at \(number)")
      let input = FuzzInput(seed: seed, number: number, noise)
      let before = peakMegabytes()
      let cost = Measurement.once { input.exercise(rules) }.cost
      if cost.cpuSeconds > 5 { say("slow \(number) \(Figure.fixed(cost.cpuSeconds, 1)) s, \(input.text.count) bytes") }
      let grown = peakMegabytes() - before
      if grown > 400 { say("large \(number) \(grown) MB, \(input.text.count) bytes") }
    }
  }

  private static func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
}
