import Diagnostics
import History
import MeshModel
import Storage
import Workbench

/// What a check is about: files alone, or a revision with files on top. Files are taken as they stand, as their
/// mistakes are what is asked for.
struct CheckInput {
  private let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  var world: CheckWorld {
    get throws {
      let arguments = invocation.arguments
      let depth: InputFiles.Depth = arguments.has(Options.recursive) ? .recursive : .shallow
      let files = arguments.all(Options.filename)
      var world = CheckWorld(reading: files + arguments.all(Options.with), depth: depth)
      guard files.isEmpty else {
        try MeshInput.refuseRevision(arguments)
        return world
      }
      let input = StoreInput(invocation)
      let store = try input.open()
      let number = try input.revision(arguments[Options.revision], in: store)
      world.add(try attempt { try store.objects(at: number) })
      return world
    }
  }
}
