package import Diagnostics

extension ExportWriter.Problem {
  package var message: LocalizedText {
    switch self {
    case .notAFolder(let path):
      LocalizedText(en: "'\(path)' is a link or no folder", zh: "'\(path)' 是链接或不是目录")
    case .stranger(let path):
      LocalizedText(
        en: "'\(path)' is in the way and no export wrote it, or somebody edited it; nothing was written",
        zh: "'\(path)' 已存在，且不是导出写入的或已被修改；未写入任何内容")
    case .unsafePath(let path): LocalizedText(en: "'\(path)' leads out of the folder", zh: "'\(path)' 越出了目录")
    case .failed(let path, let reason):
      LocalizedText(en: "cannot write '\(path)': \(reason.en)", zh: "无法写入 '\(path)'：\(reason.zh)")
    }
  }

  package var hint: LocalizedText? {
    switch self {
    case .stranger: LocalizedText(en: "--overwrite replaces such files", zh: "--overwrite 可替换此类文件")
    case .notAFolder, .unsafePath, .failed: nil
    }
  }
}
