import MeshCodec
import MeshModel
import YAML

/// A rule as its object writes it.
enum RuleText {
  /// The rule of an origin such as `spec.http[1].match[0]`; nil where the text cannot be read.
  static func value(of origin: Origin, in session: SimulationSession) -> Value? {
    let parts = VirtualServiceItems.rule(of: origin.field).split(whereSeparator: { ".[]".contains($0) }).map(
      String.init)
    guard parts.count == 3, let place = Int(parts[2]), let source = session.snapshot[origin.object]?.source,
      let document = parseYAML(source.text, file: source.file).documents.first,
      let rule = document.node[parts[0]]?[parts[1]]?[place]
    else { return nil }
    return Value(rule)
  }
}
