import Diagnostics
import Editing
import MeshModel
import Workbench

/// The end of an edit of one object that may be new, or empty when it is done.
extension EditRun {
  func finish(
    _ value: Value, of object: MeshObject?, id: ObjectID, isEmpty: Bool, _ message: String, _ isTransform: Bool,
    also others: [ObjectEdit] = []
  ) throws -> ExitCode {
    if isTransform {
      let made = try edit { try object.map { try ObjectEdit.rewriting($0, to: value) } ?? ObjectEdit.creating(value) }
      showTexts([made] + others)
      return .success
    }
    if isEmpty {
      guard invocation.arguments.has(Self.removeEmpty), let object else {
        invocation.terminal.remark(
          LocalizedText(
            en: "note: \(id.label) says nothing any more; --remove-empty removes it",
            zh: "提示：\(id.label) 已没有内容；--remove-empty 可将其删除"
          ))
        let made = try edit { try object.map { try ObjectEdit.rewriting($0, to: value) } ?? ObjectEdit.creating(value) }
        return try finish([made] + others, message: message)
      }
      return try finish([.removing(object)] + others, message: message + "; removed \(id.label)")
    }
    let made = try edit { try object.map { try ObjectEdit.rewriting($0, to: value) } ?? ObjectEdit.creating(value) }
    return try finish([made] + others, message: message)
  }

  private func showTexts(_ edits: [ObjectEdit]) {
    let terminal = invocation.terminal
    for (place, object) in edits.compactMap(\.new).enumerated() {
      if place > 0 { terminal.printLine("---") }
      terminal.output.write(object.source.text[...])
      if object.source.text.last != UInt8(ascii: "\n") { terminal.printLine() }
    }
  }

  /// Where an object of a file belongs: what it says itself, else what -n says; refused where the two differ.
  func namespace(of content: Value) throws -> String {
    guard let own = content.at(["metadata", "namespace"])?.text else { return namespace }
    guard let wanted = invocation.arguments[Options.namespace], wanted != own else { return own }
    let name = content.at(["metadata", "name"])?.text ?? ""
    throw CommandFailure(
      .negative, en: "'\(name)' is of namespace '\(own)' in the file, and -n says '\(wanted)'",
      zh: "文件中 '\(name)' 属于命名空间 '\(own)'，而 -n 指定了 '\(wanted)'")
  }

  /// An object of a file in its namespace, its text as it is but for that.
  func placed(_ object: MeshObject) throws -> MeshObject {
    guard let content = ObjectEdit.value(of: object) else { return object }
    let namespace = try namespace(of: content)
    guard namespace != object.id.namespace else { return object }
    let moved = content.setting(["metadata", "namespace"], to: .string(namespace))
    return try edit { try .rewriting(object, to: moved) }.new ?? object
  }
}
