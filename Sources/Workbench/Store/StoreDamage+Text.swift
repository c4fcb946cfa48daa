package import Diagnostics
import History
import MeshModel
import SQLite
package import Storage

extension StoreDamage {
  package var message: LocalizedText {
    switch self {
    case .sqlite(let words): LocalizedText(en: words, zh: "SQLite 报告：\(words)")
    case .digestLength(let count): LocalizedText(en: "a digest has \(count) bytes", zh: "摘要长度为 \(count) 字节")
    case .meshName(let name): LocalizedText(en: "a mesh is called '\(name)'", zh: "网格名为 '\(name)'")
    case .word(let word, let column): LocalizedText(en: "'\(word)' is no \(column)", zh: "'\(word)' 不是有效的 \(column)")
    case .missingObject(let number):
      LocalizedText(en: "an object of revision \(number) is missing", zh: "修订 \(number) 缺少一个对象")
    case .otherText(let id):
      LocalizedText(en: "the text of \(id.label) is not what was digested", zh: "\(id.label) 的原文与摘要内容不符")
    }
  }
}

extension SQLiteError {
  /// What SQLite said; its own words are English.
  var localized: LocalizedText {
    let zh =
      switch code {
      case .busy: "数据库被占用"
      case .constraint: "违反约束"
      case .corrupt, .notADatabase: "文件已损坏"
      case .cannotOpen: "无法打开或创建文件"
      case .full: "磁盘空间不足"
      case .ioError: "读写出错"
      case .readOnly: "文件只读"
      case .other: "内部错误"
      }
    return LocalizedText(en: message, zh: "\(zh)(\(message))")
  }
}
