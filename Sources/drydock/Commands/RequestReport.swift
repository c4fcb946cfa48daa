import Diagnostics
import Evaluation
import MeshModel
import ProxyModel
import Report
import RequestSpace
import Workbench

/// Which requests a change answers otherwise, as every command tells it.
struct RequestReport {
  let requests: [ChangedRequest]
  /// What follows is a count.
  private static let mostShown = 20

  init(_ requests: [ChangedRequest]) {
    self.requests = requests
  }

  /// Asks two states of a mesh; what the change touches decides about what is asked.
  init(from old: [MeshObject], to new: [MeshObject], touched: [ObjectID], tests: [NamedRequest] = []) {
    let now = Environment.now
    requests = changedRequests(
      before: SimulationSession(Snapshot(old), now: now), after: SimulationSession(Snapshot(new), now: now),
      touched: touched, tests: tests)
  }

  func show(_ terminal: Terminal) {
    let language = terminal.language
    let style = terminal.style
    guard !requests.isEmpty else {
      terminal.printLine(
        LocalizedText(en: "no request that was tried is answered otherwise", zh: "所试的请求的结果均无变化")[language])
      return
    }
    let title = LocalizedText(
      en: requests.count == 1
        ? "1 request is answered otherwise:" : "\(requests.count) requests are answered otherwise:",
      zh: "\(requests.count) 个请求的结果有变化：")
    terminal.printLine(style.heading(title[language]))
    for group in groups {
      for request in group.requests {
        terminal.printLine("  " + style.name(request.line.brief) + "  " + style.faint(source(request.source, language)))
      }
      for change in group.changes {
        let none = LocalizedText(en: "none", zh: "无")[language]
        let before = style.removed(change.before ?? none)
        let after = style.added(change.after ?? none)
        terminal.printLine("      \(Self.aspect(change.aspect, language)): \(before) → \(after)")
      }
    }
    let more = requests.count - Self.mostShown
    if more > 0 { terminal.printLine("  " + LocalizedText(en: "… and \(more) more", zh: "……以及另外 \(more) 个")[language]) }
  }

  private struct Group {
    var requests: [ChangedRequest]
    var changes: [Behaviour.Change]
  }

  /// The first requests, together where the same becomes of them.
  private var groups: [Group] {
    var groups: [Group] = []
    for request in requests.prefix(Self.mostShown) {
      let changes = Self.telling(request.changes)
      if let place = groups.firstIndex(where: { $0.changes == changes }) {
        groups[place].requests.append(request)
      } else {
        groups.append(Group(requests: [request], changes: changes))
      }
    }
    return groups
  }

  /// Where a request goes elsewhere, what belongs to the places themselves goes without saying.
  private static func telling(_ changes: [Behaviour.Change]) -> [Behaviour.Change] {
    guard changes.contains(where: { $0.aspect == "result" }) else { return changes }
    return changes.filter { change in
      !ofPlaces.contains { change.aspect.utf8.starts(with: $0.utf8) }
        && !(ofForwarding.contains(change.aspect) && (change.before == nil || change.after == nil))
    }
  }

  private static let ofPlaces = ["endpoints", "localities", "tls", "connections", "load balancer", "at the server"]
  private static let ofForwarding: Set<String> = ["authority", "path", "body"]

  /// As the value of a key that the caller has written.
  func write(to writer: inout JSONWriter) {
    writer.beginArray()
    for request in requests {
      writer.beginObject()
      writer.key("request")
      writer.string(request.line.brief)
      writer.key("because")
      writer.string(source(request.source, .en))
      writer.key("changes")
      writer.beginArray()
      for change in request.changes {
        writer.beginObject()
        writer.key("aspect")
        writer.string(change.aspect)
        writer.key("before")
        if let text = change.before { writer.string(text) } else { writer.null() }
        writer.key("after")
        if let text = change.after { writer.string(text) } else { writer.null() }
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
  }

  private func source(_ source: ChangedRequest.Source, _ language: Language) -> String {
    switch source {
    case .test(let name): LocalizedText(en: "test '\(name)'", zh: "测试 '\(name)'")[language]
    case .rule(let origin):
      LocalizedText(
        en: "for \(origin.object.label) \(origin.field)", zh: "针对 \(origin.object.label) 的 \(origin.field)")[language]
    case .service(let name): LocalizedText(en: "for service \(name)", zh: "针对服务 \(name)")[language]
    }
  }

  /// Aspects have English names; what stands in parentheses behind one is an outcome's.
  private static func aspect(_ name: String, _ language: Language) -> String {
    guard language == .zh else { return name }
    let words = name.utf8.split(separator: UInt8(ascii: "("), maxSplits: 1)
    var plain = words.first.map { String(Substring($0)) } ?? name
    while plain.utf8.last == UInt8(ascii: " ") { plain.removeLast() }
    let rest = name.dropFirst(plain.count)
    if let known = chinese[plain] { return known + rest }
    for (english, word) in headers where plain.utf8.starts(with: english.utf8) {
      return word + plain.dropFirst(english.count) + rest
    }
    return name
  }

  private static let chinese: [String: String] = [
    "result": "结果", "filter": "过滤器", "rejected listeners": "被拒绝的监听器", "delay": "延迟", "timeout": "超时",
    "retries": "重试", "mirror": "镜像", "hash": "哈希", "at the server": "服务端", "body": "响应体",
    "gRPC status": "gRPC 状态", "authority": "主机头", "path": "路径", "method": "方法", "endpoints": "端点",
    "localities": "地域", "load balancer": "负载均衡", "connections": "连接", "outlier detection": "异常检测",
    "tls": "TLS",
  ]
  private static let headers = [("request header", "请求头"), ("response header", "响应头")]
}
