package import Diagnostics

/// One thing that can be wrong with an object, and the words for it.
package struct Rule: Sendable {
  /// Stable for ever.
  package let code: String
  package let severity: Severity
  package let layer: Finding.Layer
  /// Istio's own code for what this rule says.
  package let like: String?
  /// `{0}`, `{1}`… stand for the values of a case.
  package let message: LocalizedText

  private init(
    _ code: String, _ severity: Severity, _ layer: Finding.Layer, _ like: String?, _ en: String, _ zh: String
  ) {
    self.code = code
    self.severity = severity
    self.layer = layer
    self.like = like
    message = LocalizedText(en: en, zh: zh)
  }

  /// What the API server refuses.
  package static func schema(_ code: String, _ en: String, _ zh: String) -> Rule {
    Rule(code, .error, .schema, nil, en, zh)
  }

  /// What the API server lets in without it.
  package static func dropped(_ code: String, _ en: String, _ zh: String) -> Rule {
    Rule(code, .warning, .schema, nil, en, zh)
  }

  /// What Istio's webhook refuses; `number` is the row in the list of its rules.
  package static func refusal(_ number: Int, _ en: String, _ zh: String) -> Rule {
    Rule("DD\(1000 + number)", .error, .admission, "IST0106", en, zh)
  }

  /// What Istio's webhook lets in with a remark.
  package static func remark(_ number: Int, _ en: String, _ zh: String, like: String = "IST0133") -> Rule {
    Rule("DD\(1000 + number)", .warning, .admission, like, en, zh)
  }

  /// What the webhook refuses and `istioctl analyze` never sees.
  package static func metadata(_ number: Int, _ en: String, _ zh: String) -> Rule {
    Rule("DD\(1000 + number)", .error, .admission, nil, en, zh)
  }

  /// What `istioctl analyze` says across objects.
  package static func analysis(
    _ code: String, _ severity: Severity, _ like: String, _ en: String, _ zh: String
  ) -> Rule {
    Rule(code, severity, .analysis, like, en, zh)
  }

  /// What Kiali says.
  package static func kiali(_ code: String, _ severity: Severity, _ like: String, _ en: String, _ zh: String) -> Rule {
    Rule(code, severity, .kiali, like, en, zh)
  }

  /// What nobody else says.
  package static func own(_ code: String, _ severity: Severity, _ en: String, _ zh: String) -> Rule {
    Rule(code, severity, .drydock, nil, en, zh)
  }

  /// What is said of one place.
  package func finding(
    subject: Finding.Subject, field: String, span: SourceSpan?, values: [String]
  ) -> Finding {
    Finding(
      code: code, severity: severity, layer: layer, like: like, subject: subject, field: field, span: span,
      message: text(values))
  }

  /// The sentence with the values in their places.
  package func text(_ values: [String]) -> LocalizedText {
    LocalizedText(en: Self.fill(message.en, values), zh: Self.fill(message.zh, values))
  }

  private static func fill(_ template: String, _ values: [String]) -> String {
    guard !values.isEmpty else { return template }
    var bytes: [UInt8] = []
    let source = Array(template.utf8)
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "{"), index + 2 < source.count, source[index + 2] == UInt8(ascii: "}"),
        case let digit = Int(source[index + 1]) - 48, values.indices.contains(digit)
      {
        bytes.append(contentsOf: excerpt(values[digit]).utf8)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Long values are cut: a message is read by people.
  private static func excerpt(_ value: String) -> String {
    value.utf8.count <= 120 ? value : String(value.prefix(60)) + "…"
  }
}
