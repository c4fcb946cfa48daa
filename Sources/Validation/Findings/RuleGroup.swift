package import Diagnostics

/// Rules about one thing, and why that thing matters.
package struct RuleGroup: Sendable {
  package let title: LocalizedText
  package let why: LocalizedText
  package let rules: [Rule]

  package init(_ title: (en: String, zh: String), why: (en: String, zh: String), _ rules: [Rule]) {
    self.title = LocalizedText(en: title.en, zh: title.zh)
    self.why = LocalizedText(en: why.en, zh: why.zh)
    self.rules = rules
  }

  /// What this target says.
  package static let validation: [RuleGroup] = foundations + traffic + workloads + security

  private static let foundations = [
    RuleGroup(
      ("schema", "模式"),
      why: (
        "The API server refuses such an object before Istio sees it, so nothing of it takes effect.",
        "API Server 会在 Istio 看到之前拒绝该对象，因此其中任何内容都不会生效。"
      ), Rule.schemaRules),
    RuleGroup(
      ("decoding", "解码"),
      why: (
        "Istio cannot read the object, and its webhook refuses it whole.", "Istio 无法读取该对象，其 webhook 会整体拒绝。"
      ), Rule.decodingRules),
    RuleGroup(
      ("metadata", "元数据"),
      why: (
        "Some annotations belong to Istio itself or to one kind; elsewhere they would have no effect or a dangerous one.",
        "某些注解属于 Istio 自身或特定类型；用在别处要么不起作用，要么有危险。"
      ), Rule.metadataRules),
    RuleGroup(
      ("values", "取值"),
      why: (
        "Ports, hosts, durations and labels end up in proxies, which refuse a whole update because of one bad value.",
        "端口、主机、时长和标签最终进入代理；一个错误的值会使代理拒绝整个更新。"
      ), Rule.sharedRules + Rule.exportRules),
    RuleGroup(
      ("istioctl validate", "istioctl validate"),
      why: (
        "The name of a Service's port decides which protocol its proxies speak; without one HTTP rules do not apply.",
        "Service 端口的名称决定代理使用的协议；没有名称时 HTTP 规则不会生效。"
      ), Rule.commandRules),
  ]

  private static let traffic = [
    RuleGroup(
      ("Gateway", "网关"),
      why: (
        "A gateway listens only for what its servers say exactly; a wrong server opens no port or the wrong one.",
        "网关只按 server 的准确描述监听；错误的 server 不会打开端口，或打开错误的端口。"
      ), Rule.gatewayRules),
    RuleGroup(
      ("TLS of servers", "服务端 TLS"),
      why: (
        "A server without the right certificate settings answers no handshake, or accepts clients that it should not.",
        "证书设置不正确的服务器无法完成握手，或会接受不应接受的客户端。"
      ), Rule.serverTLSRules),
    RuleGroup(
      ("VirtualService", "虚拟服务"),
      why: (
        "The routes of a host come from one VirtualService; a mistake in it changes where all its traffic goes.",
        "一个主机的路由来自一个 VirtualService；其中的错误会改变全部流量的去向。"
      ), Rule.virtualServiceRules),
    RuleGroup(
      ("HTTP routes", "HTTP 路由"),
      why: (
        "Parts of a route that exclude each other cannot all be done; Istio refuses to guess which is meant.",
        "互斥的路由设置无法同时执行；Istio 不会猜测您的意图。"
      ), Rule.httpRouteRules + Rule.httpActionRules),
    RuleGroup(
      ("headers", "头"),
      why: (
        "A proxy reads header values as format strings and keeps some names to itself; it refuses others.",
        "代理将头的值视为格式串，并保留某些名称；其余的会被拒绝。"
      ), Rule.headerRules),
    RuleGroup(
      ("unreachable routes", "不可达路由"),
      why: (
        "Routes are tried in order: what an earlier one takes never reaches a later one.", "路由按顺序匹配：前面已接收的请求不会到达后面。"
      ), Rule.reachRules),
    RuleGroup(
      ("DestinationRule", "目标规则"),
      why: (
        "Policies of a destination shape every connection to it: limits, retries on other hosts, and encryption.",
        "目标的策略决定到它的每个连接：限制、故障转移和加密。"
      ), Rule.destinationRuleRules),
    RuleGroup(
      ("load balancing", "负载均衡"),
      why: (
        "Wrong settings of a load balancer make proxies refuse the cluster or send all traffic to one place.",
        "错误的负载均衡设置会使代理拒绝该集群，或将全部流量发往一处。"
      ), Rule.loadBalancerRules + Rule.connectionPoolRules),
  ]

  private static let workloads = [
    RuleGroup(
      ("ServiceEntry", "服务条目"),
      why: (
        "A ServiceEntry makes an outside host known; without ways to its addresses calls fail or pass by its rules.",
        "ServiceEntry 使外部主机为网格所知；没有通往其地址的途径，调用会失败或绕过规则。"
      ), Rule.serviceEntryRules),
    RuleGroup(
      ("workloads", "工作负载"),
      why: (
        "A workload outside Kubernetes is only what is written here: a wrong address or port gets no traffic.",
        "Kubernetes 之外的工作负载完全由此处描述：错误的地址或端口收不到流量。"
      ), Rule.workloadRules),
    RuleGroup(
      ("Sidecar", "Sidecar"),
      why: (
        "A Sidecar limits what a workload sees; a mistake hides hosts from it or opens none of its ports.",
        "Sidecar 限定工作负载可见的范围；错误会使主机不可见，或端口未打开。"
      ), Rule.sidecarRules),
    RuleGroup(
      ("EnvoyFilter", "Envoy 过滤器"),
      why: (
        "A patch changes what proxies are told behind Istio's back; a wrong one makes them refuse everything.",
        "补丁绕过 Istio 改变代理的配置；错误的补丁会使代理拒绝全部配置。"
      ), Rule.envoyFilterRules + Rule.patchValueRules),
    RuleGroup(
      ("plugins", "插件"),
      why: (
        "A plugin that cannot be loaded makes proxies refuse requests or run without it.",
        "无法加载的插件会使代理拒绝请求，或在没有它的情况下运行。"
      ), Rule.pluginRules),
  ]

  private static let security = [
    RuleGroup(
      ("mutual TLS and proxies", "双向 TLS 与代理"),
      why: (
        "These settings decide who may connect without encryption.", "这些设置决定谁可以不加密连接。"
      ), Rule.proxyRules),
    RuleGroup(
      ("tokens", "令牌"),
      why: (
        "A token that cannot be checked is refused, and a rule without keys checks nothing.",
        "无法校验的令牌会被拒绝，而没有密钥的规则什么也不校验。"
      ), Rule.requestAuthenticationRules),
    RuleGroup(
      ("AuthorizationPolicy", "授权策略"),
      why: (
        "A policy that is read otherwise than meant lets strangers in or locks everybody out.",
        "被误读的策略会放行陌生人，或将所有人拒之门外。"
      ), Rule.authorizationRules),
    RuleGroup(
      ("Telemetry", "遥测"),
      why: (
        "Wrong settings lose logs, traces and metrics exactly when they are needed.", "错误的设置会在最需要时丢失日志、追踪和指标。"
      ), Rule.telemetryRules),
  ]
}
