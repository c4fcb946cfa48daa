import EnvoyConfig
import Evaluation
import Foundation
import MeshModel
import ProxyModel
import Report
import Workbench

/// A recorded mesh with the requests that were sent through its proxies.
struct ConformanceMesh {
  typealias Object = [String: Any]

  var name: String
  var session: SimulationSession
  var requests: [Object]

  /// Tokens are judged at the time at which Envoy judges them.
  static let now = Int64(Date().timeIntervalSince1970)

  /// A pod as one kind of proxy, and the requests that go through it.
  struct Proxy {
    var pod: String
    var kind: Vantage.Kind
    var requests: [Object]
  }

  var proxies: [Proxy] {
    var order: [String] = []
    var table: [String: Proxy] = [:]
    for request in requests {
      guard let proxy = request["proxy"] as? Object, let pod = proxy["pod"] as? String,
        let kind = (proxy["kind"] as? String).flatMap({ Vantage.Kind(rawValue: $0) })
      else { continue }
      let key = pod + " " + kind.rawValue
      if table[key] == nil { order.append(key) }
      table[key, default: Proxy(pod: pod, kind: kind, requests: [])].requests.append(request)
    }
    return order.compactMap { table[$0] }
  }

  /// Our answers to those requests, in the same order.
  func answers(to requests: [Object]) throws -> [Object] {
    var bulk = BulkSimulation(session, workers: 1) { Lines(encoder: AnswerEncoder { _ in nil }) }
    var output: [UInt8] = []
    for request in requests {
      bulk.consume(Array(try JSONSerialization.data(withJSONObject: request)) + [0x0A]) { output += $0 }
    }
    bulk.finish { output += $0 }
    return try output.split(separator: 0x0A).map {
      try JSONSerialization.jsonObject(with: Data($0)) as? Object ?? [:]
    }
  }

  private struct Lines: AnswerSink {
    var encoder: AnswerEncoder
    mutating func write(_ answer: Answer, id: [UInt8]) { encoder.write(answer, id: id) }
    mutating func writeError(code: String, message: String, id: [UInt8]) {
      encoder.writeError(code: code, message: message, id: id)
    }
    mutating func takeBytes() -> [UInt8] { encoder.takeBytes() }
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/conformance")

  /// Every case with `DRYDOCK_ENVOY_CASES=all`, or those whose name begins so; a fixed sample otherwise.
  static func chosen() -> [String] {
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    let names = files.filter { $0.hasSuffix(".ndjson") && !$0.hasPrefix("inbound-") }.sorted()
      .map { String($0.dropLast(".ndjson".count)) }
    switch ProcessInfo.processInfo.environment["DRYDOCK_ENVOY_CASES"] {
    case "all": return names
    case let prefix?: return names.filter { $0.hasPrefix(prefix) }
    case nil: return names.enumerated().filter { $0.offset % 20 == 7 }.map(\.element)
    }
  }

  init(named name: String) throws {
    self.name = name
    let input = ObjectInput(
      reading: [Self.root.appendingPathComponent(name + ".yaml").path], depth: .shallow)
    let lines = try Data(contentsOf: Self.root.appendingPathComponent(name + ".ndjson"))
    requests = lines.split(separator: 0x0A).compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line)) as? Object)?["request"] as? Object
    }
    session = SimulationSession(Snapshot(input.objects), now: Self.now)
  }
}

extension Bootstrap {
  var json: [UInt8] { value.json }
}

extension Value {
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}
