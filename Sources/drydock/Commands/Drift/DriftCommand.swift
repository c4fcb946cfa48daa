import Comparison
import Diagnostics
import Drift
import History
import MeshModel
import Report
import Storage
import Workbench

/// `drydock drift`: what a cluster has against what was stored for it.
enum DriftCommand {
  private static let target = OptionSpec.value(
    "target", nil, "NAME",
    LocalizedText(
      en: "compare with the revision last exported for this cluster or environment", zh: "与最近一次导出到该集群或环境的修订比较"))
  private static let revision = OptionSpec.value(
    "revision", "r", "N", completion: .revision,
    LocalizedText(en: "compare with this revision (default: the newest approved one)", zh: "与该修订比较（默认最新的已批准修订）"))
  private static let kind = OptionSpec.list(
    "kind", nil, "KIND", completion: .kind,
    LocalizedText(
      en: "compare these kinds only, such as vs,dr; may be repeated", zh: "只比较这些类型，如 vs,dr；可重复"))
  private static let namespace = OptionSpec.value(
    "namespace", "n", "NAMESPACE", completion: .namespace,
    LocalizedText(en: "compare this namespace only (default: all)", zh: "只比较该命名空间（默认全部）"))
  private static let record = OptionSpec.toggle(
    "record", nil,
    LocalizedText(en: "store what the cluster has as a revision of a mesh of its own", zh: "将集群现状存为独立网格的一个修订"))
  private static let recordAs = OptionSpec.value(
    "as", nil, "MESH", completion: .mesh,
    LocalizedText(
      en: "the mesh that --record writes to (default: live-TARGET, or live)",
      zh: "--record 写入的网格（默认 live-TARGET 或 live）"))

  static let spec = CommandSpec(
    name: "drift", group: .reading,
    summary: LocalizedText(en: "compare a cluster's dump with what was stored for it", zh: "将集群转储与所存配置比较"),
    forms: ["-f FILE… [--target NAME | -r N] [--record]"],
    details: LocalizedText(
      en: """
        The dump is what 'kubectl get … -o yaml' prints. What a cluster adds by itself is no drift: status, uid,
        managedFields, defaults, addresses it hands out. With --target only routing objects are compared, as only they
        are exported. Exit code 0: no drift, 1: drift, 2: it could not be told.
        """,
      zh: """
        转储即 'kubectl get … -o yaml' 的输出。集群自行添加的内容不算偏差：status、uid、managedFields、默认值、\
        分配的地址。给出 --target 时只比较流量对象，因为只有它们会被导出。退出码 0：无偏差，1：有偏差，2：无法判断。
        """),
    examples: [
      .init(
        "kubectl get gw,vs,dr,se -A -o yaml | drydock drift -f - --target prod", en: "is prod as it was exported?",
        zh: "prod 是否仍与导出时一致？"),
      .init("drydock drift -f live.yaml -r 4 -n shop", en: "one namespace against revision 4", zh: "一个命名空间与修订 4 比较"),
      .init("drydock drift -f live.yaml --record", en: "and keep what the cluster has", zh: "并保存集群现状"),
    ],
    options: [
      Options.filename, Options.recursive, target, revision, kind, namespace, record, recordAs, Options.author,
      Options.output(["text", "json", "name"]),
    ] + StoreInput.options, run: run)

  /// Nothing but drift ends with 1: a script must be able to tell drift from a failure.
  private static func run(_ invocation: Invocation) throws -> ExitCode {
    do {
      return try compare(invocation)
    } catch var failure as CommandFailure {
      failure.exitCode = .failure
      throw failure
    }
  }

  private static func compare(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let live = try dump(invocation)
    let input = StoreInput(invocation)
    let store = try input.open()
    let job = DriftJob(wanted: try wanted(arguments, input, store), live: live, scope: try scope(arguments))
    let result: DriftJob.Result
    do { result = try job.run(on: store) } catch { throw failure(error, store.mesh) }
    if let name = arguments[namespace], !(result.stored + live).contains(where: { $0.id.namespace == name }) {
      throw CommandFailure(
        en: "neither side has anything in namespace '\(name)'", zh: "两侧的命名空间 '\(name)' 中都没有任何对象")
    }
    var note: LocalizedText?
    if arguments.has(record) || arguments.has(recordAs) { note = try keep(live, invocation, store) }
    try show(result, store.mesh, invocation)
    if let note {
      invocation.terminal.output.flush()
      invocation.terminal.remark(note)
    }
    return result.drift.isFound ? .negative : .success
  }

  private static func dump(_ invocation: Invocation) throws -> [MeshObject] {
    let arguments = invocation.arguments
    let paths = arguments.all(Options.filename)
    guard !paths.isEmpty else {
      throw CommandFailure(
        en: "say what the cluster has: -f FILE", zh: "请用 -f FILE 给出集群的转储",
        hint: LocalizedText(
          en: "such as: kubectl get gw,vs,dr,se -A -o yaml | drydock drift -f -",
          zh: "例如：kubectl get gw,vs,dr,se -A -o yaml | drydock drift -f -"))
    }
    let files = InputFiles(reading: paths, depth: arguments.has(Options.recursive) ? .recursive : .shallow)
    let read = ObjectInput(files: files.files)
    try InputProblems.show(files.problems + read.problems.filter { $0.severity != .info }, invocation.terminal)
    // An empty list is an answer; nothing at all is what a kubectl that failed prints.
    let isBlank = files.files.allSatisfy { file in file.bytes.allSatisfy { $0 <= UInt8(ascii: " ") } }
    guard !isBlank else {
      throw CommandFailure(en: "the dump is empty", zh: "转储为空")
    }
    return read.objects
  }

  private static func wanted(
    _ arguments: ParsedArguments, _ input: StoreInput, _ store: MeshStore
  ) throws -> DriftJob.Wanted {
    switch (arguments[target], arguments[revision]) {
    case (nil, nil): return .newestApproved
    case (let name?, nil): return .exported(target: name)
    case (nil, let word?):
      guard let number = try input.revision(word, in: store) else { return .newestApproved }
      return .revision(number)
    case (_?, _?):
      throw CommandFailure(en: "give --target or --revision, not both", zh: "--target 与 --revision 只能给出一个")
    }
  }

  private static func scope(_ arguments: ParsedArguments) throws -> DriftScope {
    var scope = DriftScope(namespace: arguments[namespace], context: arguments.has(target) ? .leftOut : .compared)
    let words = arguments.all(kind).flatMap { $0.split(separator: ",").map(String.init) }
    guard !words.isEmpty else { return scope }
    var kinds: Set<ObjectKind> = []
    for word in words {
      do throws(ObjectQuery.Problem) { kinds.formUnion(try ObjectQuery.kinds(named: word)) } catch {
        throw CommandFailure(en: error.message.en, zh: error.message.zh)
      }
    }
    scope.kinds = kinds
    return scope
  }

  private static func failure(_ problem: DriftJob.Problem, _ mesh: MeshName) -> CommandFailure {
    switch problem {
    case .store(let error): return CommandFailure(error)
    case .noRevisions:
      return CommandFailure(en: "mesh '\(mesh)' has no revisions yet", zh: "网格 '\(mesh)' 还没有修订")
    case .nothingApproved(let newest):
      return CommandFailure(
        en: "no revision of mesh '\(mesh)' is approved", zh: "网格 '\(mesh)' 没有已批准的修订",
        hint: LocalizedText(en: "-r \(newest) compares with the newest one", zh: "-r \(newest) 可与最新修订比较"))
    case .neverExported(let target, let others):
      let known = others.map { "'\($0)'" }
      return CommandFailure(
        en: "nothing was ever exported for '\(target)'", zh: "从未导出到 '\(target)'",
        hint: others.isEmpty
          ? nil
          : LocalizedText(
            en: "there are exports for \(known.joined(separator: ", "))", zh: "已有导出目标：\(known.joined(separator: "、"))"))
    }
  }

  private static func keep(_ live: [MeshObject], _ invocation: Invocation, _ store: MeshStore) throws -> LocalizedText {
    let arguments = invocation.arguments
    let text = arguments[recordAs] ?? arguments[target].map { "live-\($0)" } ?? "live"
    guard let mesh = try? MeshName(text) else {
      throw CommandFailure(
        en: "'\(text)' is no name of a mesh; say another one with --as", zh: "'\(text)' 不是有效的网格名；请用 --as 另指定")
    }
    guard mesh != store.mesh else {
      throw CommandFailure(
        en: "what the cluster has is not written over mesh '\(mesh)'; say another one with --as",
        zh: "不会用集群现状覆盖网格 '\(mesh)'；请用 --as 另指定")
    }
    let source = arguments.all(Options.filename).joined(separator: ", ")
    let job = RecordLiveState(
      objects: live, mesh: mesh, signature: StoreInput(invocation).signature, message: "drift: recorded from \(source)")
    switch try attempt({ try job.run(on: store.store) }) {
    case .committed(let revision, _):
      return LocalizedText(
        en: "recorded as revision \(revision.number) of mesh '\(mesh)'", zh: "已记录为网格 '\(mesh)' 的修订 \(revision.number)")
    case .unchanged(let head):
      let number = head?.description ?? "-"
      return LocalizedText(
        en: "mesh '\(mesh)' holds the same already, as revision \(number)", zh: "网格 '\(mesh)' 已有相同内容：修订 \(number)")
    }
  }

  private static func show(_ result: DriftJob.Result, _ mesh: MeshName, _ invocation: Invocation) throws {
    let terminal = invocation.terminal
    let number = result.revision.number
    lazy var requests = RequestReport(
      from: result.stored, to: result.live, touched: result.drift.objects.map(\.id))
    switch invocation.arguments[Options.output] {
    case "json":
      var writer = JSONWriter(layout: .indented)
      writer.beginObject()
      writer.writeMembers(result.drift, of: mesh, revision: number, target: result.target)
      writer.key("requests")
      writer.write(requests.changes)
      writer.endObject()
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    case "name":
      for object in result.drift.objects { terminal.printLine(object.id.reference) }
    default:
      let text = DriftText(style: terminal.style, language: terminal.language)
      terminal.output.write(text.text(result.drift, revision: number, target: result.target))
      if let waiting = result.waiting {
        let note = LocalizedText(
          en: "revision \(waiting) is approved and was not exported yet", zh: "修订 \(waiting) 已批准，尚未导出")
        terminal.printLine(terminal.style.faint(note[terminal.language]))
      }
      if result.drift.isFound {
        terminal.printLine()
        requests.show(terminal)
      }
      try AccessReport.show(result.drift.objects, { (result.stored, result.live) }, invocation)
    }
  }
}
