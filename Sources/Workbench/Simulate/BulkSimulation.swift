package import Diagnostics
package import Evaluation
import Glibc
import ProxyModel
import Synchronization

/// How far a request is followed.
package enum SimulatedSides: Sendable {
  /// What the proxy that is asked does.
  case client
  /// Also what becomes of it where it arrives.
  case both
}

/// Writes answers in some form; each worker has its own.
package protocol AnswerSink: SendableMetatype {
  mutating func write(_ answer: Answer, id: [UInt8])
  mutating func writeError(code: String, message: String, id: [UInt8])
  /// What was written since the last call.
  mutating func takeBytes() -> [UInt8]
}

/// Questions line by line in, answers in the same order out, on all cores.
package struct BulkSimulation<Sink: AnswerSink> {
  private let session: SimulationSession
  private var workers: [Worker<Sink>]
  private let language: Language
  private var pending: [UInt8] = []
  /// Whether a line could not be answered.
  package private(set) var hasErrors = false

  package init(
    _ session: SimulationSession, sides: SimulatedSides = .client, language: Language = .en, workers: Int,
    makeSink: () -> Sink
  ) {
    self.session = session
    self.language = language
    self.workers = (0..<max(1, workers)).map { _ in
      Worker(session, sides, isAlone: workers < 2, sink: makeSink(), language: language)
    }
  }

  /// Reads a descriptor to its end; whole lines are answered as soon as they are there.
  package mutating func run(descriptor: Int32, output: (ArraySlice<UInt8>) -> Void) {
    let size = 1 << 20
    while true {
      var failure: Int32 = 0
      let block = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let got = read(descriptor, buffer.baseAddress, size)
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      if failure == EINTR { continue }
      if block.isEmpty { break }
      consume(block, output: output)
    }
    finish(output: output)
  }

  package mutating func consume(_ block: [UInt8], output: (ArraySlice<UInt8>) -> Void) {
    guard let last = block.lastIndex(of: UInt8(ascii: "\n")) else {
      pending += block
      return
    }
    let text = pending.isEmpty ? block : pending + block
    let end = text.count - (block.count - last) + 1
    pending = Array(text[end...])
    answer(text, end: end, output: output)
  }

  package mutating func finish(output: (ArraySlice<UInt8>) -> Void) {
    guard !pending.isEmpty else { return }
    let text = pending
    pending = []
    answer(text, end: text.count, output: output)
  }

  private mutating func answer(_ text: [UInt8], end: Int, output: (ArraySlice<UInt8>) -> Void) {
    let parts = Self.parts(of: text, end: end, count: workers.count)
    if parts.count == 1 {
      output(workers[0].answer(text, parts[0])[...])
    } else {
      let results = Mutex([[UInt8]](repeating: [], count: parts.count))
      let workers = workers
      Threads.run(parts.count) { index in
        let bytes = workers[index].answer(text, parts[index])
        results.withLock { $0[index] = bytes }
      }
      for bytes in results.withLock({ $0 }) { output(bytes[...]) }
    }
    if workers.contains(where: \.hasErrors) { hasErrors = true }
  }

  /// Stretches of whole lines of about the same size; a small text stays whole.
  private static func parts(of text: [UInt8], end: Int, count: Int) -> [Range<Int>] {
    guard count > 1, end > 1 << 15 else { return [0..<end] }
    var parts: [Range<Int>] = []
    var start = 0
    for part in 1...count where start < end {
      var stop = part == count ? end : max(start, end / count * part)
      while stop < end, stop > 0, text[stop - 1] != UInt8(ascii: "\n") { stop += 1 }
      if stop > start { parts.append(start..<stop) }
      start = stop
    }
    return parts
  }
}

/// Answers lines on one thread.
// SAFETY: `BulkSimulation` gives a worker to one thread at a time, and waits for that thread before the next.
private final class Worker<Sink: AnswerSink>: @unchecked Sendable {
  private let session: SimulationSession
  private let sides: SimulatedSides
  private let isAlone: Bool
  private var sink: Sink
  private let language: Language
  private var known: [RequestLine.ProxyReference: KnownProxy] = [:]
  private var last: (reference: RequestLine.ProxyReference, proxy: KnownProxy)?
  var hasErrors = false

  private final class KnownProxy {
    let vantage: Vantage
    var ports: [UInt32: Evaluator] = [:]
    /// Where names lead that are dialled without an address, as far as they were asked for.
    var destinations: [String: SimulationSession.Destination] = [:]

    init(_ vantage: Vantage) { self.vantage = vantage }
  }

  init(_ session: SimulationSession, _ sides: SimulatedSides, isAlone: Bool, sink: Sink, language: Language) {
    self.isAlone = isAlone
    self.session = session
    self.sides = sides
    self.sink = sink
    self.language = language
  }

  func answer(_ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, text[end] != UInt8(ascii: "\n") { end += 1 }
      if !isBlank(text, start..<end) { answerLine(text, start..<end) }
      start = end + 1
    }
    return sink.takeBytes()
  }

  private func isBlank(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    for place in range {
      let byte = text[place]
      if byte != 0x20, byte != 0x09, byte != 0x0D { return false }
    }
    return true
  }

  private func answerLine(_ text: [UInt8], _ range: Range<Int>) {
    var line = RequestLine()
    do throws(JSONScanner.Failure) {
      try line.read(text, range: range)
    } catch {
      fail(QuestionProblem(error, lineStart: range.lowerBound), id: line.id)
      return
    }
    do throws(QuestionProblem) {
      sink.write(try answer(line), id: line.id)
    } catch {
      fail(error, id: line.id)
    }
  }

  private func answer(_ line: RequestLine) throws(QuestionProblem) -> Answer {
    let known = try proxy(of: line.proxy)
    let destination = try destination(of: line, from: known)
    let question = try session.question(of: line, from: known.vantage, to: destination)
    let port = destination.port
    let evaluator: Evaluator
    if let prepared = known.ports[port] {
      evaluator = prepared
    } else {
      let shared = session.proxy(of: known.vantage, port: port).evaluator
      evaluator = isAlone ? shared : shared.apart()
      known.ports[port] = evaluator
    }
    let answer = evaluator.evaluate(question)
    switch sides {
    case .client: return answer
    case .both: return session.followed(answer, to: question, from: known.vantage)
    }
  }

  /// Lines of one proxy tend to follow each other.
  private func proxy(of reference: RequestLine.ProxyReference) throws(QuestionProblem) -> KnownProxy {
    if let last, last.reference == reference { return last.proxy }
    let proxy: KnownProxy
    if let found = known[reference] {
      proxy = found
    } else {
      proxy = KnownProxy(try session.vantages.vantage(of: reference))
      known[reference] = proxy
    }
    last = (reference, proxy)
    return proxy
  }

  private func destination(
    of line: RequestLine, from proxy: KnownProxy
  ) throws(QuestionProblem) -> SimulationSession.Destination {
    guard line.connection.destination.isEmpty, line.connection.tls == nil, let name = line.dialledName else {
      return try session.destination(of: line, from: proxy.vantage)
    }
    if let found = proxy.destinations[name] { return found }
    let found = try session.destination(of: line, from: proxy.vantage)
    if proxy.destinations.count > 1 << 16 { proxy.destinations = [:] }
    proxy.destinations[name] = found
    return found
  }

  private func fail(_ problem: QuestionProblem, id: [UInt8]) {
    hasErrors = true
    sink.writeError(code: problem.code, message: problem.message[language], id: id)
  }
}
