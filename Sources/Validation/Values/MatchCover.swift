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

/// Matches that came before, found by their paths.
package struct MatchIndex {
  /// Those that ask for no path.
  private var open: [Part] = []
  /// Those whose paths are compared without regard to case.
  private var loose: [Part] = []
  private var exact: [String: [Part]] = [:]
  private var prefix: [String: [Part]] = [:]
  private var regex: [String: [Part]] = [:]
  private var prefixLengths: Set<Int> = []
  /// So many matches on one path are told apart by something else; nobody is helped by comparing all of them.
  private static let most = 64

  package init() {}

  package mutating func insert(_ match: Part) {
    let path = match["uri"]
    if match["ignoreUriCase"].isTrue {
      Self.add(match, to: &loose)
    } else if path["exact"].isPresent {
      Self.add(match, to: &exact[path["exact"].text, default: []])
    } else if path["prefix"].isPresent, path["prefix"].text != "/" {
      prefixLengths.insert(path["prefix"].text.utf8.count)
      Self.add(match, to: &prefix[path["prefix"].text, default: []])
    } else if path["regex"].isPresent, ![".*", "/.*"].contains(path["regex"].text) {
      Self.add(match, to: &regex[path["regex"].text, default: []])
    } else {
      Self.add(match, to: &open)
    }
  }

  private static func add(_ match: Part, to list: inout [Part]) {
    if list.count < most { list.append(match) }
  }

  /// One that takes all that a match takes.
  package func cover(of match: Part) -> Part? {
    func first(_ list: [Part]?) -> Part? { list?.first { MatchCover.covers($0, match) } }
    if let found = first(open) ?? first(loose) { return found }
    let path = match["uri"]
    if path["regex"].isPresent { return first(regex[path["regex"].text]) }
    if path["exact"].isPresent, let found = first(exact[path["exact"].text]) { return found }
    let text = path["exact"].isPresent ? path["exact"].text : path["prefix"].text
    for length in prefixLengths where length <= text.utf8.count {
      guard let start = String(text.utf8.prefix(length)), let found = first(prefix[start]) else { continue }
      return found
    }
    return nil
  }
}
