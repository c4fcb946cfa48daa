// TM-01 to TM-21.
extension Admission {
  func checkTelemetry(_ spec: Part) {
    checkTargets(spec)
    for metrics in spec["metrics"].items {
      checkProviders(metrics["providers"], .metricsProvider)
      for override in metrics["overrides"].items { checkOverride(override) }
    }
    if spec["tracing"].count > 1 { report(.manyTracings, spec["tracing"]) }
    for tracing in spec["tracing"].items { checkTracing(tracing) }
    for logging in spec["accessLogging"].items {
      let filter = logging["filter"]
      if filter.isPresent, !ExpressionText.isExpression(filter["expression"].text) {
        report(.logFilter, filter["expression"], filter["expression"].text)
      }
      checkProviders(logging["providers"], .loggingProvider)
    }
  }

  private func checkProviders(_ providers: Part, _ rule: Rule) {
    if let empty = providers.items.first(where: { !$0["name"].hasText }) { report(rule, empty["name"]) }
  }

  private func checkOverride(_ override: Part) {
    for (key, tag) in override["tagOverrides"].members {
      if key.utf8.isEmpty { report(.tagOverrideWithoutName, tag) }
      let value = tag["value"]
      switch tag["operation"].text {
      case "", "UPSERT": if !isNumber(tag["operation"]), !value.hasText { report(.upsertedTag, tag, key) }
      case "REMOVE": if value.hasText { report(.removedTag, value, key) }
      default: break
      }
    }
    let metric = override["match"]["customMetric"]
    if metric.isPresent, !metric.hasText { report(.emptyMetric, metric) }
  }

  /// A number that no word of the enumeration stands for.
  private func isNumber(_ part: Part) -> Bool { part.isPresent && !part.hasText }

  private func checkTracing(_ tracing: Part) {
    if tracing["providers"].count > 1 { report(.manyTracers, tracing["providers"]) }
    checkProviders(tracing["providers"], .tracingProvider)
    let percentage = tracing["randomSamplingPercentage"]
    if percentage.decimal < 0 || percentage.decimal > 100 {
      report(.samplingPercentage, percentage, percentage.literal)
    }
    for (key, tag) in tracing["customTags"].members {
      if key.utf8.isEmpty { report(.tagWithoutName, tag) }
      // A choice holds the last of its fields.
      if tag["literal"].isPresent {
        if !tag["literal"]["value"].hasText { report(.literalTag, tag, key) }
      } else if tag["header"].isPresent {
        if !tag["header"]["name"].hasText { report(.headerTag, tag, key) }
      } else if tag["environment"].isPresent, !tag["environment"]["name"].hasText {
        report(.environmentTag, tag, key)
      }
    }
  }
}

extension Rule {
  static let metricsProvider = refusal(516, "a provider has no name", "提供者没有名称")
  static let tagOverrideWithoutName = remark(518, "a tag has no name", "标签没有名称")
  static let upsertedTag = refusal(520, "tag '{0}' needs a value to be set", "标签 '{0}' 需要值")
  static let removedTag = refusal(521, "tag '{0}' is removed and takes no value", "标签 '{0}' 将被删除，不能有值")
  static let emptyMetric = refusal(522, "the metric has no name", "指标没有名称")
  static let manyTracings = remark(523, "only one entry of 'tracing' is used; join them", "'tracing' 只使用一项；请合并")
  static let manyTracers = remark(524, "only one provider is used; remove the others", "只使用一个提供者；请删除其余的")
  static let tracingProvider = refusal(525, "a provider has no name", "提供者没有名称")
  static let samplingPercentage = refusal(526, "{0} is no percentage; use 0 to 100", "{0} 不是百分比；请使用 0 到 100")
  static let tagWithoutName = refusal(527, "a tag has no name", "标签没有名称")
  static let literalTag = refusal(529, "tag '{0}' needs a literal value", "标签 '{0}' 需要字面值")
  static let headerTag = refusal(530, "tag '{0}' needs the name of a header", "标签 '{0}' 需要头名称")
  static let environmentTag = refusal(531, "tag '{0}' needs the name of a variable", "标签 '{0}' 需要环境变量名称")
  static let logFilter = refusal(532, "'{0}' is no CEL expression", "'{0}' 不是 CEL 表达式")
  static let loggingProvider = refusal(533, "a provider has no name", "提供者没有名称")

  static let telemetryRules: [Rule] = [
    metricsProvider, tagOverrideWithoutName, upsertedTag, removedTag, emptyMetric, manyTracings, manyTracers,
    tracingProvider, samplingPercentage, tagWithoutName, literalTag, headerTag, environmentTag, logFilter,
    loggingProvider,
  ]
}
