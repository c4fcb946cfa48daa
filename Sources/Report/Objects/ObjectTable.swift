package import MeshModel

/// Objects as kubectl shows them: one table for each kind, with the columns that matter for it.
package struct ObjectTable: Sendable {
  private let style: TextStyle
  private let scope: Scope
  private let detail: Detail

  package enum Scope: Sendable {
    /// One namespace: its column is left out.
    case oneNamespace
    case allNamespaces
  }

  package enum Detail: Sendable {
    case brief
    /// Also labels and the place in the files.
    case wide
  }

  package init(style: TextStyle, scope: Scope, detail: Detail) {
    self.style = style
    self.scope = scope
    self.detail = detail
  }

  /// One table for each kind, in the order of the kinds; `objects` are sorted by identity.
  package func text(_ objects: [MeshObject]) -> String {
    var groups: [[MeshObject]] = []
    for object in objects {
      if let last = groups.last?.first, last.id.kind == object.id.kind {
        groups[groups.count - 1].append(object)
      } else {
        groups.append([object])
      }
    }
    let namesKinds = groups.count > 1
    return groups.map { table($0, namesKinds: namesKinds) }.joined(separator: "\n")
  }

  private func table(_ objects: [MeshObject], namesKinds: Bool) -> String {
    guard let first = objects.first else { return "" }
    let columns = ObjectColumns.columns(of: first.content)
    var header = namesKinds ? ["KIND"] : []
    if scope == .allNamespaces, !first.id.namespace.isEmpty { header.append("NAMESPACE") }
    header.append("NAME")
    header += columns.map(\.title)
    if detail == .wide { header += ["LABELS", "SOURCE"] }
    var table = Table(header, style: style)
    for object in objects {
      var row = namesKinds ? [object.id.kind.kind] : []
      if scope == .allNamespaces, !first.id.namespace.isEmpty { row.append(object.id.namespace) }
      row.append(style.name(object.id.name))
      row += columns.map { column in
        let cell = column.cell(object.content)
        return cell.isEmpty ? "-" : cell
      }
      if detail == .wide { row += [labels(object), "\(object.source.file):\(object.source.line)"] }
      table.add(row)
    }
    return table.text
  }

  private func labels(_ object: MeshObject) -> String {
    let labels = object.metadata.labels
    if labels.isEmpty { return "-" }
    return labels.keys.sorted().map { "\($0)=\(labels[$0] ?? "")" }.joined(separator: ",")
  }
}
