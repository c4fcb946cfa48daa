package import Comparison
package import Diagnostics
package import History
package import MeshModel
package import Releases

/// Releases for people.
package struct ReleaseText: Sendable {
  private let style: TextStyle
  private let language: Language

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  /// What is known of a release besides its object.
  package struct Surroundings: Sendable {
    package var lastStep: (number: RevisionNumber, approval: ApprovalState)?
    /// Whether the next step waits for the approval of the last.
    package var waits: Bool
    package var touchedByOthers: [ObjectID]

    package init(
      lastStep: (number: RevisionNumber, approval: ApprovalState)?, waits: Bool, touchedByOthers: [ObjectID]
    ) {
      self.lastStep = lastStep
      self.waits = waits
      self.touchedByOthers = touchedByOthers
    }
  }

  package func phase(_ release: Release) -> String {
    switch release.phase {
    case .started: say("started", "已开始")
    case .shifted: say("shifted", "已放量")
    case .paused: style.warning(say("paused", "已暂停"))
    case .promoted: style.good(say("promoted", "已全量"))
    case .aborted: style.bad(say("aborted", "已中止"))
    }
  }

  private func share(_ release: Release) -> String {
    switch release.phase {
    case .started, .shifted, .paused: release.stage.isMirrored ? say("mirrored", "镜像中") : "\(release.stage.weight) %"
    case .promoted: "100 %"
    case .aborted: "0 %"
    }
  }

  /// One line each.
  package func list(_ releases: [Release]) -> String {
    let header = [
      say("NAMESPACE", "命名空间"), say("NAME", "名称"), say("SERVICE", "服务"), say("VERSIONS", "版本"),
      say("PHASE", "阶段"), say("SHARE", "份额"),
    ]
    var table = Table(header, style: style)
    for release in releases {
      table.add([
        release.namespace, style.name(release.name), release.host, "\(release.from.name) → \(release.to.name)",
        phase(release), share(release),
      ])
    }
    return table.text
  }

  /// Everything about one release.
  package func status(_ release: Release, _ around: Surroundings) -> String {
    var rows: [(String, String)] = []
    let layerAndScope = release.layer.rawValue + say(", ", "，") + release.scope.joined(separator: say(", ", "、"))
    rows.append((say("Service", "服务"), release.host + say(" (\(layerAndScope))", "（\(layerAndScope)）")))
    rows.append((say("Versions", "版本"), "\(release.from.name) → \(release.to.name)"))
    rows.append((say("Phase", "阶段"), phase(release) + say(", ", "，") + share(release)))
    if !release.steps.isEmpty { rows.append((say("Steps", "步骤"), steps(release))) }
    for entry in release.identity { rows.append((say("Match", "匹配"), entry.brief)) }
    if let (number, approval) = around.lastStep {
      rows.append((say("Last step", "上一步"), say("revision \(number), ", "修订 \(number)，") + state(approval)))
    }
    for part in release.parts {
      let made = part.seed == nil ? say("altered", "已修改") : say("created", "已创建")
      let note =
        around.touchedByOthers.contains(part.id) ? style.warning(say(", changed since by others", "，之后被他人修改")) : ""
      rows.append((say("Object", "对象"), part.id.label + say(" (\(made))", "（\(made)）") + note))
    }
    rows.append((say("Next", "下一步"), next(release, around)))
    let width = rows.map { TextWidth.columns(of: $0.0) }.max() ?? 0
    var text = style.heading(say("release \(release.name)", "发布 \(release.name)")) + "\n"
    for (name, value) in rows { text += "  \(style.faint(TextWidth.padded(name, to: width)))  \(value)\n" }
    return text
  }

  private func steps(_ release: Release) -> String {
    release.steps.map { step in
      step == release.stage.weight && release.isUnderWay ? style.value("[\(step)]") : String(step)
    }.joined(separator: " ")
  }

  private func state(_ approval: ApprovalState) -> String {
    approval.isApproved ? style.good(say("approved", "已批准")) : style.faint(say("not approved", "未批准"))
  }

  /// What to type next.
  package func next(_ release: Release, _ around: Surroundings) -> String {
    if around.waits, let (number, approval) = around.lastStep, !approval.isApproved, release.phase != .aborted {
      return "drydock review approve \(number)"
    }
    let name = release.name
    switch release.phase {
    case .started, .shifted:
      guard let step = release.nextStep else { return "drydock release promote \(name)" }
      return "drydock release shift \(name)  (\(step) %)"
    case .paused: return "drydock release shift \(name) --resume"
    case .promoted, .aborted: return "drydock release teardown \(name)"
    }
  }

  /// A field that two people changed: what it was, what the step makes of it, and what it is now.
  package func conflict(_ conflict: ThreeWayMerge.Conflict, of id: ObjectID) -> String {
    let absent = say("nothing", "无")
    let value = { (value: Value?) in value?.brief ?? absent }
    let reason =
      switch conflict.reason {
      case .values: ""
      case .place: say(" (both put elements there)", "（双方都在此处添加了元素）")
      case .order: say(" (both changed the order)", "（双方都改变了顺序）")
      }
    let path = conflict.path.steps.isEmpty ? say("the whole object", "整个对象") : conflict.path.description
    return """
      \(style.name(id.label)) \(path)\(reason)
          \(style.faint(say("the release left", "发布写入的值")))  \(value(conflict.base))
          \(style.faint(say("this step wants", "此步骤要写入")))  \(style.added(value(conflict.ours)))
          \(style.faint(say("somebody set", "他人设置为")))  \(style.removed(value(conflict.theirs)))

      """
  }
}
