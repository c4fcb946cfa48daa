extension ObjectID {
  /// For people: `VirtualService default/reviews`, `Namespace shop`.
  package var label: String { namespace.isEmpty ? "\(kind.kind) \(name)" : "\(kind.kind) \(namespace)/\(name)" }
}
