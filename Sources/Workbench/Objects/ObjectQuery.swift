package import Diagnostics
package import MeshModel

/// Which objects a command is about, in kubectl's manner: kinds by any of their names, names, namespace, labels.
package struct ObjectQuery: Sendable {
  /// Empty: every kind.
  package var kinds: [ObjectKind] = []
  /// Empty: every name.
  package var names: [String] = []
  /// nil: every namespace.
  package var namespace: String?
  package var labels = LabelQuery()
  /// `KIND/NAME` pairs; when there are any, `kinds` and `names` are empty.
  package var pairs: [Pair] = []

  package struct Pair: Hashable, Sendable {
    package var kind: ObjectKind
    package var name: String

    package init(kind: ObjectKind, name: String) {
      self.kind = kind
      self.name = name
    }
  }

  package enum Problem: Error, Hashable, Sendable {
    case unknownKind(String, similar: String?)
    case mixedForms
    case noKind
    case selector(String)
  }

  package init() {}

  /// Reads `vs`, `vs,dr`, `vs reviews ratings`, `vs/reviews dr/reviews`, `all`.
  /// Kinds that Drydock does not know go by their own name, where there are objects of them.
  package init(
    words: [String], namespace: String?, selector: String?, others: Set<ObjectKind> = []
  ) throws(Problem) {
    self.namespace = namespace
    if let selector {
      guard let labels = LabelQuery(selector) else { throw .selector(selector) }
      self.labels = labels
    }
    guard let first = words.first else { throw .noKind }
    let slash = UInt8(ascii: "/")
    if words.contains(where: { $0.utf8.contains(slash) }) {
      for word in words {
        let parts = word.utf8.split(separator: slash, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .mixedForms }
        for kind in try Self.kinds(named: String(Substring(parts[0])), others) {
          pairs.append(Pair(kind: kind, name: String(Substring(parts[1]))))
        }
      }
      return
    }
    for part in first.split(separator: ",") where part != "all" { kinds += try Self.kinds(named: String(part), others) }
    names = Array(words.dropFirst())
  }

  /// Kinds by kind, plural, short name, or any of these with their group: `gateways.networking.istio.io`.
  package static func kinds(named name: String, _ others: Set<ObjectKind> = []) throws(Problem) -> [ObjectKind] {
    let word = name.lowercased()
    let found = ObjectKind.known.filter { known in
      let group = known.kind.group
      let names = [known.kind.kind.lowercased(), known.plural] + known.shortNames
      return names.contains(word) || (!group.isEmpty && names.contains { "\($0).\(group)" == word })
    }
    guard let first = found.first else {
      let unknown = others.filter { $0.kind.lowercased() == word || "\($0.kind.lowercased()).\($0.group)" == word }
      if !unknown.isEmpty { return unknown.sorted { $0.group < $1.group } }
      let words = ObjectKind.known.flatMap { [$0.plural, $0.kind.kind.lowercased()] + $0.shortNames }
      throw .unknownKind(name, similar: Similarity.closest(to: word, among: words))
    }
    // `gateway` is Istio's, as it comes first; the other one is found by its short name or with its group.
    return [first.kind]
  }

  package func contains(_ object: MeshObject) -> Bool {
    let id = object.id
    if !pairs.isEmpty {
      guard pairs.contains(where: { $0.kind == id.kind && $0.name == id.name }) else { return false }
    } else {
      if !kinds.isEmpty, !kinds.contains(id.kind) { return false }
      if !names.isEmpty, !names.contains(id.name) { return false }
    }
    if let namespace, !id.namespace.isEmpty, id.namespace != namespace { return false }
    return labels.matches(object.metadata.labels)
  }

  /// What was asked for by name and is not among the objects.
  package func missing(from objects: [MeshObject]) -> [Pair] {
    let wanted = pairs.isEmpty ? names.flatMap { name in kinds.map { Pair(kind: $0, name: name) } } : pairs
    return wanted.filter { pair in
      !objects.contains { $0.id.kind == pair.kind && $0.id.name == pair.name }
    }
  }
}

extension ObjectQuery.Problem {
  package var message: LocalizedText {
    switch self {
    case .unknownKind(let name, let similar?):
      LocalizedText(en: "unknown kind '\(name)'; did you mean '\(similar)'?", zh: "未知类型 '\(name)'；是否指 '\(similar)'？")
    case .unknownKind(let name, nil):
      LocalizedText(en: "unknown kind '\(name)'", zh: "未知类型 '\(name)'")
    case .mixedForms:
      LocalizedText(en: "give either KIND NAME… or KIND/NAME…, not both", zh: "请只用 KIND NAME… 或 KIND/NAME… 其中一种形式")
    case .noKind:
      LocalizedText(en: "say which kind, such as 'vs' or 'all'", zh: "请指明类型，如 'vs' 或 'all'")
    case .selector(let text):
      LocalizedText(en: "'\(text)' is no label selector", zh: "'\(text)' 不是有效的标签选择器")
    }
  }
}
