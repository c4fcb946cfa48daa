import Diagnostics
import Validation

// F: objects that refer to each other in vain.
@Sendable
func judgeReferences(_ world: AnalysisWorld) {
  judgeVirtualServices(world)
  judgeDelegates(world)
  judgeDestinationRules(world)
  judgeEntries(world)
  judgeExports(world)
  judgeVersions(world)
}

/// F21, F26, F27, F28
private func judgeVirtualServices(_ world: AnalysisWorld) {
  let hasHosts = !world.all("Service").isEmpty || !world.all("ServiceEntry").isEmpty
  for service in world.all("VirtualService") {
    let gateways = service.spec["gateways"].items
    let isMesh = gateways.isEmpty || gateways.contains { $0.text == "mesh" }
    if isMesh, hasHosts {
      for host in service.spec["hosts"].items where !HostText.isWildcard(host.text) && !AddressText.isAddress(host.text)
      {
        if world.hosts.find(host.text, near: service.namespace, exportTo: []) == nil, gateways.isEmpty {
          service.report(.routedHostUnknown, host, host.text)
        }
      }
    }
    for reference in gateways where reference.text != "mesh" {
      guard let gateway = world.find("Gateway", FullName(reference.text, near: service.namespace)) else { continue }
      judgeServers(service, gateway, reference)
    }
    let known = Set(gateways.map(\.text) + ["mesh"])
    for match in (service.spec["tcp"].items + service.spec["tls"].items).flatMap(\.matches) {
      for name in match["gateways"].items where !known.contains(name.text) {
        service.report(.matchOfOtherGateway, name, name.text)
      }
    }
  }
}

private func judgeServers(_ service: Resource, _ gateway: Resource, _ reference: Part) {
  let servers = gateway.spec["servers"].items.filter { server in
    server["hosts"].items.contains { host in
      let name = String(host.text.split(separator: "/", maxSplits: 1).last ?? "")
      return service.spec["hosts"].items.contains { HostText.overlap(name, $0.text) }
    }
  }
  guard !servers.isEmpty else { return }
  let modes = servers.map { $0["tls"].isPresent ? $0["tls"]["mode"].text : "none" }
  let isPassing = modes.allSatisfy { $0 == "PASSTHROUGH" || $0 == "AUTO_PASSTHROUGH" }
  let isEnding = modes.allSatisfy { !["PASSTHROUGH", "AUTO_PASSTHROUGH", ""].contains($0) }
  if isPassing, !service.spec["http"].isEmpty {
    service.report(.httpBehindPassthrough, service.spec["http"], reference.text)
  }
  if isEnding, !service.spec["tls"].isEmpty {
    service.report(.tlsBehindTermination, service.spec["tls"], reference.text)
  }
}

/// F31, F32
private func judgeDelegates(_ world: AnalysisWorld) {
  var used: Set<FullName> = []
  for service in world.all("VirtualService") {
    for delegate in service.spec["http"].items.map({ $0["delegate"] }) where delegate.isPresent {
      let namespace = delegate["namespace"].hasText ? delegate["namespace"].text : service.namespace
      let name = FullName(namespace, delegate["name"].text)
      used.insert(name)
      guard let target = world.find("VirtualService", name) else {
        service.report(.noDelegate, delegate, name.text)
        continue
      }
      if !target.spec["hosts"].isEmpty { service.report(.delegateWithHosts, delegate, name.text) }
    }
  }
  for service in world.all("VirtualService") where service.spec["hosts"].isEmpty && !used.contains(service.fullName) {
    service.report(.unusedDelegate, service.spec)
  }
}

/// F36 to F41
private func judgeDestinationRules(_ world: AnalysisWorld) {
  var used: [String: Set<String>] = [:]
  for service in world.all("VirtualService") {
    for route in ["http", "tcp", "tls"].flatMap({ service.spec[$0].items }) {
      let mirrors = [route["mirror"]] + route["mirrors"].items.map { $0["destination"] }
      for destination in route["route"].items.map({ $0["destination"] }) + mirrors where destination["subset"].hasText {
        let host = HostTable.fullHost(destination["host"].text, near: service.namespace)
        used[host, default: []].insert(destination["subset"].text)
      }
    }
  }
  for rule in world.all("DestinationRule") {
    let host = HostTable.fullHost(rule.spec["host"].text, near: rule.namespace)
    for subset in rule.spec["subsets"].items {
      if !world.all("VirtualService").isEmpty, used[host]?.contains(subset["name"].text) != true {
        rule.report(.unusedSubset, subset, subset["name"].text)
      }
    }
    judgePolicies(rule)
  }
}

private func judgePolicies(_ rule: Resource) {
  let policies = [rule.spec["trafficPolicy"]] + rule.spec["subsets"].items.map { $0["trafficPolicy"] }
  for policy in policies where policy.isPresent {
    var ports: Set<Int64> = []
    for settings in policy["portLevelSettings"].items where settings["port"].isPresent {
      let number = settings["port"]["number"]
      if number.number < 1 || number.number > 65_535 {
        rule.report(.portPolicyOutOfRange, number, String(number.number))
      }
      if !ports.insert(number.number).inserted { rule.report(.portPolicyTwice, settings, String(number.number)) }
    }
    for tls in [policy["tls"]] + policy["portLevelSettings"].items.map({ $0["tls"] }) where tls.isPresent {
      let files = ["clientCertificate", "privateKey", "caCertificates", "credentialName"]
      if tls["mode"].text == "ISTIO_MUTUAL", files.contains(where: { tls[$0].hasText }) {
        rule.report(.meshModeWithFiles, tls)
      }
      if tls["mode"].text == "SIMPLE" || tls["mode"].text == "MUTUAL", !tls["sni"].hasText,
        tls["subjectAltNames"].isEmpty, !tls["insecureSkipVerify"].isTrue
      {
        rule.report(.unnamedServer, tls, tls["mode"].text)
      }
    }
  }
}

/// F55 to F57
private func judgeEntries(_ world: AnalysisWorld) {
  var owners: [String: FullName] = [:]
  for service in world.all("Service") {
    owners[HostTable.fullHost(service.name, near: service.namespace)] = service.fullName
  }
  var addresses: [String: FullName] = [:]
  for entry in world.all("ServiceEntry") {
    let isStatic = entry.spec["resolution"].text == "STATIC"
    if isStatic, entry.spec["endpoints"].isEmpty, entry.spec["workloadSelector"].isAbsent {
      entry.report(.staticWithoutEndpoints, entry.spec)
    }
    for host in entry.spec["hosts"].items {
      if let owner = owners[host.text] {
        entry.report(.hostOfTwo, host, host.text, owner.text)
      } else {
        owners[host.text] = entry.fullName
      }
    }
    for address in entry.spec["addresses"].items {
      if let owner = addresses[address.text], owner != entry.fullName {
        entry.report(.addressOfTwo, address, address.text, owner.text)
      } else {
        addresses[address.text] = entry.fullName
      }
    }
  }
}

/// F60
private func judgeExports(_ world: AnalysisWorld) {
  if world.all("Namespace").isEmpty { return }
  for kind in ["VirtualService", "DestinationRule", "ServiceEntry"] {
    for resource in world.all(kind) {
      for export in resource.spec["exportTo"].items where ![".", "*", "~"].contains(export.text) {
        if world.namespace(export.text) == nil { resource.report(.exportToNobody, export, export.text) }
      }
    }
  }
}

/// F79
private func judgeVersions(_ world: AnalysisWorld) {
  let kinds = [
    "VirtualService", "DestinationRule", "Gateway", "ServiceEntry", "Sidecar", "WorkloadEntry", "WorkloadGroup",
    "AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "Telemetry",
  ]
  for kind in kinds {
    for resource in world.all(kind) where resource.object.isIstio && resource.object.version != "v1" {
      resource.report(.oldVersion, resource.root["apiVersion"], resource.object.version)
    }
  }
}

extension Rule {
  static let routedHostUnknown = own(
    "DD5021", .warning, "no Service or ServiceEntry has host '{0}'; this VirtualService routes nothing within the mesh",
    "没有 Service 或 ServiceEntry 的主机为 '{0}'；该 VirtualService 在网格内不起作用")
  static let httpBehindPassthrough = own(
    "DD5026", .warning, "Gateway '{0}' passes TLS through: it sees no HTTP, and these routes are not used",
    "Gateway '{0}' 透传 TLS：看不到 HTTP，这些路由不会生效")
  static let tlsBehindTermination = own(
    "DD5126", .warning, "Gateway '{0}' terminates TLS: tls routes are not used; write http or tcp routes",
    "Gateway '{0}' 终止 TLS：tls 路由不会生效；请改写 http 或 tcp 路由")
  static let noDelegate = own(
    "DD5031", .error, "there is no VirtualService '{0}' to delegate to", "没有可委托的 VirtualService '{0}'")
  static let delegateWithHosts = own(
    "DD5131", .error, "VirtualService '{0}' has hosts and cannot be delegated to",
    "VirtualService '{0}' 有 hosts，不能作为委托目标")
  static let unusedDelegate = own(
    "DD5032", .warning, "no VirtualService delegates to this one, and it has no hosts of its own",
    "没有 VirtualService 委托到此对象，且它没有自己的主机")
  static let unusedSubset = own("DD5036", .info, "no route uses subset '{0}'", "没有路由使用子集 '{0}'")
  static let portPolicyOutOfRange = own(
    "DD5040", .warning, "{0} is no port; the settings are never used", "{0} 不是有效端口；该设置不会被使用")
  static let portPolicyTwice = own(
    "DD5140", .warning, "port {0} has settings twice; only one holds", "端口 {0} 有两份设置；只有一份生效")
  static let meshModeWithFiles = own(
    "DD5041", .warning, "ISTIO_MUTUAL uses the mesh's certificates; the files named here are ignored",
    "ISTIO_MUTUAL 使用网格证书；此处的文件会被忽略")
  static let unnamedServer = own(
    "DD5141", .info, "mode {0} accepts a certificate of any name; set 'sni' and 'subjectAltNames'",
    "模式 {0} 接受任意名称的证书；请设置 'sni' 和 'subjectAltNames'")
  static let staticWithoutEndpoints = own(
    "DD5055", .warning, "STATIC needs endpoints or a workloadSelector; without them there is nowhere to go",
    "STATIC 需要 endpoints 或 workloadSelector；否则无处可去")
  static let hostOfTwo = own(
    "DD5056", .warning, "host '{0}' belongs to '{1}' already; which one holds depends on their age",
    "主机 '{0}' 已属于 '{1}'；哪个生效取决于创建时间")
  static let addressOfTwo = own("DD5057", .warning, "address '{0}' belongs to '{1}' already", "地址 '{0}' 已属于 '{1}'")
  static let exportToNobody = kiali(
    "DD4005", .error, "KIA0005", "there is no namespace '{0}' to export to", "没有可导出到的命名空间 '{0}'")
  static let oldVersion = own("DD5079", .info, "version {0} is an old one; write 'v1'", "版本 {0} 较旧；请写作 'v1'")

  static let ownReferenceRules: [Rule] = [
    routedHostUnknown, httpBehindPassthrough, tlsBehindTermination, noDelegate, delegateWithHosts, unusedDelegate,
    unusedSubset, portPolicyOutOfRange, portPolicyTwice, meshModeWithFiles, unnamedServer, staticWithoutEndpoints,
    hostOfTwo, addressOfTwo, exportToNobody, oldVersion,
  ]
}
