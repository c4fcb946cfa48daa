// S-19 to S-22, DR-57, DR-58: which namespaces see an object.
extension Admission {
  func checkExports(_ exports: Part, allowsNobody: Bool = false, hasSelector: Bool = false) {
    let entries = exports.items
    guard !entries.isEmpty else { return }
    var known: Set<String> = []
    for entry in entries {
      let key = entry.text == "." ? namespace : entry.text
      if known.contains(key) {
        report(.exportTwice, entry, entry.text)
      } else if (allowsNobody && key == "~") || key == "*" || key == "." || Names.isLabel(key) {
        known.insert(key)
      } else {
        report(.exportName, entry, entry.text)
      }
    }
    if hasSelector, !known.isEmpty {
      if !known.contains(namespace) {
        report(.exportBeyondSelector, exports)
      } else if known.count > 1 {
        report(.exportManyWithSelector, exports)
      }
    }
    if entries.count > 1 {
      if known.contains("*") { report(.exportAllAndSome, exports) }
      if known.contains("~") { report(.exportNobodyAndSome, exports) }
    }
  }
}

extension Rule {
  static let exportName = refusal(
    30, "'{0}' is no namespace to export to; use '.', '*' or a namespace", "'{0}' 不是可导出的命名空间；请使用 '.'、'*' 或命名空间名")
  static let exportTwice = refusal(31, "'{0}' is exported to twice; remove one", "'{0}' 重复导出；请删除其中一个")
  static let exportAllAndSome = refusal(
    32, "'*' already exports to all namespaces; remove the other entries", "'*' 已导出到所有命名空间；请删除其余条目")
  static let exportNobodyAndSome = refusal(
    33, "'~' exports to nobody; remove it or the other entries", "'~' 表示不导出；请删除它或其余条目")
  static let exportManyWithSelector = refusal(
    177, "a rule with a workloadSelector stays in its own namespace; export to '.' only",
    "带 workloadSelector 的规则只在自己的命名空间生效；请只导出到 '.'")
  static let exportBeyondSelector = refusal(
    178, "a rule with a workloadSelector has no effect in other namespaces; export to '.'",
    "带 workloadSelector 的规则在其他命名空间不起作用；请导出到 '.'")

  static let exportRules: [Rule] = [
    exportName, exportTwice, exportAllAndSome, exportNobodyAndSome, exportManyWithSelector, exportBeyondSelector,
  ]
}
