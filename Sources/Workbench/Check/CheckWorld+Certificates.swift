import Diagnostics
import Glibc
import Validation
import YAML

extension CheckWorld {
  private static let fields: Set<String> = [
    "serverCertificate", "clientCertificate", "privateKey", "caCertificates",
  ]

  /// Reads the certificates and keys that Gateways and DestinationRules name as files, from a folder that stands for the
  /// root of the proxies' file system.
  package mutating func readCertificates(below root: String) {
    var paths: Set<String> = []
    for object in objects where ["Gateway", "DestinationRule"].contains(object.subject.kind) {
      Self.gather(object.node, &paths)
    }
    var files: [String: [UInt8]] = [:]
    for path in paths where !path.utf8.isEmpty && !path.split(separator: "/").contains("..") {
      var status = stat()
      let place = "\(root)/\(path)"
      guard stat(place, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      // One that cannot be read is no certificate.
      files[path] = InputFiles(reading: [place]).files.first?.bytes ?? []
    }
    certificateFiles = files
  }

  private static func gather(_ node: Node, _ paths: inout Set<String>) {
    for item in node.sequence ?? [] { gather(item, &paths) }
    for entry in node.mapping ?? [] {
      if fields.contains(entry.name), let path = entry.value.string { paths.insert(path) }
      gather(entry.value, &paths)
    }
  }
}
