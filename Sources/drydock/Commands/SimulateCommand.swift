import Diagnostics
import Evaluation
import MeshModel
import ProxyModel
import Report
import Workbench

/// `drydock simulate`: where a request goes, and why.
enum SimulateCommand {
  static let spec = CommandSpec(
    name: "simulate", group: .questions,
    summary: LocalizedText(en: "tell what happens to a request, and why", zh: "说明一个请求会怎样，以及原因"),
    forms: [
      "[-X METHOD] [-H HEADER]… URL --from NS/NAME", "[-X METHOD] [-H HEADER]… URL --from-gateway NS/NAME",
      "--requests FILE -o json",
    ],
    details: LocalizedText(
      en: """
        Asks the store's newest revision, or files (-f), or a revision with files on top (--with). Everything that can \
        happen is told with exact shares; --seed draws one. --explain tells how the answer came about.
        """,
      zh: "针对存储的最新修订、文件（-f）或叠加了文件的修订（--with）提问。给出所有可能结果及其精确比例；--seed 抽取其一；--explain 说明推导过程。"),
    examples: [
      .init(
        "drydock simulate -H 'end-user: jason' http://reviews:9080/ --from default/productpage",
        en: "a request inside the mesh", zh: "网格内的请求"),
      .init(
        "drydock simulate http://shop.example.com/ --from-gateway istio-system/public -f mesh.yaml --explain",
        en: "a request at a gateway, from files, explained", zh: "网关入口的请求，来自文件，附推导过程"),
      .init(
        "drydock simulate -f mesh.yaml --requests requests.ndjson -o json", en: "many requests, one answer a line",
        zh: "批量请求，每行一个答案"),
    ],
    options: SimulateOptions.all + TokenInput.options + [Options.output(["text", "json"])] + MeshInput.options,
    operands: 0...1, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let snapshot = try MeshInput(invocation).snapshot()
    let token = try TokenInput(invocation).token(in: snapshot)
    let session = SimulationSession(snapshot, now: Environment.now, given: token)
    // The process ends with the answers: taking a mesh apart again would only cost time.
    _ = Unmanaged.passRetained(session)
    if let source = arguments[SimulateOptions.requests] {
      guard arguments[Options.output] ?? "json" == "json" else {
        throw CommandFailure(en: "--requests answers with -o json only", zh: "--requests 只支持 -o json")
      }
      let sides: SimulatedSides = arguments.has(SimulateOptions.oneSide) ? .client : .both
      return try BulkRun.run(session, source, sides, invocation.terminal)
    }
    if let name = arguments[SimulateOptions.probes] { return try probes(of: name, session, invocation) }
    guard let text = arguments.operands.first else {
      throw CommandFailure(
        en: "give a URL, or --requests FILE", zh: "请给出 URL，或 --requests FILE",
        hint: ParsedArguments.hint(invocation.path))
    }
    return try one(text, session, token, invocation)
  }

  private static func one(
    _ text: String, _ session: SimulationSession, _ token: GivenToken?, _ invocation: Invocation
  ) throws -> ExitCode {
    let arguments = invocation.arguments
    var line = try line(text, arguments)
    line.http?.headers += token?.headers(in: session.snapshot) ?? []
    let vantage = try vantage(session, invocation)
    let asked: SingleQuestion
    do {
      asked = try SingleQuestion(line, from: vantage, in: session)
    } catch {
      throw CommandFailure(.failure, en: error.message.en, zh: error.message.zh)
    }
    var trace: Trace? = arguments.has(SimulateOptions.explain) ? Trace() : nil
    let isOneSided = arguments.has(SimulateOptions.oneSide)
    var answer =
      isOneSided
      ? asked.answer(in: session, recording: &trace) : asked.answerOnBothSides(in: session, recording: &trace)
    if let seed = try seed(arguments), let drawn = OutcomeDraw.index(of: answer.outcomes, seed: seed) {
      answer.outcomes = [answer.outcomes[drawn]]
      answer.outcomes[0].probability = .one
    }
    if arguments[Options.output] == "json" {
      var encoder = AnswerEncoder { session.place(of: $0) }
      encoder.write(answer, id: Array("null".utf8), trace: trace)
      invocation.terminal.output.write(encoder.takeBytes()[...])
      return .success
    }
    let context = AnswerContext(place: { session.place(of: $0) }, object: { session.snapshot[$0] })
    let printer = AnswerText(style: invocation.terminal.style, language: invocation.language, context: context)
    show(printer, answer, trace, asked, text, invocation.terminal)
    return .success
  }

  private static func probes(
    of name: String, _ session: SimulationSession, _ invocation: Invocation
  ) throws -> ExitCode {
    let vantage: Vantage
    do throws(SourceSelection.Problem) {
      let namespace = invocation.arguments[Options.namespace] ?? "default"
      vantage = try SourceSelection(session).sidecar(name, namespace: namespace)
    } catch {
      throw CommandFailure(.failure, en: error.message.en, zh: error.message.zh, hint: error.hint)
    }
    let found = vantage.object.map { session.probes(of: $0) } ?? []
    let context = AnswerContext(place: { session.place(of: $0) }, object: { session.snapshot[$0] })
    let text = AnswerText(style: invocation.terminal.style, language: invocation.language, context: context)
    invocation.terminal.output.write(text.text(found))
    return .success
  }

  private static func show(
    _ text: AnswerText, _ answer: Answer, _ trace: Trace?, _ asked: SingleQuestion, _ url: String,
    _ terminal: Terminal
  ) {
    terminal.printLine(text.title(of: asked.question, url: url, from: asked.vantage))
    terminal.printLine()
    terminal.output.write(text.text(answer, to: asked.question))
    if let trace {
      terminal.printLine()
      if !trace.steps.isEmpty { terminal.output.write(text.explanation(trace)) }
      terminal.output.write(text.explanations(answer))
    }
    guard let assumption = asked.assumption else { return }
    terminal.output.flush()
    switch assumption {
    case .unknownHost(let host, let address, let similar):
      let meant = similar.map(ParsedArguments.didYouMean)
      terminal.remark(
        LocalizedText(
          en: "note: the mesh does not know '\(host)'; \(meant?.en ?? "\(address) stands in for its address")",
          zh: "提示：网格不认识 '\(host)'；\(meant?.zh ?? "以 \(address) 代替其地址")"))
    case .unknownGatewayAddress(let address):
      terminal.remark(
        LocalizedText(
          en: "note: no pod of the gateway is known; \(address) stands in for its address",
          zh: "提示：未找到网关的 Pod，以 \(address) 代替其地址"))
    }
  }

  private static func line(_ text: String, _ arguments: ParsedArguments) throws -> RequestLine {
    var line: RequestLine
    do throws(RequestURL.Problem) {
      line = try RequestURL(text).line(
        method: arguments[SimulateOptions.method] ?? "GET", headers: arguments.all(SimulateOptions.header))
    } catch {
      throw CommandFailure(en: error.message.en, zh: error.message.zh)
    }
    if let source = arguments[SimulateOptions.source] { line.connection.source = source }
    if let destination = arguments[SimulateOptions.destination] { line.connection.destination = destination }
    return line
  }

  private static func vantage(_ session: SimulationSession, _ invocation: Invocation) throws -> Vantage {
    let arguments = invocation.arguments
    let selection = SourceSelection(session)
    let namespace = arguments[Options.namespace] ?? "default"
    do throws(SourceSelection.Problem) {
      switch (arguments[SimulateOptions.from], arguments[SimulateOptions.fromGateway]) {
      case (let name?, nil): return try selection.sidecar(name, namespace: namespace)
      case (nil, let name?): return try selection.gateway(name, namespace: namespace)
      case (nil, nil), (_?, _?): break
      }
    } catch {
      throw CommandFailure(.failure, en: error.message.en, zh: error.message.zh, hint: error.hint)
    }
    throw CommandFailure(
      en: "say where the request comes from: --from NS/NAME or --from-gateway NS/NAME",
      zh: "请指明请求来自哪里：--from NS/NAME 或 --from-gateway NS/NAME", hint: choices(session))
  }

  /// A few clients and gateways that the mesh has.
  private static func choices(_ session: SimulationSession) -> LocalizedText? {
    let snapshot = session.snapshot
    let clients = snapshot.objects(of: .pod).map(\.id).sorted().prefix(4).map { "--from \($0.namespace)/\($0.name)" }
    let gateways = snapshot.objects(of: .gateway).map(\.id).sorted().prefix(2).map {
      "--from-gateway \($0.namespace)/\($0.name)"
    }
    let list = (clients + gateways).joined(separator: ", ")
    return list.isEmpty ? nil : LocalizedText(en: "such as \(list)", zh: "例如 \(list)")
  }

  private static func seed(_ arguments: ParsedArguments) throws -> UInt64? {
    guard let text = arguments[SimulateOptions.seed] else { return nil }
    guard let seed = UInt64(text) else {
      throw CommandFailure(en: "'\(text)' is no seed; expected a whole number", zh: "'\(text)' 不是有效的种子；应为非负整数")
    }
    return seed
  }
}
