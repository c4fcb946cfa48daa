import Diagnostics
import MeshCodec
import Testing

/// Each file of `fixtures/codec/findings` says in comments what is to be found on which line: `# finds CODE field`.
@Suite struct FindingsTests {
  @Test(arguments: Fixtures.files(in: "codec/findings", ending: ".yaml"))
  func `a file's findings are those that its comments announce`(file: String) {
    let text = String(decoding: Fixtures.bytes(file), as: UTF8.self)
    var announced: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for part in line.split(separator: "# finds ", omittingEmptySubsequences: false).dropFirst() {
        announced.append("\(index + 1) \(part.split(separator: " ").joined(separator: " "))")
      }
    }
    let found = readObjects(files: [(file, Array(text.utf8))]).problems.map { problem in
      "\(problem.span?.start.line ?? 0) \(problem.code)" + (problem.field.map { " \($0)" } ?? "")
    }
    #expect(found == announced)
  }

  @Test(arguments: Fixtures.files(in: "codec/findings", ending: ".yaml"))
  func `every finding has a sentence in every language and the name of its object`(file: String) {
    for problem in readObjects(files: [(file, Fixtures.bytes(file))]).problems {
      #expect(!problem.message.en.isEmpty && problem.message.en.utf8.last != UInt8(ascii: "."))
      #expect(problem.message.zh.unicodeScalars.contains { $0.value >= 0x4E00 })
      #expect(problem.object != nil)
    }
  }
}
