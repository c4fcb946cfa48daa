import Diagnostics

/// One command of the tour, what it is for, and how it has to end.
struct TourStep: Sendable {
  var remark: LocalizedText
  var action: Action
  var exitCode: ExitCode = .success

  enum Action: Sendable {
    /// The words behind `drydock`.
    case run([Word])
    /// Prints a file, as `cat` does.
    case cat(String)
  }

  /// A word that is typed; what people say to each other is in their language.
  enum Word: Sendable, ExpressibleByStringLiteral {
    case plain(String)
    case said(LocalizedText)

    init(stringLiteral text: String) { self = .plain(text) }

    subscript(language: Language) -> String {
      switch self {
      case .plain(let text): text
      case .said(let text): text[language]
      }
    }
  }

  init(_ action: Action, en: String, zh: String, exitCode: ExitCode = .success) {
    remark = LocalizedText(en: en, zh: zh)
    self.action = action
    self.exitCode = exitCode
  }

  /// The main job from YAML to YAML.
  static let all: [TourStep] = asking + changing + handingOver + everyday + proving

  private static let asking = [
    TourStep(
      .run(["init"]), en: "A store is one file. It keeps every revision of a mesh.", zh: "一个存储就是一个文件，保存网格的全部修订。"),
    TourStep(
      .run(["apply", "-f", "shop/", "-m", .said(LocalizedText(en: "the shop as it is", zh: "商店现状"))]),
      en: "Everything in a folder becomes one revision: services, pods and routing.", zh: "目录中的一切成为一个修订：服务、Pod 与流量规则。"),
    TourStep(.run(["get", "vs,dr,gw", "-A"]), en: "What routes traffic in it?", zh: "其中有哪些流量对象？"),
    TourStep(
      .run(["simulate", "http://shop.example.com/productpage", "--from-gateway", "edge/public"]),
      en: "A customer opens the page. Where does the request go, and who decided?", zh: "顾客打开页面：请求去往哪里，由谁决定？"),
    TourStep(
      .run(["simulate", "http://reviews:9080/reviews/7", "--from", "shop/productpage", "--explain"]),
      en: "The page asks for reviews. Why this version? The rules that lost tell why they did.",
      zh: "页面请求评论服务：为何是这个版本？落选的规则会说明原因。"),
    TourStep(
      .run([
        "simulate", "-H", "end-user: jason", "http://reviews:9080/reviews/7", "--from", "shop/productpage",
      ]), en: "The same request by a tester.", zh: "同样的请求，来自测试者。"),
  ]

  private static let changing = [
    TourStep(.cat("canary.yaml"), en: "Somebody edited the rules: a canary.", zh: "有人编辑了规则：加入金丝雀。"),
    TourStep(
      .run(["diff", "-f", "canary.yaml"]), en: "What would that change? (Exit code 1: there is a difference.)",
      zh: "会改变什么？（退出码 1：有差异。）", exitCode: .negative),
    TourStep(
      .run(["check", "--with", "canary.yaml"]), en: "Would it break anything? (Exit code 0: no errors.)",
      zh: "会破坏什么吗？（退出码 0：没有错误。）"),
    TourStep(
      .run([
        "simulate", "http://reviews:9080/reviews/7", "--from", "shop/productpage", "--with", "canary.yaml",
      ]), en: "And what would a request do? The file is asked without being stored.", zh: "请求会怎样？文件未写入存储也能提问。"),
    TourStep(
      .run([
        "apply", "-f", "canary.yaml", "-m", .said(LocalizedText(en: "a quarter of everybody to v3", zh: "四分之一流量到 v3")),
      ]), en: "As it should be: store it.", zh: "符合预期：写入存储。"),
    TourStep(.run(["history"]), en: "Nothing is ever lost.", zh: "历史永不丢失。"),
  ]

  private static let handingOver = [
    TourStep(
      .run(["export", "--target", "prod", "-o", "deploy/prod"]), en: "Only what was approved may leave.",
      zh: "只有经过批准的修订才能交付。", exitCode: .negative),
    TourStep(
      .run([
        "review", "approve", "2", "--author", "lin", "-m", .said(LocalizedText(en: "shares look right", zh: "比例正确")),
      ]), en: "A colleague looks at revision 2.", zh: "同事评审修订 2。"),
    TourStep(
      .run(["export", "--target", "prod", "-o", "deploy/prod"]),
      en: "Now it may go. 'kubectl apply -k deploy/prod' takes it from here.",
      zh: "现在可以交付；之后由 'kubectl apply -k deploy/prod' 接手。"),
    TourStep(
      .cat("deploy/prod/shop/virtualservice-reviews.yaml"), en: "The files are ordinary YAML.", zh: "导出的都是普通 YAML。"),
    TourStep(.cat("deploy/prod/provenance.yaml"), en: "And one says where they come from.", zh: "其中一个文件说明其来源。"),
  ]

  private static let everyday = [
    TourStep(.cat("tests.yaml"), en: "What must stay true is a test.", zh: "必须一直成立的，写成测试。"),
    TourStep(.run(["test", "tests.yaml"]), en: "All of them, in one run.", zh: "一次全部运行。"),
    TourStep(
      .run(["route", "http", "update", "reviews", "everybody", "-n", "shop", "--timeout", "1s", "--dry-run"]),
      en: "One field of one rule. What would change: the text, and which requests?", zh: "只改一条规则的一个字段：文本会怎样，哪些请求会变？"),
    TourStep(
      .run([
        "release", "start", "ratings", "-n", "shop", "--from", "v1", "--to", "v2", "--match", "header:end-user=jason",
        "--steps", "10,100",
      ]),
      en: "A new version of ratings: testers first, then a tenth, then everybody.",
      zh: "评分服务的新版本：先给测试者，再给十分之一，最后给所有人。"),
    TourStep(
      .run(["release", "shift", "ratings", "-n", "shop"]), en: "The first step by weight.", zh: "按权重的第一步。"),
    TourStep(
      .run(["release", "abort", "ratings", "-n", "shop"]), en: "Something is wrong: back to what was there before.",
      zh: "出了问题：恢复到之前的样子。"),
    TourStep(
      .run(["drift", "-f", "deploy/prod/shop", "-f", "deploy/prod/edge", "--target", "prod"]),
      en: "Has the cluster still what was exported? In place of the folders, pipe in what kubectl prints.",
      zh: "集群与导出的内容还一致吗？可用 kubectl 的输出代替这些目录。"),
  ]

  private static let proving = [
    TourStep(.run(["audit"]), en: "Who did what, in a log that cannot be altered unnoticed.", zh: "谁做了什么：篡改必被发现的日志。"),
    TourStep(.run(["store", "verify"]), en: "And the proof that it was not.", zh: "并证明未被篡改。"),
  ]
}
