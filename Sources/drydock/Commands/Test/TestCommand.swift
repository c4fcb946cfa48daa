import Diagnostics
import Glibc
import Report
import RoutingTests
import Workbench

/// `drydock test`: whether requests still go where they should.
enum TestCommand {
  static let watch = OptionSpec.toggle(
    "watch", nil, LocalizedText(en: "run again whenever a file changes", zh: "文件变化时重新运行"))

  static let record = OptionSpec.toggle(
    "record", nil,
    LocalizedText(
      en: "record the outcome for the revision, as policies that require the check 'tests' ask for",
      zh: "为该修订记录结果，供要求检查 'tests' 的策略使用"))
  static let coverage = OptionSpec.list(
    "coverage", nil, "FORM[=FILE]",
    LocalizedText(
      en: "which rules, matches, subsets and targets no test reaches: text, json, lcov or html, to a file or here",
      zh: "没有测试到达的规则、匹配、子集和目标：text、json、lcov 或 html，写入文件或直接输出"))
  static let failUnder = OptionSpec.value(
    "fail-under", nil, "PERCENT",
    LocalizedText(en: "exit with 1 when less than this is covered", zh: "覆盖率低于该百分比时以 1 退出"))

  static let spec = CommandSpec(
    name: "test", group: .questions,
    summary: LocalizedText(en: "run routing tests", zh: "运行路由测试"),
    forms: ["[FILE|DIR]… [-f MESH…] [--revision N] [--with FILE…]", "generate [NS/NAME]… [-f MESH…]"],
    details: LocalizedText(
      en: """
        Each test gives a request (when) and what shall become of it (then): cluster, subset, distribution, redirect, \
        rewrite, headers, fault, retry, timeout, policy, access, or unchanged since a revision. The mesh is what the \
        test gives, else what -f or --revision names. Without files the tests that are kept with the mesh are run (objects of kind RoutingTest). All failures come in \
        one run. Exit code 1 when a test fails, 2 \
        when a file cannot be used.
        """,
      zh: """
        每个测试给出一个请求（when）和期望的结果（then）：cluster、subset、distribution、redirect、rewrite、headers、\
        fault、retry、timeout、policy、access，或相对某修订保持不变。网格取自测试的 given，否则取自 -f 或 --revision。\
        不给文件时运行随网格存储的测试（RoutingTest 对象）。一次运行报告全部失败。有测试失败时退出码为 1，文件无法使用时为 2。
        """),
    examples: [
      .init("drydock test tests/ -f mesh/", en: "all tests of a folder against files", zh: "用文件中的网格运行目录内的全部测试"),
      .init("drydock test --revision 4 --record", en: "the tests of a revision, for its review", zh: "修订自带的测试，供评审使用"),
      .init("drydock test tests/ --with canary.yaml", en: "would a change break one?", zh: "变更是否会使测试失败"),
      .init(
        "drydock test tests/ -f mesh/ --coverage text --coverage html=coverage.html --fail-under 90",
        en: "what no test reaches", zh: "没有测试到达的部分"),
      .init("drydock test tests/ -f mesh/ -o junit", en: "for a build server", zh: "供构建服务器使用"),
    ],
    options: [Options.output(["text", "json", "junit", "github"]), coverage, failUnder, watch, record, Options.author]
      + MeshInput.options,
    operands: 0...1_000, operandCompletion: .file, subcommands: [GenerateTestsCommand.spec], runsByItself: true,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    guard invocation.arguments.has(watch) else { return try TestRound(invocation).run() }
    return try TestWatch(invocation).run()
  }
}
