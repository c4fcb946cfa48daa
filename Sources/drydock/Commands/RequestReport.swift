import Diagnostics
import Evaluation
import MeshModel
import ProxyModel
import Report
import RequestSpace
import Workbench

/// Which requests a change answers otherwise, as every command tells it.
struct RequestReport {
  let changes: [RequestChange]

  init(_ requests: [ChangedRequest]) {
    changes = requests.map { request in
      RequestChange(
        request: request.line.brief, source: Self.words(request.source),
        ruleBefore: request.ruleBefore.map(Self.words), ruleAfter: request.ruleAfter.map(Self.words),
        aspects: request.changes.map { RequestChange.Aspect(name: $0.aspect, before: $0.before, after: $0.after) })
    }
  }

  /// Asks two states of a mesh; what the change touches decides about what is asked.
  init(from old: [MeshObject], to new: [MeshObject], touched: [ObjectID], tests: [NamedRequest] = []) {
    let now = Environment.now
    self.init(
      changedRequests(
        before: SimulationSession(Snapshot(old), now: now), after: SimulationSession(Snapshot(new), now: now),
        touched: touched, tests: tests))
  }

  func show(_ terminal: Terminal) {
    guard !changes.isEmpty else {
      let none = LocalizedText(en: "no request that was tried changes", zh: "所试的请求均无变化")
      terminal.printLine(none[terminal.language])
      return
    }
    terminal.output.write(PreviewText(style: terminal.style, language: terminal.language).requests(changes))
  }

  private static func words(_ origin: Origin) -> String {
    let id = origin.object
    return id.namespace.isEmpty ? "\(id.name) \(origin.field)" : "\(id.namespace)/\(id.name) \(origin.field)"
  }

  private static func words(_ source: ChangedRequest.Source) -> LocalizedText {
    switch source {
    case .test(let name): LocalizedText(en: "test '\(name)'", zh: "测试 '\(name)'")
    case .rule(let origin): LocalizedText(en: "for \(words(origin))", zh: "针对 \(words(origin))")
    case .service(let name): LocalizedText(en: "service \(name)", zh: "服务 \(name)")
    }
  }
}
