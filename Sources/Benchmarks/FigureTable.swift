/// All rows, as people or programs read them.
struct FigureTable {
  var rows: [Row] = []

  private static let columns = ["what", "figure", "naive way", "ratio", "peak memory", "aim", ""]

  private func cells(_ row: Row) -> [String] {
    let memory = row.peakMegabytes > 0 ? "\(row.peakMegabytes) MB" : ""
    return [row.what, row.figure, row.naive, row.ratio, memory, row.aim, row.isMet.map { $0 ? "met" : "missed" } ?? ""]
  }

  func show() {
    let lines = [Self.columns] + rows.map(cells)
    let widths = Self.columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    for line in lines {
      let padded = line.enumerated().map { place, cell in
        let space = String(repeating: " ", count: widths[place] - cell.count)
        return place == 0 || place > 4 ? cell + space : space + cell
      }
      print(padded.joined(separator: "  "))
    }
  }

  func showJSON() {
    print("[")
    for (place, row) in rows.enumerated() {
      let members = zip(
        ["what", "figure", "naive", "ratio", "aim"], [row.what, row.figure, row.naive, row.ratio, row.aim])
      var text = members.filter { !$0.1.isEmpty }.map { "\"\($0.0)\": \"\($0.1)\"" }.joined(separator: ", ")
      if let isMet = row.isMet { text += ", \"met\": \(isMet)" }
      if row.peakMegabytes > 0 { text += ", \"peakMegabytes\": \(row.peakMegabytes)" }
      print("  {\(text)}" + (place + 1 < rows.count ? "," : ""))
    }
    print("]")
  }
}
