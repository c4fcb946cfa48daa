import Diagnostics
import MeshCodec
import MeshModel
import Testing
import YAML

@Suite struct RoundTripTests {
  private static let schema = FieldSchema.shared

  private func read(_ value: Value) -> (objects: [MeshObject], problems: [Diagnostic]) {
    readObjects(files: [("generated.json", JSONText.bytes(of: Node(value)))])
  }

  private func object(_ kind: FieldSchema.Kind, _ generator: inout ContentGenerator) -> Value {
    let metadata = Value.object([
      Value.Member(key: "name", value: .string("one")), Value.Member(key: "namespace", value: .string("shop")),
      Value.Member(key: "labels", value: .object([Value.Member(key: "app", value: .string("1"))])),
      Value.Member(key: "creationTimestamp", value: .string("2026-01-31T09:30:00Z")),
    ])
    var members = [
      Value.Member(key: "apiVersion", value: .string(kind.apiVersion)),
      Value.Member(key: "kind", value: .string(kind.kind)), Value.Member(key: "metadata", value: metadata),
    ]
    if case .object(let content) = generator.object(kind.root) { members += content }
    return .object(members)
  }

  @Test(arguments: schema.kinds)
  func `every field of the definitions is known`(kind: FieldSchema.Kind) throws {
    for seed in 1...20 {
      var generator = ContentGenerator(
        schema: Self.schema, extent: .all, includesIgnored: true, random: SeededGenerator(seed: seed))
      let result = read(object(kind, &generator))
      #expect(result.problems.map(\.message.en) == [], "seed \(seed)")
      #expect(result.objects.first?.unknownFields == [], "seed \(seed)")
    }
  }

  @Test(arguments: schema.kinds)
  func `what is read and written again is the same object`(kind: FieldSchema.Kind) throws {
    for seed in 1...200 {
      let extent: ContentGenerator.Extent = seed % 2 == 0 ? .some : .sparse
      var generator = ContentGenerator(
        schema: Self.schema, extent: extent, includesIgnored: false, random: SeededGenerator(seed: seed))
      let value = object(kind, &generator)
      let first = read(value)
      #expect(first.problems.map(\.message.en) == [], "seed \(seed)")
      let object = try #require(first.objects.first, "seed \(seed)")
      let written = encode(object)
      let second = try #require(read(written).objects.first, "seed \(seed)")
      #expect(second.content == object.content, "seed \(seed)")
      #expect(second.id == object.id)
      #expect(second.metadata == object.metadata)
    }
  }

  @Test(arguments: schema.kinds.filter { $0.apiVersion.contains("istio.io") })
  func `nothing that a custom resource says is lost or made up`(kind: FieldSchema.Kind) throws {
    for seed in 1...200 {
      var generator = ContentGenerator(
        schema: Self.schema, extent: .some, includesIgnored: false, random: SeededGenerator(seed: seed))
      var value = object(kind, &generator)
      // Of a condition only its meaning is kept.
      if kind.kind == "WorkloadEntry", case .object(let members) = value {
        value = .object(members.filter { $0.key != "status" })
      }
      let object = try #require(read(value).objects.first, "seed \(seed)")
      #expect(encode(object).normal == withSpec(value).normal, "seed \(seed)")
    }
  }

  /// A custom resource is written with its `spec`, be it empty.
  private func withSpec(_ value: Value) -> Value {
    guard case .object(let members) = value, value["spec"] == nil else { return value }
    return .object(members + [Value.Member(key: "spec", value: .object([]))])
  }

  @Test func `the mesh configuration round-trips, and every field of its definition is known`() throws {
    for seed in 1...200 {
      let extent: ContentGenerator.Extent = [.all, .some, .sparse][seed % 3]
      var generator = ContentGenerator(
        schema: Self.schema, extent: extent, includesIgnored: extent == .all, random: SeededGenerator(seed: seed))
      let given = generator.object("mesh.MeshConfig")
      let first = try meshConfig(given, seed)
      let second = try meshConfig(encode(first), seed)
      #expect(first == second, "seed \(seed)")
    }
  }

  private func meshConfig(_ value: Value, _ seed: Int) throws -> MeshConfig {
    let text = String(decoding: JSONText.bytes(of: Node(value)), as: UTF8.self)
    let map = Value.object([
      Value.Member(key: "apiVersion", value: .string("v1")), Value.Member(key: "kind", value: .string("ConfigMap")),
      Value.Member(
        key: "metadata",
        value: .object([
          Value.Member(key: "name", value: .string("istio")),
          Value.Member(key: "namespace", value: .string("istio-system")),
        ])),
      Value.Member(key: "data", value: .object([Value.Member(key: "mesh", value: .string(text))])),
    ])
    let result = read(map)
    #expect(result.problems.map(\.message.en) == [], "seed \(seed)")
    guard case .configMap(let read)? = result.objects.first?.content else { return MeshConfig() }
    return try #require(read.meshConfig)
  }
}
