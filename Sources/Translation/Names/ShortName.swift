import ProxyModel

/// Names that belong to the namespace of the object that uses them.
package enum ShortName {
  /// The DNS suffix of every cluster that is modelled.
  static let clusterDomain = "cluster.local"

  /// A host as the object means it (SN-1, SN-3): only a name without any dot is completed.
  package static func host(_ host: String, namespace: String) -> String {
    if host.isEmpty || host == "*" || host.utf8.contains(UInt8(ascii: ".")) || IPAddress(host) != nil { return host }
    return service(host, namespace)
  }

  /// A Kubernetes Service's whole name, such as `reviews.shop.svc.cluster.local`.
  package static func service(_ name: String, _ namespace: String) -> String {
    name + "." + namespace + ".svc." + clusterDomain
  }

  /// A gateway as `ns/name`; `mesh` stays (SN-4).
  package static func gateway(_ name: String, namespace: String) -> String {
    if name == meshGateway { return name }
    if let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) {
      guard name[..<slash] == "." else { return name }
      return namespace + name[slash...]
    }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1 else { return namespace + "/" + name }
    return labels[1] + "/" + labels[0]
  }

  /// The gateway name that stands for all sidecars (VS-1).
  static let meshGateway = "mesh"
}
