/// Reads JSON into the same tree as YAML: some JSON is no YAML (tabs, `\/`, surrogate pairs, keys over 1024 bytes).
struct JSONReader {
  enum Stop: Error {
    /// Reported already.
    case limit
    case syntax(SyntaxProblem, Mark)
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let limits: YAMLLimits
  private(set) var nodeBudget: Int
  private var position = 0
  private var line: Int32
  private var lineStart = 0
  private var scratch: [UInt8] = []
  /// Whether the text began as only JSON does: with a quoted key in braces.
  private(set) var looksLikeJSON = false

  init(text: UnsafeBufferPointer<UInt8>, firstLine: Int32, limits: YAMLLimits, nodeBudget: Int) {
    self.text = text
    self.limits = limits
    self.nodeBudget = nodeBudget
    line = firstLine
  }

  /// All values of the text; kubectl takes several behind each other.
  mutating func readAll(log: inout ProblemLog) throws(Stop) -> [Node] {
    var nodes: [Node] = []
    skipSpace()
    while position < text.count {
      nodes.append(try value(depth: 1, log: &log))
      skipSpace()
    }
    return nodes
  }

  private var here: Mark {
    Mark(line: line, column: Int32(truncatingIfNeeded: position - lineStart) + 1)
  }

  private func syntax(_ problem: SyntaxProblem.JSON) -> Stop { .syntax(.json(problem), here) }

  private func unexpected(_ wanted: SyntaxProblem.Wanted) -> Stop {
    position < text.count
      ? syntax(.unexpected(text[position], wanted: wanted)) : syntax(.endOfText(wanted: wanted))
  }

  private mutating func skipSpace() {
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        position += 1
      case UInt8(ascii: "\n"):
        position += 1
        line += 1
        lineStart = position
      case UInt8(ascii: "\r"):
        position += 1
        if position < text.count, text[position] == UInt8(ascii: "\n") { position += 1 }
        line += 1
        lineStart = position
      default:
        return
      }
    }
  }

  private mutating func value(depth: Int, log: inout ProblemLog) throws(Stop) -> Node {
    let start = here
    nodeBudget -= 1
    if nodeBudget < 0 {
      log.add(.tooManyNodes(limit: limits.nodes), at: start)
      throw .limit
    }
    guard position < text.count else { throw unexpected(.value) }
    let content: Node.Content
    switch text[position] {
    case UInt8(ascii: "{"):
      try checkDepth(depth, at: start, log: &log)
      content = .mapping(try object(depth: depth, log: &log))
    case UInt8(ascii: "["):
      try checkDepth(depth, at: start, log: &log)
      content = .sequence(try array(depth: depth, log: &log))
    case UInt8(ascii: "\""):
      content = .scalar(Node.Scalar(try string(), style: .quoted))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      content = .scalar(Node.Scalar(try number(), style: .plain))
    default:
      content = .scalar(Node.Scalar(try word(), style: .plain))
    }
    return Node(content, start: start, end: here)
  }

  private func checkDepth(_ depth: Int, at start: Mark, log: inout ProblemLog) throws(Stop) {
    guard depth > limits.depth else { return }
    log.add(.tooDeep(limit: limits.depth), at: start)
    throw .limit
  }

  private mutating func object(depth: Int, log: inout ProblemLog) throws(Stop) -> [Node.Entry] {
    var members = MappingMembers()
    position += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return [] }
    while true {
      let start = here
      guard position < text.count, text[position] == UInt8(ascii: "\"") else {
        throw unexpected(members.entries.isEmpty ? .keyOrEnd : .key)
      }
      let name = try string()
      let end = here
      looksLikeJSON = true
      nodeBudget -= 1
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw unexpected(.colon) }
      skipSpace()
      let value = try value(depth: depth + 1, log: &log)
      let entry = Node.Entry(name: name, nameStart: start, nameEnd: end, value: value)
      if let first = members.add(entry) { log.add(.duplicateKey(name, first: first), at: start, to: end) }
      skipSpace()
      if take(UInt8(ascii: "}")) { return members.entries }
      guard take(UInt8(ascii: ",")) else { throw unexpected(.commaOrBrace) }
      skipSpace()
    }
  }

  private mutating func array(depth: Int, log: inout ProblemLog) throws(Stop) -> [Node] {
    var items: [Node] = []
    position += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return items }
    while true {
      items.append(try value(depth: depth + 1, log: &log))
      skipSpace()
      if take(UInt8(ascii: "]")) { return items }
      guard take(UInt8(ascii: ",")) else { throw unexpected(.commaOrBracket) }
      skipSpace()
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position += 1
    return true
  }

  /// The number as it is written; what it means is the resolver's to say, which knows all of JSON's numbers.
  private mutating func number() throws(Stop) -> String {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")), digits() == 0 { throw syntax(.badNumber) }
    if take(UInt8(ascii: ".")), digits() == 0 { throw syntax(.badNumber) }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      if digits() == 0 { throw syntax(.badNumber) }
    }
    if position < text.count, isDigit(text[position]) { throw syntax(.badNumber) }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = position
    while position < text.count, isDigit(text[position]) { position += 1 }
    return position - start
  }

  private mutating func word() throws(Stop) -> String {
    for word: StaticString in ["true", "false", "null"] {
      let length = word.utf8CodeUnitCount
      guard position + length <= text.count else { continue }
      let known = UnsafeBufferPointer(start: word.utf8Start, count: length)
      guard text[position..<position + length].elementsEqual(known) else { continue }
      position += length
      return String(decoding: known, as: UTF8.self)
    }
    throw unexpected(.value)
  }

  private mutating func string() throws(Stop) -> String {
    position += 1
    let start = position
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "\""):
        let string = String(decoding: text[start..<position], as: UTF8.self)
        position += 1
        return string
      case UInt8(ascii: "\\"):
        return try escapedString(from: start)
      case 0..<0x20:
        throw syntax(.controlCharacter(text[position]))
      default:
        position += 1
      }
    }
    throw unexpected(.endOfString)
  }

  private mutating func escapedString(from start: Int) throws(Stop) -> String {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: text[start..<position])
    while position < text.count {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: scratch, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape()
      case 0..<0x20:
        throw syntax(.controlCharacter(byte))
      default:
        scratch.append(byte)
        position += 1
      }
    }
    throw unexpected(.endOfString)
  }

  private mutating func escape() throws(Stop) {
    guard position + 1 < text.count else {
      position = text.count
      throw unexpected(.endOfString)
    }
    let letter = text[position + 1]
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw syntax(.badEscape)
    }
    position += 2
  }

  private mutating func unicodeEscape() throws(Stop) {
    guard var code = hexDigits(at: position + 2) else { throw syntax(.badEscape) }
    var length = 6
    if code & 0xFC00 == 0xD800, position + 7 < text.count, text[position + 6] == UInt8(ascii: "\\"),
      text[position + 7] == UInt8(ascii: "u"), let low = hexDigits(at: position + 8), low & 0xFC00 == 0xDC00
    {
      code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
      length = 12
    }
    // `encode` is nil for no Unicode scalar at all.
    guard let scalar = Unicode.Scalar(code) else { throw syntax(.loneSurrogate) }
    scratch.append(contentsOf: UTF8.encode(scalar)!)
    position += length
  }

  private func hexDigits(at index: Int) -> UInt32? {
    guard index + 4 <= text.count else { return nil }
    var code: UInt32 = 0
    for byte in text[index..<index + 4] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
      code = code << 4 | UInt32(digit)
    }
    return code
  }
}
