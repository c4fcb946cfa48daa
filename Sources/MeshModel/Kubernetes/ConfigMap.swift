/// A ConfigMap; the one that holds the mesh configuration is decoded.
package struct ConfigMap: Hashable, Sendable {
  package var data: [String: String] = [:]
  /// Present on `istio` in `istio-system`, from `data.mesh`.
  package var meshConfig: MeshConfig?

  package init() {}
}

/// A Secret, without private keys: they are dropped while reading.
package struct Secret: Hashable, Sendable {
  package var type: String = ""
  /// PEM text of `tls.crt` (or `cert`), as it was decoded from base64; empty when absent.
  package var certificate: String = ""
  /// PEM text of `ca.crt` (or `cacert`).
  package var certificateAuthority: String = ""
  /// Keys of `data` and `stringData`, sorted.
  package var keys: [String] = []

  package init() {}
}
