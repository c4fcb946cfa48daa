/// Connection pools and outlier detection: what opens and closes a circuit.
extension EditableField {
  package static let breaker: [EditableField] = pool + outliers

  private static let pool: [EditableField] = [
    EditableField(
      "max-connections", "connectionPool.tcp.maxConnections", .count(least: 1, most: nil),
      "connections to a host", "到一个主机的最大连接数"),
    EditableField(
      "connect-timeout", "connectionPool.tcp.connectTimeout", .duration(allowsZero: false),
      "how long connecting may take", "建立连接的超时"),
    EditableField(
      "tcp-idle-timeout", "connectionPool.tcp.idleTimeout", .duration(allowsZero: true),
      "how long a TCP connection may be idle; 0s: for ever", "TCP 连接的空闲超时；0s 表示不限"),
    EditableField(
      "max-connection-duration", "connectionPool.tcp.maxConnectionDuration", .duration(allowsZero: false),
      "how long a connection may live", "连接的最长存活时间"),
    EditableField(
      "keepalive-probes", "connectionPool.tcp.tcpKeepalive.probes", .count(least: 1, most: nil),
      "unanswered probes before a connection counts as dead", "判定连接已断前的未应答探测次数"),
    EditableField(
      "keepalive-time", "connectionPool.tcp.tcpKeepalive.time", .duration(allowsZero: false),
      "idle time before the first probe", "首次探测前的空闲时间"),
    EditableField(
      "keepalive-interval", "connectionPool.tcp.tcpKeepalive.interval", .duration(allowsZero: false),
      "time between probes", "探测间隔"),
    EditableField(
      "http1-max-pending-requests", "connectionPool.http.http1MaxPendingRequests", .count(least: 1, most: nil),
      "requests that wait for a connection", "等待连接的最大请求数"),
    EditableField(
      "http2-max-requests", "connectionPool.http.http2MaxRequests", .count(least: 1, most: nil),
      "active requests to a host", "到一个主机的最大活动请求数"),
    EditableField(
      "max-requests-per-connection", "connectionPool.http.maxRequestsPerConnection", .count(least: 0, most: nil),
      "requests on one connection; 1 turns keep-alive off", "每个连接的最大请求数；1 表示关闭长连接"),
    EditableField(
      "max-retries", "connectionPool.http.maxRetries", .count(least: 0, most: nil),
      "retries under way at a time", "同时进行的最大重试数"),
    EditableField(
      "idle-timeout", "connectionPool.http.idleTimeout", .duration(allowsZero: false),
      "how long a connection without requests is kept", "无请求连接的保留时间"),
    EditableField(
      "h2-upgrade-policy", "connectionPool.http.h2UpgradePolicy", .word(["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"]),
      "whether HTTP/1.1 is upgraded", "是否升级 HTTP/1.1"),
    EditableField(
      "use-client-protocol", "connectionPool.http.useClientProtocol", .flag,
      "keep the client's protocol", "是否沿用客户端协议"),
    EditableField(
      "max-concurrent-streams", "connectionPool.http.maxConcurrentStreams", .count(least: 1, most: nil),
      "HTTP/2 streams on one connection", "每个 HTTP/2 连接的最大并发流数"),
  ]

  private static let outliers: [EditableField] = [
    EditableField(
      "consecutive-5xx-errors", "outlierDetection.consecutive5xxErrors", .count(least: 0, most: nil),
      "5xx in a row that eject an endpoint; 0 turns it off", "驱逐端点所需的连续 5xx 次数；0 表示关闭"),
    EditableField(
      "consecutive-gateway-errors", "outlierDetection.consecutiveGatewayErrors", .count(least: 0, most: nil),
      "502, 503 and 504 in a row that eject; 0 turns it off", "驱逐所需的连续 502/503/504 次数；0 表示关闭"),
    EditableField(
      "consecutive-local-origin-failures", "outlierDetection.consecutiveLocalOriginFailures",
      .count(least: 0, most: nil), "failed connections in a row that eject", "驱逐所需的连续本地失败次数"),
    EditableField(
      "split-external-local-origin-errors", "outlierDetection.splitExternalLocalOriginErrors", .flag,
      "count failed connections apart from answers", "将连接失败与响应错误分开计数"),
    EditableField(
      "interval", "outlierDetection.interval", .duration(allowsZero: false), "time between two looks", "检查间隔"),
    EditableField(
      "base-ejection-time", "outlierDetection.baseEjectionTime", .duration(allowsZero: false),
      "how long the first ejection lasts", "首次驱逐的时长"),
    EditableField(
      "max-ejection-percent", "outlierDetection.maxEjectionPercent", .count(least: 0, most: 100),
      "the share of endpoints that may be ejected", "最多可驱逐的端点百分比"),
    EditableField(
      "min-health-percent", "outlierDetection.minHealthPercent", .count(least: 0, most: 100),
      "the healthy share below which nothing is ejected any more", "健康比例低于此值时不再驱逐"),
  ]
}
