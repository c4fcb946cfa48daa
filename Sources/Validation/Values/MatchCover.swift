/// Whether one match of an HTTP route takes every request that another one takes.
///
/// It compares what both ask for, condition by condition; a pattern covers only the same pattern.
package enum MatchCover {
  package static func covers(_ wide: Part, _ narrow: Part) -> Bool {
    coversPath(wide, narrow)
      && ["scheme", "method", "authority"].allSatisfy { name in
        wide[name].isAbsent || (narrow[name].isPresent && coversText(wide[name], narrow[name]))
      }
      && coversAll(wide["headers"], narrow["headers"]) && coversAll(wide["queryParams"], narrow["queryParams"])
      && coversAbsence(wide["withoutHeaders"], narrow["withoutHeaders"]) && coversSource(wide, narrow)
  }

  private static func coversPath(_ wide: Part, _ narrow: Part) -> Bool {
    let (own, other) = (wide["uri"], narrow["uri"])
    if own.isAbsent || own["prefix"].text == "/" { return true }
    if ["/.*", ".*"].contains(own["regex"].text) { return true }
    guard other.isPresent else { return false }
    let (isLoose, isOtherLoose) = (wide["ignoreUriCase"].isTrue, narrow["ignoreUriCase"].isTrue)
    if isOtherLoose, !isLoose { return false }
    return coversText(own, other, isLoose: isLoose)
  }

  /// Without a value, a header need only be there.
  private static func coversText(_ wide: Part, _ narrow: Part, isLoose: Bool = false) -> Bool {
    func text(_ part: Part) -> String { isLoose ? part.text.lowercased() : part.text }
    if wide["exact"].isPresent {
      return narrow["exact"].isPresent && text(wide["exact"]).utf8.elementsEqual(text(narrow["exact"]).utf8)
    }
    if wide["prefix"].isPresent {
      let start = text(wide["prefix"]).utf8
      return ["exact", "prefix"].contains { narrow[$0].isPresent && text(narrow[$0]).utf8.starts(with: start) }
    }
    if wide["regex"].isPresent {
      return narrow["regex"].isPresent && wide["regex"].text.utf8.elementsEqual(narrow["regex"].text.utf8)
    }
    return true
  }

  private static func coversAll(_ wide: Part, _ narrow: Part) -> Bool {
    wide.members.allSatisfy { key, value in narrow[key].node != nil && coversText(value, narrow[key]) }
  }

  /// What the narrow one keeps out must be at least what the wide one keeps out.
  private static func coversAbsence(_ wide: Part, _ narrow: Part) -> Bool {
    wide.members.allSatisfy { key, value in narrow[key].node != nil && coversText(narrow[key], value) }
  }

  private static func coversSource(_ wide: Part, _ narrow: Part) -> Bool {
    if wide["port"].number != 0, wide["port"].number != narrow["port"].number { return false }
    if wide["sourceNamespace"].hasText, wide["sourceNamespace"].text != narrow["sourceNamespace"].text { return false }
    let labels = wide["sourceLabels"].members.allSatisfy { key, value in
      narrow["sourceLabels"][key].text.utf8.elementsEqual(value.text.utf8)
    }
    let gateways = Set(wide["gateways"].items.map(\.text))
    let others = narrow["gateways"].items.map(\.text)
    return labels && (gateways.isEmpty || (!others.isEmpty && others.allSatisfy(gateways.contains)))
  }
}
