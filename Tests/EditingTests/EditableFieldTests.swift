import Diagnostics
import Editing
import MeshModel
import Testing
import Workbench

/// The fields that flags of `fuse`, `loadbalance` and `expose` set.
@Suite struct EditableFieldTests {
  static let all: [[EditableField]] = [EditableField.breaker, EditableField.balancer, EditableField.server]

  /// Texts that the field takes.
  private static func example(_ field: EditableField) -> [String] {
    switch field.form {
    case .count(let least, _): ["\(max(least, 7))"]
    case .decimal(let least): ["\(least + 0.5)"]
    case .percent: ["12.5"]
    case .duration: ["1m30s"]
    case .flag: ["true"]
    case .word(let words): [words[0].lowercased()]
    case .text: ["a"]
    case .texts: ["a", "b"]
    case .shares: ["eu/*=eu/a:80,eu/b:20", "us/*=us/*:100"]
    case .pairs: ["eu=us"]
    }
  }

  private static func changes(_ field: EditableField, in fields: [EditableField]) throws -> FieldChanges {
    try FieldChanges(fields, given: { $0 == field ? example($0) : [] }, unset: [])
  }

  @Test(arguments: all) func `what a flag sets, its name takes away`(fields: [EditableField]) throws {
    for field in fields {
      let value = try Self.changes(field, in: fields).applied(to: .emptyObject)
      #expect(value.at(field.path) != nil, "\(field.flag)")
      for name in [field.flag, field.path.joined(separator: ".")] {
        guard let gone = try? FieldChanges(fields, given: { _ in [] }, unset: [name]) else { continue }
        #expect(gone.applied(to: value) == .emptyObject, "\(field.flag)")
      }
    }
  }

  @Test(arguments: all) func `each flag is called otherwise and sets another field`(fields: [EditableField]) {
    #expect(Set(fields.map(\.flag)).count == fields.count)
    #expect(Set(fields.map(\.path)).count == fields.count)
  }

  @Test func `every flag of a policy sets a field that the API has`() throws {
    for part in [PolicyPart.breaker, .balancer] {
      for field in part.fields {
        let id = ObjectID(kind: .destinationRule, namespace: "default", name: "a")
        let value = try Self.changes(field, in: part.fields).applied(to: .emptyObject)
        for place in [
          PolicyPlace(), PolicyPlace(port: 80), PolicyPlace(subset: "v1"), PolicyPlace(subset: "v1", port: 80),
        ] {
          var edit = PolicyEdit(PolicyEdit.newRule(host: "a", id), part)
          let labels = [Value.Member(key: "version", value: .string("v1"))]
          try edit.set(value, at: place, labels: labels)
          #expect(edit.value(at: place) == value, "\(field.flag) at \(place.text.en)")
          let object = try #require(try ObjectEdit.creating(edit.rule).new)
          #expect(object.unknownFields.isEmpty, "\(field.flag): \(object.unknownFields)")
          try edit.set(nil, at: place)
          #expect(edit.entries.isEmpty && (place.subset != nil || edit.isEmpty), "\(field.flag) at \(place.text.en)")
        }
      }
    }
  }

  @Test func `every flag of a server sets a field that the API has`() throws {
    let fields = EditableField.server
    for field in fields {
      let id = ObjectID(kind: .gateway, namespace: "default", name: "a")
      var start = Value.emptyObject
      start.set(["port"], to: .object(of: [("number", .integer(80)), ("protocol", .string("HTTP"))]))
      start.set(["hosts"], to: .array([.string("*")]))
      var edit = GatewayEdit(GatewayEdit.newGateway(id, selector: []))
      try edit.add(GatewayEdit.completed(try Self.changes(field, in: fields).applied(to: start)), at: .end)
      let object = try #require(try ObjectEdit.creating(edit.gateway).new)
      #expect(object.unknownFields.isEmpty, "\(field.flag): \(object.unknownFields)")
      edit.remove(0)
      #expect(edit.isEmpty)
    }
  }

  @Test func `a bound VirtualService of the mesh stays the mesh's`() {
    let gateway = ObjectID(kind: .gateway, namespace: "edge", name: "public")
    var spec = Value.emptyObject
    spec.set(["spec", "hosts"], to: .array([.string("a")]))
    var binding = GatewayBinding(spec, namespace: "shop")
    #expect(binding.bind(to: gateway) == .boundBesideMesh)
    #expect(binding.service.at(["spec", "gateways"]) == .array([.string("mesh"), .string("edge/public")]))
    #expect(binding.bind(to: gateway) == .wasBound)
    #expect(binding.unbind(from: gateway) && binding.isOfMeshOnly && !binding.isBound(to: gateway))
  }
}
