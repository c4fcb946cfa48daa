package import Diagnostics
package import ProxyModel

extension NotModelled.Reason {
  /// Why the answer could be another one.
  package var sentence: LocalizedText {
    switch self {
    case .envoyFilter:
      LocalizedText(en: "EnvoyFilter patches are not modelled", zh: "未模拟 EnvoyFilter 补丁")
    case .wasmPlugin:
      LocalizedText(en: "what a WebAssembly plugin does is not known", zh: "无法得知 WebAssembly 插件的行为")
    case .trafficExtension:
      LocalizedText(en: "what a traffic extension does is not known", zh: "无法得知流量扩展的行为")
    case .unknownField:
      LocalizedText(en: "the field is not known", zh: "未知字段")
    case .gatewayAPI:
      LocalizedText(en: "Gateway API objects are not modelled", zh: "未模拟 Gateway API 对象")
    case .remoteKeys:
      LocalizedText(en: "the keys that check tokens are fetched from elsewhere", zh: "校验令牌的密钥需从别处获取")
    case .clientAddressUnknown:
      LocalizedText(en: "a policy asks for the client's address, which is not given", zh: "策略需要客户端地址，但未给出")
    case .meshSetting:
      LocalizedText(en: "the mesh setting is not modelled", zh: "未模拟该网格设置")
    case .externalAuthorizer:
      LocalizedText(en: "what the external authorizer answers is not known", zh: "无法得知外部授权服务的答复")
    case .tokenClaims:
      LocalizedText(en: "the token's claims cannot be told", zh: "无法得知令牌中的声明")
    }
  }
}
