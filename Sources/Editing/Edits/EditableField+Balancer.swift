/// Load balancing: simple, by hash, by locality, and warm-up.
extension EditableField {
  package static let balancer: [EditableField] =
    [
      EditableField(
        "simple", "loadBalancer.simple",
        .word(["ROUND_ROBIN", "LEAST_REQUEST", "RANDOM", "PASSTHROUGH", "LEAST_CONN"]),
        excludes: ["loadBalancer.consistentHash"], "the method: round-robin, least-request, random, passthrough",
        "算法：round-robin、least-request、random、passthrough")
    ] + hash + locality + warmup

  private static let base = "loadBalancer.consistentHash."

  private static func others(than key: String) -> [String] {
    let keys = ["httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"]
    return ["loadBalancer.simple"] + keys.filter { $0 != key }.map { base + $0 }
  }

  private static let hash: [EditableField] = [
    EditableField(
      "hash-header", base + "httpHeaderName", .text, excludes: others(than: "httpHeaderName"),
      "by a request header's value", "按请求头的值"),
    EditableField(
      "hash-cookie", base + "httpCookie.name", .text, excludes: others(than: "httpCookie"), "by a cookie",
      "按 cookie"),
    EditableField(
      "hash-cookie-path", base + "httpCookie.path", .text, excludes: others(than: "httpCookie"),
      "the path of the cookie that is made", "生成的 cookie 的路径"),
    EditableField(
      "hash-cookie-ttl", base + "httpCookie.ttl", .duration(allowsZero: true), excludes: others(than: "httpCookie"),
      "the life of the cookie that is made; 0s: the session's", "生成的 cookie 的有效期；0s 表示会话期"),
    EditableField(
      "hash-source-ip", base + "useSourceIp", .flag, excludes: others(than: "useSourceIp"),
      "by the client's address", "按客户端地址"),
    EditableField(
      "hash-query", base + "httpQueryParameterName", .text, excludes: others(than: "httpQueryParameterName"),
      "by a query parameter", "按查询参数"),
    EditableField(
      "ring-size", base + "ringHash.minimumRingSize", .count(least: 1, most: nil),
      excludes: ["loadBalancer.simple", base + "maglev", base + "minimumRingSize"],
      "ring hash with at least so many places",
      "环形哈希的最小节点数"),
    EditableField(
      "maglev-size", base + "maglev.tableSize", .count(least: 2, most: 5_000_010),
      excludes: ["loadBalancer.simple", base + "ringHash", base + "minimumRingSize"],
      "maglev with a table of this size, a prime", "Maglev 表的大小，须为素数"),
  ]

  private static let locality: [EditableField] = [
    EditableField(
      "locality", "loadBalancer.localityLbSetting.enabled", .flag, "prefer what is near, or not", "是否就近负载均衡"),
    EditableField(
      "distribute", "loadBalancer.localityLbSetting.distribute", .shares,
      excludes: ["loadBalancer.localityLbSetting.failover"], "shares from one locality to others; may be repeated",
      "从一个地域到各地域的份额；可重复"),
    EditableField(
      "failover", "loadBalancer.localityLbSetting.failover", .pairs,
      excludes: ["loadBalancer.localityLbSetting.distribute"], "where a region fails over to; may be repeated",
      "地域故障时转移到何处；可重复"),
    EditableField(
      "failover-priority", "loadBalancer.localityLbSetting.failoverPriority", .texts,
      "labels that make endpoints near, the most telling first; may be repeated", "决定远近的标签，最重要的在前；可重复"),
  ]

  private static let warmup: [EditableField] = [
    EditableField(
      "warmup", "loadBalancer.warmup.duration", .duration(allowsZero: false),
      excludes: ["loadBalancer.warmupDurationSecs"], "how long a new endpoint gets less", "新端点的预热时长"),
    EditableField(
      "warmup-minimum-percent", "loadBalancer.warmup.minimumPercent", .percent,
      "the share that it begins with", "预热起始百分比"),
    EditableField(
      "warmup-aggression", "loadBalancer.warmup.aggression", .decimal(least: 1), "how fast it gets more",
      "预热增长速率"),
  ]
}
