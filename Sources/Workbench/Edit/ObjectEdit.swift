package import Diagnostics
package import Editing
import MeshCodec
package import MeshModel

/// What an edit makes of one object: a text that says the new content in the hand of the old one.
package struct ObjectEdit: Sendable {
  package var id: ObjectID
  package var old: MeshObject?
  /// nil: it is removed.
  package var new: MeshObject?
  package var manner: SourceRewrite.Manner

  package static func removing(_ object: MeshObject) -> ObjectEdit {
    ObjectEdit(id: object.id, old: object, new: nil, manner: .kept)
  }

  /// The object with other content; comments and layout of what is left alone stay.
  package static func rewriting(_ object: MeshObject, to value: Value) throws(EditRefusal) -> ObjectEdit {
    let rewrite = SourceRewrite(object.source.text, to: value)
    var source = object.source
    source.text = rewrite.text
    let new = try read(source)
    return ObjectEdit(id: object.id, old: object, new: new, manner: rewrite.manner)
  }

  package static func creating(_ value: Value) throws(EditRefusal) -> ObjectEdit {
    let new = try read(ObjectSource(file: "new", line: 1, text: SourceRewrite.text(of: value)))
    return ObjectEdit(id: new.id, old: nil, new: new, manner: .kept)
  }

  /// An object as a text brings it.
  package static func replacing(_ old: MeshObject?, with new: MeshObject) -> ObjectEdit {
    ObjectEdit(id: new.id, old: old, new: new, manner: .kept)
  }

  /// What the object says, as its text does; nil where the text cannot be read.
  package static func value(of object: MeshObject) -> Value? { SourceRewrite.value(of: object.source.text) }

  private static func read(_ source: ObjectSource) throws(EditRefusal) -> MeshObject {
    let (object, problems) = readObject(source)
    guard let object else { throw EditRefusal(problems: problems) }
    return object
  }

  package var isChange: Bool { old?.source.text != new?.source.text }
}

/// Why an edit makes no object that can be stored.
package struct EditRefusal: Error {
  package var problems: [Diagnostic]

  package init(problems: [Diagnostic]) {
    self.problems = problems
  }
}
