import MeshModel
import Patterns
import ProxyModel

/// The conditions of many routes on headers, query and claims, in flat storage.
struct ConditionTable: Sendable {
  private enum Subject: UInt8, Sendable {
    case header, method, authority, path, scheme, query, claim
  }

  private enum Test: UInt8, Sendable {
    case present, exact, prefix, suffix, contains, regex
  }

  private struct Condition: Sendable {
    var subject: Subject
    var test: Test
    var ignoresCase = false
    var isInverted = false
    var treatsMissingAsEmpty = false
    var name = ByteArena.Range()
    var value = ByteArena.Range()
    /// Into `patterns`, or into `claims`.
    var extra: Int32 = -1
  }

  private var arena = ByteArena()
  private var conditions: ContiguousArray<Condition> = []
  private var patterns: [Pattern?] = []
  private var claims: [ClaimMatcher] = []
  /// Texts that are stored already.
  private var known: [String: ByteArena.Range] = [:]
  private let cache: PatternCache

  init(_ cache: PatternCache) { self.cache = cache }

  /// The conditions of a route but that on its path; the first one's place.
  mutating func add(_ match: RouteMatch) -> (first: UInt32, count: UInt16) {
    let first = conditions.count
    for header in match.headers {
      var condition = Condition(subject: Self.subject(header.name), test: .present)
      condition.name = store(header.name)
      condition.isInverted = header.isInverted
      condition.treatsMissingAsEmpty = header.treatsMissingAsEmpty
      set(header.rule, &condition)
      conditions.append(condition)
    }
    for parameter in match.queryParameters {
      var condition = Condition(subject: .query, test: .present)
      condition.name = store(parameter.name)
      set(parameter.rule, &condition)
      conditions.append(condition)
    }
    for claim in match.claims {
      var condition = Condition(subject: .claim, test: .present)
      condition.extra = Int32(claims.count)
      claims.append(claim)
      conditions.append(condition)
    }
    return (UInt32(first), UInt16(conditions.count - first))
  }

  private static func subject(_ name: String) -> Subject {
    switch name {
    case ":method": .method
    case ":authority", "host": .authority
    case ":path": .path
    case ":scheme": .scheme
    default: .header
    }
  }

  private mutating func set(_ rule: HeaderMatcher.Rule, _ condition: inout Condition) {
    guard case .string(let matcher) = rule else { return }
    condition.ignoresCase = matcher.ignoresCase
    switch matcher.kind {
    case .exact(let text): (condition.test, condition.value) = (.exact, store(text))
    case .prefix(let text): (condition.test, condition.value) = (.prefix, store(text))
    case .suffix(let text): (condition.test, condition.value) = (.suffix, store(text))
    case .contains(let text): (condition.test, condition.value) = (.contains, store(text))
    case .regex(let text):
      condition.test = .regex
      condition.extra = Int32(patterns.count)
      patterns.append(cache.pattern(text))
    }
  }

  private mutating func store(_ text: String) -> ByteArena.Range {
    if let range = known[text] { return range }
    let range = arena.store(text.utf8)
    known[text] = range
    return range
  }

  /// Whether all of them hold.
  func hold(_ first: UInt32, _ count: UInt16, _ request: RouteRequest) -> Bool {
    if count == 0 { return true }
    return arena.bytes.withUnsafeBufferPointer { bytes in
      conditions.withUnsafeBufferPointer { conditions in
        for place in Int(first)..<(Int(first) + Int(count)) where !holds(conditions[place], request, bytes) {
          return false
        }
        return true
      }
    }
  }

  @inline(__always)
  private func holds(_ condition: Condition, _ request: RouteRequest, _ bytes: Bytes.Buffer) -> Bool {
    switch condition.subject {
    case .header: holdsHeader(condition, request, bytes)
    case .method: holdsValue(condition, request.method, bytes)
    case .authority: holdsValue(condition, request.authority, bytes)
    case .path: holdsValue(condition, request.target, bytes)
    case .scheme: holdsValue(condition, request.scheme, bytes)
    case .query: holdsQuery(condition, request, bytes)
    case .claim: claims[Int(condition.extra)].holds(request.claims, cache)
    }
  }

  private func holdsValue(_ condition: Condition, _ value: Bytes.Buffer, _ bytes: Bytes.Buffer) -> Bool {
    fits(condition, value, bytes) != condition.isInverted
  }

  /// HM-2, HM-5 to HM-7.
  private func holdsHeader(_ condition: Condition, _ request: RouteRequest, _ bytes: Bytes.Buffer) -> Bool {
    let name = Bytes.slice(bytes, Int(condition.name.start), Int(condition.name.count))
    var isMissing = true
    // By place: a header that is passed over is not copied.
    for place in request.headers.indices where request.headers[place].name.count == name.count {
      let isSame = request.headers[place].name.withUnsafeBufferPointer {
        Bytes.startsEqualIgnoringCase($0, name, name.count)
      }
      guard isSame else { continue }
      isMissing = false
      let isFit = request.headers[place].value.withUnsafeBufferPointer { self.fits(condition, $0, bytes) }
      if isFit { return !condition.isInverted }
    }
    guard isMissing else { return condition.isInverted }
    if condition.treatsMissingAsEmpty {
      return fits(condition, Bytes.Buffer(start: nil, count: 0), bytes) != condition.isInverted
    }
    return condition.test == .present && condition.isInverted
  }

  /// QM-1, QM-2: the first occurrence counts.
  private func holdsQuery(_ condition: Condition, _ request: RouteRequest, _ bytes: Bytes.Buffer) -> Bool {
    let name = Bytes.slice(bytes, Int(condition.name.start), Int(condition.name.count))
    guard let value = QueryString.first(name, in: request.target, from: request.path.count) else { return false }
    return fits(condition, value, bytes)
  }

  private func fits(_ condition: Condition, _ value: Bytes.Buffer, _ bytes: Bytes.Buffer) -> Bool {
    let wanted = Int(condition.value.count)
    switch condition.test {
    case .present: return true
    case .regex: return patterns[Int(condition.extra)]?.matches(value) ?? false
    case .exact: guard value.count == wanted else { return false }
    case .prefix, .suffix, .contains: guard value.count >= wanted else { return false }
    }
    let needle = Bytes.slice(bytes, Int(condition.value.start), wanted)
    switch condition.test {
    case .exact, .prefix: return same(value, 0, needle, condition.ignoresCase)
    case .suffix: return same(value, value.count - wanted, needle, condition.ignoresCase)
    case .contains:
      for start in 0...(value.count - wanted) where same(value, start, needle, condition.ignoresCase) { return true }
      return false
    case .present, .regex: return false
    }
  }

  private func same(_ value: Bytes.Buffer, _ start: Int, _ needle: Bytes.Buffer, _ ignoresCase: Bool) -> Bool {
    let part = Bytes.slice(value, start, needle.count)
    return ignoresCase
      ? Bytes.startsEqualIgnoringCase(part, needle, needle.count) : Bytes.startsEqual(part, needle, needle.count)
  }
}

/// A query without decoding (QM-1).
enum QueryString {
  /// The value of the first parameter of that name; `from` is where the query's question mark stands.
  static func first(_ name: Bytes.Buffer, in target: Bytes.Buffer, from: Int) -> Bytes.Buffer? {
    guard from < target.count, target[from] == UInt8(ascii: "?") else { return nil }
    var start = from + 1
    while start <= target.count {
      var end = start
      var equals = -1
      while end < target.count, target[end] != UInt8(ascii: "&") {
        if equals < 0, target[end] == UInt8(ascii: "=") { equals = end }
        end += 1
      }
      let nameEnd = equals < 0 ? end : equals
      if nameEnd - start == name.count,
        Bytes.startsEqual(Bytes.slice(target, start, nameEnd - start), name, name.count),
        end > start
      {
        return equals < 0 ? Bytes.slice(target, end, 0) : Bytes.slice(target, equals + 1, end - equals - 1)
      }
      start = end + 1
    }
    return nil
  }
}

extension ClaimMatcher {
  /// MT-9: numbers and booleans never match; a list holds a value when any element does.
  func holds(_ claims: Value?, _ patterns: PatternCache) -> Bool {
    guard let value = claims?.claim(at: path) else { return isInverted }
    switch rule {
    case .present: return !isInverted
    case .string(let matcher): return value.isClaim(matching: matcher, patterns) != isInverted
    }
  }
}

extension Value {
  func claim(at path: [String]) -> Value? {
    var value = self
    for key in path {
      guard let next = value[key] else { return nil }
      value = next
    }
    return value
  }

  /// AM-13.
  func isClaim(matching matcher: StringMatcher, _ patterns: PatternCache) -> Bool {
    switch self {
    case .string(let text): matcher.matches(Array(text.utf8), patterns)
    case .array(let elements):
      elements.contains {
        if case .string(let text) = $0 { matcher.matches(Array(text.utf8), patterns) } else { false }
      }
    case .null, .bool, .integer, .number, .object: false
    }
  }
}
