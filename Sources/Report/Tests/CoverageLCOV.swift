import Diagnostics
import MeshModel
package import RoutingTests

/// Coverage as `genhtml` and build servers read it: rules and subsets as functions, matches and targets as branches.
package enum CoverageLCOV {
  package static func text(_ coverage: Coverage) -> String {
    var text = ""
    for (file, lines) in coverage.lines {
      text += "TN:drydock\nSF:\(file)\n"
      let own = coverage.items.filter { $0.span?.file == file && $0.unreachable == nil }
      let functions = own.filter { $0.kind == .rule || $0.kind == .subset }
      for item in functions { text += "FN:\(item.span?.start.line ?? 0),\(name(item))\n" }
      for item in functions { text += "FNDA:\(item.hits),\(name(item))\n" }
      text += "FNF:\(functions.count)\nFNH:\(functions.count { $0.hits > 0 })\n"
      let branches = own.filter { $0.kind == .match || $0.kind == .target }
      for (place, item) in branches.enumerated() {
        text += "BRDA:\(item.span?.start.line ?? 0),0,\(place),\(item.hits)\n"
      }
      text += "BRF:\(branches.count)\nBRH:\(branches.count { $0.hits > 0 })\n"
      for line in lines.keys.sorted() { text += "DA:\(line),\(lines[line] ?? 0)\n" }
      text += "LF:\(lines.count)\nLH:\(lines.values.count { $0 > 0 })\nend_of_record\n"
    }
    return text
  }

  /// Commas and blanks mean something in the format.
  private static func name(_ item: Coverage.Item) -> String {
    "\(item.origin.object.namespace)/\(item.origin.object.name):\(item.origin.field)"
  }
}
