import Comparison
package import Diagnostics
package import Drift
package import History
import MeshModel

/// How a cluster differs from a revision, for people.
package struct DriftText: Sendable {
  private let style: TextStyle
  private let language: Language

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  package func text(_ drift: MeshDrift, revision: RevisionNumber, target: String?) -> String {
    let fields = DifferenceText(style: style, language: language)
    var text = ""
    for object in drift.objects {
      switch object.kind {
      case .added:
        text += style.added("+ \(object.id.label)") + "  " + style.faint(say("only in the cluster", "仅集群中有")) + "\n"
      case .removed:
        let place = say("only in revision \(revision)", "仅修订 \(revision) 中有")
        text += style.removed("- \(object.id.label)") + "  " + style.faint(place) + "\n"
      case .changed:
        text += style.value("~ \(object.id.label)") + "\n"
        for field in object.fields { text += fields.text(field) }
      }
    }
    return text + summary(drift, revision, target) + absent(drift) + omitted(drift)
  }

  private func summary(_ drift: MeshDrift, _ revision: RevisionNumber, _ target: String?) -> String {
    let place =
      target.map { say("revision \(revision), exported to '\($0)'", "导出到 '\($0)' 的修订 \(revision)") }
      ?? say("revision \(revision)", "修订 \(revision)")
    guard drift.isFound else {
      let verdict = style.good(say("no drift", "没有偏差"))
      switch drift.same {
      case 0: return say("\(verdict): nothing is in scope", "\(verdict)：范围内没有对象") + "\n"
      case 1: return say("\(verdict): 1 object is as in \(place)", "\(verdict)：1 个对象与\(place) 一致") + "\n"
      case let count:
        return say("\(verdict): \(count) objects are as in \(place)", "\(verdict)：\(count) 个对象与\(place) 一致") + "\n"
      }
    }
    let changed = drift.objects.count { $0.kind == .changed }
    let live = drift.objects.count { $0.kind == .added }
    let stored = drift.objects.count { $0.kind == .removed }
    let verdict = style.bad(say("drift", "有偏差"))
    return say(
      "\(verdict) from \(place): \(changed) changed, \(live) only in the cluster, \(stored) only in the store, "
        + "\(drift.same) as stored",
      "\(verdict)（相对\(place)）：\(changed) 个不同，\(live) 个仅在集群中，\(stored) 个仅在存储中，\(drift.same) 个一致") + "\n"
  }

  private func absent(_ drift: MeshDrift) -> String {
    guard !drift.absentKinds.isEmpty else { return "" }
    let kinds = drift.absentKinds.map(\.kind)
    let names = kinds.joined(separator: say(", ", "、"))
    return style.warning(
      say(
        "the dump holds no \(names) at all; if the cluster was not asked for them, say what to compare with --kind",
        "转储中没有任何 \(names)；若未向集群查询这些类型，请用 --kind 指明要比较的类型")) + "\n"
  }

  private func omitted(_ drift: MeshDrift) -> String {
    guard !drift.omitted.isEmpty else { return "" }
    var parts: [String] = []
    for reason in DriftScope.Omission.allCases {
      let kinds = drift.omitted.filter { $0.reason == reason }.map { "\($0.count) \($0.kind.kind)" }
      guard !kinds.isEmpty else { continue }
      let list = kinds.joined(separator: say(", ", "、"))
      parts.append(say("\(list) (\(self.reason(reason)))", "\(list)（\(self.reason(reason))）"))
    }
    let head = say("not compared: ", "未比较：")
    return style.faint(head + parts.joined(separator: say("; ", "；"))) + "\n"
  }

  private func reason(_ reason: DriftScope.Omission) -> String {
    switch reason {
    case .outOfScope: say("out of scope", "不在范围内")
    case .shortLived: say("short-lived", "随时变动")
    case .madeByCluster: say("made by the cluster", "由集群生成")
    case .notInDump: say("no such kind in the dump", "转储中无此类型")
    }
  }
}
