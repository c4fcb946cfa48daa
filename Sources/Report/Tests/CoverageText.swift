package import Diagnostics
package import MeshModel
package import RoutingTests

/// Coverage for a person: shares, and what is missing.
package struct CoverageText {
  private let style: TextStyle
  private let language: Language

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  package func text(_ coverage: Coverage) -> String {
    let total = coverage.share()
    var lines = [style.heading(say("Coverage", "覆盖率")) + "  " + Self.text(total)]
    for kind in Coverage.Kind.allCases {
      let share = coverage.share(of: kind)
      if share.total > 0 {
        lines.append("  " + TextWidth.padded(Self.title(kind)[language], to: 10) + Self.text(share))
      }
    }
    let missed = coverage.missed.filter { $0.unreachable == nil }
    if !missed.isEmpty {
      lines.append(say("no test reaches", "没有测试到达"))
      lines += missed.map { "  " + style.bad("✗ ") + line($0) }
    }
    let unreachable = coverage.missed.filter { $0.unreachable != nil && $0.kind != .target }
    if !unreachable.isEmpty {
      lines.append(say("no request can reach", "任何请求都无法到达"))
      lines += unreachable.map { "  " + style.faint("· ") + line($0) + ": " + ($0.unreachable?[language] ?? "") }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ item: Coverage.Item) -> String {
    var text = "\(item.origin.object.label) \(item.origin.field)"
    if let span = item.span { text += " " + style.place("(\(span.file):\(span.start.line))") }
    return text
  }

  static func title(_ kind: Coverage.Kind) -> LocalizedText {
    switch kind {
    case .rule: LocalizedText(en: "rules", zh: "规则")
    case .match: LocalizedText(en: "matches", zh: "匹配条件")
    case .target: LocalizedText(en: "targets", zh: "目标")
    case .subset: LocalizedText(en: "subsets", zh: "子集")
    }
  }

  /// `83.3 % (5 of 6)`.
  static func text(_ share: Coverage.Share) -> String {
    "\(percent(share.percent)) % (\(share.reached)/\(share.total))"
  }

  /// One digit behind the point, cut and not rounded: 99.99 is not 100.
  package static func percent(_ value: Double) -> String {
    let tenths = Int(value * 10)
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}

extension Coverage {
  /// For a machine.
  package var json: Value {
    func share(_ share: Share) -> Value {
      .object([
        .init(key: "reached", value: .integer(Int64(share.reached))),
        .init(key: "total", value: .integer(Int64(share.total))), .init(key: "percent", value: .number(share.percent)),
      ])
    }
    var members = [Value.Member(key: "total", value: share(self.share()))]
    for kind in Kind.allCases { members.append(.init(key: kind.rawValue, value: share(self.share(of: kind)))) }
    members.append(.init(key: "items", value: .array(items.map { $0.json })))
    return .object(members)
  }
}

extension Coverage.Item {
  fileprivate var json: Value {
    var members: [Value.Member] = [
      .init(key: "kind", value: .string(kind.rawValue)),
      .init(key: "object", value: .string(origin.object.label)), .init(key: "field", value: .string(origin.field)),
      .init(key: "hits", value: .integer(Int64(hits))),
    ]
    if let span {
      members.append(.init(key: "file", value: .string(span.file)))
      members.append(.init(key: "line", value: .integer(Int64(span.start.line))))
      members.append(.init(key: "lastLine", value: .integer(Int64(lastLine))))
    }
    if let unreachable { members.append(.init(key: "unreachable", value: .string(unreachable.en))) }
    return .object(members)
  }
}
