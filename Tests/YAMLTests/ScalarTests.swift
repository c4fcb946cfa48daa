import Diagnostics
import Foundation
import Testing
import YAML

/// A line of the table of what kubectl makes of scalars.
struct ScalarCase: CustomTestStringConvertible {
  var isKey: Bool
  var yaml: String
  var expected: String

  var testDescription: String { "\(isKey ? "key" : "value") \(yaml) is \(expected)" }

  static let all: [ScalarCase] = fixture("yaml/scalars.tsv").split(separator: "\n").compactMap { line in
    guard line.utf8.first != UInt8(ascii: "#") else { return nil }
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
    let yaml = read(String(columns[1])).documents.first?.node.string ?? ""
    return ScalarCase(isKey: columns[0] == "key", yaml: yaml, expected: String(columns[2]))
  }

  var document: String { isKey ? "\(yaml): z\n" : "v: \(yaml)\n" }

  /// The value, or the key, as JSON; `error` when it has none.
  var found: String {
    let reading = read(document)
    guard !reading.problems.contains(where: { $0.severity == .error }) else { return "error" }
    guard let entry = reading.documents.first?.node.mapping?.first else { return "nothing" }
    let node = isKey ? Node.string(entry.name) : entry.value
    return String(decoding: JSONText.bytes(of: node), as: UTF8.self)
  }
}

func fixture(_ name: String) -> String {
  let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../fixtures").standardized
  return (try? String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)) ?? ""
}

@Suite struct ScalarTests {
  @Test(arguments: ScalarCase.all) func `a scalar means what it means to kubectl`(scalar: ScalarCase) {
    #expect(scalar.found == scalar.expected)
  }

  @Test func `the table is there`() {
    #expect(ScalarCase.all.count > 200)
  }
}
