import Diagnostics

/// What can be wrong with a path; the sentences are below.
enum FileProblem {
  case cannotOpen(String, reason: LocalizedText)
  case cannotRead(String, reason: LocalizedText)
  case emptyFolder(String)
  case noObjects
  /// The size is known of files only.
  case tooLarge(String, bytes: Int?, limit: Int)

  // A code is for ever; codes of files begin with DD06.
  fileprivate var code: String {
    switch self {
    case .cannotOpen: "DD0601"
    case .cannotRead: "DD0602"
    case .emptyFolder: "DD0603"
    case .noObjects: "DD0604"
    case .tooLarge: "DD0605"
    }
  }

  fileprivate var message: LocalizedText {
    switch self {
    case .cannotOpen(let path, let reason):
      LocalizedText(en: "cannot open '\(path)': \(reason.en)", zh: "无法打开 '\(path)'：\(reason.zh)")
    case .cannotRead(let path, let reason):
      LocalizedText(en: "cannot read '\(path)': \(reason.en)", zh: "无法读取 '\(path)'：\(reason.zh)")
    case .emptyFolder(let path):
      LocalizedText(
        en: "folder '\(path)' has no .yaml, .yml or .json files; -R also looks into its folders",
        zh: "目录 '\(path)' 中没有 .yaml、.yml 或 .json 文件；-R 会同时查找子目录")
    case .noObjects:
      LocalizedText(en: "the input holds no objects", zh: "输入中没有任何对象")
    case .tooLarge(let path, nil, let limit):
      LocalizedText(
        en: "'\(path)' has more than \(limit) bytes; split it into smaller parts",
        zh: "'\(path)' 超过 \(limit) 字节；请拆分为较小的部分")
    case .tooLarge(let path, let bytes?, let limit):
      LocalizedText(
        en: "'\(path)' has \(bytes) bytes, more than the limit of \(limit); split it into smaller files",
        zh: "'\(path)' 有 \(bytes) 字节，超过上限 \(limit)；请拆分为较小的文件")
    }
  }
}

extension Diagnostic {
  static func file(_ problem: FileProblem) -> Diagnostic {
    Diagnostic(code: problem.code, severity: .error, span: nil, message: problem.message)
  }
}
