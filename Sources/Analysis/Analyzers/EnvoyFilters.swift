import Diagnostics
import Validation

// IST0151 to IST0155
@Sendable
func analyzePatches(_ world: AnalysisWorld) {
  /// Filters that patches for certain versions were about.
  var versioned: Set<String> = []
  for filter in world.all("EnvoyFilter") {
    for patch in filter.spec["configPatches"].items {
      guard patch["patch"].isPresent else { break }
      let name = patchedName(patch)
      checkOperation(filter, patch, isVersioned: versioned.contains(name))
      if patch["match"]["proxy"]["proxyVersion"].hasText { versioned.insert(name) }
    }
  }
}

private func patchedName(_ patch: Part) -> String {
  let value = patch["patch"]["value"]
  if value.isAbsent || value.isEmpty { return "" }
  if value["name"].isPresent { return "value \(value["name"].literal)" }
  return patch["match"]["listener"]["filterChain"]["filter"]["name"].text
}

private func checkOperation(_ filter: Resource, _ patch: Part, isVersioned: Bool) {
  let operation = patch["patch"]["operation"]
  let target = patch["applyTo"].text
  let isRoute = target == "ROUTE_CONFIGURATION" || target == "HTTP_ROUTE"
  switch operation.text {
  case "ADD":
    if isRoute { filter.report(.addToRoute, operation, target) }
    return
  case "REMOVE":
    if isRoute {
      filter.report(.removeRoute, operation, target)
      return
    }
  case "REPLACE":
    if !["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"].contains(target) {
      filter.report(.replaceOther, operation, target)
      return
    }
  case "INSERT_BEFORE", "INSERT_AFTER": break
  default: return
  }
  if filter.spec["priority"].number == 0 {
    filter.report(isVersioned ? .relativeForVersion : .relativeOperation, operation, operation.text)
  }
}

extension Rule {
  static let relativeOperation = analysis(
    "DD3151", .warning, "IST0151", "{0} depends on what stands there before; set 'priority' to fix the order",
    "{0} 依赖于此前已有的内容；请设置 'priority' 以固定顺序")
  static let replaceOther = analysis(
    "DD3152", .error, "IST0152", "REPLACE has no effect on {0}; use it for NETWORK_FILTER, HTTP_FILTER or VIRTUAL_HOST",
    "REPLACE 对 {0} 不起作用；请用于 NETWORK_FILTER、HTTP_FILTER 或 VIRTUAL_HOST")
  static let addToRoute = analysis(
    "DD3153", .error, "IST0153", "ADD has no effect on {0}; use MERGE", "ADD 对 {0} 不起作用；请使用 MERGE")
  static let removeRoute = analysis(
    "DD3154", .error, "IST0154", "REMOVE has no effect on {0}", "REMOVE 对 {0} 不起作用")
  static let relativeForVersion = analysis(
    "DD3155", .warning, "IST0155",
    "{0} depends on what stands there before, and another patch for some versions is about the same filter; set 'priority'",
    "{0} 依赖于此前已有的内容，且另一个针对特定版本的补丁涉及同一过滤器；请设置 'priority'")

  static let patchAnalysisRules: [Rule] = [
    relativeOperation, replaceOther, addToRoute, removeRoute, relativeForVersion,
  ]
}
