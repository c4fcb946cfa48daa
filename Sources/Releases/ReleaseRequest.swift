/// What a person asks for when a release shall begin. Versions without labels have those that are there already, or
/// the usual one, `version`.
package struct ReleaseRequest: Hashable, Sendable {
  package var release: Release
  /// Names that a VirtualService made for a gateway answers to.
  package var hosts: [String]
  /// Of the service; for rules of tcp and tls that are made.
  package var port: Int64?

  package init(release: Release, hosts: [String] = [], port: Int64? = nil) {
    self.release = release
    self.hosts = hosts
    self.port = port
  }
}
