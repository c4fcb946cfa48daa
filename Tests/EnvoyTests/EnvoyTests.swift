import EnvoyConfig
import Evaluation
import Foundation
import MeshModel
import ProxyModel
import Report
import Testing
import Workbench

/// Held against a real Envoy where one is on the machine.
@Suite(.serialized, .enabled(if: EnvoyProcess.executable != nil))
struct EnvoyTests {
  /// Every case with `DRYDOCK_ENVOY_CASES=all`, or those whose name begins so; a fixed sample otherwise.
  private static func chosen() -> [ConformanceMesh] {
    let all = ConformanceMesh.all()
    switch ProcessInfo.processInfo.environment["DRYDOCK_ENVOY_CASES"] {
    case "all": return all
    case let prefix?: return all.filter { $0.name.hasPrefix(prefix) }
    case nil: return all.enumerated().filter { $0.offset % 40 == 7 }.map(\.element)
    }
  }

  @Test func `a real Envoy loads every bootstrap`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var count = 0
    for mesh in Self.chosen() {
      for proxy in mesh.proxies {
        let bootstrap = try mesh.session.bootstrap(of: proxy, BootstrapOptions(), now: 1_780_000_000)
        let complaint = try EnvoyProcess.complaint(bootstrap: bootstrap.json, folder: folder)
        count += 1
        #expect(complaint == nil, "\(mesh.name) \(proxy.pod): \(complaint ?? "")")
      }
    }
    #expect(count > 0)
  }

  static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

extension Bootstrap {
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
  }
}

/// A recorded mesh with the proxies that its requests go through.
struct ConformanceMesh {
  var name: String
  var session: SimulationSession
  var requests: [[String: Any]]

  /// Each proxy once.
  var proxies: [RequestLine.ProxyReference] {
    var seen: Set<String> = []
    return requests.compactMap { request in
      guard let proxy = request["proxy"] as? [String: Any], let pod = proxy["pod"] as? String,
        seen.insert(pod).inserted
      else { return nil }
      var reference = RequestLine.ProxyReference()
      reference.pod = pod
      reference.kind = proxy["kind"] as? String == "gateway" ? .gateway : .sidecar
      return reference
    }
  }

  static func all() -> [ConformanceMesh] {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("fixtures/conformance")
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    let wanted = names.filter { $0.hasSuffix(".ndjson") && !$0.hasPrefix("inbound-") }.sorted()
    return wanted.compactMap { file in
      let name = String(file.dropLast(".ndjson".count))
      let input = ObjectInput(reading: [root.appendingPathComponent(name + ".yaml").path], depth: .shallow)
      guard let lines = try? Data(contentsOf: root.appendingPathComponent(file)) else { return nil }
      let requests = lines.split(separator: 0x0A).compactMap { line in
        (try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])?["request"] as? [String: Any]
      }
      return ConformanceMesh(
        name: name, session: SimulationSession(Snapshot(input.objects), now: 1_780_000_000), requests: requests)
    }
  }
}
