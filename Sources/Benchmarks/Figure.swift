/// Figures as people read them.
enum Figure {
  static func milliseconds(_ cost: Cost) -> String { fixed(cost.milliseconds, cost.milliseconds < 10 ? 2 : 1) + " ms" }

  static func cpuMilliseconds(_ cost: Cost) -> String { fixed(cost.cpuSeconds * 1e3, 1) + " ms" }

  static func nanoseconds(_ seconds: Double) -> String { fixed(seconds * 1e9, seconds < 1e-8 ? 1 : 0) + " ns" }

  static func ratio(_ naive: Double, _ own: Double) -> String { fixed(naive / own, naive < 20 * own ? 1 : 0) + "x" }

  static func perSecond(_ count: Int, _ seconds: Double) -> String { grouped(Int(Double(count) / seconds)) }

  static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }

  static func fixed(_ value: Double, _ places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let rounded = (value * scale).rounded()
    let whole = grouped(Int(rounded / scale))
    guard places > 0 else { return whole }
    let rest = String(Int(rounded.magnitude) % Int(scale))
    return whole + "." + String(repeating: "0", count: places - rest.count) + rest
  }
}
