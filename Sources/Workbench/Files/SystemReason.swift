package import Diagnostics
import Glibc

/// Why the system refused, in every language; the C library knows English only.
package enum SystemReason {
  package static func text(_ code: Int32) -> LocalizedText {
    let en = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return LocalizedText(en: en, zh: chinese(code) ?? "系统错误 \(code)(\(en))")
  }

  private static func chinese(_ code: Int32) -> String? {
    switch code {
    case ENOENT: "没有此文件或目录"
    case EACCES, EPERM: "权限不足"
    case EEXIST: "文件已存在"
    case ENOTDIR: "不是目录"
    case EISDIR: "是目录"
    case ENOSPC, EDQUOT: "磁盘空间不足"
    case EROFS: "文件系统只读"
    case ELOOP: "符号链接层数过多"
    case ENAMETOOLONG: "名称过长"
    case EMFILE, ENFILE: "打开的文件过多"
    case EIO: "读写出错"
    case ENOMEM: "内存不足"
    case ENXIO, ENODEV: "没有此设备"
    case EBUSY, ETXTBSY: "正被占用"
    default: nil
    }
  }
}
