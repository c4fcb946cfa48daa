/// The parts of a cluster's name, in both of Istio's spellings.
struct ClusterName: Hashable, Sendable {
  var port: UInt32
  var subset: String
  var hostname: String
  /// `outbound_.443_.v1_.host`: the cluster of an AUTO_PASSTHROUGH gateway, and the SNI of mesh TLS (TLS-2).
  var isForSNI = false

  init(port: UInt32, subset: String, hostname: String, isForSNI: Bool = false) {
    self.port = port
    self.subset = subset
    self.hostname = hostname
    self.isForSNI = isForSNI
  }

  /// HR-30; nil for any other name, such as `PassthroughCluster`.
  init?(_ text: String) {
    for (head, separator, isForSNI) in [("outbound|", "|", false), ("outbound_.", "_.", true)] {
      guard text.utf8.starts(with: head.utf8) else { continue }
      let parts = Self.split(text.utf8.dropFirst(head.utf8.count), by: Array(separator.utf8))
      guard parts.count == 3, let port = UInt32(parts[0]) else { return nil }
      self.init(port: port, subset: parts[1], hostname: parts[2], isForSNI: isForSNI)
      return
    }
    return nil
  }

  var text: String {
    isForSNI ? "outbound_.\(port)_.\(subset)_.\(hostname)" : "outbound|\(port)|\(subset)|\(hostname)"
  }

  /// What the name is as SNI.
  var sni: String { "outbound_.\(port)_.\(subset)_.\(hostname)" }

  /// Into three: the separator does not count in the last one.
  private static func split(_ text: Substring.UTF8View, by separator: [UInt8]) -> [String] {
    var parts: [String] = []
    var rest = text
    while parts.count < 2 {
      var end = rest.startIndex
      while end < rest.endIndex, !rest[end...].starts(with: separator) { end = rest.index(after: end) }
      guard end < rest.endIndex else { break }
      parts.append(String(Substring(rest[..<end])))
      rest = rest[rest.index(end, offsetBy: separator.count)...]
    }
    return parts + [String(Substring(rest))]
  }
}
