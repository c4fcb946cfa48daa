package import Comparison
package import Diagnostics
import MeshModel

/// What differs between two states, object by object and field by field.
package struct DifferenceText: Sendable {
  private let style: TextStyle
  private let language: Language

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  package func text(_ differences: [ObjectDifference]) -> String {
    var text = ""
    for difference in differences {
      switch difference.kind {
      case .added: text += style.added("+ \(difference.id.label)") + "\n"
      case .removed: text += style.removed("- \(difference.id.label)") + "\n"
      case .changed:
        text += style.value("~ \(difference.id.label)") + "\n"
        for field in difference.fields { text += self.text(field) }
      }
    }
    return text + summary(differences)
  }

  /// One line for a field.
  func text(_ field: FieldDifference) -> String {
    let path = style.faint(field.path.description)
    switch field.change {
    case .added(let value): return "    \(path): \(style.added("+ \(value.brief)"))\n"
    case .removed(let value): return "    \(path): \(style.removed("- \(value.brief)"))\n"
    case .changed(let from, let to):
      let (old, new) = (from.brief, to.brief)
      return "    \(path): \(style.removed(old)) → \(style.added(new))\n"
    case .moved: return "    \(path): \(style.value(say("moved", "位置变动")))\n"
    }
  }

  private func summary(_ differences: [ObjectDifference]) -> String {
    let added = differences.count { $0.kind == .added }
    let changed = differences.count { $0.kind == .changed }
    let removed = differences.count { $0.kind == .removed }
    if differences.isEmpty { return say("no differences", "没有差异") + "\n" }
    return say(
      "\(added) added, \(changed) changed, \(removed) removed", "新增 \(added)，修改 \(changed)，删除 \(removed)") + "\n"
  }
}

extension Value {
  /// On one line, in YAML's flow style; long values are cut.
  package var brief: String {
    let text = flow
    return text.count > 160 ? String(text.prefix(157)) + "…" : text
  }

  private var flow: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let number): number.description
    case .string(let text): text.isEmpty ? "\"\"" : text
    case .array(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
    case .object(let members): "{" + members.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", ") + "}"
    }
  }
}
