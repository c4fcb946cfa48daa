import Diagnostics
import Glibc
import Workbench

/// A report that goes to a file: whole or not at all.
enum OutputFile {
  static func write(_ text: String, to path: String) throws {
    let draft = path + ".part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    let output = Output(descriptor: descriptor)
    output.write(text)
    output.flush()
    let isComplete = !output.isClosed && fsync(descriptor) == 0
    close(descriptor)
    guard isComplete, rename(draft, path) == 0 else {
      let failed = failure(path)
      unlink(draft)
      throw failed
    }
  }

  private static func failure(_ path: String) -> CommandFailure {
    let reason = SystemReason.text(errno)
    return CommandFailure(
      .failure, en: "cannot write '\(path)': \(reason.en)", zh: "无法写入 '\(path)'：\(reason.zh)")
  }
}
