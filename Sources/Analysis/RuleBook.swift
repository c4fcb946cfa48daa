package import Validation

/// Every rule there is.
package enum RuleBook {
  package static let groups: [RuleGroup] = RuleGroup.validation + RuleGroup.analysis + RuleGroup.own

  package static let all: [Rule] = groups.flatMap(\.rules)
    .sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }

  package static func rule(_ code: String) -> Rule? { all.first { $0.code == code } }

  /// The rules that say what Istio or Kiali says with a code.
  package static func rules(like code: String) -> [Rule] { all.filter { $0.like == code } }

  package static func group(of rule: Rule) -> RuleGroup? {
    groups.first { $0.rules.contains { $0.code == rule.code } }
  }
}

extension RuleGroup {
  static let analysis = [
    RuleGroup(
      ("routes to nothing", "无目标的路由"),
      why: (
        "Objects refer to each other by name; what refers to nothing makes requests fail with 503 or 404.",
        "对象之间按名称引用；引用落空会使请求以 503 或 404 失败。"
      ), Rule.virtualServiceAnalysisRules),
    RuleGroup(
      ("gateways and what they need", "网关及其依赖"),
      why: (
        "A gateway's pods open the ports, hold the certificates and belong to a Service; if one is missing nobody gets in.",
        "网关的 Pod 打开端口、持有证书并属于某个 Service；缺少任何一项都无法访问。"
      ), Rule.gatewayAnalysisRules + [Rule.unknownRegistry]),
    RuleGroup(
      ("destinations and their pods", "目标及其 Pod"),
      why: (
        "A subset or host without pods or without checks on their certificates sends traffic nowhere, or to anybody.",
        "没有 Pod 的子集或主机会使流量无处可去；不校验证书则可能发往任何人。"
      ), Rule.destinationRuleAnalysisRules),
    RuleGroup(
      ("workloads and their settings", "工作负载及其设置"),
      why: (
        "When two objects claim the same pods it is undefined which one holds.", "两个对象同时作用于相同的 Pod 时，哪个生效是未定义的。"
      ), Rule.workloadAnalysisRules),
    RuleGroup(
      ("policies without effect", "无效的策略"),
      why: (
        "A policy that selects nothing protects nothing, and nobody notices.", "没有选中任何对象的策略不提供任何保护，且无人察觉。"
      ), Rule.policyAnalysisRules),
    RuleGroup(
      ("patches", "补丁"),
      why: (
        "Patches that depend on each other's order work until the order changes.", "相互依赖顺序的补丁在顺序改变后会失效。"
      ), Rule.patchAnalysisRules),
    RuleGroup(
      ("services and ports", "服务与端口"),
      why: (
        "A port whose protocol is not told is guessed, and HTTP rules may not apply to it.",
        "未说明协议的端口只能猜测，HTTP 规则可能不会生效。"
      ), Rule.serviceAnalysisRules),
    RuleGroup(
      ("injection", "注入"),
      why: (
        "A pod without sidecar is outside the mesh: no mutual TLS, no policies, no routes.",
        "没有 sidecar 的 Pod 不在网格内：没有双向 TLS、策略和路由。"
      ), Rule.injectionAnalysisRules),
    RuleGroup(
      ("webhooks", "Webhook"),
      why: (
        "Webhooks that overlap or cannot be reached inject twice or stop pods from starting.",
        "重叠或不可达的 webhook 会重复注入，或阻止 Pod 启动。"
      ), Rule.webhookAnalysisRules),
    RuleGroup(
      ("annotations", "注解"),
      why: (
        "An annotation with a wrong name or in a wrong place is passed over without a word.", "名称或位置错误的注解会被悄悄忽略。"
      ), Rule.annotationAnalysisRules),
  ]
}
