import Analysis
import Diagnostics
import Glibc
import Report
import Validation
import Workbench

/// `drydock check`: everything that is wrong with a mesh or some files.
enum CheckCommand {
  static let stream = OptionSpec.toggle(
    "stream", nil,
    LocalizedText(
      en: "read worlds from standard input (NDJSON), one answer a line", zh: "从标准输入读取对象集（NDJSON），每行一个答案"))
  static let like = OptionSpec.value(
    "like", nil, "TOOL", choices: ["istio", "cluster", "istioctl"],
    LocalizedText(en: "judge exactly as Istio's own tools do", zh: "完全按照 Istio 自身工具的判断"))

  static let against = OptionSpec.value(
    "against", nil, "REV|FILE", completion: .file,
    LocalizedText(
      en: "show only what is new since a revision of the store, or since files", zh: "只显示相对某修订或某些文件新出现的问题"))
  static let failOn = OptionSpec.value(
    "fail-on", nil, "SEVERITY", choices: ["error", "warning", "info"],
    LocalizedText(
      en: "the least severity that makes the exit status 1 (default: error)", zh: "使退出状态为 1 的最低级别（默认 error）"))

  static let certificates = OptionSpec.value(
    "certs-root", nil, "DIR", completion: .folder,
    LocalizedText(
      en:
        "the folder that holds the certificates that Gateways and DestinationRules name as files, as proxies mount them",
      zh: "Gateway 和 DestinationRule 以文件引用的证书所在目录（相当于代理的文件系统根目录）"))
  static let record = OptionSpec.toggle(
    "record", nil,
    LocalizedText(
      en: "record the outcome for the revision, as policies that require a clean check ask for",
      zh: "为修订记录检查结果，供要求检查通过的策略使用"))

  static let spec = CommandSpec(
    name: "check", group: .questions,
    summary: LocalizedText(en: "tell everything that is wrong with a mesh or files", zh: "找出网格或文件中的所有问题"),
    forms: ["-f FILE… [--against REV|FILE]", "[--revision N] [--with FILE…] [--record]", "--stream -o json"],
    details: LocalizedText(
      en: """
        Checks files alone (-f), the store's newest or another revision, or a revision with files on top (--with). \
        Exit code 1 when there is an error.
        """,
      zh: "检查文件（-f）、存储中的最新或指定修订，或叠加了文件的修订（--with）。有错误时退出码为 1。"),
    examples: [
      .init("drydock check --with canary.yaml", en: "what a change would break", zh: "变更会破坏什么"),
      .init("drydock check -f mesh/ -R", en: "everything that is wrong in a folder", zh: "找出目录中的所有问题"),
      .init(
        "drydock check -f mesh.yaml --like istioctl", en: "only what istioctl would say", zh: "只报告 istioctl 会报告的问题"),
    ],
    options: [
      Options.namespace, stream, like, Options.output(["text", "json", "sarif", "junit", "github"]), failOn, against,
      record, Options.author, certificates,
    ] + MeshInput.options,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let check = Check(manner: arguments[like].flatMap(Manner.init(rawValue:)) ?? .drydock)
    if arguments.has(stream) { return streaming(check, invocation) }
    try refuseRecording(arguments)
    var world = try CheckInput(invocation).world
    world.namespace = arguments[Options.namespace]
    if let path = arguments[Options.meshConfig] {
      world.meshConfig = InputFiles(reading: [path], depth: .shallow).files.first.map {
        String(decoding: $0.bytes, as: UTF8.self)
      }
    }
    if let root = arguments[certificates] { world.readCertificates(below: root) }
    var findings = check.findings(of: world)
    if let name = arguments[against] {
      var base = try base(name, invocation)
      base.meshConfig = world.meshConfig
      if let root = arguments[certificates] { base.readCertificates(below: root) }
      let baseline = Baseline(findings, against: check.findings(of: base))
      findings = baseline.introduced
      if (arguments[Options.output] ?? "text") == "text" { tell(baseline, invocation.terminal) }
    }
    show(findings, world, invocation)
    if arguments.has(record) { try recordOutcome(invocation) }
    let threshold = arguments[failOn].flatMap(Severity.init(rawValue:)) ?? .error
    return findings.contains { $0.severity.isAtLeast(threshold) } ? .negative : .success
  }

  /// What is recorded is about a whole revision and nothing else.
  private static func refuseRecording(_ arguments: ParsedArguments) throws {
    guard arguments.has(record) else { return }
    let others = [Options.filename, Options.with, like, against, Options.namespace, Options.meshConfig, certificates]
    if let other = others.first(where: { arguments.has($0) }) {
      throw CommandFailure(
        en: "--record is about a stored revision as it is; leave out --\(other.long)",
        zh: "--record 只针对存储中的修订本身；请去掉 --\(other.long)")
    }
  }

  private static func recordOutcome(_ invocation: Invocation) throws {
    let input = StoreInput(invocation)
    let store = try input.open()
    guard let number = try input.revision(invocation.arguments[Options.revision], in: store) else { return }
    try attempt {
      try store.record(Array(Set([OwnCheck(.error)] + store.requiredOwnChecks)), at: number, by: input.signature)
    }
  }

  /// Files, if there are any of that name, else a revision.
  private static func base(_ name: String, _ invocation: Invocation) throws -> CheckWorld {
    if access(name, F_OK) == 0 { return CheckWorld(reading: [name], depth: .recursive) }
    let input = StoreInput(invocation)
    let store = try input.open()
    let number = try input.revision(name, in: store)
    var world = CheckWorld()
    world.add(try attempt { try store.objects(at: number) })
    return world
  }

  private static func tell(_ baseline: Baseline, _ terminal: Terminal) {
    let (new, old, same) = (baseline.introduced.count, baseline.fixed.count, baseline.unchanged)
    let text = LocalizedText(
      en: "\(new == 1 ? "1 finding" : "\(new) findings") introduced, \(old) fixed, \(same) unchanged",
      zh: "新增 \(new) 个问题，修复 \(old) 个，不变 \(same) 个")
    terminal.printLine(text[terminal.language])
  }

  private static func show(_ findings: [Finding], _ world: CheckWorld, _ invocation: Invocation) {
    let terminal = invocation.terminal
    let language = terminal.language
    switch invocation.arguments[Options.output] {
    case "json":
      var writer = FindingJSON(language: language, layout: .indented)
      writer.writeDocument(findings, objects: world.objects.count, files: world.files.count)
      terminal.output.write(writer.takeBytes()[...])
    case "sarif":
      var writer = FindingSARIF(version: VersionCommand.number, language: language)
      let rules = RuleBook.all.map {
        FindingSARIF.RuleEntry(code: $0.code, severity: $0.severity, text: $0.message[language])
      }
      terminal.output.write(writer.document(findings, rules: rules, files: world.files)[...])
    case "junit":
      terminal.output.write(FindingMarks.junit(findings, objects: world.objects.map(\.subject), language: language))
    case "github":
      terminal.output.write(FindingMarks.github(findings, language: language))
    default:
      let printer = FindingText(files: world.files, style: terminal.style, language: language)
      for finding in findings { terminal.output.write(printer.text(finding)) }
      terminal.output.write(printer.summary(findings, objects: world.objects.count))
    }
  }

  private static func streaming(_ check: Check, _ invocation: Invocation) -> ExitCode {
    let terminal = invocation.terminal
    var writer = FindingJSON(language: terminal.language)
    var stream = CheckStream(check)
    stream.run(descriptor: STDIN_FILENO) { id, reply in
      switch reply {
      case .findings(let findings): writer.writeLine(findings, id: id)
      case .failure(let code, let message): writer.writeFailure(code: code, message: message, id: id)
      }
      terminal.output.write(writer.takeBytes()[...])
    }
    terminal.output.flush()
    return stream.hasErrors ? .negative : .success
  }
}
