package import Diagnostics

/// Why a question cannot be answered; the sentences are at the foot of this file.
package enum QuestionProblem: Error, Hashable, Sendable {
  /// Offset in the line, from 0.
  case notJSON(offset: Int)
  case tooDeep
  case wrongType(member: String, expected: String)
  case unknownMember(String)
  case missingMember(String)
  case badValue(member: String, text: String)
  case unknownPod(String, similar: [String])
  case noDestination
  case unknownHost(String)
  case badDestination(String)
  case badSource(String)
  case noGatewayAddress(String)

  // A code is for ever; codes of questions begin with DD05.
  package var code: String {
    switch self {
    case .notJSON: "DD0501"
    case .tooDeep: "DD0502"
    case .wrongType: "DD0503"
    case .unknownMember: "DD0504"
    case .missingMember: "DD0505"
    case .badValue: "DD0506"
    case .unknownPod: "DD0507"
    case .noDestination: "DD0508"
    case .unknownHost: "DD0509"
    case .badDestination: "DD0510"
    case .badSource: "DD0511"
    case .noGatewayAddress: "DD0512"
    }
  }
}

extension QuestionProblem {
  init(_ failure: JSONScanner.Failure, lineStart: Int) {
    switch failure {
    case .syntax(let offset): self = .notJSON(offset: offset - lineStart)
    case .type(let member, let expected): self = .wrongType(member: member, expected: "\(expected)")
    case .unknownMember(let name): self = .unknownMember(name)
    case .missingMember(let name): self = .missingMember(name)
    case .value(let member, let text): self = .badValue(member: member, text: text)
    case .tooDeep: self = .tooDeep
    }
  }

  package var message: LocalizedText {
    switch self {
    case .notJSON(let offset):
      LocalizedText(
        en: "the line is no JSON: unexpected text at byte \(offset + 1)", zh: "这一行不是 JSON：第 \(offset + 1) 个字节处出错")
    case .tooDeep:
      LocalizedText(en: "the line is nested too deeply", zh: "这一行嵌套过深")
    case .wrongType(let member, let expected):
      LocalizedText(en: "'\(member)' must be of type \(expected)", zh: "'\(member)' 的类型应为 \(expected)")
    case .unknownMember(let name):
      LocalizedText(en: "unknown member '\(name)'", zh: "未知成员 '\(name)'")
    case .missingMember(let name):
      LocalizedText(en: "member '\(name)' is missing", zh: "缺少成员 '\(name)'")
    case .badValue(let member, let text):
      LocalizedText(en: "'\(text)' is no value for '\(member)'", zh: "'\(text)' 不是 '\(member)' 的有效值")
    case .unknownPod(let name, let similar):
      unknownPod(name, similar)
    case .noDestination:
      LocalizedText(
        en: "no destination: give 'connection.destination', or an authority that names a host of the mesh",
        zh: "没有目的地址：请给出 'connection.destination'，或给出网格内主机的 authority")
    case .unknownHost(let host):
      LocalizedText(
        en: "host '\(host)' is not known to the mesh; give 'connection.destination'",
        zh: "网格中没有主机 '\(host)'；请给出 'connection.destination'")
    case .badDestination(let text):
      LocalizedText(en: "'\(text)' is no destination; expected 'ip:port'", zh: "'\(text)' 不是目的地址；应为 'ip:port'")
    case .badSource(let text):
      LocalizedText(en: "'\(text)' is no IP address of a client", zh: "'\(text)' 不是客户端的 IP 地址")
    case .noGatewayAddress(let name):
      LocalizedText(
        en: "gateway '\(name)' has no pod with an address; give 'connection.destination'",
        zh: "网关 '\(name)' 没有带地址的 Pod；请给出 'connection.destination'")
    }
  }

  private func unknownPod(_ name: String, _ similar: [String]) -> LocalizedText {
    guard !similar.isEmpty else {
      return LocalizedText(en: "no pod '\(name)' in the configuration", zh: "配置中没有 Pod '\(name)'")
    }
    let list = similar.map { "'\($0)'" }.joined(separator: ", ")
    return LocalizedText(
      en: "no pod '\(name)' in the configuration; did you mean \(list)?", zh: "配置中没有 Pod '\(name)'；是否指 \(list)？")
  }
}
