import Diagnostics
import Glibc
import Workbench

/// Runs tests again whenever one of the files that they read has changed.
struct TestWatch {
  private let invocation: Invocation
  /// How often files are looked at.
  private static let pause: UInt32 = 250_000

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  func run() throws -> ExitCode {
    var code = ExitCode.success
    var given: [String] = []
    while true {
      var before = signature(given)
      do {
        code = try TestRound(invocation).run { found in
          let files = Array(Set(found)).sorted()
          if files != given {
            given = files
            before = signature(given)
          }
        }
      } catch let failure as CommandFailure {
        invocation.terminal.fail(failure)
        code = failure.exitCode
      }
      invocation.terminal.remark(LocalizedText(en: "watching; Ctrl-C ends it", zh: "正在监视文件，按 Ctrl-C 结束"))
      if invocation.terminal.output.isClosed { return code }
      while signature(given) == before { usleep(Self.pause) }
    }
  }

  /// Size and time of every file that is named, folders and the store's among them.
  private func signature(_ given: [String]) -> [FileStamp] {
    let arguments = invocation.arguments
    let named = arguments.operands + arguments.all(Options.filename) + arguments.all(Options.with)
    let store = StoreInput(invocation).path
    return FileStamp.stamps(of: named + given + [store, store + "-wal"])
  }
}
