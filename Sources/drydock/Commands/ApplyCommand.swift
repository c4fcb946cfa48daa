import Diagnostics
import History
import MeshModel
import Report
import Storage
import Workbench

/// `drydock apply`: files become a revision.
enum ApplyCommand {
  static let prune = OptionSpec.toggle(
    "prune", nil,
    LocalizedText(en: "remove routing objects that are not in the input", zh: "删除输入中没有的流量对象"))
  static let dryRun = OptionSpec.toggle(
    "dry-run", nil, LocalizedText(en: "tell what would change and write nothing", zh: "只显示将发生的变化,不写入"))
  static let base = OptionSpec.value(
    "base", nil, "N",
    LocalizedText(
      en: "the revision this was prepared on; refuse if the head is another one", zh: "本次变更所基于的修订;最新修订不是它时拒绝"))

  static let spec = CommandSpec(
    name: "apply", group: .changes,
    summary: LocalizedText(en: "store objects of files as a new revision", zh: "将文件中的对象存为新修订"),
    forms: ["-f FILE… [-m MESSAGE] [--prune] [--dry-run]"],
    details: LocalizedText(
      en: """
        Everything in the input becomes one revision, or nothing does. An object that is there already with the same
        content is no change; without any change no revision is made. Private keys of Secrets are never stored.
        """,
      zh: "输入的全部内容成为一个修订,否则什么也不写入。内容未变的对象不算变更;没有变更就不产生修订。Secret 中的私钥从不保存。"),
    examples: [
      .init("drydock apply -f mesh/ -R -m 'first import'", en: "store a folder of manifests", zh: "导入整个清单目录"),
      .init("drydock apply -f reviews.yaml --dry-run", en: "see what would change", zh: "查看将发生的变化"),
      .init(
        "kubectl get vs,dr,svc,pods -A -o yaml | drydock apply -f -", en: "store what a cluster holds", zh: "导入集群现状"),
    ],
    options: [
      Options.filename, Options.recursive, Options.message, prune, dryRun, base, Options.author,
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
    let input = StoreInput(invocation)
    let store = try input.open()
    var job = ApplyJob(
      objects: read.objects, prunes: arguments.has(prune) ? .removesManaged : .keepsOthers,
      effect: arguments.has(dryRun) ? .dryRun : .commit, signature: input.signature,
      message: arguments[Options.message] ?? "")
    job.base = try arguments[base].flatMap { try input.revision($0, in: store) }
    progress.show(LocalizedText(en: "storing \(read.objects.count) objects…", zh: "正在保存 \(read.objects.count) 个对象…"))
    let result = try attempt { try job.run(on: store) }
    progress.clear()
    ChangeReport(invocation).show(
      result.changes, revision: result.revision, head: result.head, unchanged: result.unchanged,
      isDryRun: arguments.has(dryRun))
    return .success
  }
}
