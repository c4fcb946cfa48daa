/// Names of virtual hosts and the domains that they answer to.
enum VirtualHostName {
  /// `host:port`, an IPv6 address in brackets.
  static func name(_ host: String, port: UInt32) -> String {
    bracketed(host) + ":" + String(port)
  }

  static func bracketed(_ host: String) -> String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[" + host + "]" : host
  }
}
