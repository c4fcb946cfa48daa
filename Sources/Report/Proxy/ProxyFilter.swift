/// Which lines of a listing are asked for; all conditions must hold.
package struct ProxyFilter: Sendable {
  /// Each with the columns of which one must have the value.
  private var conditions: [(columns: [String], accepts: @Sendable (String) -> Bool)] = []

  package init() {}

  /// The value as it stands, but for the case of ASCII letters.
  package mutating func require(_ value: String, in columns: [String]) {
    let wanted = Self.folded(value)
    conditions.append((columns, { Self.folded($0) == wanted }))
  }

  /// A host name: as it stands, its first labels (`reviews`, `reviews.shop`), or what a wildcard of the line covers.
  package mutating func require(host: String, in columns: [String]) {
    let wanted = Self.folded(host)
    conditions.append(
      (
        columns,
        { text in
          let own = Self.folded(text)
          if own == wanted || own.starts(with: wanted + [UInt8(ascii: ".")]) { return true }
          guard own.starts(with: Array("*.".utf8)) else { return false }
          return wanted.count >= own.count && wanted.suffix(own.count - 1).elementsEqual(own.dropFirst())
        }
      ))
  }

  func isSatisfied(_ cells: (String) -> [String]) -> Bool {
    conditions.allSatisfy { condition in
      condition.columns.contains { cells($0).contains(where: condition.accepts) }
    }
  }

  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }
}
