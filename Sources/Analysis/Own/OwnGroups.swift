import Diagnostics
package import Validation

extension RuleGroup {
  /// What Kiali says, and what nobody else says.
  static let own: [RuleGroup] = [
    RuleGroup(
      ("routes that do not do what they say", "与字面不符的路由"),
      why: (
        "These routes are accepted everywhere and then do something else than they seem to.", "这些路由处处被接受，但实际行为与字面不同。"
      ), Rule.ownRouteRules + Rule.ownRouteScopeRules),
    RuleGroup(
      ("references", "引用"),
      why: (
        "An object that nothing uses, or that names what is not there, has no effect and misleads its readers.",
        "未被使用或引用不存在内容的对象不起作用，并会误导读者。"
      ), Rule.ownReferenceRules),
    RuleGroup(
      ("destinations as a whole", "目标整体"),
      why: (
        "What callers send and what a destination takes stand in different objects, and often in different namespaces.",
        "调用方发送的内容与目标接受的内容写在不同的对象中，往往还在不同的命名空间。"
      ), Rule.ownDestinationRules),
    RuleGroup(
      ("access", "访问"),
      why: (
        "Policies that allow or deny more than meant are found only by those who should not get in.",
        "允许或拒绝超出本意的策略，往往只被不该进入的人发现。"
      ), Rule.ownAccessRules),
    RuleGroup(
      ("policies and gateways without effect", "不起作用的策略与网关"),
      why: (
        "A policy for what is not there, or for requests that never come in that form, protects nothing.",
        "针对不存在的对象、或针对不会以该形式到来的请求的策略，不提供任何保护。"
      ), Rule.ownPolicyEffectRules),
    RuleGroup(
      ("certificates", "证书"),
      why: (
        "A bad certificate stops every client at the gateway, at the latest on the day it expires.",
        "有问题的证书会使所有客户端止步于网关，最迟在过期之日。"
      ), Rule.certificateRules),
    RuleGroup(
      ("Kiali", "Kiali"),
      why: (
        "Objects that overlap each other are applied in an order that nobody chose.", "相互重叠的对象会以无人选择的顺序生效。"
      ), Rule.kialiRules + Rule.kialiNameRules),
    RuleGroup(
      ("Kiali: mutual TLS", "Kiali：双向 TLS"),
      why: (
        "Where one side sends mutual TLS and the other expects plain text, or the reverse, every call fails.",
        "一方发送双向 TLS 而另一方期待明文，或者相反，所有调用都会失败。"
      ), Rule.kialiPeerRules),
    RuleGroup(
      ("Kiali: Gateway API and workloads", "Kiali：Gateway API 与工作负载"),
      why: (
        "Routes of the Gateway API name their gateways and Services; one that is missing or closed makes them do nothing.",
        "Gateway API 的路由引用网关和 Service；缺失或未开放时路由不起作用。"
      ), Rule.kialiGatewayRules + Rule.kialiWorkloadRules),
    RuleGroup(
      ("Kiali: ambient", "Kiali：ambient"),
      why: (
        "In ambient mode only waypoints see requests: without one, what is about requests does nothing.",
        "在 ambient 模式下只有 waypoint 能看到请求：没有 waypoint 时，针对请求的设置不起作用。"
      ), Rule.kialiAmbientRules),
    RuleGroup(
      ("permissions", "许可"),
      why: (
        "A permission that nothing needs hides the next problem of that kind.", "不再需要的许可会掩盖下一个同类问题。"
      ), [Rule.unusedAllowance]),
  ]
}

extension Rule {
  package static let unusedAllowance = own(
    "DD0901", .warning, "nothing here has code '{0}'; remove the permission", "此处没有代码为 '{0}' 的问题；请删除该许可")
}
