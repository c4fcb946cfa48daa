import Diagnostics
import Validation
import YAML

// IST0126, from the ConfigMap of the mesh.
@Sendable
func judgeMeshNetworks(_ world: AnalysisWorld) {
  var registries: Set<String> = ["Mock", "Kubernetes", "External"]
  for secret in world.all("Secret") where secret.labels["istio/multiCluster"] == "true" {
    for name in ["data", "stringData"] { registries.formUnion(secret.root[name].members.map(\.key)) }
  }
  for map in world.all("ConfigMap") where map.namespace == world.mesh.rootNamespace && map.name == "istio" {
    let place = map.root["data"]["meshNetworks"]
    guard place.hasText, let node = parseYAML(Array(place.text.utf8), file: "").documents.first?.node else { continue }
    for (network, value) in Part(root: node)["networks"].members {
      for registry in value["endpoints"].items.map({ $0["fromRegistry"] })
      where registry.hasText && !registries.contains(registry.text) {
        map.report(.unknownRegistry, place, registry.text, network)
      }
    }
  }
}

extension Rule {
  static let unknownRegistry = analysis(
    "DD3126", .error, "IST0126", "network '{1}' names registry '{0}', which no Secret of a remote cluster has",
    "网络 '{1}' 引用注册表 '{0}'，但没有远程集群的 Secret 提供它")
}
