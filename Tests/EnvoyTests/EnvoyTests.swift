import EnvoyConfig
import Foundation
import MeshModel
import Testing
import Workbench

/// Held against a real Envoy where one is on the machine.
@Suite(
  .serialized,
  .enabled(if: EnvoyProcess.executable != nil, "no envoy on PATH, and DRYDOCK_ENVOY names none: nothing is compared"))
struct EnvoyTests {
  @Test func `a real Envoy loads every bootstrap`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var count = 0
    for name in ConformanceMesh.chosen() {
      let mesh = try ConformanceMesh(named: name)
      for proxy in mesh.proxies {
        let vantage = try mesh.session.vantage(named: proxy.pod, kind: proxy.kind)
        let bootstrap = mesh.session.bootstrap(of: vantage, BootstrapOptions(), now: ConformanceMesh.now)
        let complaint = try EnvoyProcess.complaint(bootstrap: bootstrap.json, folder: folder)
        count += 1
        #expect(complaint == nil, "\(mesh.name) \(proxy.pod): \(complaint ?? "")")
      }
    }
    #expect(count > 0)
  }

  @Test func `a real Envoy on our bootstrap does what we answer`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let echo = try #require(EchoServer())
    var agreed = 0
    var differing: [String] = []
    for name in ConformanceMesh.chosen() {
      let mesh = try ConformanceMesh(named: name)
      for proxy in mesh.proxies {
        let answers = try mesh.answers(to: proxy.requests)
        let seen: [Observation]
        do {
          seen = try LiveProxy(proxy, of: mesh, echo: echo, folder: folder).observe(proxy.requests)
        } catch {
          differing.append("\(name) \(proxy.pod): \(error)")
          continue
        }
        for (place, request) in proxy.requests.enumerated() {
          let found = Agreement.differences(answers[place], request, seen[place])
          if found.isEmpty {
            agreed += 1
          } else {
            differing.append("\(name) \(request["id"] ?? place): \(found.joined(separator: "; "))")
          }
        }
      }
    }
    print("live: \(agreed) of \(agreed + differing.count) requests agree")
    #expect(agreed > 0)
    #expect(differing.isEmpty, "\(differing.joined(separator: "\n"))")
  }

  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
