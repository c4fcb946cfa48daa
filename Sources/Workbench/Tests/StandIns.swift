import MeshModel
import Translation

/// Services and gateways that rules speak of and the given files do not hold: tests of other tools come with rules
/// alone, and without them no proxy would have these rules.
enum StandIns {
  static func objects(for objects: [MeshObject]) -> [MeshObject] {
    var hosts: Set<String> = []
    var gateways: Set<String> = []
    let session = SimulationSession(Snapshot(objects), now: 0)
    for object in objects {
      guard case .virtualService(let service) = object.content, !service.hosts.isEmpty else { continue }
      let bound = service.gateways.isEmpty ? ["mesh"] : service.gateways
      for gateway in bound where gateway != "mesh" {
        gateways.insert(ShortName.gateway(gateway, namespace: object.id.namespace))
      }
      guard bound.contains("mesh") else { continue }
      for host in service.hosts where session.addresses.address(of: host, from: object.id.namespace) == nil {
        hosts.insert(ShortName.host(host, namespace: object.id.namespace))
      }
    }
    for object in objects where object.id.kind == .gateway {
      gateways.remove("\(object.id.namespace)/\(object.id.name)")
    }
    var text = ""
    // Only JSON is safe for names of any kind.
    for (place, host) in hosts.sorted().enumerated() where host != "*" {
      text += """
        {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry",
         "metadata": {"name": "stand-in-\(place)", "namespace": "istio-system"},
         "spec": {"hosts": ["\(host)"], "location": "MESH_INTERNAL", "resolution": "NONE",
                  "ports": [{"number": 80, "name": "http", "protocol": "HTTP"}]}}
        ---

        """
    }
    for gateway in gateways.sorted() {
      let (namespace, name) = VantageResolver.split(gateway)
      text += """
        {"apiVersion": "networking.istio.io/v1", "kind": "Gateway",
         "metadata": {"name": "\(name)", "namespace": "\(namespace)"},
         "spec": {"selector": {"stand-in": "\(name)"},
                  "servers": [{"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": ["*"]}]}}
        ---

        """
    }
    return ObjectInput(files: [("<stand-ins>", Array(text.utf8))]).objects
  }
}
