import Diagnostics
import Glibc
import Report
import Workbench

/// Questions line by line, on all cores.
enum BulkRun {
  static func run(
    _ session: SimulationSession, _ source: String, _ sides: SimulatedSides, _ terminal: Terminal
  ) throws -> ExitCode {
    var descriptor = STDIN_FILENO
    if source != "-" {
      descriptor = open(source, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        let reason = SystemReason.text(errno)
        throw CommandFailure(en: "cannot open '\(source)': \(reason.en)", zh: "无法打开 '\(source)'：\(reason.zh)")
      }
    }
    var bulk = BulkSimulation(session, sides: sides, workers: Threads.coreCount) {
      EncodedAnswers(AnswerEncoder { session.place(of: $0) })
    }
    let progress = Progress(terminal)
    var count = 0
    bulk.run(descriptor: descriptor) { bytes in
      terminal.output.write(bytes)
      terminal.output.flush()
      // Nobody reads any more; the rest would be worked out for nothing.
      if terminal.output.isClosed { _exit(ExitCode.failure.rawValue) }
      guard !terminal.isOutputTerminal else { return }
      count += bytes.count { $0 == UInt8(ascii: "\n") }
      let answers = count
      progress.show(LocalizedText(en: "\(answers) answers…", zh: "已回答 \(answers) 个请求……"))
    }
    progress.clear()
    return bulk.hasErrors ? .negative : .success
  }
}
