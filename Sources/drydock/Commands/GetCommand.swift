import Diagnostics
import MeshModel
import Report
import Workbench

/// `drydock get`: objects of a revision or of files.
enum GetCommand {
  static let spec = CommandSpec(
    name: "get", group: .reading,
    summary: LocalizedText(en: "show objects", zh: "查看对象"),
    forms: ["KIND[,KIND…] [NAME…] | KIND/NAME… | all"],
    details: LocalizedText(
      en: "Kinds go by their kind, plural or short name, as with kubectl. '-o yaml' gives the text as it was written.",
      zh: "类型可用其名称、复数或缩写，与 kubectl 相同。'-o yaml' 输出原文。"),
    examples: [
      .init(
        "drydock get vs,dr -A", en: "VirtualServices and DestinationRules everywhere",
        zh: "所有命名空间的 VirtualService 与 DestinationRule"),
      .init("drydock get vs reviews -o yaml --revision 3", en: "one object as it was", zh: "查看对象的历史内容"),
      .init("drydock get svc -f mesh.yaml -l app=reviews", en: "objects of a file", zh: "查看文件中的对象"),
    ],
    options: [
      Options.namespace, Options.allNamespaces, Options.selector, Options.output(["wide", "yaml", "json", "name"]),
    ] + MeshInput.options, operands: 1...1_000, operandCompletion: .kind, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let all = try MeshInput(invocation).objects()
    let query = try ObjectSelection.query(invocation, of: all)
    let found = all.filter { query.contains($0) }.sorted { $0.id < $1.id }
    let terminal = invocation.terminal
    show(found, query, invocation)
    if found.isEmpty, query.names.isEmpty, query.pairs.isEmpty {
      let place = query.namespace.map { LocalizedText(en: " in namespace '\($0)'", zh: "（命名空间 '\($0)'）") }
      let elsewhere = elsewhere(query, all)
      let none = LocalizedText(
        en: "no objects\(place?.en ?? "")\(elsewhere?.en ?? "")", zh: "没有对象\(place?.zh ?? "")\(elsewhere?.zh ?? "")")
      terminal.output.flush()
      terminal.remark(none)
      return .success
    }
    try ObjectSelection.require(query, in: found, of: all)
    return .success
  }

  /// How many there are in other namespaces.
  private static func elsewhere(_ query: ObjectQuery, _ all: [MeshObject]) -> LocalizedText? {
    guard query.namespace != nil else { return nil }
    var wider = query
    wider.namespace = nil
    let count = all.count { wider.contains($0) }
    return count == 0 ? nil : LocalizedText(en: "; -A shows \(count) in others", zh: ";-A 可显示其他命名空间中的 \(count) 个")
  }

  private static func show(_ found: [MeshObject], _ query: ObjectQuery, _ invocation: Invocation) {
    let terminal = invocation.terminal
    let format = invocation.arguments[Options.output]
    switch format {
    case "yaml":
      for (index, object) in found.enumerated() {
        if index > 0 { terminal.printLine("---") }
        terminal.output.write(object.source.text[...])
        if object.source.text.last != UInt8(ascii: "\n") { terminal.printLine() }
      }
    case "json":
      var writer = JSONWriter(layout: .indented)
      let isOne = found.count == 1 && (query.names.count == 1 || query.pairs.count == 1)
      if isOne {
        writer.value(NormalForm(found[0]).value)
      } else {
        writer.beginObject()
        writer.key("apiVersion")
        writer.string("v1")
        writer.key("kind")
        writer.string("List")
        writer.key("items")
        writer.beginArray()
        for object in found { writer.value(NormalForm(object).value) }
        writer.endArray()
        writer.endObject()
      }
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    case "name":
      for object in found { terminal.printLine(object.id.reference) }
    default:
      let table = ObjectTable(
        style: terminal.style, scope: query.namespace == nil ? .allNamespaces : .oneNamespace,
        detail: format == "wide" ? .wide : .brief)
      terminal.output.write(table.text(found))
    }
  }
}
