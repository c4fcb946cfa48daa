import YAML

// EF-19 to EF-23: whether a patch fits what it is for.
extension Admission {
  func checkPatchValue(_ target: String, _ value: Part) {
    guard let node = value.node, let name = Self.patchedMessages[target],
      let message = Schema.envoy.messages[name]
    else { return }
    let field = value.path?.text ?? ""
    do throws(Decoder.Failure) {
      var lenient = Decoder(.lenient)
      _ = try lenient.decode(node, message, at: field)
    } catch {
      report(error, target)
      return
    }
    let decoded: Node
    var strict = Decoder(.strict)
    do throws(Decoder.Failure) {
      decoded = try strict.decode(node, message, at: field)
    } catch {
      log.report(.patchUnknownField, field: error.field, node: error.node, values: error.values)
      return
    }
    // The types of version 2 of Envoy's API that are left.
    let frozen = strict.packedTypes.filter { $0.utf8.starts(with: "envoy.type.".utf8) && !$0.contains(".v3.") }
    if !frozen.isEmpty { report(.patchFrozenType, value, frozen.joined(separator: ", ")) }
    let bare = Self.bareFilters(decoded, message)
    if !bare.isEmpty { report(.patchWithoutConfig, value, bare.joined(separator: ", ")) }
  }

  private func report(_ failure: Decoder.Failure, _ target: String) {
    let rule: Rule =
      switch failure.rule.code {
      case Rule.packedUnknown.code: .patchUnknownType
      case Rule.packedWithoutType.code: .patchWithoutType
      case Rule.badDuration.code: .patchDuration
      case Rule.unknownEnumWord.code: .patchWord
      default: .patchMisfit
      }
    log.report(rule, field: failure.field, node: failure.node, values: failure.values)
  }

  private static let patchedMessages = [
    "LISTENER": "envoy.config.listener.v3.Listener", "FILTER_CHAIN": "envoy.config.listener.v3.FilterChain",
    "NETWORK_FILTER": "envoy.config.listener.v3.Filter",
    "LISTENER_FILTER": "envoy.config.listener.v3.ListenerFilter",
    "HTTP_FILTER": "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter",
    "ROUTE_CONFIGURATION": "envoy.config.route.v3.RouteConfiguration",
    "VIRTUAL_HOST": "envoy.config.route.v3.VirtualHost", "HTTP_ROUTE": "envoy.config.route.v3.Route",
    "CLUSTER": "envoy.config.cluster.v3.Cluster",
    "EXTENSION_CONFIG": "envoy.config.core.v3.TypedExtensionConfig",
    "BOOTSTRAP": "envoy.config.bootstrap.v3.Bootstrap",
  ]

  /// The names of extensions that are named only, as Istio finds them: not within lists.
  private static func bareFilters(_ node: Node, _ message: Schema.Message) -> [String] {
    var found: [String] = []
    for field in message.fields {
      guard case .one(.message(let inner)) = field.shape, let value = node[field.name] else { continue }
      found += bareFilters(value, inner)
    }
    let isExtension = message.field("typedConfig") != nil
    if isExtension, node["typedConfig"] == nil, node["configDiscovery"] == nil {
      found.append(node["name"]?.string ?? "")
    }
    return found
  }
}

extension Rule {
  static let patchMisfit = refusal(435, "this must be {0}, not {1}", "此处应为 {0}，而不是 {1}")
  static let patchDuration = refusal(561, "'{0}' is no duration; write it as '1.5s'", "'{0}' 不是时长；请写作 '1.5s'")
  static let patchWord = refusal(562, "'{0}' is not one of: {1}", "'{0}' 不在可选值之中：{1}")
  static let patchWithoutType = refusal(
    565, "the configuration has no '@type'; name the message", "配置没有 '@type'；请指明消息类型")
  static let patchUnknownType = refusal(
    436, "Envoy has no type '{0}'; correct the name, and use version 3 of the API", "Envoy 没有类型 '{0}'；请更正名称，并使用 v3 API")
  static let patchUnknownField = remark(
    437, "field '{0}' is unknown to Envoy; correct the name", "Envoy 不认识字段 '{0}'；请更正名称")
  static let patchFrozenType = remark(
    438, "types of an old API are used: {0}; use version 3", "使用了旧版 API 的类型：{0}；请使用 v3")
  static let patchWithoutConfig = remark(
    566, "extensions are named without 'typed_config': {0}; add it", "扩展只有名称而没有 'typed_config'：{0}；请添加")

  static let patchValueRules: [Rule] = [
    patchMisfit, patchDuration, patchWord, patchWithoutType, patchUnknownType, patchUnknownField, patchFrozenType,
    patchWithoutConfig,
  ]
}
