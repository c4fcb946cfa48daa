import Diagnostics
package import Evaluation
import MeshModel
import ProxyModel

extension AnswerText {
  /// How the answer came about, step by step.
  package func explanation(_ trace: Trace) -> String {
    var lines = [style.heading(say("How it came about", "推导过程"))]
    for step in trace.steps { lines += self.step(step).map { "  " + $0 } }
    return lines.map { $0 + "\n" }.joined()
  }

  func step(_ step: Trace.Step) -> [String] {
    switch step {
    case .listener(let name, let reason, let origins): return listener(name, reason, origins)
    case .inspected(let transport, let serverName, let protocols):
      var parts = [transport == "tls" ? "TLS" : say("plaintext", "明文")]
      if let serverName { parts.append("SNI \(serverName)") }
      if !protocols.isEmpty { parts.append("ALPN " + protocols.joined(separator: ", ")) }
      return [say("the connection looks like: ", "连接特征：") + parts.joined(separator: ", ")]
    case .filterChain(let name, let verdict):
      // The only chain of a listener has no name and needs no words.
      return name.isEmpty && verdict == .chosen ? [] : [chain(name, verdict)]
    case .pathNormalized(let from, let to):
      return [say("path normalized: ", "路径规范化：") + "\(bytes(from)) → \(bytes(to))"]
    case .virtualHosts(let configuration, let authority, let candidates):
      return hosts(configuration, authority, candidates)
    case .routeLost(let index, _, let origin, let condition):
      let who = origin.map(self.origin) ?? say("Istio's own route", "Istio 自带路由")
      return [style.bad("✗ ") + "#\(index) \(who)", "    " + failure(condition)]
    case .routeWon(let index, _, let origin):
      let who = origin.map(self.origin) ?? say("Istio's own route", "Istio 自带路由")
      return [style.good("✓ ") + "#\(index) \(who)"]
    case .noRoute: return [style.bad("✗ ") + say("no rule of the host matches", "该主机没有匹配的规则")]
    case .routeChosenAgain: return [say("the token is checked; the route is chosen anew", "令牌已校验，重新选择路由")]
    case .filter(let filter): return [self.filter(filter)]
    case .split(let shares):
      return [say("split: ", "分流：") + shares.map { "\($0.share.text) \($0.cluster)" }.joined(separator: ", ")]
    case .cluster(let name, let view): return cluster(name, view)
    }
  }

  private func bytes(_ utf8: [UInt8]) -> String { String(decoding: utf8, as: UTF8.self) }

  private func listener(_ name: String?, _ reason: Trace.ListenerReason, _ origins: [Origin]) -> [String] {
    guard let name else { return [say("no listener takes the connection", "没有监听器接收该连接")] }
    let why =
      switch reason {
      case .exactAddress: say("it has the address that is dialled", "与所拨地址完全一致")
      case .anyAddress: say("it takes this port on every address", "接收该端口的所有地址")
      case .virtualListener: say("no other listener has the port", "没有其他监听器占用该端口")
      case .none: ""
      }
    var line = say("listener ", "监听器 ") + style.name(name) + (why.isEmpty ? "" : ": " + why)
    if let first = origins.first {
      line += say("; from ", "；来自 ") + first.object.label
      if origins.count > 1 { line += say(" and \(origins.count - 1) more", " 等 \(origins.count) 个对象") }
    }
    return [line]
  }

  private func chain(_ name: String, _ verdict: Trace.ChainVerdict) -> String {
    let chain = say("filter chain ", "过滤链 ") + style.name(name.isEmpty ? "-" : name)
    switch verdict {
    case .chosen: return style.good("✓ ") + chain
    case .chosenAsDefault: return style.good("✓ ") + chain + say(": the default, as no other fits", "：没有更合适的，使用默认")
    case .destinationPort(0):
      return style.bad("✗ ") + chain + say(": is for ports without a chain of their own", "：用于没有专属链的端口")
    case .destinationPort(let port): return style.bad("✗ ") + chain + say(": is for port \(port)", "：仅用于端口 \(port)")
    case .destinationAddress:
      return style.bad("✗ ") + chain + say(": is for another address", "：用于其他地址")
    case .serverName: return style.bad("✗ ") + chain + say(": is for another server name", "：用于其他 SNI")
    case .transportProtocol(let wanted):
      let name = wanted == "tls" ? "TLS" : say("plaintext", "明文")
      return style.bad("✗ ") + chain + say(": is for \(name)", "：仅用于 \(name)")
    case .applicationProtocols(let wanted):
      let list = wanted.joined(separator: ", ")
      return style.bad("✗ ") + chain + say(": is for \(list)", "：仅用于 \(list)")
    }
  }

  private func hosts(_ configuration: String, _ authority: [UInt8], _ candidates: [Trace.VirtualHostCandidate])
    -> [String]
  {
    let title =
      say("routes ", "路由表 ") + style.name(configuration)
      + say(", host '\(bytes(authority))'", "，主机 '\(bytes(authority))'")
    var lines = [title]
    for candidate in candidates where candidate.domain != nil || candidate.isChosen {
      let mark = candidate.isChosen ? style.good("✓ ") : style.bad("✗ ")
      let by = candidate.domain.map { say(" by domain '\($0)'", "，域名 '\($0)'") } ?? ""
      let longer = candidate.isChosen ? "" : say(" (another domain is more specific)", "（另有更具体的域名）")
      let from = candidate.origin.map { ", " + $0.object.label } ?? ""
      lines.append("  " + mark + candidate.name + by + longer + style.faint(from))
    }
    let others = candidates.filter { $0.domain == nil && !$0.isChosen }.map(\.name)
    if !others.isEmpty { lines.append("  " + style.faint(say("other hosts: ", "其他主机：") + shortened(others))) }
    return lines
  }

  private func cluster(_ name: String, _ view: ClusterView?) -> [String] {
    guard let view else {
      return [style.bad("✗ ") + say("cluster \(name) does not exist", "集群 \(name) 不存在")]
    }
    let cluster = view.cluster
    var line = say("cluster ", "集群 ") + style.name(name)
    if !cluster.subset.isEmpty, let labels = subsetLabels(cluster) {
      line += say(": subset \(cluster.subset) is ", "：子集 \(cluster.subset) 的标签为 ") + labels
    }
    var lines = [line]
    for group in cluster.localities {
      for endpoint in group.endpoints.prefix(8) {
        let from = endpoint.origin.map { " " + style.faint($0.object.label) } ?? ""
        let place = group.locality.path.isEmpty ? "" : " " + style.faint("[\(group.locality.path), \(group.priority)]")
        lines.append("    \(endpoint.address)\(from)\(place)")
      }
      if group.endpoints.count > 8 { lines.append("    … \(group.endpoints.count - 8)") }
    }
    return lines
  }

  private func subsetLabels(_ cluster: Cluster) -> String? {
    guard let rule = cluster.destinationRule, let object = context.object(rule.object),
      case .destinationRule(let content) = object.content,
      let subset = content.subsets.first(where: { $0.name == cluster.subset })
    else { return nil }
    return "{" + subset.labels.keys.sorted().map { "\($0): \(subset.labels[$0] ?? "")" }.joined(separator: ", ") + "}"
  }

  private func filter(_ step: Trace.FilterStep) -> String {
    switch step {
    case .rbac(let action, let matched, let isAllowed):
      let name = "AuthorizationPolicy \(action.rawValue.uppercased())"
      return mark(isAllowed) + name + ": " + (matched.map(origin) ?? say("no rule matches", "没有匹配的规则"))
    case .externalAuthorization(let provider, let matched, let isAllowed):
      let name = say("external authorizer ", "外部授权 ") + provider
      return mark(isAllowed) + name + ": " + (matched.map(origin) ?? say("not asked", "未询问"))
    case .tokenAccepted(let origin):
      return mark(true)
        + (origin.map { say("token accepted by ", "令牌有效：") + self.origin($0) } ?? say("no token is needed", "无需令牌"))
    case .tokenRefused(let origin, let status):
      let by = origin.map { " " + self.origin($0) } ?? ""
      return mark(false) + say("token refused: ", "令牌被拒绝：") + status + by
    case .fault(let origin): return say("fault: ", "故障注入：") + (origin.map(self.origin) ?? "")
    case .cors(let origin, let isPreflight, let isAllowed):
      let kind = isPreflight ? say("CORS preflight", "CORS 预检") : "CORS"
      return mark(isAllowed) + kind + (origin.map { ": " + self.origin($0) } ?? "")
    case .notModelled(let entry):
      return style.warning("? ") + entry.reason.sentence[language] + (entry.origin.map { ": " + origin($0) } ?? "")
    }
  }

  private func mark(_ isGood: Bool) -> String { isGood ? style.good("✓ ") : style.bad("✗ ") }
}
