import Diagnostics
package import Evaluation
import MeshModel
import ProxyModel

extension AnswerText {
  /// Kubelet's probes, one after another.
  package func text(_ probes: [ProbeResult]) -> String {
    if probes.isEmpty { return say("no probes over HTTP", "没有 HTTP 探针") + "\n" }
    var lines: [String] = []
    for probe in probes {
      let name = style.heading("GET :\(probe.port)\(probe.path)") + " " + style.faint("(\(probe.container))")
      switch probe.passage {
      case .rewritten:
        lines.append(
          style.good("✓ ") + name
            + say(
              ": Istio's agent takes it on port 15020 and asks the application; no policy has a say",
              "：由 Istio 代理程序在 15020 端口接收并转问应用，不受策略约束"))
      case .withoutSidecar(let why):
        lines.append(style.good("✓ ") + name + say(": there is no sidecar, ", "：没有 sidecar，") + origin(why.origin))
      case .judged(let arrival, let why):
        let isServed = arrival.reception == .served
        lines.append((isServed ? style.good("✓ ") : style.bad("✗ ")) + name + ": " + probeResult(arrival))
        lines += rows([(say("not rewritten", "未改写"), origin(why))]).map { "    " + $0 }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func probeResult(_ arrival: Arrival) -> String {
    guard case .broken(.plaintextToStrict, _) = arrival.reception else { return result(of: arrival) }
    let by = arrival.answer?.server?.peerTLS?.origin.map { " (" + origin($0) + ")" } ?? ""
    return say("connection reset: server requires mutual TLS", "连接被重置：服务端要求双向 TLS") + by
      + say(", kubelet sends plaintext", ",kubelet 发送明文")
  }
}
