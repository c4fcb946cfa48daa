/// Header operations of one level: removals, then sets and adds (HDR-2).
package struct HeaderMutation: Hashable, Sendable {
  /// Lower case.
  package var removals: [String] = []
  /// In the order in which Istio emits them (HD-1, HD-3).
  package var additions: [Addition] = []

  package struct Addition: Hashable, Sendable {
    /// Lower case.
    package var name: String
    /// May hold Envoy format strings (HDR-7).
    package var value: String
    package var mode: Mode

    package init(name: String, value: String, mode: Mode) {
      self.name = name
      self.value = value
      self.mode = mode
    }
  }

  /// HDR-3.
  package enum Mode: String, Hashable, Sendable {
    case append, overwrite
  }

  package init() {}

  package var isEmpty: Bool { removals.isEmpty && additions.isEmpty }
}
