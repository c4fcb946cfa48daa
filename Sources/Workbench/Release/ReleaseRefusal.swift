package import Comparison
package import Diagnostics
package import History
package import MeshModel
package import Releases
package import Storage

/// Why a step of a release is not taken; nothing was written.
package enum ReleaseRefusal: Error {
  case store(StoreError)
  case problem(ReleaseProblem)
  case unknownRelease(String, known: [String])
  case severalNamed(String, [ObjectID])
  /// Somebody edited the Release object so that it is none.
  case unreadable(ObjectID)
  case wrongPhase(Release, Step)
  case paused(Release)
  /// There is no step behind the last.
  case noStepLeft(Release)
  case badWeight(Int)
  /// It shall be promoted, and has not come to its last step.
  case early(Release)
  case notApproved(RevisionNumber, ApprovalState)
  /// Somebody else changed what the step has to change.
  case conflicts([Conflict])
  /// Rules that need what would be removed.
  case stillRouted([Use])
  /// Pods that requests would reach again.
  case stillServed([ObjectID], version: String)
  /// The service's own name reaches no pod of the new version.
  case notServed(host: String, version: String)

  package struct Conflict: Hashable, Sendable {
    package var id: ObjectID
    package var conflict: ThreeWayMerge.Conflict
  }

  package struct Use: Hashable, Sendable {
    package var use: RouteUse
    /// The line of the destination in the object's file.
    package var span: SourceSpan?
  }

  package enum Step: String, Hashable, Sendable, CaseIterable {
    case shift, pause, promote, abort, teardown
  }

  package var message: LocalizedText {
    switch self {
    case .store(let error): error.message
    case .problem(let problem): problem.message
    case .unknownRelease(let name, _):
      LocalizedText(en: "the mesh has no release '\(name)'", zh: "网格中没有发布 '\(name)'")
    case .severalNamed(let name, let ids):
      LocalizedText(
        en: "\(ids.count) releases are called '\(name)': \(ids.map(\.place).joined(separator: ", "))",
        zh: "有 \(ids.count) 个发布名为 '\(name)'：\(ids.map(\.place).joined(separator: "、"))")
    case .unreadable(let id): LocalizedText(en: "\(id.label) cannot be read", zh: "无法读取 \(id.label)")
    case .wrongPhase(let release, let step): wrongPhase(release, step)
    case .paused(let release):
      LocalizedText(
        en: "release '\(release.name)' is paused at \(release.stage.weight) %",
        zh: "发布 '\(release.name)' 已暂停在 \(release.stage.weight)%")
    case .noStepLeft(let release):
      LocalizedText(
        en: "release '\(release.name)' has no step left: \(release.to.name) gets \(release.stage.weight) %",
        zh: "发布 '\(release.name)' 没有剩余步骤：\(release.to.name) 已获得 \(release.stage.weight)%")
    case .badWeight(let weight):
      LocalizedText(en: "a weight is a percentage from 0 to 100, not \(weight)", zh: "权重应为 0 到 100 的百分比，而不是 \(weight)")
    case .early(let release):
      LocalizedText(
        en:
          "release '\(release.name)' is at \(release.stage.weight) %, and its last step is \(release.steps.last ?? 100) %",
        zh: "发布 '\(release.name)' 目前为 \(release.stage.weight)%，最后一步是 \(release.steps.last ?? 100)%")
    case .notApproved(let number, _):
      LocalizedText(
        en: "the step before this one, revision \(number), is not approved", zh: "上一步（修订 \(number)）尚未批准")
    case .conflicts(let conflicts):
      LocalizedText(
        en: conflicts.count == 1
          ? "somebody else changed the same field; nothing was written"
          : "somebody else changed \(conflicts.count) of the same fields; nothing was written",
        zh: "其他人修改了 \(conflicts.count) 个相同字段；未写入任何内容")
    case .stillRouted(let uses): stillRouted(uses)
    case .stillServed(let pods, let version):
      LocalizedText(
        en: "requests would reach pods that are not '\(version)' again: \(pods.map(\.place).joined(separator: ", "))",
        zh: "请求将再次到达不属于 '\(version)' 的 Pod：\(pods.map(\.place).joined(separator: "、"))")
    case .notServed(let host, let version):
      LocalizedText(
        en: "without the release's rule '\(host)' reaches no pod of '\(version)': its Service selects others",
        zh: "没有发布的规则，'\(host)' 到达不了 '\(version)' 的 Pod：其 Service 选择的是其他 Pod")
    }
  }

  private func wrongPhase(_ release: Release, _ step: Step) -> LocalizedText {
    switch release.phase {
    case .started, .shifted, .paused:
      LocalizedText(
        en: "release '\(release.name)' is under way, at \(release.stage.weight) %",
        zh: "发布 '\(release.name)' 正在进行，目前为 \(release.stage.weight)%")
    case .promoted:
      LocalizedText(en: "release '\(release.name)' is promoted already", zh: "发布 '\(release.name)' 已全量")
    case .aborted: LocalizedText(en: "release '\(release.name)' is aborted already", zh: "发布 '\(release.name)' 已中止")
    }
  }

  private func stillRouted(_ uses: [Use]) -> LocalizedText {
    let en = uses.map { "\($0.use.id.label)\($0.place) routes to \($0.use.target.name.en)" }
    let zh = uses.map { "\($0.use.id.label)\($0.place) 仍路由到\($0.use.target.name.zh)" }
    return LocalizedText(
      en: "something still routes there: " + en.joined(separator: "; "), zh: "仍有路由：" + zh.joined(separator: "；"))
  }

  package var hint: LocalizedText? {
    switch self {
    case .store(let error): error.hint
    case .problem(let problem): problem.hint
    case .unknownRelease(_, let known):
      known.isEmpty
        ? LocalizedText(en: "'drydock release start' begins one", zh: "用 'drydock release start' 开始一个发布")
        : LocalizedText(en: "there are: \(known.joined(separator: ", "))", zh: "现有：\(known.joined(separator: "、"))")
    case .severalNamed: LocalizedText(en: "say which: NAMESPACE/NAME", zh: "请写明 NAMESPACE/NAME")
    case .wrongPhase(let release, let step): Self.afterwards(release, step)
    case .paused(let release):
      LocalizedText(
        en: "'drydock release shift \(release.name) --resume' goes on",
        zh: "用 'drydock release shift \(release.name) --resume' 继续")
    case .noStepLeft(let release):
      LocalizedText(
        en: "'drydock release promote \(release.name)' ends it", zh: "用 'drydock release promote \(release.name)' 完成发布")
    case .early: LocalizedText(en: "--now leaves the other steps out", zh: "--now 可跳过其余步骤")
    case .notApproved(let number, _):
      LocalizedText(
        en: "'drydock review status \(number)' tells what is missing; abort never waits",
        zh: "用 'drydock review status \(number)' 查看缺少什么；中止从不等待批准")
    case .conflicts:
      LocalizedText(en: "set these fields by hand, then try again", zh: "请手工修改这些字段后重试")
    case .stillRouted:
      LocalizedText(en: "change these rules first ('drydock route')", zh: "请先修改这些规则（'drydock route'）")
    case .stillServed:
      LocalizedText(
        en: "take the old version out of the mesh first, or --force", zh: "请先从网格中移除旧版本，或使用 --force")
    case .notServed:
      LocalizedText(
        en: "let the Service select the new pods first, or --force", zh: "请先让该 Service 选择新的 Pod，或使用 --force")
    case .unreadable, .badWeight: nil
    }
  }

  private static func afterwards(_ release: Release, _ step: Step) -> LocalizedText? {
    switch (release.phase, step) {
    case (.promoted, .abort), (.promoted, .shift), (.promoted, .pause), (.promoted, .promote), (.aborted, .shift),
      (.aborted, .pause), (.aborted, .promote), (.aborted, .abort):
      LocalizedText(
        en: "'drydock release teardown \(release.name)' removes what it brought",
        zh: "用 'drydock release teardown \(release.name)' 拆除它带来的内容")
    case (_, .teardown):
      LocalizedText(en: "promote or abort it first", zh: "请先全量（promote）或中止（abort）")
    case (_, _): nil
    }
  }
}

extension ReleaseRefusal.Use {
  /// ` (routes.yaml:12)`.
  fileprivate var place: String { span.map { " (\($0.file):\($0.start.line))" } ?? "" }
}

extension RouteUse.Target {
  fileprivate var name: LocalizedText {
    switch self {
    case .subset(let host, let name):
      LocalizedText(en: "subset '\(name)' of '\(host)'", zh: " '\(host)' 的子集 '\(name)'")
    case .service(let host): LocalizedText(en: "service '\(host)'", zh: "服务 '\(host)'")
    }
  }
}

extension ObjectID {
  fileprivate var place: String { "\(namespace)/\(name)" }
}
