// CP-01 to CP-14: limits of connections and requests.
extension Admission {
  func checkConnectionPool(_ pool: Part) {
    guard pool.isPresent else { return }
    let (http, tcp) = (pool["http"], pool["tcp"])
    if http.isAbsent, tcp.isAbsent {
      report(.emptyPool, pool)
      return
    }
    for (name, rule) in Self.poolNumbers where http[name].number < 0 { report(rule, http[name], name) }
    checkDuration(http["idleTimeout"])
    if http["h2UpgradePolicy"].text == "UPGRADE", http["useClientProtocol"].isTrue {
      report(.upgradeAndClientProtocol, http["useClientProtocol"])
    }
    if tcp["maxConnections"].number < 0 { report(.poolConnections, tcp["maxConnections"], "maxConnections") }
    checkDuration(tcp["connectTimeout"])
    checkDuration(tcp["maxConnectionDuration"])
    // Zero means no timeout.
    if tcp["idleTimeout"].duration / 1_000_000 != 0 { checkDuration(tcp["idleTimeout"]) }
    checkDuration(tcp["tcpKeepalive"]["time"])
    checkDuration(tcp["tcpKeepalive"]["interval"])
  }

  private static let poolNumbers: [(String, Rule)] = [
    ("http1MaxPendingRequests", .poolPending), ("http2MaxRequests", .poolRequests),
    ("maxRequestsPerConnection", .poolPerConnection), ("maxRetries", .poolRetries),
    ("maxConcurrentStreams", .poolStreams),
  ]
}

extension Rule {
  static let emptyPool = refusal(107, "the connection pool is empty; set 'tcp' or 'http'", "连接池为空；请设置 'tcp' 或 'http'")
  static let poolPending = refusal(108, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let poolRequests = refusal(109, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let poolPerConnection = refusal(110, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let poolRetries = refusal(111, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let poolStreams = refusal(112, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let upgradeAndClientProtocol = refusal(
    114, "'useClientProtocol' contradicts h2UpgradePolicy UPGRADE; remove one",
    "'useClientProtocol' 与 h2UpgradePolicy UPGRADE 矛盾；请删除其中一个")
  static let poolConnections = refusal(115, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")

  static let connectionPoolRules: [Rule] = [
    emptyPool, poolPending, poolRequests, poolPerConnection, poolRetries, poolStreams, upgradeAndClientProtocol,
    poolConnections,
  ]
}
