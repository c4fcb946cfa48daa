package import Diagnostics
import History
import MeshModel
package import Storage

extension StoreProblem {
  package var message: LocalizedText {
    switch self {
    case .file(let what): LocalizedText(en: "the file: \(what.message.en)", zh: "文件：\(what.message.zh)")
    case .schema(let name): LocalizedText(en: "the schema of \(name) was altered", zh: "\(name) 的结构被改动")
    case .contentDigest(let digest):
      LocalizedText(en: "content \(digest.short) is not what its digest says", zh: "内容 \(digest.short) 与摘要不符")
    case .sourceDigest(let digest):
      LocalizedText(en: "text \(digest.short) is not what its digest says", zh: "原文 \(digest.short) 与摘要不符")
    case .objectKey(let id): LocalizedText(en: "\(id.label) has a wrong key", zh: "\(id.label) 的键不正确")
    case .revisionGap(let mesh, let number):
      LocalizedText(en: "mesh '\(mesh)': a revision is missing after \(number)", zh: "网格 '\(mesh)'：修订 \(number) 之后缺失修订")
    case .historyRange(let mesh, let id, let number):
      LocalizedText(
        en: "mesh '\(mesh)': the history of \(id.label) is wrong at revision \(number)",
        zh: "网格 '\(mesh)'：\(id.label) 在修订 \(number) 处的历史不正确")
    case .revisionDigest(let mesh, let number, let stored, let computed):
      LocalizedText(
        en: "mesh '\(mesh)': revision \(number) says \(stored.short) but its objects give \(computed.short)",
        zh: "网格 '\(mesh)'：修订 \(number) 记录的摘要为 \(stored.short)，而对象得出 \(computed.short)")
    case .revisionCounts(let mesh, let number):
      LocalizedText(
        en: "mesh '\(mesh)': revision \(number) miscounts its changes", zh: "网格 '\(mesh)'：修订 \(number) 的变更计数不符")
    case .digestTree(let mesh, let sort):
      LocalizedText(
        en: "mesh '\(mesh)': the digests of \(sort.rawValue) objects are wrong",
        zh: "网格 '\(mesh)'：\(sort.zh)对象的摘要树不正确")
    case .boundDigest(let mesh, let number, let record):
      LocalizedText(
        en: "mesh '\(mesh)': a \(record.rawValue) of revision \(number) speaks of another state",
        zh: "网格 '\(mesh)'：修订 \(number) 的\(record.zh)记录针对的是另一状态")
    case .auditGap(let sequence):
      LocalizedText(en: "the audit log misses an entry after \(sequence)", zh: "审计日志在第 \(sequence) 条之后缺失条目")
    case .auditHash(let sequence):
      LocalizedText(en: "entry \(sequence) of the audit log was altered", zh: "审计日志第 \(sequence) 条被改动")
    case .notAudited(let mesh, let number, let record):
      LocalizedText(
        en: "mesh '\(mesh)': the \(record.en(number)) is not in the audit log as it stands here",
        zh: "网格 '\(mesh)'：\(record.zh(number))与审计日志不符")
    case .recordGone(let mesh, let number, let record):
      LocalizedText(
        en: "mesh '\(mesh)': the audit log tells of another \(record.en(number)), or of one that is gone",
        zh: "网格 '\(mesh)'：审计日志中的\(record.zh(number))已丢失或被改动")
    case .otherText(let mesh, let id, let number):
      LocalizedText(
        en: "mesh '\(mesh)': the text of \(id.label) at revision \(number) is not what was digested",
        zh: "网格 '\(mesh)'：\(id.label) 在修订 \(number) 处的原文与摘要内容不符")
    }
  }
}

extension StoreRecord {
  fileprivate var zh: String {
    switch self {
    case .revision: "修订"
    case .review: "评审"
    case .check: "检查"
    case .export: "导出"
    case .policy: "策略"
    }
  }

  /// `review of revision 4`.
  fileprivate func en(_ number: RevisionNumber?) -> String {
    switch (self, number) {
    case (.revision, let number?): "revision \(number)"
    case (_, let number?): "\(rawValue) of revision \(number)"
    case (_, nil): rawValue
    }
  }

  fileprivate func zh(_ number: RevisionNumber?) -> String {
    switch (self, number) {
    case (.revision, let number?): "修订 \(number)"
    case (_, let number?): "修订 \(number) 的\(zh)"
    case (_, nil): zh
    }
  }
}

extension ObjectSort {
  fileprivate var zh: String {
    switch self {
    case .managed: "流量"
    case .context: "环境"
    }
  }
}
