/// What a regular expression may be made of, as far as texts for it are made up.
indirect enum PatternTree: Hashable {
  case text([UInt8])
  case set([ClosedRange<UInt32>])
  case sequence([PatternTree])
  case choice([PatternTree])
  case repetition(PatternTree, least: Int, most: Int?)
}

/// Reads RE2's syntax; what it does not know makes nil, and no text is then made up.
struct PatternReader {
  private let scalars: [UInt32]
  private var place = 0

  static func read(_ text: String) -> PatternTree? {
    var reader = PatternReader(text)
    guard let tree = reader.choice(), reader.place == reader.scalars.count else { return nil }
    return tree
  }

  private init(_ text: String) { scalars = text.unicodeScalars.map(\.value) }

  private static func code(_ character: Unicode.Scalar) -> UInt32 { character.value }

  private var next: UInt32? { place < scalars.count ? scalars[place] : nil }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == character.value else { return false }
    place += 1
    return true
  }

  private mutating func skip(_ text: String) -> Bool {
    let wanted = text.unicodeScalars.map(\.value)
    guard scalars[place...].starts(with: wanted) else { return false }
    place += wanted.count
    return true
  }

  private mutating func choice() -> PatternTree? {
    var branches: [PatternTree] = []
    repeat {
      guard let branch = sequence() else { return nil }
      branches.append(branch)
    } while skip("|" as Unicode.Scalar)
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() -> PatternTree? {
    var pieces: [PatternTree] = []
    while let character = next, character != Self.code("|"), character != Self.code(")") {
      guard let piece = atom(), let repeated = repetition(of: piece) else { return nil }
      pieces.append(repeated)
    }
    return .sequence(pieces)
  }

  private mutating func repetition(of piece: PatternTree) -> PatternTree? {
    var result = piece
    while let character = next {
      var bounds: (Int, Int?)
      switch Unicode.Scalar(character) {
      case "*": bounds = (0, nil)
      case "+": bounds = (1, nil)
      case "?": bounds = (0, 1)
      case "{":
        guard let found = countsInBraces() else { return result }
        bounds = found
        place -= 1
      default: return result
      }
      place += 1
      _ = skip("?" as Unicode.Scalar)
      result = .repetition(result, least: bounds.0, most: bounds.1)
    }
    return result
  }

  /// `{n}`, `{n,}`, `{n,m}`; anything else in braces is plain text.
  private mutating func countsInBraces() -> (Int, Int?)? {
    let start = place
    place += 1
    var texts = [""]
    while let character = next, let scalar = Unicode.Scalar(character), scalar != "}" {
      if scalar == "," { texts.append("") } else { texts[texts.count - 1].unicodeScalars.append(scalar) }
      place += 1
    }
    let least = Int(texts[0])
    guard skip("}" as Unicode.Scalar), let least, texts.count <= 2,
      texts.count == 1 || texts[1].isEmpty || Int(texts[1]) != nil
    else {
      place = start
      return nil
    }
    return (least, texts.count == 1 ? least : Int(texts[1]))
  }

  private mutating func atom() -> PatternTree? {
    guard let character = next, let scalar = Unicode.Scalar(character) else { return nil }
    place += 1
    switch scalar {
    case "(": return group()
    case "[": return bracket()
    case ".": return .set([0x20...0x7E])
    case "^", "$": return .text([])
    case "\\": return escape()
    case "*", "+", "?": return nil
    default: return .text(Array(String(scalar).utf8))
    }
  }

  private mutating func group() -> PatternTree? {
    if skip("?" as Unicode.Scalar) {
      if skip("P<") || skip("<") {
        while let character = next, character != Self.code(">") {
          _ = character
          place += 1
        }
        guard skip(">" as Unicode.Scalar) else { return nil }
      } else {
        // Flags: those that end with `)` hold for what follows and match nothing by themselves.
        while let character = next, character != Self.code(":"), character != Self.code(")") {
          _ = character
          place += 1
        }
        if skip(")" as Unicode.Scalar) { return .text([]) }
        guard skip(":" as Unicode.Scalar) else { return nil }
      }
    }
    guard let inner = choice(), skip(")" as Unicode.Scalar) else { return nil }
    return inner
  }

  private mutating func escape() -> PatternTree? {
    guard let character = next, let scalar = Unicode.Scalar(character) else { return nil }
    place += 1
    if let set = Self.shorthand(scalar) { return .set(set) }
    switch scalar {
    case "b", "B", "A", "z", "Z": return .text([])
    case "Q":
      var bytes: [UInt8] = []
      while place < scalars.count, !skip("\\E") {
        if let literal = Unicode.Scalar(scalars[place]) { bytes += Array(String(literal).utf8) }
        place += 1
      }
      return .text(bytes)
    case "t": return .text([9])
    case "n": return .text([10])
    case "r": return .text([13])
    case "x", "p", "P", "C", "f", "v", "a", "1", "2", "3", "4", "5", "6", "7", "8", "9": return nil
    default: return .text(Array(String(scalar).utf8))
    }
  }

  private static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
  private static let words: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
  private static let spaces: [ClosedRange<UInt32>] = [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]

  private static func shorthand(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
    switch scalar {
    case "d": digits
    case "D": complement(digits)
    case "w": words
    case "W": complement(words)
    case "s": spaces
    case "S": complement(spaces)
    default: nil
    }
  }

  /// What a sorted list of printable characters leaves.
  private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var start: UInt32 = 0x20
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > start { result.append(start...(range.lowerBound - 1)) }
      start = max(start, range.upperBound + 1)
    }
    if start <= 0x7E { result.append(start...0x7E) }
    return result
  }

  private static let classes: [(String, [ClosedRange<UInt32>])] = [
    ("[:alnum:]", [0x30...0x39, 0x41...0x5A, 0x61...0x7A]), ("[:alpha:]", [0x41...0x5A, 0x61...0x7A]),
    ("[:digit:]", digits), ("[:lower:]", [0x61...0x7A]), ("[:upper:]", [0x41...0x5A]), ("[:space:]", spaces),
    ("[:word:]", words), ("[:xdigit:]", [0x30...0x39, 0x41...0x46, 0x61...0x66]),
    ("[:punct:]", [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
  ]

  private mutating func bracket() -> PatternTree? {
    let isInverted = skip("^" as Unicode.Scalar)
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let character = next {
      if character == Self.code("]"), !isFirst {
        place += 1
        return .set(isInverted ? Self.complement(ranges) : ranges)
      }
      isFirst = false
      if let known = Self.classes.first(where: { skip($0.0) }) {
        ranges += known.1
        continue
      }
      guard let low = member(&ranges) else {
        if place < scalars.count { continue }
        return nil
      }
      let hasUpper = place + 1 < scalars.count && scalars[place + 1] != Self.code("]")
      if hasUpper, skip("-" as Unicode.Scalar) {
        guard let high = member(&ranges), high >= low else { return nil }
        ranges.append(low...high)
      } else {
        ranges.append(low...low)
      }
    }
    return nil
  }

  /// One character of a bracket; nil where a whole set was added.
  private mutating func member(_ ranges: inout [ClosedRange<UInt32>]) -> UInt32? {
    guard let character = next else { return nil }
    place += 1
    guard character == Self.code("\\"), let escaped = next, let scalar = Unicode.Scalar(escaped) else {
      return character
    }
    place += 1
    if let set = Self.shorthand(scalar) {
      ranges += set
      return nil
    }
    switch scalar {
    case "t": return 9
    case "n": return 10
    case "r": return 13
    default: return escaped
    }
  }
}
