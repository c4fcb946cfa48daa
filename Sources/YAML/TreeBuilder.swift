import CYAML

/// Builds the tree of one document from libyaml's events.
///
/// libyaml leaves all of this to its caller: duplicate keys, undefined aliases, merge keys, types, limits.
struct TreeBuilder: ~Copyable {
  private enum Stop: Error { case reported }

  /// What an anchor stands for, and what repeating it costs.
  private struct Anchored {
    var node: Node
    var nodes: Int
    var height: Int
  }

  private let limits: YAMLLimits
  private(set) var nodeBudget: Int
  private var aliasBudget: Int
  private let text: UnsafeBufferPointer<UInt8>
  private var marks: MarkTable
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private var log = ProblemLog(file: "")
  private var anchors: [String: Anchored] = [:]
  private var openAnchors: [String] = []
  /// Levels below the node that was built last.
  private var height = 0
  /// Keys become strings, so they may be what JSON has no number for.
  private var isKey = false

  init(text: UnsafeBufferPointer<UInt8>, firstLine: Int32, limits: YAMLLimits, nodeBudget: Int) {
    self.text = text
    self.limits = limits
    self.nodeBudget = nodeBudget
    aliasBudget = limits.aliasExpansions
    marks = MarkTable(text: text, firstLine: firstLine)
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // SAFETY: the caller keeps `text` alive for as long as this builder.
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  /// The document's content; nil when it has none or cannot be read.
  mutating func readDocument(log: inout ProblemLog) -> Node? {
    swap(&self.log, &log)
    defer { swap(&self.log, &log) }
    do throws(Stop) {
      try next()  // the stream
      try next()
      guard event.pointee.type == YAML_DOCUMENT_START_EVENT else { return nil }
      try next()
      let node = try build(depth: 1)
      try next()  // the document's end
      try next()
      return node
    } catch {
      return nil
    }
  }

  private mutating func next() throws(Stop) {
    yaml_event_delete(event)
    if yaml_parser_parse(parser, event) == 0 {
      reportSyntax()
      throw .reported
    }
  }

  private mutating func reportSyntax() {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not enough memory"
    if parser.pointee.error == YAML_READER_ERROR {
      let place = marks.mark(ofByte: parser.pointee.problem_offset)
      return log.add(.syntax(.yaml(problem, context: nil, since: nil, byte: nil)), at: place)
    }
    let context = parser.pointee.context.map { String(cString: $0) }
    let place = marks.mark(parser.pointee.problem_mark)
    let since = context == nil ? nil : marks.mark(parser.pointee.context_mark)
    let offset = marks.byteOffset(parser.pointee.problem_mark)
    let byte = offset < text.count ? text[offset] : nil
    log.add(.syntax(.yaml(problem, context: context, since: since, byte: byte)), at: place)
  }

  /// Builds the node that begins with the current event; the event after it is not read yet.
  private mutating func build(depth: Int) throws(Stop) -> Node {
    let start = marks.mark(event.pointee.start_mark)
    nodeBudget -= 1
    if nodeBudget < 0 { throw stop(.tooManyNodes(limit: limits.nodes), at: start) }
    switch event.pointee.type {
    case YAML_SCALAR_EVENT:
      return scalar(start: start)
    case YAML_ALIAS_EVENT:
      return try alias(start: start, depth: depth)
    case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
      if depth > limits.depth { throw stop(.tooDeep(limit: limits.depth), at: start) }
      let isMapping = event.pointee.type == YAML_MAPPING_START_EVENT
      let data = event.pointee.data
      let anchor = name(isMapping ? data.mapping_start.anchor : data.sequence_start.anchor)
      checkCollectionTag(isMapping ? data.mapping_start.tag : data.sequence_start.tag, at: start)
      guard let anchor else { return try collection(isMapping: isMapping, start: start, depth: depth) }
      let before = nodeBudget
      openAnchors.append(anchor)
      let node = try collection(isMapping: isMapping, start: start, depth: depth)
      openAnchors.removeLast()
      anchors[anchor] = Anchored(node: node, nodes: before - nodeBudget + 1, height: height)
      return node
    default:
      throw stop(.syntax(.yaml("unexpected event", context: nil, since: nil, byte: nil)), at: start)
    }
  }

  private mutating func stop(_ problem: ReadingProblem, at mark: Mark) -> Stop {
    log.add(problem, at: mark)
    return .reported
  }

  private func name(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? { bytes.map { String(cString: $0) } }

  private mutating func scalar(start: Mark) -> Node {
    let data = event.pointee.data.scalar
    let end = marks.mark(event.pointee.end_mark)
    let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
    var scalar = Node.Scalar(String(decoding: bytes, as: UTF8.self), style: style(data))
    if let tag = name(data.tag) { apply(tag, to: &scalar, start: start, end: end) }
    let node = Node(.scalar(scalar), start: start, end: end)
    height = 0
    if !isKey, scalar.style == .plain, scalar.tag == .none, isNonfinite(bytes) {
      log.add(.numberWithoutJSON(scalar.text), at: start, to: end)
    }
    if let anchor = name(data.anchor) { anchors[anchor] = Anchored(node: node, nodes: 1, height: 0) }
    return node
  }

  private mutating func style(_ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar) -> Node.Style {
    switch data.style {
    case YAML_PLAIN_SCALAR_STYLE:
      guard data.tag == nil else { return .plain }
      // libyaml says nothing of the tag in `! 12`, which makes it a string.
      let offset = marks.byteOffset(event.pointee.start_mark)
      return offset < text.count && text[offset] == UInt8(ascii: "!") ? .quoted : .plain
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE:
      return .block
    default:
      return .quoted
    }
  }

  private func isNonfinite(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == 4 || bytes.count == 5, bytes[bytes.count - 4] == UInt8(ascii: ".") else { return false }
    guard case .float(let value) = Node.Scalar.plainMeaning(bytes) else { return false }
    return !value.isFinite
  }

  private mutating func alias(start: Mark, depth: Int) throws(Stop) -> Node {
    let end = marks.mark(event.pointee.end_mark)
    let anchor = name(event.pointee.data.alias.anchor) ?? ""
    guard let target = anchors[anchor] else {
      log.add(openAnchors.contains(anchor) ? .recursiveAlias(anchor) : .undefinedAlias(anchor), at: start, to: end)
      height = 0
      return Node(.scalar(.init("", style: .quoted)), start: start, end: end)
    }
    nodeBudget -= target.nodes - 1
    aliasBudget -= target.nodes
    if nodeBudget < 0 { throw stop(.tooManyNodes(limit: limits.nodes), at: start) }
    if aliasBudget < 0 { throw stop(.tooManyAliasExpansions(limit: limits.aliasExpansions), at: start) }
    if depth + target.height - 1 > limits.depth { throw stop(.tooDeep(limit: limits.depth), at: start) }
    height = target.height
    // A finding inside belongs to the anchor's text, but the value as a whole stands here.
    return Node(target.node.content, start: start, end: end)
  }

  private mutating func collection(isMapping: Bool, start: Mark, depth: Int) throws(Stop) -> Node {
    let opening = marks.mark(event.pointee.end_mark)
    let content: Node.Content
    let end: Mark
    if isMapping {
      let isFlow = event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      let entries = try mapping(depth: depth)
      content = .mapping(entries)
      end = isFlow ? marks.mark(event.pointee.end_mark) : entries.end ?? opening
    } else {
      let isFlow = event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
      let items = try sequence(depth: depth)
      content = .sequence(items)
      end = isFlow ? marks.mark(event.pointee.end_mark) : items.last?.end ?? opening
    }
    return Node(content, start: start, end: end)
  }

  private mutating func sequence(depth: Int) throws(Stop) -> [Node] {
    var items: [Node] = []
    var tallest = 0
    while true {
      try next()
      if event.pointee.type == YAML_SEQUENCE_END_EVENT { break }
      items.append(try build(depth: depth + 1))
      tallest = max(tallest, height)
    }
    height = tallest + 1
    return items
  }

  private mutating func mapping(depth: Int) throws(Stop) -> [Node.Entry] {
    var members = MappingMembers()
    var tallest = 0
    while true {
      try next()
      if event.pointee.type == YAML_MAPPING_END_EVENT { break }
      let isMerge = isMergeKey()
      isKey = true
      let key = try build(depth: depth + 1)
      isKey = false
      let name = isMerge ? nil : keyName(key)
      try next()
      let isAlias = event.pointee.type == YAML_ALIAS_EVENT
      let value = try build(depth: depth + 1)
      tallest = max(tallest, height)
      if isMerge {
        if !members.merge(value, isAlias: isAlias) { log.add(.mergeWantsMapping, at: value.start, to: value.end) }
      } else if let name {
        let entry = Node.Entry(name: name, nameStart: key.start, nameEnd: key.end, value: value)
        if let first = members.add(entry) {
          log.add(.duplicateKey(name, first: first), at: key.start, to: key.end)
        }
      }
    }
    height = tallest + 1
    return members.entries
  }

  private func isMergeKey() -> Bool {
    guard event.pointee.type == YAML_SCALAR_EVENT else { return false }
    let data = event.pointee.data.scalar
    guard data.length == 2, data.value[0] == UInt8(ascii: "<"), data.value[1] == UInt8(ascii: "<") else { return false }
    return data.plain_implicit != 0 || name(data.tag) == "tag:yaml.org,2002:merge"
  }

  /// The key as a JSON string; nil, with a report, when it can be none.
  private mutating func keyName(_ key: Node) -> String? {
    guard case .scalar(let scalar) = key.content else {
      log.add(.keyIsNoScalar, at: key.start, to: key.end)
      return nil
    }
    guard let name = scalar.keyName else {
      log.add(.keyIsNull, at: key.start, to: key.end)
      return nil
    }
    return name
  }

  private mutating func apply(_ tag: String, to scalar: inout Node.Scalar, start: Mark, end: Mark) {
    switch scalar.apply(tag: tag) {
    case .applied: return
    case .unknown(let tag): log.add(.unknownTag(tag), at: start, to: end)
    case .doesNotFit(let tag): log.add(.valueDoesNotFitTag(scalar.text, tag: tag), at: start, to: end)
    }
  }

  private mutating func checkCollectionTag(_ bytes: UnsafeMutablePointer<UInt8>?, at start: Mark) {
    guard let tag = name(bytes) else { return }
    // go-yaml takes any tag on a collection and looks at none; those of YAML itself are no mistake.
    guard tag != "!", !tag.utf8.starts(with: Node.Scalar.coreTags.utf8) else { return }
    log.add(.unknownTag(tag), at: start)
  }
}

extension [Node.Entry] {
  /// Where the last of them ends; members that came by a merge key stand elsewhere.
  fileprivate var end: Mark? {
    guard var end = first?.value.end else { return nil }
    for place in indices.dropFirst() where self[place].value.end > end { end = self[place].value.end }
    return end
  }
}
