import Diagnostics
package import Evaluation
import MeshModel

/// Who may reach what, for a person.
package struct AccessText {
  private let answers: AnswerText
  private var style: TextStyle { answers.style }

  package init(_ answers: AnswerText) {
    self.answers = answers
  }

  private func say(_ en: String, _ zh: String) -> String { answers.say(en, zh) }

  /// `who may GET /cart at cart.shop`.
  package func title(_ target: AccessTarget) -> String {
    style.heading(
      say(
        "who may \(target.method) \(target.path) at \(target.authority)",
        "谁可以对 \(target.authority) 执行 \(target.method) \(target.path)"))
  }

  /// One line a workload: the word, and the policy or the mishap behind it.
  package func table(_ rows: [AccessRow]) -> String {
    var table = Table([say("WORKLOAD", "工作负载"), say("ANSWER", "结论"), say("BECAUSE", "原因")], style: style)
    for row in rows { table.add([row.client.name, word(row.verdict.kind), reason(row.verdict)]) }
    return table.text
  }

  /// `3 allowed, 1 denied`.
  package func summary(_ rows: [AccessRow]) -> String {
    var parts: [String] = []
    for kind in AccessVerdict.Kind.allCases {
      let count = rows.filter { $0.verdict.kind == kind }.count
      if count > 0 { parts.append("\(count) " + plainWord(kind)) }
    }
    return parts.joined(separator: say(", ", ","))
  }

  package func word(_ kind: AccessVerdict.Kind) -> String {
    switch kind {
    case .allowed: style.good(plainWord(kind))
    case .denied: style.bad(plainWord(kind))
    case .partly: style.value(plainWord(kind))
    case .unreached: style.faint(plainWord(kind))
    }
  }

  private func plainWord(_ kind: AccessVerdict.Kind) -> String {
    switch kind {
    case .allowed: say("allowed", "允许")
    case .denied: say("denied", "拒绝")
    case .partly: say("partly", "部分")
    case .unreached: say("unreached", "不可达")
    }
  }

  /// What decided, in one line.
  package func reason(_ verdict: AccessVerdict) -> String {
    switch verdict.kind {
    case .allowed: joined(verdict.served.map { allowance($0) })
    case .denied: joined(verdict.refused.map { answers.result(of: $0) })
    case .partly:
      joined(
        verdict.refused.map { arrival in
          (arrival.receiver.object.map { "\($0.namespace)/\($0.name): " } ?? "") + answers.result(of: arrival)
        })
    case .unreached:
      verdict.kept.first.map { "\($0.status) \($0.flags.isEmpty ? $0.details : $0.flags)" }
        ?? say("no endpoint", "没有端点")
    }
  }

  /// The rule that let it pass, or that none was asked.
  private func allowance(_ arrival: Arrival) -> String {
    switch arrival.receiver.kind {
    case .outside: return say("outside the mesh", "位于网格之外")
    case .bare(.ownAddress): return say("the pod calls itself", "Pod 访问自身")
    case .bare: return say("the server has no sidecar", "服务端没有 sidecar")
    case .sidecar, .gateway: break
    }
    if let answer = arrival.answer, let by = answers.decider(answer), by.object.kind == .authorizationPolicy {
      return answers.rule(by)
    }
    return say("no policy stands against it", "没有策略禁止")
  }

  private func joined(_ texts: [String]) -> String {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }.joined(separator: "; ")
  }

  /// What a change does to access; empty when nothing.
  package func text(_ changes: [AccessChange]) -> String {
    let allowed = changes.filter(\.allowsMore)
    let denied = changes.filter { !$0.allowsMore }
    var text = ""
    if !allowed.isEmpty {
      text += style.heading(say("this change newly allows", "此变更新允许")) + "\n" + lines(allowed, style.added("+ "))
    }
    if !denied.isEmpty {
      text += style.heading(say("this change newly denies", "此变更新拒绝")) + "\n" + lines(denied, style.removed("- "))
    }
    return text
  }

  /// Clients of whom the same is to be said stand together.
  private func lines(_ changes: [AccessChange], _ sign: String) -> String {
    var groups: [(target: AccessTarget, reason: String, clients: [String])] = []
    for change in changes {
      var reason = reason(change.after)
      if change.after.kind == .partly { reason = word(.partly) + ", " + reason }
      if let place = groups.firstIndex(where: { $0.target == change.target && $0.reason == reason }) {
        groups[place].clients.append(change.client.name)
      } else {
        groups.append((change.target, reason, [change.client.name]))
      }
    }
    return groups.map { group in
      let what = "\(group.target.method) \(group.target.authority)\(group.target.path)"
      return "  " + sign + answers.shortened(group.clients) + style.faint(" → ") + style.name(what)
        + style.faint("  (\(group.reason))") + "\n"
    }.joined()
  }
}
