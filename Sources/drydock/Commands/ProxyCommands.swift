import Diagnostics
import MeshModel
import ProxyModel
import Report
import Workbench

/// `drydock listeners`, `routes`, `clusters`, `endpoints`: what a proxy is told, and where each line comes from.
enum ProxyCommands {
  private static let port = OptionSpec.value(
    "port", nil, "PORT", LocalizedText(en: "lines of this port only", zh: "只显示该端口"))
  private static let fqdn = OptionSpec.value(
    "fqdn", nil, "HOST",
    LocalizedText(en: "lines of this host only, by its name or its first labels", zh: "只显示该主机（全名或前缀）"))
  private static let name = OptionSpec.value(
    "name", nil, "NAME", LocalizedText(en: "lines of this name only", zh: "只显示该名称"))
  private static let subset = OptionSpec.value(
    "subset", nil, "SUBSET", LocalizedText(en: "lines of this subset only", zh: "只显示该子集"))
  private static let address = OptionSpec.value(
    "address", nil, "ADDRESS", LocalizedText(en: "lines of this address only", zh: "只显示该地址"))

  /// One of the commands: what it lists, and in which columns each filter looks.
  private struct Kind: Sendable {
    var filters: [(option: OptionSpec, columns: [String])]
    var none: LocalizedText
    var listing: @Sendable (ProxyConfiguration) -> ProxyListing
  }

  private static let listenerKind = Kind(
    filters: [
      (port, ["port"]), (address, ["address"]), (name, ["name", "chain", "routeConfiguration"]),
    ], none: LocalizedText(en: "no listeners", zh: "没有监听器"), listing: { ProxyListing(listenersOf: $0) })
  private static let routeKind = Kind(
    filters: [
      (name, ["name", "virtualHost", "rule"]), (port, ["port"]), (fqdn, ["domains"]), (subset, ["subset"]),
    ], none: LocalizedText(en: "no routes", zh: "没有路由"), listing: { ProxyListing(routesOf: $0) })
  private static let clusterKind = Kind(
    filters: [(fqdn, ["service"]), (port, ["port"]), (subset, ["subset"]), (name, ["name"])],
    none: LocalizedText(en: "no clusters", zh: "没有集群"), listing: { ProxyListing(clustersOf: $0) })
  private static let endpointKind = Kind(
    filters: [
      (fqdn, ["service"]), (port, ["port", "endpointPort"]), (subset, ["subset"]), (name, ["cluster"]),
      (address, ["endpoint"]),
    ], none: LocalizedText(en: "no endpoints", zh: "没有端点"), listing: { ProxyListing(endpointsOf: $0) })

  static let listeners = spec(
    "listeners", LocalizedText(en: "list a proxy's listeners", zh: "列出代理的监听器"),
    LocalizedText(
      en: """
        A line for each filter chain: the connections that it takes, and where they go. The origin is the object that
        made the line, and its place in the files.
        """,
      zh: "每个过滤链一行：接收哪些连接、去往何处。ORIGIN 为产生该行的对象及其在文件中的位置。"),
    [
      .init("drydock listeners --proxy shop/web", en: "of a pod or workload", zh: "某个 Pod 或工作负载"),
      .init("drydock listeners --gateway edge/public -f mesh/ -o wide", en: "of a gateway, from files", zh: "网关，取自文件"),
      .init("drydock listeners --proxy shop/web --port 9080", en: "of one port", zh: "只看一个端口"),
    ], listenerKind)
  static let routes = spec(
    "routes", LocalizedText(en: "list a proxy's routes", zh: "列出代理的路由"),
    LocalizedText(
      en: """
        A line for each route, in the order in which a proxy tries them: '/x*' is a prefix, '~' a regular expression.
        The origin is the rule that made the route.
        """,
      zh: "每条路由一行，按代理匹配的先后顺序；'/x*' 为前缀，'~' 为正则。ORIGIN 为产生该路由的规则。"),
    [
      .init("drydock routes --proxy shop/web --name 9080", en: "the table of one port", zh: "某个端口的路由表"),
      .init("drydock routes --proxy shop/web --fqdn reviews", en: "of one host", zh: "某个主机"),
      .init(
        "drydock routes --proxy shop/web --with draft.yaml -o json", en: "as a draft would have them", zh: "叠加草稿之后"),
    ], routeKind)
  static let clusters = spec(
    "clusters", LocalizedText(en: "list a proxy's clusters", zh: "列出代理的集群"),
    LocalizedText(
      en: "A line for each cluster. The origin is the service; the DestinationRule that shapes it is named beside it.",
      zh: "每个集群一行。ORIGIN 为其服务；生效的 DestinationRule 另列。"),
    [
      .init("drydock clusters --proxy shop/web --fqdn reviews.shop", en: "of one service", zh: "某个服务"),
      .init(
        "drydock clusters --proxy shop/web --subset v2 -o wide", en: "with balancer, TLS and timeouts",
        zh: "附负载均衡、TLS 与超时"),
    ], clusterKind)
  static let endpoints = spec(
    "endpoints", LocalizedText(en: "list a proxy's endpoints", zh: "列出代理的端点"),
    LocalizedText(
      en: "A line for each endpoint of each cluster. The origin is the pod or entry behind it.",
      zh: "每个集群的每个端点一行。ORIGIN 为其 Pod 或条目。"),
    [
      .init("drydock endpoints --proxy shop/web --fqdn reviews --subset v1", en: "of one subset", zh: "某个子集"),
      .init(
        "drydock endpoints --proxy shop/web -f mesh/ -o json", en: "as data, with labels and localities",
        zh: "以数据形式，附标签与地域"),
    ], endpointKind)

  private static func spec(
    _ command: String, _ summary: LocalizedText, _ details: LocalizedText, _ examples: [CommandSpec.Example],
    _ kind: Kind
  ) -> CommandSpec {
    CommandSpec(
      name: command, group: .questions, summary: summary,
      forms: ["--proxy NAMESPACE/POD [-f FILE…]", "--gateway NAMESPACE/NAME [-f FILE…]"], details: details,
      examples: examples,
      options: ProxyInput.options + kind.filters.map(\.option) + [Options.output(["wide", "json", "yaml"])]
        + MeshInput.options,
      run: { try run($0, kind) })
  }

  private static func run(_ invocation: Invocation, _ kind: Kind) throws -> ExitCode {
    let filter = try filter(invocation.arguments, kind)
    let input = try ProxyInput(invocation)
    let configurations = input.configurations()
    var listing = kind.listing(configurations[0])
    for configuration in configurations.dropFirst() { listing = listing.joined(with: kind.listing(configuration)) }
    let shown = listing.filtered(filter)
    show(shown, input, invocation)
    invocation.terminal.output.flush()
    if shown.rows.isEmpty { invocation.terminal.remark(kind.none) }
    input.remarkMissingSidecar(invocation.terminal)
    remark(configurations, invocation.terminal)
    return .success
  }

  private static func filter(_ arguments: ParsedArguments, _ kind: Kind) throws -> ProxyFilter {
    var filter = ProxyFilter()
    for (option, columns) in kind.filters {
      guard let value = arguments[option] else { continue }
      switch option.long {
      case fqdn.long: filter.require(host: value, in: columns)
      case port.long:
        guard let number = UInt32(value), number <= 65_535 else {
          throw CommandFailure(
            en: "'\(value)' is no port; expected 0 to 65535", zh: "'\(value)' 不是端口；应为 0 到 65535")
        }
        filter.require("\(number)", in: columns)
      default: filter.require(value, in: columns)
      }
    }
    return filter
  }

  private static func show(_ listing: ProxyListing, _ input: ProxyInput, _ invocation: Invocation) {
    let terminal = invocation.terminal
    let place = { input.session.place(of: $0) }
    let format = invocation.arguments[Options.output]
    switch format {
    case "json":
      var writer = JSONWriter(layout: .indented)
      writer.value(listing.value(place: place))
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    case "yaml":
      terminal.output.write(listing.value(place: place).yaml[...])
    default:
      guard !listing.rows.isEmpty else { return }
      let text = listing.text(format == "wide" ? .wide : .brief, style: terminal.style, place: place)
      terminal.output.write(text)
    }
  }

  /// What the lines do not say: listeners that Envoy refuses, and objects that could change them.
  private static func remark(_ configurations: [ProxyConfiguration], _ terminal: Terminal) {
    for configuration in configurations {
      for name in configuration.rejectedListeners {
        terminal.remark(
          LocalizedText(
            en: "left out: listener '\(name)', which Istio sends and Envoy refuses",
            zh: "未列出：监听器 '\(name)',Istio 会下发而 Envoy 拒绝接受"))
      }
      for part in configuration.notModelled {
        guard let object = part.origin?.object.label else { continue }
        let why = part.reason.sentence
        terminal.remark(LocalizedText(en: "\(object): \(why.en)", zh: "\(object):\(why.zh)"))
      }
    }
  }
}
