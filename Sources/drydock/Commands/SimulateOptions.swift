import Diagnostics

/// The options of `drydock simulate`, those that curl has under curl's names.
enum SimulateOptions {
  static let method = OptionSpec.value(
    "request", "X", "METHOD", LocalizedText(en: "the method (default: GET)", zh: "请求方法（默认 GET）"))
  static let header = OptionSpec.list(
    "header", "H", "HEADER", LocalizedText(en: "a header 'name: value'; may be repeated", zh: "请求头 'name: value'；可重复"))
  static let from = OptionSpec.value(
    "from", nil, "NS/NAME", completion: .client,
    LocalizedText(en: "the client: a pod, a workload or an app label", zh: "客户端：Pod、工作负载或 app 标签"))
  static let fromGateway = OptionSpec.value(
    "from-gateway", nil, "NS/NAME", completion: .gateway,
    LocalizedText(en: "the gateway that gets the request: a Gateway or its workload", zh: "接收请求的网关：Gateway 对象或其工作负载"))
  static let source = OptionSpec.value(
    "source", nil, "IP", LocalizedText(en: "the client's address", zh: "客户端地址"))
  static let destination = OptionSpec.value(
    "connect-to", nil, "IP:PORT",
    LocalizedText(en: "the address that is dialled (default: the host's)", zh: "实际连接的地址（默认由主机名得出）"))
  static let explain = OptionSpec.toggle(
    "explain", nil, LocalizedText(en: "tell how the answer came about", zh: "说明推导过程"))
  static let seed = OptionSpec.value(
    "seed", nil, "N", LocalizedText(en: "draw one of the things that can happen", zh: "按种子抽取一个结果"))
  static let requests = OptionSpec.value(
    "requests", nil, "FILE", completion: .file,
    LocalizedText(
      en: "answer the requests of a file or - (NDJSON), one answer a line", zh: "回答文件或 -（NDJSON）中的请求，每行一个答案"))

  static let oneSide = OptionSpec.toggle(
    "one-side", nil,
    LocalizedText(en: "tell what the client's proxy does, and not how the request is received", zh: "只说明客户端代理的行为，不含接收方")
  )

  static let probes = OptionSpec.value(
    "probes", nil, "NS/NAME",
    LocalizedText(en: "tell what kubelet's probes of a workload meet", zh: "说明 kubelet 对某工作负载的探针会遇到什么"))

  static let all = [
    method, header, from, fromGateway, Options.namespace, source, destination, oneSide, explain, probes, seed, requests,
  ]
}
