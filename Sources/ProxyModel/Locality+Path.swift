extension Locality {
  /// Reads `region/zone/subzone`; parts at the end may be missing.
  package init(path: String) {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
    let texts = parts.map { String(Substring($0)) }
    self.init(
      region: texts[0], zone: texts.count > 1 ? texts[1] : "", subzone: texts.count > 2 ? texts[2] : "")
  }

  /// `region/zone/subzone` without empty parts at the end; empty when nothing is known.
  package var path: String {
    if !subzone.isEmpty { return "\(region)/\(zone)/\(subzone)" }
    return zone.isEmpty ? region : "\(region)/\(zone)"
  }
}
