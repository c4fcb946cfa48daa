/// Two texts compared line by line, in the form that `patch` reads.
package struct UnifiedDiff: Hashable, Sendable {
  package var hunks: [Hunk]

  /// A stretch of both texts with something changed in it; places count from 1.
  package struct Hunk: Hashable, Sendable {
    package var oldStart: Int
    package var oldCount: Int
    package var newStart: Int
    package var newCount: Int
    package var lines: [Line]

    package var header: String {
      "@@ -" + Self.range(oldStart, oldCount) + " +" + Self.range(newStart, newCount) + " @@"
    }

    private static func range(_ start: Int, _ count: Int) -> String {
      count == 1 ? String(start) : "\(start),\(count)"
    }
  }

  package enum Line: Hashable, Sendable {
    case kept(String), removed(String), added(String)

    package var text: String {
      switch self {
      case .kept(let text): " " + text
      case .removed(let text): "-" + text
      case .added(let text): "+" + text
      }
    }
  }

  /// Shows as many unchanged lines round each change as `context` says; equal texts give no hunks.
  package init(from old: String, to new: String, context: Int = 3) {
    let a = Self.lines(old)
    let b = Self.lines(new)
    var script: [Line] = []
    var i = 0
    var j = 0
    for match in SequenceAlignment.matches(a.map { Array($0.utf8) }, b.map { Array($0.utf8) }) {
      script += a[i..<match.old].map { .removed($0) }
      script += b[j..<match.new].map { .added($0) }
      script.append(.kept(a[match.old]))
      i = match.old + 1
      j = match.new + 1
    }
    script += a[i...].map { .removed($0) }
    script += b[j...].map { .added($0) }
    hunks = Self.hunks(script, context: context)
  }

  /// The whole text with its two headers; empty when nothing differs.
  package func text(oldName: String, newName: String) -> String {
    guard !hunks.isEmpty else { return "" }
    var lines = ["--- " + oldName, "+++ " + newName]
    for hunk in hunks {
      lines.append(hunk.header)
      lines += hunk.lines.map(\.text)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Split at line feeds by bytes; the end of the last line is no line of its own.
  private static func lines(_ text: String) -> [String] {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func hunks(_ script: [Line], context: Int) -> [Hunk] {
    let changed = script.indices.filter { index in
      if case .kept = script[index] { return false }
      return true
    }
    var ranges: [Range<Int>] = []
    for index in changed {
      let range = max(0, index - context)..<min(script.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    var hunks: [Hunk] = []
    var place = 0
    var old = 0
    var new = 0
    for range in ranges {
      // Only unchanged lines lie between two hunks.
      old += range.lowerBound - place
      new += range.lowerBound - place
      let lines = Array(script[range])
      var oldCount = 0
      var newCount = 0
      for line in lines {
        switch line {
        case .kept:
          oldCount += 1
          newCount += 1
        case .removed: oldCount += 1
        case .added: newCount += 1
        }
      }
      // An empty side is named by the line before it, as diff does.
      hunks.append(
        Hunk(
          oldStart: oldCount == 0 ? old : old + 1, oldCount: oldCount, newStart: newCount == 0 ? new : new + 1,
          newCount: newCount, lines: lines))
      old += oldCount
      new += newCount
      place = range.upperBound
    }
    return hunks
  }
}
