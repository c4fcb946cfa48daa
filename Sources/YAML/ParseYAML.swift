package import Diagnostics

/// Reads a stream of YAML or JSON documents and every problem in it.
///
/// A document with a syntax error is left out and the next one is read, so all problems come at once. Documents
/// without content are left out silently, as kubectl does.
package func parseYAML(
  _ bytes: [UInt8], file: String, limits: YAMLLimits = .standard
) -> (documents: [YAMLDocument], problems: [Diagnostic]) {
  var log = ProblemLog(file: file)
  let top = Mark(line: 1, column: 1)
  if bytes.count > limits.bytes {
    log.add(.tooManyBytes(bytes.count, limit: limits.bytes), at: top)
    return ([], log.problems)
  }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    log.add(.utf16, at: top)
    return ([], log.problems)
  }
  let documents = bytes.withUnsafeBufferPointer { buffer -> [YAMLDocument] in
    if let bad = UTF8Check.firstInvalidByte(buffer) {
      log.add(.notUTF8(byte: buffer[bad]), at: UTF8Check.mark(of: bad, in: buffer))
      return []
    }
    var documents: [YAMLDocument] = []
    var budget = limits.nodes
    for part in DocumentSplitter(buffer) where part.hasContent {
      let text = UnsafeBufferPointer(rebasing: buffer[part.range])
      let reading = DocumentReader(text: text, firstLine: part.line, limits: limits)
      for node in reading.read(nodeBudget: &budget, log: &log) {
        documents.append(
          YAMLDocument(node: node, bytes: bytes[part.range], start: Mark(line: part.line, column: 1)))
      }
      if budget < 0 { break }
    }
    return documents
  }
  return (documents, log.problems)
}

/// The problems of one file, in the order found.
struct ProblemLog {
  let file: String
  private(set) var problems: [Diagnostic] = []

  init(file: String) { self.file = file }

  mutating func add(_ problem: ReadingProblem, at start: Mark, to end: Mark? = nil) {
    problems.append(problem.diagnostic(file: file, start: start, end: end ?? start))
  }
}

/// One document's text, read as JSON when it looks like JSON and is, otherwise by libyaml.
private struct DocumentReader {
  let text: UnsafeBufferPointer<UInt8>
  let firstLine: Int32
  let limits: YAMLLimits

  func read(nodeBudget: inout Int, log: inout ProblemLog) -> [Node] {
    guard let first = text.first(where: { !isJSONSpace($0) }) else { return [] }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      var json = JSONReader(text: text, firstLine: firstLine, limits: limits, nodeBudget: nodeBudget)
      var jsonLog = ProblemLog(file: log.file)
      do throws(JSONReader.Stop) {
        let nodes = try json.readAll(log: &jsonLog)
        nodeBudget = json.nodeBudget
        log.append(jsonLog)
        return nodes
      } catch {
        nodeBudget = json.nodeBudget
        switch error {
        case .limit:
          log.append(jsonLog)
          return []
        case .syntax(let problem, let mark):
          return readFlow(orReport: problem, at: json.looksLikeJSON ? mark : nil, budget: &nodeBudget, log: &log)
        }
      }
    }
    return readYAML(nodeBudget: &nodeBudget, log: &log)
  }

  /// Reads what is no JSON as YAML; what has no YAML reading either is reported as the JSON it was meant to be.
  private func readFlow(
    orReport problem: SyntaxProblem, at mark: Mark?, budget: inout Int, log: inout ProblemLog
  ) -> [Node] {
    var yamlLog = ProblemLog(file: log.file)
    let nodes = readYAML(nodeBudget: &budget, log: &yamlLog)
    if let mark, nodes.isEmpty, yamlLog.problems.contains(where: { $0.code == "DD0101" }) {
      log.add(.syntax(problem), at: mark)
    } else {
      log.append(yamlLog)
    }
    return nodes
  }

  private func readYAML(nodeBudget: inout Int, log: inout ProblemLog) -> [Node] {
    var builder = TreeBuilder(text: text, firstLine: firstLine, limits: limits, nodeBudget: nodeBudget)
    let node = builder.readDocument(log: &log)
    nodeBudget = builder.nodeBudget
    return node.map { [$0] } ?? []
  }
}

extension ProblemLog {
  mutating func append(_ other: ProblemLog) { problems += other.problems }
}
