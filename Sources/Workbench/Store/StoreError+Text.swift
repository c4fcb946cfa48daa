package import Diagnostics
import History
import MeshModel
import SQLite
package import Storage

extension StoreError {
  package var message: LocalizedText {
    switch self {
    case .headMoved(let expected, let found): headMoved(expected, found)
    case .unknownMesh(let mesh):
      LocalizedText(en: "the store has no mesh '\(mesh)'", zh: "存储中没有网格 '\(mesh)'")
    case .meshExists(let mesh):
      LocalizedText(en: "the store has a mesh '\(mesh)' already", zh: "存储中已有网格 '\(mesh)'")
    case .unknownRevision(let mesh, let number):
      LocalizedText(en: "mesh '\(mesh)' has no revision \(number)", zh: "网格 '\(mesh)' 没有修订 \(number)")
    case .changedTwice(let id):
      LocalizedText(
        en: "\(id.label) is named twice in one change", zh: "\(id.label) 在一次变更中出现了两次")
    case .digestDiffers(let number, let expected, let found):
      LocalizedText(
        en: "revision \(number) is not the one that was looked at: digest \(found.short), not \(expected.short)",
        zh: "修订 \(number) 与所审阅的不符：摘要为 \(found.short)，而非 \(expected.short)")
    case .fileMissing(let path):
      LocalizedText(en: "there is no store at '\(path)'", zh: "'\(path)' 处没有存储")
    case .fileExists(let path):
      LocalizedText(en: "'\(path)' is there already and is left alone", zh: "'\(path)' 已存在，未作改动")
    case .notAStore(let path):
      LocalizedText(en: "'\(path)' is no store of Drydock", zh: "'\(path)' 不是 Drydock 的存储文件")
    case .newerSchema(let found, let known):
      LocalizedText(
        en: "the store was written by a newer Drydock (schema \(found), known up to \(known))",
        zh: "该存储由更新版本的 Drydock 写入（结构版本 \(found)，本程序最高支持 \(known)）")
    case .busy:
      LocalizedText(en: "another process holds the store; try again", zh: "存储正被其他进程占用，请重试")
    case .damaged(let what):
      LocalizedText(en: "the store is damaged: \(what.message.en)", zh: "存储已损坏：\(what.message.zh)")
    case .sqlite(let error):
      LocalizedText(en: "SQLite: \(error.localized.en)", zh: "SQLite:\(error.localized.zh)")
    }
  }

  /// What to do about it, where that is known.
  package var hint: LocalizedText? {
    switch self {
    case .headMoved:
      LocalizedText(
        en: "look at what changed ('drydock history', 'drydock diff'), then apply again",
        zh: "先查看变化（'drydock history'、'drydock diff'），再重新 apply")
    case .fileMissing:
      LocalizedText(en: "'drydock init' makes one; --store names another", zh: "用 'drydock init' 创建，或用 --store 指定其他文件")
    case .unknownMesh:
      LocalizedText(en: "'drydock init --mesh NAME' makes one", zh: "用 'drydock init --mesh NAME' 创建")
    case .damaged:
      LocalizedText(en: "'drydock store verify' tells more", zh: "用 'drydock store verify' 查看详情")
    case .meshExists, .unknownRevision, .changedTwice, .digestDiffers, .fileExists, .notAStore, .newerSchema, .busy,
      .sqlite:
      nil
    }
  }

  private func headMoved(_ expected: RevisionNumber?, _ found: RevisionNumber?) -> LocalizedText {
    let en = { (number: RevisionNumber?) in number.map { "revision \($0)" } ?? "an empty mesh" }
    let zh = { (number: RevisionNumber?) in number.map { "修订 \($0)" } ?? "空网格" }
    return LocalizedText(
      en: "somebody else was faster: prepared on \(en(expected)), but the newest is \(en(found)); nothing was written",
      zh: "其他人已先提交：本次基于\(zh(expected))，而最新的是\(zh(found))；未写入任何内容")
  }
}
