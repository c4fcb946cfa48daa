import Patterns

/// What is known of Istio's kinds: every field with its type and limits.
struct Schema: Sendable {
  /// By `group/kind`.
  private(set) var kinds: [String: Kind] = [:]
  /// By their names; those without fields of their own are not known.
  var messages: [String: Message] = [:]

  struct Kind: Sendable {
    var name: String
    var versions: [String]
    var message: Message
    var isSpecRequired: Bool
  }

  func kind(group: String, name: String) -> Kind? { kinds["\(group)/\(name)"] }

  mutating func add(_ kind: Kind, group: String) { kinds["\(group)/\(kind.name)"] = kind }

  /// An object with named fields; messages refer to each other, so this is a class.
  // SAFETY: filled while the table is read, by one thread, and never changed afterwards.
  final class Message: @unchecked Sendable {
    let name: String
    var fields: [Field] = []
    var required: [String] = []
    var choices: [[String]] = []
    var rules: [ObjectRule] = []
    private var places = NameTable()
    private var spellings = NameTable()

    init(name: String) {
      self.name = name
    }

    func add(_ field: Field) {
      places.insert(field.name, fields.count)
      if let spelling = field.spelling, spellings[spelling] == nil { spellings.insert(spelling, fields.count) }
      fields.append(field)
    }

    /// The field that JSON calls so.
    func field(_ name: String) -> Field? { place(of: name).map { fields[$0] } }

    /// Where the field stands that JSON calls so.
    func place(of name: String) -> Int? { places[name] }

    /// Where the field stands that the protocol buffer calls so, where that differs.
    func place(spelt spelling: String) -> Int? { spellings[spelling] }
  }

  // SAFETY: filled while the table is read, by one thread, and never changed afterwards.
  final class Field: @unchecked Sendable {
    let name: String
    /// The protocol buffer's name where it is another one; the API server does not know it.
    var spelling: String?
    /// A second name that only the API server knows; the decoder takes it for the first.
    var isAlias = false
    let shape: Shape
    /// Of the value, the list or the map.
    var limits = Limits()
    /// Of each item or value.
    var each = Limits()

    init(name: String, shape: Shape) {
      self.name = name
      self.shape = shape
    }
  }

  enum Shape: Sendable {
    case one(ValueType)
    case list(ValueType)
    /// Keys are texts, or whole numbers as text.
    case map(ValueType, numericKeys: Bool)
  }

  enum ValueType: Sendable {
    case string, bool, bytes, double
    case int32, uint32, int64, uint64
    /// `null` is one of its values.
    case nullableBool, nullableInt32, nullableUInt32, nullableDouble
    case duration(isFree: Bool)
    /// Any object.
    case structure
    case anything
    /// An object that says with `@type` which message it is.
    case packed
    case enumeration(Words)
    case message(Message)
  }

  /// The words of an enumeration, and the numbers that stand for them.
  struct Words: Sendable {
    var words: [String]
    var numbers: [Int64]
  }

  struct Limits: Sendable {
    var min: Double?
    var max: Double?
    var pattern: Pattern?
    /// The member that tells the items of a list apart.
    var key: String?
    var rules: [ObjectRule] = []

    var isEmpty: Bool { min == nil && max == nil && pattern == nil && key == nil && rules.isEmpty }
  }
}

/// A rule of the schemas that goes beyond one limit; in the API server these are expressions (section B, CEL).
enum ObjectRule: Hashable, Sendable {
  case atMostOne([String])
  case exactlyOne([String])
  case noStarKeys, noEmptyKeys, noStar, empty, notStar
  case pluginURL, httpURL, httpScheme
  case duration
  case port, portKeys, labelKeys, uniqueNumbers
  case hostEnvironment, waypointMatch, addressOrNetwork
  case unixWithoutPorts, unixStart, unixEnd
  case cidrResolution, noEndpoints, oneEndpoint
  case identities, portsNeedSelector, upsertValue, removeValue

  init?(_ name: Substring) {
    if let colon = name.firstIndex(of: ":") {
      let names = name[name.index(after: colon)...].split(separator: ",").map(String.init)
      switch name[..<colon] {
      case "at-most-one": self = .atMostOne(names)
      case "exactly-one": self = .exactlyOne(names)
      default: return nil
      }
      return
    }
    guard let rule = Self.names[String(name)] else { return nil }
    self = rule
  }

  private static let names: [String: ObjectRule] = [
    "no-star-keys": .noStarKeys, "no-empty-keys": .noEmptyKeys, "no-star": .noStar, "empty": .empty,
    "not-star": .notStar, "plugin-url": .pluginURL, "http-url": .httpURL, "http-scheme": .httpScheme, "port": .port,
    "port-keys": .portKeys, "label-keys": .labelKeys, "unique-numbers": .uniqueNumbers,
    "host-env": .hostEnvironment, "waypoint-match": .waypointMatch, "address-or-network": .addressOrNetwork,
    "unix-no-ports": .unixWithoutPorts, "unix-start": .unixStart, "unix-end": .unixEnd,
    "cidr-resolution": .cidrResolution, "no-endpoints": .noEndpoints, "one-endpoint": .oneEndpoint,
    "identities": .identities, "ports-need-selector": .portsNeedSelector, "upsert-value": .upsertValue,
    "remove-value": .removeValue,
  ]
}
