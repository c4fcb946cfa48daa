package import Diagnostics
package import MeshModel

/// What of a mesh's routing the requests of tests came to.
package struct Coverage: Sendable {
  /// By file and line; items without a place come first.
  package var items: [Item] = []
  /// The texts that the items stand in.
  package var sources: [ObjectSource] = []

  package struct Item: Hashable, Sendable {
    package var kind: Kind
    package var origin: Origin
    package var span: SourceSpan?
    /// Requests of tests that came to it.
    package var hits: Int
    /// Why no request at all comes to it; nil: one can.
    package var unreachable: LocalizedText?

    package init(kind: Kind, origin: Origin, span: SourceSpan?, hits: Int, unreachable: LocalizedText? = nil) {
      self.kind = kind
      self.origin = origin
      self.span = span
      self.hits = hits
      self.unreachable = unreachable
    }
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case rule, match, target, subset
  }

  /// Reached and all, of what can be reached.
  package struct Share: Hashable, Sendable {
    package var reached: Int
    package var total: Int

    /// All of nothing is all.
    package var percent: Double { total == 0 ? 100 : Double(reached) * 100 / Double(total) }
  }

  package init() {}

  package func share(of kind: Kind? = nil) -> Share {
    let counted = items.filter { ($0.hits > 0 || $0.unreachable == nil) && (kind == nil || $0.kind == kind) }
    return Share(reached: counted.count { $0.hits > 0 }, total: counted.count)
  }

  package var missed: [Item] { items.filter { $0.hits == 0 } }

  /// How often each line of each file was reached; of a line in several items the innermost counts.
  package var lines: [(file: String, lines: [Int: Int])] {
    var files: [String: [Int: Int]] = [:]
    for item in items.sorted(by: { $0.height > $1.height }) {
      guard let span = item.span else { continue }
      for line in span.start.line...item.lastLine { files[span.file, default: [:]][line] = item.hits }
    }
    return files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { ($0, files[$0] ?? [:]) }
  }
}

extension Coverage.Item {
  /// The last line that belongs to it: a span that ends before the first byte of a line does not hold that line.
  package var lastLine: Int {
    guard let span else { return 0 }
    return max(span.start.line, span.end.column <= 1 ? span.end.line - 1 : span.end.line)
  }

  fileprivate var height: Int { span.map { lastLine - $0.start.line } ?? 0 }

  package static func precedes(_ a: Coverage.Item, _ b: Coverage.Item) -> Bool {
    switch (a.span, b.span) {
    case (let left?, let right?):
      if left.file != right.file { return left.file.utf8.lexicographicallyPrecedes(right.file.utf8) }
      if left.start != right.start { return left.start < right.start }
    case (nil, _?): return true
    case (_?, nil): return false
    case (nil, nil): break
    }
    if a.origin.object != b.origin.object { return a.origin.object < b.origin.object }
    return a.origin.field.utf8.lexicographicallyPrecedes(b.origin.field.utf8)
  }
}
