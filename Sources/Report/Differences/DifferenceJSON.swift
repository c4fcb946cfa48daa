package import Comparison

extension JSONWriter {
  package mutating func write(_ differences: [ObjectDifference]) {
    beginArray()
    for difference in differences {
      beginObject()
      write(difference.id)
      key("change")
      string(difference.kind.rawValue)
      if !difference.fields.isEmpty {
        key("fields")
        beginArray()
        for field in difference.fields { write(field) }
        endArray()
      }
      endObject()
    }
    endArray()
  }

  mutating func write(_ field: FieldDifference) {
    beginObject()
    key("path")
    string(field.path.description)
    key("change")
    switch field.change {
    case .added(let value):
      string("added")
      key("to")
      self.value(value)
    case .removed(let value):
      string("removed")
      key("from")
      self.value(value)
    case .changed(let from, let to):
      string("changed")
      key("from")
      value(from)
      key("to")
      value(to)
    case .moved: string("moved")
    }
    endObject()
  }
}
