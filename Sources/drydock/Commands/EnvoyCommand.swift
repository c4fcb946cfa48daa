import Diagnostics
import EnvoyConfig
import MeshModel
import ProxyModel
import Report
import Workbench

/// `drydock envoy`: a proxy's configuration as a file that a real Envoy loads.
enum EnvoyCommand {
  private static let adminPort = OptionSpec.value(
    "admin-port", nil, "PORT", LocalizedText(en: "open Envoy's admin pages on loopback", zh: "在本机开启 Envoy 管理端口"))
  private static let frontPort = OptionSpec.value(
    "front-port", nil, "PORT",
    LocalizedText(
      en: "take connections on this loopback port; a PROXY protocol line says where each was going",
      zh: "在本机该端口接收连接，由 PROXY 协议行给出原目的地址"))
  private static let upstreams = OptionSpec.value(
    "replace-upstreams", nil, "IP:PORT",
    LocalizedText(en: "send every cluster's requests to this server", zh: "将所有集群的请求发往该服务器"))

  static let spec = CommandSpec(
    name: "envoy", group: .questions,
    summary: LocalizedText(en: "write a proxy's configuration for a real Envoy", zh: "为真实的 Envoy 生成代理配置"),
    forms: ["--proxy NAMESPACE/POD [-f FILE…]", "--gateway NAMESPACE/NAME [-f FILE…]"],
    details: LocalizedText(
      en: """
        Prints a static bootstrap that Envoy 1.40 loads. TLS servers get a certificate made on the spot. What cannot be
        written, such as the mesh's own mutual TLS, is named in comments and on standard error.
        """,
      zh: """
        输出 Envoy 1.40 可直接加载的静态引导配置。TLS 服务端使用临时生成的证书。
        无法写入的内容（如网格自身的双向 TLS）以注释形式列在文件开头和标准错误中。
        """),
    examples: [
      .init(
        "drydock envoy --proxy shop/web -f mesh/ > envoy.yaml && envoy --mode validate -c envoy.yaml",
        en: "let Envoy check it", zh: "由 Envoy 校验"),
      .init(
        "drydock envoy --gateway edge/public --revision 3 -o json", en: "a gateway, as a revision has it",
        zh: "某个修订中的网关"),
      .init(
        "drydock envoy --proxy shop/web -f mesh/ --front-port 9001 --replace-upstreams 127.0.0.1:8080",
        en: "run it without a mesh: every destination by a PROXY line, one server for all clusters",
        zh: "脱离网格运行：用 PROXY 行指定目的地址，所有集群指向同一服务器"),
    ],
    options: ProxyInput.options + [frontPort, upstreams, adminPort, Options.output(["yaml", "json"])]
      + MeshInput.options,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    var options = BootstrapOptions()
    if let text = arguments[adminPort] { options.adminPort = try port(text, adminPort) }
    if let text = arguments[frontPort] { options.handover = .proxyLine(port: try port(text, frontPort)) }
    if let text = arguments[upstreams] { options.upstreams = try server(text) }
    let input = try ProxyInput(invocation)
    let bootstrap = input.session.bootstrap(of: input.vantage, options, now: Environment.now)
    let leftOut = LeftOutText(language: invocation.language).text(bootstrap.leftOut)
    let terminal = invocation.terminal
    if arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.value(bootstrap.value)
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else {
      for line in leftOut.split(separator: "\n") { terminal.printLine("# " + line) }
      terminal.output.write(bootstrap.value.yaml[...])
    }
    terminal.output.flush()
    terminal.errors.write(leftOut)
    input.remarkMissingSidecar(terminal)
    return .success
  }

  private static func port(_ text: String, _ option: OptionSpec) throws -> UInt32 {
    guard let port = UInt32(text), (1...65_535).contains(port) else {
      throw CommandFailure(
        en: "'\(text)' is no port for --\(option.long); expected 1 to 65535",
        zh: "'\(text)' 不是 --\(option.long) 的有效端口；应为 1 到 65535")
    }
    return port
  }

  private static func server(_ text: String) throws -> BootstrapOptions.Upstreams {
    guard let (host, port) = Authority.split(text), let port, port > 0, let address = IPAddress(host) else {
      throw CommandFailure(
        en: "'\(text)' is no server for --replace-upstreams; expected IP:PORT",
        zh: "'\(text)' 不是 --replace-upstreams 的有效服务器；应为 IP:PORT")
    }
    return .replaced(address: address.description, port: port)
  }
}
