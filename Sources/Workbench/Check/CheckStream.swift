package import Diagnostics
import Glibc
import YAML

/// Worlds line by line in, findings in the same order out.
package struct CheckStream {
  /// What became of one line.
  package enum Reply {
    case findings([Finding])
    case failure(code: String, message: LocalizedText)
  }

  private let check: Check
  private var pending: [UInt8] = []
  /// Whether a line could not be answered.
  package private(set) var hasErrors = false

  package init(_ check: Check) {
    self.check = check
  }

  /// Reads a descriptor to its end; `reply` gets the id as JSON text.
  package mutating func run(descriptor: Int32, reply: (_ id: [UInt8], Reply) -> Void) {
    while true {
      var failure: Int32 = 0
      let block = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
        let got = read(descriptor, buffer.baseAddress, buffer.count)
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      if failure == EINTR { continue }
      if block.isEmpty { break }
      pending += block
      var start = 0
      while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
        answer(Array(pending[start..<end]), reply)
        start = end + 1
      }
      pending.removeSubrange(..<start)
    }
    if !pending.isEmpty { answer(pending, reply) }
    pending = []
  }

  private mutating func answer(_ line: [UInt8], _ reply: (_ id: [UInt8], Reply) -> Void) {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    let (documents, problems) = parseYAML(line, file: "<line>")
    let root = documents.first?.node
    let id = root?["id"].map { JSONText.bytes(of: $0) } ?? Array("null".utf8)
    guard let root, documents.count == 1, root.mapping != nil, !problems.contains(where: { $0.severity == .error })
    else {
      hasErrors = true
      let first = problems.first { $0.severity == .error }
      reply(id, .failure(code: first?.code ?? "DD0605", message: first?.message ?? .notAnObject))
      return
    }
    guard let objects = root["objects"]?.sequence else {
      hasErrors = true
      reply(id, .failure(code: "DD0605", message: .notAnObject))
      return
    }
    var world = CheckWorld()
    for object in objects { world.add(object, file: nil) }
    world.meshConfig = root["meshConfig"]?.string
    world.namespace = root["namespace"]?.string
    reply(id, .findings(check.findings(of: world)))
  }
}

extension LocalizedText {
  fileprivate static let notAnObject = LocalizedText(
    en: "a line is a JSON object with a list 'objects'", zh: "每行应为带有列表 'objects' 的 JSON 对象")
}
