import Analysis
import Diagnostics
import Validation
import YAML

/// What files say shall not be told: `# drydock: allow DD3132, IST0132` on a line or above it, and the annotation
/// `drydock.dev/allow` of an object.
struct Allowances {
  private struct Allowance {
    var code: String
    /// nil for the whole object.
    var line: Int?
    var file: String?
    var subject: Finding.Subject?
    var span: SourceSpan?
    var isUsed = false
  }

  static let annotation = "drydock.dev/allow"

  private var allowances: [Allowance] = []

  init(_ world: CheckWorld) {
    for file in world.files { readComments(file.name, file.bytes) }
    for object in world.objects { readAnnotation(object) }
  }

  private mutating func readComments(_ file: String, _ bytes: [UInt8]) {
    let mark = Array("# drydock: allow ".utf8)
    guard bytes.count >= mark.count else { return }
    var line = 1
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let text = bytes[start..<end]
      if let place = text.indices.first(where: { text[$0] == mark[0] && text[$0...].starts(with: mark) }) {
        // A comment that stands alone is about the line below.
        let isAlone = text[..<place].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        let column = place - start + 1
        let span = SourceSpan(
          file: file, start: SourcePosition(line: line, column: column),
          end: SourcePosition(line: line, column: end - start + 1))
        for code in Self.codes(String(decoding: text[(place + mark.count)...], as: UTF8.self)) {
          allowances.append(Allowance(code: code, line: isAlone ? line + 1 : line, file: file, span: span))
        }
      }
      start = end + 1
      line += 1
    }
  }

  private mutating func readAnnotation(_ object: ManifestObject) {
    guard let value = object.node["metadata"]?["annotations"]?[Self.annotation], let text = value.string else { return }
    for code in Self.codes(text) {
      let span = object.file.map { value.span(file: $0) }
      allowances.append(Allowance(code: code, subject: object.subject, span: span))
    }
  }

  /// Codes end where something else begins.
  private static func codes(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == " " || $0 == "\r" }
      .prefix { word in word.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || $0 == 42 } }
      .map(String.init)
  }

  /// The findings that are left, and a remark for every permission that nobody needed.
  mutating func apply(to findings: [Finding]) -> [Finding] {
    if allowances.isEmpty { return findings }
    let named = Dictionary(grouping: allowances.indices) { allowances[$0].code }
    var kept: [Finding] = []
    for finding in findings {
      let names = Set([finding.code, finding.like ?? "*", "*"])
      let places = names.flatMap { named[$0] ?? [] }.filter { covers(allowances[$0], finding) }
      for place in places { allowances[place].isUsed = true }
      if places.isEmpty { kept.append(finding) }
    }
    return kept + allowances.filter { !$0.isUsed }.map(Self.unused)
  }

  private func covers(_ allowance: Allowance, _ finding: Finding) -> Bool {
    if let subject = allowance.subject { return subject == finding.subject }
    return finding.span.map { $0.file == allowance.file && $0.start.line == allowance.line } ?? false
  }

  private static func unused(_ allowance: Allowance) -> Finding {
    Rule.unusedAllowance.finding(
      subject: allowance.subject ?? Finding.Subject(kind: "", namespace: "", name: ""),
      field: allowance.subject == nil ? "" : "metadata.annotations[\(annotation)]", span: allowance.span,
      values: [allowance.code])
  }
}
