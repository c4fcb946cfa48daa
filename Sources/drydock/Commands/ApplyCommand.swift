import Diagnostics
import History
import MeshModel
import Report
import Storage
import Validation
import Workbench

/// `drydock apply`: files become a revision.
enum ApplyCommand {
  static let prune = OptionSpec.toggle(
    "prune", nil,
    LocalizedText(en: "remove routing objects that are not in the input", zh: "删除输入中没有的流量对象"))
  static let dryRun = OptionSpec.toggle(
    "dry-run", nil, LocalizedText(en: "tell what would change and write nothing", zh: "只显示将发生的变化，不写入"))
  static let force = OptionSpec.toggle(
    "force", nil,
    LocalizedText(
      en: "store objects that a cluster would refuse; the revision's message names their codes",
      zh: "即使集群会拒绝也保存对象；修订说明会记录其代码"))
  static let base = OptionSpec.value(
    "base", nil, "N",
    LocalizedText(
      en: "the revision this was prepared on; refuse if the head is another one", zh: "本次变更所基于的修订；最新修订不是它时拒绝"))

  static let spec = CommandSpec(
    name: "apply", group: .changes,
    summary: LocalizedText(en: "store objects of files as a new revision", zh: "将文件中的对象存为新修订"),
    forms: ["-f FILE… [-m MESSAGE] [--prune] [--dry-run]"],
    details: LocalizedText(
      en: """
        Everything in the input becomes one revision, or nothing does. An object that is there already with the same
        content is no change; without any change no revision is made. Private keys of Secrets are never stored.
        """,
      zh: "输入的全部内容成为一个修订，否则什么也不写入。内容未变的对象不算变更；没有变更就不产生修订。Secret 中的私钥从不保存。"),
    examples: [
      .init("drydock apply -f mesh/ -R -m 'first import'", en: "store a folder of manifests", zh: "导入整个清单目录"),
      .init("drydock apply -f reviews.yaml --dry-run", en: "see what would change", zh: "查看将发生的变化"),
      .init(
        "kubectl get vs,dr,svc,pods -A -o yaml | drydock apply -f -", en: "store what a cluster holds", zh: "导入集群现状"),
    ],
    options: [
      Options.filename, Options.recursive, Options.message, prune, dryRun, force, base, Options.author,
      Options.output(["text", "json", "name"]),
    ] + StoreInput.options, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let terminal = invocation.terminal
    let files = arguments.all(Options.filename)
    guard !files.isEmpty else {
      throw CommandFailure(en: "say what to apply: -f FILE", zh: "请用 -f FILE 指明要应用的文件")
    }
    let progress = Progress(terminal)
    progress.show(LocalizedText(en: "reading…", zh: "正在读取…"))
    let depth: InputFiles.Depth = arguments.has(Options.recursive) ? .recursive : .shallow
    let read = ObjectInput(reading: files, depth: depth)
    progress.clear()
    try InputProblems.show(read.problems, terminal)
    guard !read.objects.isEmpty else {
      throw CommandFailure(.negative, en: "the input holds no objects", zh: "输入中没有任何对象")
    }
    try InputProblems.show(StoredTests.cases(of: read.objects).problems, terminal)
    let forced = try refusals(of: read.objects, invocation)
    let input = StoreInput(invocation)
    let store = try input.open()
    var job = ApplyJob(
      objects: read.objects, prunes: arguments.has(prune) ? .removesManaged : .keepsOthers,
      effect: arguments.has(dryRun) ? .dryRun : .commit, signature: input.signature,
      message: (arguments[Options.message] ?? "") + forced)
    job.base = try arguments[base].flatMap { try input.revision($0, in: store) }
    progress.show(LocalizedText(en: "storing \(read.objects.count) objects…", zh: "正在保存 \(read.objects.count) 个对象…"))
    let result = try attempt { try job.run(on: store) }
    progress.clear()
    ChangeReport(invocation).show(
      result.changes, revision: result.revision, head: result.head, unchanged: result.unchanged,
      isDryRun: arguments.has(dryRun))
    return .success
  }

  /// Refuses what a cluster would refuse; with `--force`, what to note in the revision's message instead.
  private static func refusals(of objects: [MeshObject], _ invocation: Invocation) throws -> String {
    let findings = Check(manner: .drydock).refusals(of: CheckWorld(objects: objects))
    guard !findings.isEmpty else { return "" }
    if invocation.arguments.has(force) {
      return " (--force: \(Set(findings.map(\.code)).sorted().joined(separator: ", ")))"
    }
    let terminal = invocation.terminal
    let printer = DiagnosticText(style: terminal.style, language: terminal.language)
    for finding in findings { terminal.errors.write(printer.text(Diagnostic(finding))) }
    throw CommandFailure(
      .negative,
      en: "\(findings.count == 1 ? "1 error" : "\(findings.count) errors"): a cluster would refuse these objects",
      zh: "\(findings.count) 个错误：集群会拒绝这些对象",
      hint: LocalizedText(en: "correct them, or store them with --force", zh: "请更正，或使用 --force 保存"))
  }
}
