import Diagnostics
import Storage
import Workbench

/// `drydock init`: a store, or another mesh in it.
enum InitCommand {
  static let spec = CommandSpec(
    name: "init", group: .changes,
    summary: LocalizedText(en: "make a store, or another mesh in it", zh: "创建存储，或在其中新建网格"),
    forms: ["[--store FILE] [--mesh MESH]"],
    details: LocalizedText(
      en: "A store is one file that holds every revision of any number of meshes. What is there is left alone.",
      zh: "一个存储就是一个文件，保存任意多个网格的全部修订。已存在的内容不会被改动。"),
    examples: [
      .init("drydock init", en: "make ./drydock.db with the mesh 'default'", zh: "创建 ./drydock.db 及网格 'default'"),
      .init("drydock init --mesh prod", en: "add a mesh for another cluster", zh: "为另一个集群添加网格"),
    ],
    options: StoreInput.options + [Options.author], run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let input = StoreInput(invocation)
    let mesh = try input.mesh
    let path = input.path
    let result = try attempt(on: path) { try MeshStore.initialize(at: path, mesh: mesh, by: input.signature) }
    let message =
      switch result {
      case .madeStore:
        LocalizedText(en: "made store '\(path)' with mesh '\(mesh)'", zh: "已创建存储 '\(path)' 及网格 '\(mesh)'")
      case .madeMesh: LocalizedText(en: "made mesh '\(mesh)' in '\(path)'", zh: "已在 '\(path)' 中创建网格 '\(mesh)'")
      case .wasThere: LocalizedText(en: "mesh '\(mesh)' is in '\(path)' already", zh: "'\(path)' 中已有网格 '\(mesh)'")
      }
    invocation.terminal.printLine(message[invocation.language])
    return .success
  }
}
