import Diagnostics
import MeshCodec
import MeshModel
import Testing
import YAML

/// Meshes that Istio itself has taken.
@Suite struct ConformanceReadingTests {
  private static let files = Fixtures.files(in: "conformance", ending: ".yaml")

  @Test(arguments: files)
  func `a mesh that Istio takes is read whole`(file: String) {
    let (objects, problems) = readObjects(files: [(file, Fixtures.bytes(file))])
    #expect(!objects.isEmpty)
    #expect(problems.filter { $0.severity != .info } == [])
    for object in objects {
      #expect(object.unknownFields == [])
      let written = JSONText.bytes(of: Node(encode(object)))
      let again = readObjects(files: [("written", written)]).objects.first
      #expect(again?.metadata == object.metadata)
      // A Secret's certificates stand in its text only.
      if object.id.kind != .secret { #expect(again?.content == object.content) }
    }
  }

  @Test(arguments: files.filter { !$0.contains("/random/") })
  func `an object's own text gives the same object again`(file: String) {
    for object in readObjects(files: [(file, Fixtures.bytes(file))]).objects {
      let (again, problems) = readObject(object.source)
      #expect(again == object)
      #expect(problems.filter { $0.severity != .info } == [])
    }
  }
}
