package import Diagnostics

/// Findings for build servers.
package enum FindingMarks {
  /// JUnit: one suite, one case for each object, failed by its findings.
  package static func junit(_ findings: [Finding], objects: [Finding.Subject], language: Language) -> String {
    let grouped = Dictionary(grouping: findings, by: \.subject)
    // Files may hold an object twice.
    var known: Set<Finding.Subject> = []
    let subjects = (objects + findings.map(\.subject)).filter { known.insert($0).inserted }
    let failed = subjects.count { grouped[$0]?.isEmpty == false }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"drydock\" tests=\"\(subjects.count)\" failures=\"\(failed)\">\n"
    text += "  <testsuite name=\"check\" tests=\"\(subjects.count)\" failures=\"\(failed)\">\n"
    for subject in subjects {
      let name = xml("\(subject.kind) \(subject.namespace)/\(subject.name)")
      guard let own = grouped[subject], let worst = own.first(where: { $0.severity == .error }) ?? own.first else {
        text += "    <testcase classname=\"\(xml(subject.kind))\" name=\"\(name)\"/>\n"
        continue
      }
      text += "    <testcase classname=\"\(xml(subject.kind))\" name=\"\(name)\">\n"
      let head = "message=\"\(xml(worst.message[language]))\" type=\"\(worst.severity.rawValue)\""
      let body = own.map { line($0, language) }.joined(separator: "\n")
      text += "      <failure \(head)>\(xml(body))</failure>\n    </testcase>\n"
    }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  /// GitHub: one workflow command a line.
  package static func github(_ findings: [Finding], language: Language) -> String {
    findings.map { finding in
      let name =
        switch finding.severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "notice"
        }
      var parts = ["title=\(property(finding.code))"]
      if let span = finding.span {
        parts.insert("file=\(property(span.file)),line=\(span.start.line),col=\(span.start.column)", at: 0)
      }
      return "::\(name) \(parts.joined(separator: ","))::\(escaped(finding.message[language]))\n"
    }.joined()
  }

  private static func line(_ finding: Finding, _ language: Language) -> String {
    let place = finding.span.map { "\($0.file):\($0.start.line):\($0.start.column): " } ?? ""
    return "\(place)\(finding.severity.rawValue): \(finding.message[language]) [\(finding.code), \(finding.field)]"
  }

  static func xml(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      // XML has no other control characters.
      default: escaped.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0xFFFE ? " " : scalar)
      }
    }
    return escaped
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  static func property(_ text: String) -> String {
    var escaped = ""
    for character in Self.escaped(text).unicodeScalars {
      switch character {
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
