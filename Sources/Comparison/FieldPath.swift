/// Where a field is in two objects at once: an element of a list may have another place in each.
package struct FieldPath: Hashable, Sendable, CustomStringConvertible {
  package var steps: [Step]

  package enum Step: Hashable, Sendable {
    case member(String)
    case element(Element)
  }

  /// One element of a list: only added ones have no old place, only removed ones no new place.
  package struct Element: Hashable, Sendable {
    package var old: Int?
    package var new: Int?
    /// What the API names the element by, such as a subset's name; nil where it is known by its place only.
    package var name: String?

    package init(old: Int?, new: Int?, name: String?) {
      self.old = old
      self.new = new
      self.name = name
    }
  }

  package init(_ steps: [Step] = []) {
    self.steps = steps
  }

  func member(_ key: String) -> FieldPath { FieldPath(steps + [.member(key)]) }

  func element(_ element: Element) -> FieldPath { FieldPath(steps + [.element(element)]) }

  /// As people write it: `spec.subsets[v2].labels["app.kubernetes.io/name"]`, places counted from 0 in the newer object.
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .member(let key):
        if Self.isPlain(key) {
          text += text.isEmpty ? key : "." + key
        } else {
          text += "[\"" + key + "\"]"
        }
      case .element(let element):
        let place = element.new ?? element.old ?? 0
        text += "[" + (element.name ?? String(place)) + "]"
      }
    }
    return text
  }

  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-")
      }
  }
}
