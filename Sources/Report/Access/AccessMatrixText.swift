package import Evaluation

/// A matrix of access: clients down, services across.
package struct AccessMatrixText {
  private let access: AccessText
  private let style: TextStyle

  package init(_ access: AccessText, style: TextStyle) {
    self.access = access
    self.style = style
  }

  /// Services are numbered in the head and named below, so that the table stays narrow.
  package func table(_ matrix: AccessMatrix) -> String {
    var table = Table([""] + matrix.targets.indices.map { "\($0 + 1)" }, style: style)
    for (client, verdicts) in zip(matrix.clients, matrix.verdicts) {
      table.add([client.name] + verdicts.map { mark($0.kind) })
    }
    var text = table.text + "\n"
    for (place, target) in matrix.targets.enumerated() { text += "\(place + 1)  \(style.name(target.authority))\n" }
    let marks = AccessVerdict.Kind.allCases.map { mark($0) + " " + access.word($0) }.joined(separator: "   ")
    return text + "\n" + marks + "\n"
  }

  private func mark(_ kind: AccessVerdict.Kind) -> String {
    switch kind {
    case .allowed: style.good("✓")
    case .denied: style.bad("✗")
    case .partly: style.value("~")
    case .unreached: style.faint("·")
    }
  }

  /// One line a client (RFC 4180), with the words of the JSON form.
  package func csv(_ matrix: AccessMatrix) -> String {
    var text = Self.line(["client"] + matrix.targets.map(\.authority))
    for (client, verdicts) in zip(matrix.clients, matrix.verdicts) {
      text += Self.line([client.name] + verdicts.map(\.kind.rawValue))
    }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    fields.map { field in
      let isPlain = !field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
    }.joined(separator: ",") + "\r\n"
  }
}

extension AccessMatrix {
  /// The same by namespace: a namespace is allowed when all of its workloads are, and in part when some are.
  package var byNamespace: AccessMatrix {
    var names: [String] = []
    for client in clients where !names.contains(client.namespace) { names.append(client.namespace) }
    let rows = names.map { name in
      targets.indices.map { place -> AccessVerdict in
        let own = clients.indices.filter { clients[$0].namespace == name }.map { verdicts[$0][place] }
        var result = own[0]
        for other in own.dropFirst() {
          result.served += other.served
          result.refused += other.refused
          if other.kind != result.kind { result.kind = .partly }
        }
        return result
      }
    }
    return AccessMatrix(
      clients: names.map { AccessClient(name: $0, namespace: $0) }, targets: targets, verdicts: rows)
  }
}
