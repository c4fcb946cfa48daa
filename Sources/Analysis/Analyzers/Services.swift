import Diagnostics
import Validation

// IST0118, IST0150
@Sendable
func analyzePortNames(_ world: AnalysisWorld) {
  let managers = ["istio.io-gateway-controller", "istio.io-mesh-controller", "istio.io-eastwest-controller"]
  for service in world.all("Service") where !service.isControlPlane {
    if let manager = service.labels["gateway.istio.io/managed"], managers.contains(manager) { continue }
    let isExternal = service.spec["type"].text == "ExternalName"
    for port in service.spec["ports"].items {
      let name = port["name"].text
      if PortNaming.hasProtocol(port), !(isExternal && name == "tcp") { continue }
      if isExternal {
        service.report(.externalPortName, port["name"])
      } else {
        service.report(.portNaming, port["name"], name, String(port["port"].number), port["targetPort"].literal)
      }
    }
  }
}

/// What a Service says about the protocol of a port.
enum PortNaming {
  /// Whether Istio can tell the protocol.
  static func hasProtocol(_ port: Part) -> Bool {
    if port["protocol"].text == "UDP" { return true }
    var name = port["name"].text
    if port["appProtocol"].isPresent {
      name = port["appProtocol"].text
      if ["kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"].contains(name) { return true }
    }
    let lower = name.lowercased()
    if lower.utf8.starts(with: "grpc-web".utf8) { return true }
    let first = lower.prefix { $0 != "-" }
    return PortProtocol(String(first)) != nil || [25, 53, 3306, 27_017].contains(port["port"].number)
  }
}

extension Rule {
  static let portNaming = analysis(
    "DD3118", .info, "IST0118",
    "port {1} ('{0}') does not tell its protocol; set 'appProtocol' or begin the name with it, such as 'http-'",
    "端口 {1}（'{0}'）没有说明协议；请设置 'appProtocol' 或以协议开头命名，例如 'http-'")
  static let externalPortName = analysis(
    "DD3150", .warning, "IST0150",
    "a port of an ExternalName Service must tell a protocol other than plain tcp; rename it or set 'appProtocol'",
    "ExternalName 类型 Service 的端口须说明 tcp 以外的协议；请改名或设置 'appProtocol'")

  static let serviceAnalysisRules: [Rule] = [portNaming, externalPortName]
}
