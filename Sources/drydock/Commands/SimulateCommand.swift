import Diagnostics
import Glibc
import MeshModel
import Report
import Workbench

/// `drydock simulate`: where a request goes, and why.
enum SimulateCommand {
  static let requests = OptionSpec.value(
    "requests", nil, "FILE", completion: .file,
    LocalizedText(
      en: "answer the requests of a file or - (NDJSON), one answer a line", zh: "回答文件或 -(NDJSON)中的请求,每行一个答案"))

  static let spec = CommandSpec(
    name: "simulate", group: .questions,
    summary: LocalizedText(en: "tell what happens to a request, and why", zh: "说明一个请求会怎样,以及原因"),
    forms: ["-f FILE… --requests FILE -o json"],
    options: [
      requests, Options.output(["text", "json"]),
    ] + MeshInput.options,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let snapshot = try MeshInput(invocation).snapshot()
    let session = SimulationSession(snapshot, now: Environment.now)
    guard let source = arguments[requests] else { throw CommandFailure(en: "give --requests", zh: "请给出 --requests") }
    return try bulk(session, source, invocation.terminal)
  }

  private static func bulk(_ session: SimulationSession, _ source: String, _ terminal: Terminal) throws -> ExitCode {
    var descriptor = STDIN_FILENO
    if source != "-" {
      descriptor = open(source, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        let reason = String(cString: strerror(errno))
        throw CommandFailure(en: "cannot open '\(source)': \(reason)", zh: "无法打开 '\(source)':\(reason)")
      }
    }
    var bulk = BulkSimulation(session, workers: Threads.coreCount) {
      EncodedAnswers(AnswerEncoder { session.place(of: $0) })
    }
    bulk.run(descriptor: descriptor) { bytes in
      terminal.output.write(bytes)
      terminal.output.flush()
    }
    return bulk.hasErrors ? .negative : .success
  }
}
