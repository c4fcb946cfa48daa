import Analysis
import Diagnostics
import Foundation
import FoundationXML
import Report
import Testing
import Validation
import Workbench
import YAML

/// What other programs read: held against what they expect of the form.
@Suite struct FormSchemaTests {
  /// The findings of every rule's bad example, in one file each.
  private static let files: [(name: String, bytes: [UInt8])] = RuleExamples.all.sorted { $0.key < $1.key }
    .map { (name: "示例/\($0.key) <a&b>.yaml", bytes: YAMLText.bytes(ofStream: $0.value.bad)) }

  private static let findings = files.flatMap { file in
    Check(manner: .drydock, now: 1_796_000_000).findings(of: CheckWorld(files: [file]))
  }

  /// `DRYDOCK_SARIF_SCHEMA` names the file sarif-schema-2.1.0.json of the OASIS committee; `DRYDOCK_PYTHON` a Python that
  /// has the package jsonschema.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["DRYDOCK_SARIF_SCHEMA"] != nil), arguments: Language.allCases)
  func `SARIF of every rule is valid against the public schema`(language: Language) throws {
    let environment = ProcessInfo.processInfo.environment
    let schema = try #require(environment["DRYDOCK_SARIF_SCHEMA"])
    let rules = RuleBook.all.map {
      FindingSARIF.RuleEntry(code: $0.code, severity: $0.severity, text: $0.message[language])
    }
    var writer = FindingSARIF(version: "1", language: language)
    let document = FileManager.default.temporaryDirectory.appending(path: "drydock-\(UUID().uuidString).sarif")
    try Data(writer.document(Self.findings, rules: rules, files: Self.files)).write(to: document)
    defer { try? FileManager.default.removeItem(at: document) }
    let script = """
      import json, sys, jsonschema
      schema, document = (json.load(open(path, encoding='utf-8')) for path in sys.argv[1:])
      kind = jsonschema.validators.validator_for(schema)
      errors = list(kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(document))
      for error in errors[:20]: print('/'.join(map(str, error.path)), error.message[:200])
      sys.exit(1 if errors or not document['runs'][0]['results'] else 0)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [environment["DRYDOCK_PYTHON"] ?? "python3", "-c", script, schema, document.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(arguments: Language.allCases)
  func `JUnit of every rule is XML`(language: Language) {
    let text = FindingMarks.junit(Self.findings, objects: [], language: language)
    let parser = XMLParser(data: Data(text.utf8))
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
  }

  @Test func `GitHub's commands have one line each`() {
    let text = FindingMarks.github(Self.findings, language: .en)
    #expect(text.split(separator: "\n").allSatisfy { $0.contains(#/^::(error|warning|notice) /#) })
  }
}
