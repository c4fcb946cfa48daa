import History
package import MeshModel

/// Where an object's file is in an export: `NAMESPACE/kind-name.yaml`, and `_cluster/…` for one without a namespace.
///
/// The path depends on the object alone, no two objects share one, and none can lead out of the folder: bytes other
/// than those of Kubernetes' names are written as `%XX`.
package enum ManifestPath {
  /// Longer file names get a digest in place of their end; file systems take 255 bytes.
  static let longestName = 200

  package static func of(_ id: ObjectID) -> String {
    let folder = id.namespace.isEmpty ? "_cluster" : escaped(id.namespace, keeping: [UInt8(ascii: "-")])
    let kind = escaped(kindName(id.kind), keeping: [UInt8(ascii: ".")])
    let name = escaped(id.name, keeping: [UInt8(ascii: "-"), UInt8(ascii: ".")])
    var file = kind + "-" + name
    if file.utf8.count > longestName {
      let start = String(decoding: file.utf8.prefix(longestName - 17), as: UTF8.self)
      file = start + "~" + String(MeshDigest.key(of: id).hex.prefix(16))
    }
    return folder + "/" + file + ".yaml"
  }

  /// The kind in lower case, with its group where that alone would not tell: both Istio and Gateway API have a Gateway.
  private static func kindName(_ kind: ObjectKind) -> String {
    let plain = kind.kind.lowercased()
    let isIstio = kind.group.utf8.reversed().starts(with: ".istio.io".utf8.reversed())
    let isUnique = ObjectKind.known.filter { $0.kind.kind == kind.kind }.count == 1
    return isIstio || (isUnique && kind.facts != nil) ? plain : plain + "." + kind.group
  }

  private static func escaped(_ text: String, keeping marks: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isLetter || isDigit || marks.contains(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
