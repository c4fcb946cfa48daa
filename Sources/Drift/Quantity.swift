import MeshModel

/// An amount of a resource as Kubernetes writes it: `500m`, `0.5`, `1Gi`. Two texts of one amount are the same amount.
struct Quantity: Hashable {
  /// In billionths: the finest that a quantity can say.
  private let billionths: Int128

  init?(_ value: Value) {
    switch value {
    case .string(let text): self.init(text)
    case .integer(let whole): self.init("\(whole)")
    case .number(let real): self.init("\(real)")
    case .null, .bool, .array, .object: return nil
    }
  }

  private init?(_ text: String) {
    var digits: Int128 = 0
    var places = 0
    var isFraction = false
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var count = 0
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), count < 18 {
        digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
        count += 1
        if isFraction { places += 1 }
      } else {
        break
      }
      rest.removeFirst()
    }
    guard count > 0, places <= 9, let scale = Self.scales[String(Substring(rest))] else { return nil }
    var amount = digits * scale
    for _ in 0..<places { amount /= 10 }
    billionths = isNegative ? -amount : amount
  }

  private static let scales: [String: Int128] = {
    var scales: [String: Int128] = ["n": 1, "u": 1_000, "m": 1_000_000, "": 1_000_000_000]
    var decimal: Int128 = 1_000_000_000
    var binary: Int128 = 1_000_000_000
    for letter in ["k", "M", "G", "T", "P", "E"] {
      decimal *= 1_000
      binary *= 1_024
      scales[letter] = decimal
      scales[letter.uppercased() + "i"] = binary
    }
    return scales
  }()

  /// One text for every amount, in the coarsest unit that says it wholly.
  var text: String {
    if billionths % 1_000_000_000 == 0 { return "\(billionths / 1_000_000_000)" }
    return billionths % 1_000_000 == 0 ? "\(billionths / 1_000_000)m" : "\(billionths)n"
  }
}
