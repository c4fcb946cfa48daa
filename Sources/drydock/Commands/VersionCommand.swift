import Diagnostics

/// `drydock version`.
enum VersionCommand {
  static let number = "0.1.0"

  static let spec = CommandSpec(
    name: "version", group: .other,
    summary: LocalizedText(en: "show the version, and what is modelled", zh: "查看版本及所模拟的系统版本"), forms: [""],
    examples: [.init("drydock version", en: "versions in one line", zh: "单行版本信息")]
  ) { invocation in
    invocation.terminal.printLine("drydock \(number) (Istio 1.30.3, Envoy 1.40)")
    return .success
  }
}
