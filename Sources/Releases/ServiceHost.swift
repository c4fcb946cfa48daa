/// Names of services as the objects of a namespace write them.
package enum ServiceHost {
  private static let domain = "svc.cluster.local"

  /// A name without a dot belongs to the namespace of the object that says it (SN-1).
  package static func full(_ name: String, in namespace: String) -> String {
    name.utf8.contains(UInt8(ascii: ".")) || name == "*" ? name : "\(name).\(namespace).\(domain)"
  }

  /// Whether a VirtualService's or a DestinationRule's host stands for a name: itself, or a wildcard above it.
  static func covers(_ pattern: String, _ host: String) -> Bool {
    if pattern == "*" { return true }
    guard pattern.utf8.starts(with: "*.".utf8) else { return pattern.utf8.elementsEqual(host.utf8) }
    let suffix = pattern.utf8.dropFirst()
    return host.utf8.count > suffix.count && host.utf8.suffix(suffix.count).elementsEqual(suffix)
  }

  /// Another service's name in the manner of a first one: short where that was short.
  static func renamed(_ written: String, to name: String, in namespace: String) -> String {
    written.utf8.contains(UInt8(ascii: ".")) ? full(name, in: namespace) : name
  }

  /// `mesh`, or a gateway with its namespace (SN-4).
  package static func gateway(_ written: String, in namespace: String) -> String {
    written == "mesh" || written.utf8.contains(UInt8(ascii: "/")) ? written : "\(namespace)/\(written)"
  }
}

extension ServiceHost {
  /// The name as objects of that namespace write it.
  package static func short(_ full: String, in namespace: String) -> String {
    let suffix = ".\(namespace).\(domain)"
    return full.utf8.count > suffix.utf8.count && full.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      ? String(full.dropLast(suffix.count)) : full
  }
}
