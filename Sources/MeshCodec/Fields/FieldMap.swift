import MeshModel
import YAML

/// The members of one object, on their way in or out: a type names each of its fields once, for both directions.
///
/// Reading remembers which members were asked for, so that the rest can be reported as unknown.
struct FieldMap {
  private enum Mode {
    case reading(DecodingContext)
    case writing
    /// Only collects names, for suggestions.
    case listing
  }

  private let mode: Mode
  private let entries: [Node.Entry]
  /// A bit for each of the first 64 entries that a field asked for.
  private var claimed: UInt64 = 0
  private var claimedBeyond: Set<Int> = []
  private(set) var members: [Value.Member] = []
  private(set) var names: [String] = []

  init(reading entries: [Node.Entry], in context: DecodingContext) {
    self.mode = .reading(context)
    self.entries = entries
  }

  private init(_ mode: Mode) {
    self.mode = mode
    self.entries = []
  }

  static var writing: FieldMap { FieldMap(.writing) }
  static var listing: FieldMap { FieldMap(.listing) }

  // MARK: Fields

  /// A field whose zero value says the same as its absence (proto3).
  mutating func callAsFunction<T: FieldValue>(_ name: String, _ value: inout T) {
    switch mode {
    case .reading(let context):
      guard let found = claim(name, context), !found.isNull else { return }
      context.path.append(.field(name))
      if let read = T.read(found, context) { value = read }
      context.path.removeLast()
    case .writing:
      if !value.isZero { members.append(Value.Member(key: name, value: value.written)) }
    case .listing:
      names.append(name)
    }
  }

  /// A field whose zero value is something else than its absence.
  mutating func callAsFunction<T: FieldValue>(_ name: String, _ value: inout T?) {
    switch mode {
    case .reading(let context):
      guard let found = claim(name, context), !found.isNull else { return }
      context.path.append(.field(name))
      if let read = T.read(found, context) { value = read }
      context.path.removeLast()
    case .writing:
      if let value { members.append(Value.Member(key: name, value: value.written)) }
    case .listing:
      names.append(name)
    }
  }

  /// One of several members of which at most one may be there; `extract` gives the payload when the choice is this one.
  mutating func choice<T, U: FieldValue>(
    _ name: String, _ value: inout T?, _ make: (U) -> T, _ extract: (T) -> U?
  ) {
    switch mode {
    case .reading(let context):
      guard let found = claim(name, context), !found.isNull else { return }
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      guard value == nil else {
        if let entry = entry(name) { context.report(.secondChoice(name), at: entry) }
        return
      }
      if let read = U.read(found, context) { value = make(read) }
    case .writing:
      if let value, let payload = extract(value) {
        members.append(Value.Member(key: name, value: payload.written))
      }
    case .listing:
      names.append(name)
    }
  }

  /// An object without a type of its own; written only when it has members.
  mutating func nested(_ name: String, _ body: (inout FieldMap) -> Void) {
    switch mode {
    case .reading(let context):
      guard let found = claim(name, context), !found.isNull else { return }
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      guard case .mapping(let inner) = found.content else {
        context.report(.wrongType(expected: .object, found), at: found)
        return
      }
      var fields = FieldMap(reading: inner, in: context)
      body(&fields)
      fields.reportUnclaimed { names in
        var listing = FieldMap.listing
        body(&listing)
        names = listing.names
      }
    case .writing:
      var fields = FieldMap.writing
      body(&fields)
      if !fields.members.isEmpty { members.append(Value.Member(key: name, value: .object(fields.members))) }
    case .listing:
      names.append(name)
    }
  }

  /// An object without a type of its own whose presence alone means something: `start` makes it, `isPresent` tells.
  mutating func presence<T>(_ name: String, _ value: inout T?, _ start: T, _ body: (inout FieldMap, inout T) -> Void) {
    switch mode {
    case .reading(let context):
      guard let found = claim(name, context), !found.isNull else { return }
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      guard case .mapping(let inner) = found.content else {
        context.report(.wrongType(expected: .object, found), at: found)
        return
      }
      var fields = FieldMap(reading: inner, in: context)
      var made = start
      body(&fields, &made)
      value = made
      fields.reportUnclaimed { names in
        var listing = FieldMap.listing
        body(&listing, &made)
        names = listing.names
      }
    case .writing:
      guard var given = value else { return }
      var fields = FieldMap.writing
      body(&fields, &given)
      members.append(Value.Member(key: name, value: .object(fields.members)))
    case .listing:
      names.append(name)
    }
  }

  /// A list whose items are all `{inner: …}`.
  mutating func wrapped<T: FieldMapped>(_ name: String, _ inner: String, _ values: inout [T]) {
    switch mode {
    case .reading(let context):
      guard let found = claim(name, context), !found.isNull else { return }
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      guard case .sequence(let items) = found.content else {
        context.report(.wrongType(expected: .list, found), at: found)
        return
      }
      for (index, item) in items.enumerated() {
        context.path.append(.index(index))
        defer { context.path.removeLast() }
        guard case .mapping(let entries) = item.content else {
          context.report(.wrongType(expected: .object, item), at: item)
          continue
        }
        var fields = FieldMap(reading: entries, in: context)
        var value = T()
        fields(inner, &value)
        fields.reportUnclaimed { $0 = [inner] }
        values.append(value)
      }
    case .writing:
      guard !values.isEmpty else { return }
      let items = values.map { Value.object([Value.Member(key: inner, value: $0.written)]) }
      members.append(Value.Member(key: name, value: .array(items)))
    case .listing:
      names.append(name)
    }
  }

  /// Members that are known, and known to change no answer.
  mutating func ignored(_ ignored: String...) {
    switch mode {
    case .reading(let context):
      for name in ignored { _ = claim(name, context) }
    case .writing:
      break
    case .listing:
      names += ignored
    }
  }

  /// Members that are known but have no type: they are recorded as unknown fields without a warning.
  mutating func unmodelled(_ unmodelled: String...) {
    switch mode {
    case .reading(let context):
      for name in unmodelled {
        guard let found = claim(name, context), !found.isNull else { continue }
        context.path.append(.field(name))
        context.recordUnknown()
        context.path.removeLast()
      }
    case .writing:
      break
    case .listing:
      names += unmodelled
    }
  }

  /// Where reading reports to; nil in every other mode.
  var reading: DecodingContext? {
    switch mode {
    case .reading(let context): context
    case .writing, .listing: nil
    }
  }

  /// A member as it was written, without claiming it.
  func entry(_ name: String) -> Node.Entry? {
    entries.first { $0.name == name }
  }

  /// Gives the node of a member, unread.
  mutating func take(_ name: String) -> (node: Node, context: DecodingContext)? {
    guard case .reading(let context) = mode else {
      names.append(name)
      return nil
    }
    guard let found = claim(name, context), !found.isNull else { return nil }
    return (found, context)
  }

  /// Adds a member when writing.
  mutating func put(_ name: String, _ value: Value) {
    guard case .writing = mode else { return }
    members.append(Value.Member(key: name, value: value))
  }

  // MARK: Claims

  private mutating func claim(_ name: String, _ context: DecodingContext) -> Node? {
    if let index = position(of: name) {
      claimed(index)
      return entries[index].value
    }
    // jsonpb knows a field by its proto name too; a CRD's schema does not.
    guard context.syntax == .protoJSON else { return nil }
    for index in entries.indices where FieldName.lowerCamel(entries[index].name) == name {
      claimed(index)
      return entries[index].value
    }
    return nil
  }

  /// Looks through the buffer, because a subscript of the array would copy every entry that is passed over.
  private func position(of name: String) -> Int? {
    let length = name.utf8.count
    return entries.withUnsafeBufferPointer { buffer in
      for index in buffer.indices where buffer[index].name.utf8.count == length && buffer[index].name == name {
        return index
      }
      return nil
    }
  }

  private mutating func claimed(_ index: Int) {
    if index < 64 { claimed |= 1 << UInt64(index) } else { claimedBeyond.insert(index) }
  }

  /// Records and reports every member that no field asked for; `known` fills in the names that would have been good.
  func reportUnclaimed(_ known: (inout [String]) -> Void) {
    guard case .reading(let context) = mode, context.syntax.isClosed else { return }
    if entries.count < 64, claimed == (1 << UInt64(entries.count)) - 1 { return }
    var names: [String]?
    for (index, entry) in entries.enumerated() {
      let isClaimed = index < 64 ? claimed & (1 << UInt64(index)) != 0 : claimedBeyond.contains(index)
      if isClaimed { continue }
      if names == nil {
        var listed: [String] = []
        known(&listed)
        names = listed
      }
      context.path.append(.field(entry.name))
      context.recordUnknown()
      context.report(.unknownField(entry.name, known: names ?? []), at: entry)
      context.path.removeLast()
    }
  }
}
