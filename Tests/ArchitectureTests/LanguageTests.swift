import Foundation
import Testing

@Suite struct LanguageTests {
  /// Every text in two languages that the sources write out in full, with the line it is on.
  private static func pairs(_ file: SourceTree.File) -> [(line: Int, en: String, zh: String)] {
    let labelled = #/en:\s*"((?:[^"\\]|\\.)*)",\s*zh:\s*"((?:[^"\\]|\\.)*)"/#
    let said = #/\bsay\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"/#
    let found =
      file.text.matches(of: labelled).map { ($0.range.lowerBound, String($0.1), String($0.2)) }
      + file.text.matches(of: said).map { ($0.range.lowerBound, String($0.1), String($0.2)) }
    return found.map { place, en, zh in
      (file.text[..<place].utf8.count { $0 == UInt8(ascii: "\n") } + 1, en, zh)
    }
  }

  /// Interpolations say nothing in any language.
  private static func words(_ text: String) -> String { text.replacing(#/\\\([^"]*?\)+/#, with: "") }

  private static func isChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test(arguments: SourceTree.swiftSources)
  func `a text in two languages is Chinese in one and not in the other`(file: SourceTree.File) {
    for pair in Self.pairs(file) {
      #expect(!Self.isChinese(Self.words(pair.en)), "\(file.path):\(pair.line) \(pair.en)")
      // A name, a format or a bare value reads the same everywhere.
      guard Self.words(pair.en).contains(#/[a-z]{2,} [a-z]{2,}/#) else { continue }
      #expect(Self.isChinese(pair.zh), "\(file.path):\(pair.line) \(pair.zh)")
    }
  }

  @Test(arguments: SourceTree.swiftSources)
  func `Chinese has Chinese punctuation`(file: SourceTree.File) {
    let literal = #/"(?:[^"\\]|\\.)*"/#
    let narrow = #/[\u{4E00}-\u{9FFF}] ?[,:;()!?]|[,;()!?] ?[\u{4E00}-\u{9FFF}]/#
    for (place, line) in file.lines.enumerated() where Self.isChinese(String(line)) && !line.contains("//") {
      let literals = line.matches(of: literal).map { String($0.0) }
      for text in literals.isEmpty ? [String(line)] : literals {
        // Every value that is filled in reads as a letter.
        let words = text.replacing(#/\\\([^"]*?\)+/#, with: "x")
        #expect(!words.contains(narrow), "\(file.path):\(place + 1) \(text)")
      }
    }
  }

  @Test func `texts in two languages are found in the sources`() {
    #expect(SourceTree.swiftSources.reduce(0) { $0 + Self.pairs($1).count } > 300)
  }
}
