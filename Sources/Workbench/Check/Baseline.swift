package import Diagnostics

/// What a change does to the findings of a mesh.
package struct Baseline: Sendable {
  package private(set) var introduced: [Finding] = []
  package private(set) var fixed: [Finding] = []
  package private(set) var unchanged = 0

  /// Findings are the same when they say the same of the same object, wherever it stands in its file.
  package init(_ findings: [Finding], against base: [Finding]) {
    var left = Dictionary(grouping: base, by: Key.init)
    for finding in findings {
      let key = Key(finding)
      if left[key]?.popLast() != nil { unchanged += 1 } else { introduced.append(finding) }
    }
    fixed = left.values.flatMap(\.self).sorted(by: Finding.precedes)
  }

  private struct Key: Hashable {
    var code: String
    var subject: Finding.Subject
    var message: String

    init(_ finding: Finding) {
      code = finding.code
      subject = finding.subject
      message = finding.message.en
    }
  }
}
