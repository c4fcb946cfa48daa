import Diagnostics
import History
import MeshModel
import Releases
import Report
import Workbench

/// `drydock release`: a version from no request to all of them, and the cleaning up.
enum ReleaseCommand {
  static let spec = CommandSpec(
    name: "release", group: .changes,
    summary: LocalizedText(en: "take a version from 0 to 100 % and clean up afterwards", zh: "灰度发布：从 0 到 100%，以及事后拆除"),
    forms: ["start SERVICE --from V1 --to V2 …", "shift|pause|promote|abort|teardown [NAME]", "status|list [NAME]"],
    details: LocalizedText(
      en: """
        Each step is one revision, shown before it is stored and reviewed like any other. Where the mesh was given a \
        policy (drydock policy set), or with --require-approved, a step waits until the revision of the step before \
        it is approved; abort and pause never wait. What others changed meanwhile is kept, and a field that both \
        changed is shown and nothing written.
        """,
      zh:
        "每一步都是一个修订，保存前先显示，并像其他修订一样评审。若网格设置了策略（drydock policy set）或使用了 --require-approved，则上一步的修订获得批准后才能进行下一步；中止与暂停从不等待。他人期间的修改会被保留；双方都改了的字段会被显示，且不写入任何内容。"
    ),
    subcommands: [start, shift, pause, status, promote, abort, teardown, list], run: { _ in .failure })

  private static let start = CommandSpec(
    name: "start", group: .changes,
    summary: LocalizedText(en: "begin a release", zh: "开始发布"),
    forms: ["SERVICE --from V1 --to V2 [--steps 1,5,…] [--match CONDITION]…"],
    details: LocalizedText(
      en: """
        Finds the rules that send something to the old version, in the mesh or at the gateways named, makes those and \
        the subsets that are missing, and writes where it stands into an object of the mesh, Release NAME. No request \
        goes to the new version yet but those of --match; the first 'shift' begins with the first step.
        """,
      zh: "在网格内或指定网关上查找把请求发往旧版本的规则，补齐缺少的规则与子集，并把进度写入网格中的对象 Release NAME。此时除 --match 的请求外，没有请求到达新版本；第一次 shift 进入第一步。"),
    examples: [
      .init(
        "drydock release start reviews --from v1 --to v2 --steps 5,50,100",
        en: "by weight, subsets by the label version",
        zh: "按权重，子集按 version 标签区分"),
      .init(
        "drydock release start reviews --from v1 --to v2 --match header:end-user=jason", en: "one user first",
        zh: "先对一个用户开放"),
      .init(
        "drydock release start web-svc --services --from httpd-svc --to tomcat-svc",
        en: "one name in front of two Services",
        zh: "一个名称对应两个 Service"),
      .init(
        "drydock release start shop --from v1 --to v2 --gateway istio-system/public --mirror-first",
        en: "at a gateway, mirrored before the first step", zh: "在网关上，先镜像再放量"),
    ],
    options: ReleaseOptions.start, operands: 1...1, operandCompletion: .service
  ) { invocation in
    let request = try ReleaseStartInput(invocation.arguments).request()
    return try ReleaseStepReport.run(invocation) { desk in try desk.start(request) }
  }

  private static func step(
    _ name: String, _ summary: LocalizedText, _ details: LocalizedText? = nil, options: [OptionSpec] = [],
    example: LocalizedText, _ work: @escaping @Sendable (ReleaseDesk, Release, Invocation) throws -> ReleaseStep
  ) -> CommandSpec {
    CommandSpec(
      name: name, group: .changes, summary: summary, forms: ["[NAME]"], details: details,
      examples: [.init("drydock release \(name) reviews -m 'as planned'", en: example.en, zh: example.zh)],
      options: options + ReleaseOptions.step, operands: 0...1, operandCompletion: .release
    ) { invocation in
      try ReleaseStepReport.run(invocation) { desk in
        try work(desk, try release(in: desk, invocation), invocation)
      }
    }
  }

  private static let shift = step(
    "shift", LocalizedText(en: "give the new version its next share", zh: "把流量推进到下一步"),
    LocalizedText(
      en: "The first shift of a mirrored release ends the mirroring.", zh: "对于先镜像的发布，第一次 shift 会结束镜像。"),
    options: [ReleaseOptions.weight, ReleaseOptions.resume, ReleaseOptions.force],
    example: LocalizedText(en: "one step on", zh: "推进一步")
  ) { desk, release, invocation in
    let weight = try invocation.arguments[ReleaseOptions.weight].map { text in
      guard let weight = Int(text) else {
        throw CommandFailure(en: "'\(text)' is no percentage", zh: "'\(text)' 不是百分比")
      }
      return weight
    }
    return try desk.shift(
      release, to: weight, guards: invocation.arguments.has(ReleaseOptions.resume) ? .overridden : .kept)
  }

  private static let pause = step(
    "pause", LocalizedText(en: "hold a release where it is, until 'shift --resume'", zh: "暂停发布，直到 shift --resume"),
    example: LocalizedText(en: "stay at this share", zh: "保持当前份额")
  ) { desk, release, _ in try desk.pause(release) }

  private static let promote = step(
    "promote", LocalizedText(en: "send every request to the new version", zh: "全量切换到新版本"),
    LocalizedText(
      en: "Rules of the release become plain ones; its subsets stay until teardown.", zh: "发布的规则变为普通规则；子集保留到拆除。"),
    options: [ReleaseOptions.now, ReleaseOptions.force],
    example: LocalizedText(en: "after the last step", zh: "在最后一步之后")
  ) { desk, release, invocation in
    try desk.promote(release, guards: invocation.arguments.has(ReleaseOptions.now) ? .overridden : .kept)
  }

  private static let abort = step(
    "abort", LocalizedText(en: "bring back what was there before the release", zh: "中止发布，恢复发布前的内容"),
    LocalizedText(
      en: """
        Objects that nobody else touched have their old text again, byte for byte; in others, the changes of others \
        stay. It also takes back a promotion, as long as nothing was torn down.
        """,
      zh: "他人未改动的对象逐字节恢复原文；其他对象保留他人的修改。只要尚未拆除，也可以撤回全量。"),
    options: [ReleaseOptions.force], example: LocalizedText(en: "back to the old version", zh: "回到旧版本")
  ) { desk, release, _ in try desk.abort(release) }

  private static let teardown = step(
    "teardown", LocalizedText(en: "remove what a finished release brought, and nothing else", zh: "拆除已结束的发布所带来的内容"),
    LocalizedText(
      en: """
        Rules, subsets, DestinationRules and Services that the release brought go, and the Release itself. Rules that \
        named the old version before now name the new one, and keep what they need. Refused while a rule of somebody \
        else routes to what would go, and while pods of the old version would get requests again.
        """,
      zh:
        "移除发布带来的规则、子集、DestinationRule、Service 以及 Release 本身。原先指明旧版本的规则现在指明新版本，并保留其所需内容。若他人的规则仍路由到将被移除的内容，或旧版本的 Pod 会再次收到请求，则拒绝。"
    ),
    options: [ReleaseOptions.forceTeardown], example: LocalizedText(en: "after promote or abort", zh: "在全量或中止之后")
  ) { desk, release, invocation in
    try desk.teardown(
      release, guards: invocation.arguments.has(ReleaseOptions.forceTeardown) ? .overridden : .kept)
  }

  private static let status = CommandSpec(
    name: "status", group: .changes,
    summary: LocalizedText(en: "tell how far a release has come, and what is next", zh: "查看发布进度与下一步"),
    forms: ["[NAME]"],
    examples: [.init("drydock release status reviews", en: "where it stands", zh: "查看进度")],
    options: [Options.namespace, Options.output(["text", "json", "yaml"])] + StoreInput.options, operands: 0...1,
    operandCompletion: .release
  ) { invocation in
    let report = ReleaseStepReport(invocation)
    let store = try StoreInput(invocation).open()
    let desk = try attempt { try ReleaseDesk(store) }
    do {
      let release = try release(in: desk, invocation)
      let around = try surroundings(release, desk, report)
      let terminal = invocation.terminal
      switch invocation.arguments[Options.output] ?? "text" {
      case "text":
        terminal.output.write(
          ReleaseText(style: terminal.style, language: terminal.language).status(release, around))
      case "yaml": report.write(release.value)
      default: report.write(.object([.init(key: "release", value: release.value)] + members(around)))
      }
    } catch let refusal as ReleaseRefusal { throw report.failure(refusal) }
    return .success
  }

  private static func members(_ around: ReleaseText.Surroundings) -> [Value.Member] {
    [
      .init(key: "lastStep", value: around.lastStep.map { .integer($0.number.value) } ?? .null),
      .init(key: "isApproved", value: .bool(around.lastStep?.approval.isApproved ?? false)),
      .init(key: "waitsForApproval", value: .bool(around.waits)),
      .init(key: "touchedByOthers", value: .array(around.touchedByOthers.map { .string($0.label) })),
    ]
  }

  private static let list = CommandSpec(
    name: "list", group: .changes, summary: LocalizedText(en: "list the releases of the mesh", zh: "列出网格中的发布"),
    forms: [""],
    examples: [.init("drydock release list", en: "all that are not torn down", zh: "所有尚未拆除的发布")],
    options: [Options.namespace, Options.output(["text", "json", "yaml"])] + StoreInput.options
  ) { invocation in
    let store = try StoreInput(invocation).open()
    let releases = inNamespace(try attempt { try ReleaseDesk(store) }.releases, invocation)
    let terminal = invocation.terminal
    if (invocation.arguments[Options.output] ?? "text") == "text" {
      if releases.isEmpty {
        terminal.printLine(LocalizedText(en: "no releases", zh: "没有发布")[terminal.language])
      } else {
        terminal.output.write(ReleaseText(style: terminal.style, language: terminal.language).list(releases))
      }
    } else {
      ReleaseStepReport(invocation).write(.array(releases.map(\.value)))
    }
    return .success
  }

  /// The one that is named, or the only one; `--namespace` says where to look.
  private static func release(in desk: ReleaseDesk, _ invocation: Invocation) throws -> Release {
    if let name = invocation.arguments.operands.first {
      guard let namespace = invocation.arguments[Options.namespace], !name.utf8.contains(UInt8(ascii: "/")) else {
        return try desk.release(named: name)
      }
      return try desk.release(named: "\(namespace)/\(name)")
    }
    let releases = inNamespace(desk.releases, invocation)
    guard releases.count == 1 else {
      let names = releases.map { "\($0.namespace)/\($0.name)" }.joined(separator: ", ")
      throw CommandFailure(
        .negative, en: releases.isEmpty ? "the mesh has no release" : "say which release: \(names)",
        zh: releases.isEmpty ? "网格中没有发布" : "请指明发布：\(names)")
    }
    return releases[0]
  }

  private static func inNamespace(_ releases: [Release], _ invocation: Invocation) -> [Release] {
    guard let namespace = invocation.arguments[Options.namespace] else { return releases }
    return releases.filter { $0.namespace == namespace }
  }

  static func surroundings(
    _ release: Release, _ desk: ReleaseDesk, _ report: ReleaseStepReport
  ) throws -> ReleaseText.Surroundings {
    do throws(ReleaseRefusal) {
      let last = try desk.approval(of: release)
      return ReleaseText.Surroundings(
        lastStep: last.map { (number: $0.0, approval: $0.1) }, waits: try desk.waitsForApproval(release),
        touchedByOthers: release.phase == .aborted ? [] : desk.touchedByOthers(release))
    } catch { throw report.failure(error) }
  }
}
