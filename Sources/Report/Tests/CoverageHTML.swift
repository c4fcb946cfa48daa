package import Diagnostics
import MeshModel
package import RoutingTests

/// Coverage as one page: the shares, and every file with its lines marked.
package struct CoverageHTML {
  private let language: Language

  package init(language: Language) {
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  package func page(_ coverage: Coverage) -> String {
    var html = "<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\"><head><meta charset=\"utf-8\">\n"
    html += "<title>\(say("Routing test coverage", "路由测试覆盖率"))</title>\n<style>\(Self.style)</style></head><body>\n"
    html += "<h1>\(say("Routing test coverage", "路由测试覆盖率"))</h1>\n<table class=\"shares\">\n"
    html += row(say("all", "全部"), coverage.share())
    for kind in Coverage.Kind.allCases where coverage.share(of: kind).total > 0 {
      html += row(CoverageText.title(kind)[language], coverage.share(of: kind))
    }
    html += "</table>\n"
    var unreachable: [String: [Int: String]] = [:]
    for item in coverage.items where item.unreachable != nil {
      guard let span = item.span else { continue }
      for line in span.start.line...item.lastLine {
        unreachable[span.file, default: [:]][line] = item.unreachable?[language] ?? ""
      }
    }
    for (file, lines) in coverage.lines {
      html += "<h2>\(FindingMarks.xml(file))</h2>\n<pre>\n"
      for source in coverage.sources where source.file == file {
        html += self.lines(of: source, lines, unreachable[file] ?? [:])
      }
      html += "</pre>\n"
    }
    return html + "</body></html>\n"
  }

  private func row(_ name: String, _ share: Coverage.Share) -> String {
    "<tr><th>\(name)</th><td><meter min=\"0\" max=\"100\" value=\"\(Int(share.percent))\"></meter></td>"
      + "<td>\(CoverageText.text(share))</td></tr>\n"
  }

  private func lines(of source: ObjectSource, _ hits: [Int: Int], _ unreachable: [Int: String]) -> String {
    var texts = String(decoding: source.text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    while texts.last?.isEmpty == true { texts.removeLast() }
    var html = ""
    for (place, text) in texts.enumerated() {
      let number = source.line + place
      let digits = String(number)
      let blank = String(repeating: " ", count: max(0, 5 - digits.count))
      var kind = ""
      var title = ""
      if let count = hits[number] {
        kind = count > 0 ? "hit" : "miss"
        title = say("\(count) requests", "\(count) 个请求")
        if count == 0, let reason = unreachable[number] {
          kind = "dead"
          title = reason
        }
      }
      let mark = hits[number].map { $0 > 0 ? String($0) : "0" } ?? ""
      let gap = String(repeating: " ", count: max(0, 5 - mark.count))
      html += "<span class=\"line \(kind)\" title=\"\(FindingMarks.xml(title))\">"
      html += "\(blank)\(digits) \(gap)\(mark)  \(FindingMarks.xml(String(text)))</span>\n"
    }
    return html
  }

  private static let style = """
    body{font:14px system-ui,sans-serif;margin:2em;color:#222;background:#fff}
    pre{line-height:1.35;border:1px solid #ddd;padding:.5em 0;overflow-x:auto}
    .line{display:inline-block;min-width:100%;padding:0 .5em;box-sizing:border-box}
    .hit{background:#e3f6e3}.miss{background:#fbdede}.dead{background:#eee;color:#777}
    .shares th{text-align:left;padding-right:1em}.shares td{padding-right:1em}
    """
}
