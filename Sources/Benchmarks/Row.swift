/// One measured figure, what it is held against, and what it should be.
struct Row {
  var what: String
  var figure: String
  /// The naive way, or another program's, in the same run.
  var naive = ""
  var ratio = ""
  var aim = ""
  /// nil where nothing is aimed at.
  var isMet: Bool?
  /// Of the process that was measured; 0 where it is the group's own.
  var peakMegabytes = 0

  init(_ what: String, _ figure: String) {
    self.what = what
    self.figure = figure
  }

  /// With what the naive way takes, and how many times as much that is.
  func against(_ naive: String, _ ratio: String) -> Row {
    var row = self
    row.naive = naive
    row.ratio = ratio
    return row
  }

  func aiming(_ aim: String, _ isMet: Bool) -> Row {
    var row = self
    row.aim = aim
    row.isMet = isMet
    return row
  }

  func peak(_ megabytes: Int) -> Row {
    var row = self
    row.peakMegabytes = megabytes
    return row
  }

  // A line between two processes.

  var line: String {
    [what, figure, naive, ratio, aim, isMet.map { $0 ? "1" : "0" } ?? "", String(peakMegabytes)]
      .joined(separator: "\t") + "\n"
  }

  init?(line: Substring) {
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard cells.count == 7, let peak = Int(cells[6]) else { return nil }
    self.init(cells[0], cells[1])
    (naive, ratio, aim) = (cells[2], cells[3], cells[4])
    isMet = cells[5].isEmpty ? nil : cells[5] == "1"
    peakMegabytes = peak
  }
}
