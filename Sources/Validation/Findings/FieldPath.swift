/// The way from an object to one of its values, written only when somebody asks.
package final class FieldPath: Sendable {
  package enum Step: Sendable {
    case name(String)
    case index(Int)
    case key(String)
  }

  package let parent: FieldPath?
  package let step: Step

  package init(_ parent: FieldPath?, _ step: Step) {
    self.parent = parent
    self.step = step
  }

  /// `spec.http[0].match[1].headers[x-user]`.
  package var text: String {
    var steps: [Step] = []
    var current: FieldPath? = self
    while let place = current {
      steps.append(place.step)
      current = place.parent
    }
    return Self.text(steps.reversed())
  }

  package static func text(_ steps: some Sequence<Step>, behind base: String = "") -> String {
    var text = base
    for step in steps {
      switch step {
      case .name(let name): text += text.isEmpty ? name : "." + name
      case .index(let index): text += "[\(index)]"
      case .key(let key): text += "[\(key)]"
      }
    }
    return text
  }
}
