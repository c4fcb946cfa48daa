/// What one stream may ask of the reader; the defaults are far above any real configuration.
package struct YAMLLimits: Hashable, Sendable {
  /// Nested sequences and mappings.
  package var depth: Int
  package var bytes: Int
  /// Scalars, sequences and mappings of all documents together, expanded aliases included.
  package var nodes: Int
  /// Nodes that aliases and merge keys may add to one document.
  package var aliasExpansions: Int

  package init(
    depth: Int = 64, bytes: Int = 64 << 20, nodes: Int = 8_000_000, aliasExpansions: Int = 100_000
  ) {
    self.depth = depth
    self.bytes = bytes
    self.nodes = nodes
    self.aliasExpansions = aliasExpansions
  }

  package static let standard = YAMLLimits()
}
