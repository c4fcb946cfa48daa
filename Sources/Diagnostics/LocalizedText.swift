/// The languages that every message has.
package enum Language: String, Sendable, CaseIterable {
  case en, zh
}

/// One sentence in every language: lower case, no full stop, the offending value quoted.
package struct LocalizedText: Hashable, Sendable {
  package var en: String
  package var zh: String

  package init(en: String, zh: String) {
    self.en = en
    self.zh = zh
  }

  package subscript(language: Language) -> String {
    switch language {
    case .en: en
    case .zh: zh
    }
  }
}
