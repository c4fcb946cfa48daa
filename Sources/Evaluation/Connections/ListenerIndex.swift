import ProxyModel

/// Listeners by the address that a connection goes to.
struct ListenerIndex: Sendable {
  struct Choice {
    /// nil: none takes the connection.
    var place: Int?
    var reason: Trace.ListenerReason
  }

  private struct Address: Hashable {
    var ip: IPAddress
    var port: UInt32
  }

  private var exact: [Address: Int] = [:]
  private var anyIPv4: [UInt32: Int] = [:]
  private var anyIPv6: [UInt32: Int] = [:]
  /// Takes what no other listener takes; on the receiving side it takes everything.
  private let virtual: Int?
  private let isInbound: Bool

  init(_ configuration: ProxyConfiguration) {
    isInbound = configuration.vantage.kind == .inbound
    let virtualName = isInbound ? "virtualInbound" : "virtualOutbound"
    var virtual: Int?
    for (place, listener) in configuration.listeners.enumerated() {
      if listener.name == virtualName { virtual = place }
      guard listener.port != 0, let ip = IPAddress(listener.address) else { continue }
      if ip.bytes.allSatisfy({ $0 == 0 }) {
        if ip.isIPv4 {
          anyIPv4[listener.port, default: place] = anyIPv4[listener.port] ?? place
        } else {
          anyIPv6[listener.port] = anyIPv6[listener.port] ?? place
        }
      } else if exact[Address(ip: ip, port: listener.port)] == nil {
        exact[Address(ip: ip, port: listener.port)] = place
      }
    }
    self.virtual = virtual
  }

  func listener(for connection: Connection) -> Choice {
    if isInbound { return Choice(place: virtual, reason: virtual == nil ? .none : .virtualListener) }
    if let place = exact[Address(ip: connection.destination, port: connection.port)] {
      return Choice(place: place, reason: .exactAddress)
    }
    let any =
      connection.destination.isIPv4
      ? anyIPv4[connection.port] ?? anyIPv6[connection.port] : anyIPv6[connection.port]
    if let any, any != virtual { return Choice(place: any, reason: .anyAddress) }
    return Choice(place: virtual, reason: virtual == nil ? .none : .virtualListener)
  }
}
