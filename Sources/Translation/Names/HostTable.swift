/// Values by host name, found by the most specific name that covers a given one (HN-5).
package struct HostTable<Value> {
  private var exact: [String: Value] = [:]
  private var wildcards: [String: Value] = [:]
  /// Lengths of the wildcards, longest first: the longest that fits is the most specific (HN-4).
  private var lengths: [Int] = []

  package init() {}

  var isEmpty: Bool { exact.isEmpty && wildcards.isEmpty }

  /// The value of exactly this name.
  package subscript(host: String) -> Value? {
    get { HostName.isWildcard(host) ? wildcards[host] : exact[host] }
    set {
      guard HostName.isWildcard(host) else {
        exact[host] = newValue
        return
      }
      wildcards[host] = newValue
      let length = host.utf8.count
      if newValue != nil, !lengths.contains(length) {
        lengths.append(length)
        lengths.sort(by: >)
      }
    }
  }

  /// The most specific entry that covers the needle, which may be a wildcard itself.
  package func mostSpecific(for needle: String) -> (host: String, value: Value)? {
    if let value = self[needle] { return (needle, value) }
    let body = HostName.isWildcard(needle) ? needle.utf8.dropFirst() : needle.utf8[...]
    for length in lengths where length - 1 <= body.count {
      let host = "*" + String(Substring(body.suffix(length - 1)))
      if let value = wildcards[host] { return (host, value) }
    }
    return nil
  }
}

extension HostTable: Sendable where Value: Sendable {}
