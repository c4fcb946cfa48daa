import Patterns

// EF-01 to EF-23.
extension Admission {
  func checkEnvoyFilter(_ spec: Part) {
    report(.envoyFilter, spec)
    guard checkWorkloadSelector(spec["workloadSelector"]) else { return }
    for patch in spec["configPatches"].items where patch["match"]["context"].text != "WAYPOINT" { checkPatch(patch) }
  }

  /// Each failing step skips the rest.
  private func checkPatch(_ given: Part) {
    let (target, patch, match) = (given["applyTo"], given["patch"], given["match"])
    // Numbers that no word stands for are not looked at.
    if target.isAbsent || target.text == "INVALID" {
      report(.noTarget, target)
      return
    }
    guard patch.isPresent else {
      report(.noPatch, patch)
      return
    }
    let operation = patch["operation"].text
    if patch["operation"].isAbsent || operation == "INVALID" {
      report(.noOperationOfPatch, patch["operation"])
      return
    }
    if operation != "REMOVE", patch["value"].isAbsent {
      report(.noPatchValue, patch["value"], operation)
      return
    }
    let version = match["proxy"]["proxyVersion"]
    if version.hasText, let problem = RegexText.problem(version.text) {
      report(.proxyVersion, version, version.text, problem)
      return
    }
    guard checkPatchMatch(target.text, match) else { return }
    checkPatchValue(target.text, patch["value"])
  }

  private func checkPatchMatch(_ target: String, _ match: Part) -> Bool {
    let kinds = ["listener", "routeConfiguration", "cluster", "waypoint"]
    guard let kind = kinds.first(where: { match[$0].isPresent }) else { return true }
    switch target {
    case "LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER":
      if kind != "listener" {
        report(.matchNotListener, match[kind], target)
        return false
      }
      return checkFilterMatch(target, match["listener"]["filterChain"]["filter"])
    case "ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE":
      if kind != "routeConfiguration" { report(.matchNotRoute, match[kind], target) }
    case "CLUSTER":
      if kind != "cluster" { report(.matchNotCluster, match[kind]) }
    default: break
    }
    return true
  }

  // EF-10 to EF-16
  private func checkFilterMatch(_ target: String, _ filter: Part) -> Bool {
    guard filter.isPresent else { return true }
    if target == "LISTENER" || target == "FILTER_CHAIN" { report(.filterWithoutUse, filter, target) }
    let (name, inner) = (filter["name"], filter["subFilter"])
    if !name.hasText {
      report(.filterWithoutName, name)
      return false
    }
    if inner.isPresent {
      if target != "HTTP_FILTER" {
        report(.subFilterWithoutUse, inner, target)
        return false
      }
      let managers = ["envoy.filters.network.http_connection_manager", "envoy.http_connection_manager"]
      if !managers.contains(name.text) {
        report(.subFilterElsewhere, name, name.text)
        return false
      }
      if !inner["name"].hasText {
        report(.subFilterWithoutName, inner["name"])
        return false
      }
    }
    for name in [name, inner["name"]] {
      if let now = EnvoyNames.current[name.text] { report(.oldFilterName, name, name.text, now) }
    }
    return true
  }
}

extension Rule {
  static let envoyFilter = remark(
    416, "an EnvoyFilter depends on inner workings that change with every version; prefer another API",
    "EnvoyFilter 依赖随版本变化的内部实现；请优先使用其他 API")
  static let noTarget = refusal(419, "the patch does not say what it is for; set 'applyTo'", "补丁没有说明用途；请设置 'applyTo'")
  static let noPatch = refusal(420, "the 'patch' is missing", "缺少 'patch'")
  static let noOperationOfPatch = refusal(
    421, "the patch has no operation; use one such as MERGE", "补丁没有操作；请使用例如 MERGE")
  static let noPatchValue = refusal(422, "operation {0} needs 'value'", "操作 {0} 需要 'value'")
  static let proxyVersion = refusal(423, "'{0}' is no RE2 regex: {1}", "'{0}' 不是 RE2 正则表达式：{1}")
  static let matchNotListener = refusal(424, "{0} needs a listener match", "{0} 需要 listener 匹配")
  static let filterWithoutUse = remark(425, "a filter match has no effect on {0}", "过滤器匹配对 {0} 不起作用")
  static let filterWithoutName = refusal(426, "the filter match has no name", "过滤器匹配没有名称")
  static let subFilterWithoutUse = refusal(
    427, "a subFilter is for HTTP_FILTER only, not {0}", "subFilter 只用于 HTTP_FILTER，而不是 {0}")
  static let subFilterElsewhere = refusal(
    428, "a subFilter lies in the HTTP connection manager, not in '{0}'", "subFilter 位于 HTTP 连接管理器中，而不是 '{0}'")
  static let subFilterWithoutName = refusal(429, "the subFilter has no name", "subFilter 没有名称")
  static let oldFilterName = remark(430, "'{0}' is an old name; use '{1}'", "'{0}' 是旧名称；请使用 '{1}'")
  static let matchNotRoute = refusal(432, "{0} needs a routeConfiguration match", "{0} 需要 routeConfiguration 匹配")
  static let matchNotCluster = refusal(433, "CLUSTER needs a cluster match", "CLUSTER 需要 cluster 匹配")

  static let envoyFilterRules: [Rule] = [
    envoyFilter, noTarget, noPatch, noOperationOfPatch, noPatchValue, proxyVersion, matchNotListener,
    filterWithoutUse, filterWithoutName, subFilterWithoutUse, subFilterElsewhere, subFilterWithoutName, oldFilterName,
    matchNotRoute, matchNotCluster,
  ]
}
