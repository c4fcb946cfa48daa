package import Diagnostics
package import MeshModel
package import ProxyModel

/// One kind of thing that a proxy is told, line by line: a table for people, and the same as data.
package struct ProxyListing: Sendable {
  /// In the order of the table.
  let columns: [Column]
  package internal(set) var rows: [Row] = []

  struct Column: Sendable {
    /// The member's name in data.
    var key: String
    /// The heading in a table.
    var title: String
    var detail = Detail.brief

    enum Detail: Sendable {
      case brief
      /// In wide tables only.
      case wide
      /// In data and in no table.
      case data
    }
  }

  /// A line: a cell for each column, and the objects that it comes from.
  package struct Row: Hashable, Sendable {
    var cells: [Cell]
    var origins: [Origin]
  }

  enum Cell: Hashable, Sendable {
    case text(String)
    case number(UInt32?)
    case list([String])
    case flag(Bool)
    case origin(Origin?)
    case labels([String: String])
  }

  package enum Width: Sendable {
    case brief
    /// All columns, and the field of each origin.
    case wide
  }

  package init(listenersOf configuration: ProxyConfiguration) {
    self.init(columns: Self.listenerColumns, rows: Self.listenerRows(configuration))
  }

  package init(routesOf configuration: ProxyConfiguration) {
    self.init(columns: Self.routeColumns, rows: Self.routeRows(configuration))
  }

  package init(clustersOf configuration: ProxyConfiguration) {
    self.init(columns: Self.clusterColumns, rows: Self.clusterRows(configuration))
  }

  package init(endpointsOf configuration: ProxyConfiguration) {
    self.init(columns: Self.endpointColumns, rows: Self.endpointRows(configuration))
  }

  private init(columns: [Column], rows: [Row]) {
    self.columns = columns
    self.rows = rows
  }

  /// The lines that a filter lets through.
  package func filtered(_ filter: ProxyFilter) -> ProxyListing {
    ProxyListing(columns: columns, rows: rows.filter { row in filter.isSatisfied { key in cell(key, row) } })
  }

  /// With the lines of another listing of the same kind, but for those that are here already.
  package func joined(with other: ProxyListing) -> ProxyListing {
    let known = Set(rows)
    return ProxyListing(columns: columns, rows: rows + other.rows.filter { !known.contains($0) })
  }

  private func cell(_ key: String, _ row: Row) -> [String] {
    guard let place = columns.firstIndex(where: { $0.key == key }) else { return [] }
    switch row.cells[place] {
    case .text(let text): return [text]
    case .number(let number): return number.map { ["\($0)"] } ?? []
    case .list(let items): return items
    case .flag, .origin, .labels: return []
    }
  }
}

// MARK: For people

extension ProxyListing {
  package func text(_ width: Width, style: TextStyle, place: (Origin) -> SourceSpan?) -> String {
    let shown = columns.indices.filter { index in
      switch columns[index].detail {
      case .brief: true
      case .wide: width == .wide
      case .data: false
      }
    }
    var table = Table(shown.map { columns[$0].title } + ["ORIGIN", "SOURCE"], style: style)
    for row in rows {
      var cells = shown.map { text(row.cells[$0], width, place) }
      let first = row.origins.first
      var origin = first.map { style.name($0.object.label) } ?? "-"
      if width == .wide, let field = first?.field, !field.isEmpty { origin += " " + field }
      if row.origins.count > 1 { origin += " +\(row.origins.count - 1)" }
      cells.append(origin)
      cells.append(first.flatMap(place).map { style.place("\($0.file):\($0.start.line)") } ?? "-")
      table.add(cells)
    }
    return table.text
  }

  private func text(_ cell: Cell, _ width: Width, _ place: (Origin) -> SourceSpan?) -> String {
    let text: String
    switch cell {
    case .text(let given): text = given
    case .number(let number): text = number.map { "\($0)" } ?? ""
    case .list(let items):
      let isCut = width == .brief && items.count > 3
      text = isCut ? items.prefix(2).joined(separator: ", ") + " +\(items.count - 2)" : items.joined(separator: ", ")
    case .flag(let isSet): text = isSet ? "yes" : "no"
    case .origin(let origin):
      let name = origin.map { "\($0.object.namespace)/\($0.object.name)" } ?? ""
      let span = width == .wide ? origin.flatMap(place) : nil
      text = name + (span.map { " (\($0.file):\($0.start.line))" } ?? "")
    case .labels(let labels): text = labels.keys.sorted().map { "\($0)=\(labels[$0] ?? "")" }.joined(separator: ",")
    }
    return text.isEmpty ? "-" : text
  }
}

// MARK: As data

extension ProxyListing {
  /// An array with an object for each line.
  package func value(place: (Origin) -> SourceSpan?) -> Value {
    .array(
      rows.map { row in
        var members = columns.indices.map { index in
          Value.Member(key: columns[index].key, value: value(row.cells[index], place))
        }
        members.append(Value.Member(key: "origins", value: .array(row.origins.map { value($0, place) })))
        return .object(members)
      })
  }

  private func value(_ cell: Cell, _ place: (Origin) -> SourceSpan?) -> Value {
    switch cell {
    case .text(let text): return text.isEmpty ? .null : .string(text)
    case .number(let number): return number.map { .integer(Int64($0)) } ?? .null
    case .list(let items): return .array(items.map { .string($0) })
    case .flag(let isSet): return .bool(isSet)
    case .origin(let origin): return origin.map { value($0, place) } ?? .null
    case .labels(let labels):
      return .object(labels.keys.sorted().map { Value.Member(key: $0, value: .string(labels[$0] ?? "")) })
    }
  }

  private func value(_ origin: Origin, _ place: (Origin) -> SourceSpan?) -> Value {
    var members = [
      Value.Member(key: "kind", value: .string(origin.object.kind.kind)),
      Value.Member(key: "namespace", value: .string(origin.object.namespace)),
      Value.Member(key: "name", value: .string(origin.object.name)),
    ]
    if !origin.field.isEmpty { members.append(Value.Member(key: "field", value: .string(origin.field))) }
    if let span = place(origin) {
      members.append(Value.Member(key: "file", value: .string(span.file)))
      members.append(Value.Member(key: "line", value: .integer(Int64(span.start.line))))
    }
    return .object(members)
  }
}
