import Diagnostics
import YAML

/// What one object's fields are read with: the place reached, and everything found on the way.
final class DecodingContext {
  enum Step {
    case field(String)
    case index(Int)
    case key(String)
  }

  let file: String
  /// `Kind namespace/name`, for messages.
  let object: String?
  var syntax: FieldSyntax
  /// The way from the object's root to the value being read.
  var path: [Step] = []
  private(set) var problems: [Diagnostic] = []
  private(set) var unknownFields: [String] = []
  /// Where the text being read lies inside the file, when it is a text within a text.
  var inset: TextInset?

  init(file: String, object: String?, syntax: FieldSyntax) {
    self.file = file
    self.object = object
    self.syntax = syntax
  }

  func report(_ problem: CodecProblem, at node: Node) {
    report(problem, span: node.span(file: file))
  }

  /// At the key of a member.
  func report(_ problem: CodecProblem, at entry: Node.Entry) {
    report(problem, span: entry.nameSpan(file: file))
  }

  private func report(_ problem: CodecProblem, span: SourceSpan) {
    let place = inset?.outer(span) ?? span
    problems.append(problem.diagnostic(at: place, object: object, field: fieldPath))
  }

  func adopt(_ diagnostic: Diagnostic) {
    var copy = diagnostic
    copy.object = object
    copy.field = fieldPath
    if let span = copy.span { copy.span = inset?.outer(span) ?? span }
    problems.append(copy)
  }

  func recordUnknown() {
    unknownFields.append(fieldPath)
  }

  /// Such as `spec.http[0].match[1].headers[x-user]`.
  var fieldPath: String {
    var text = ""
    for step in path {
      switch step {
      case .field(let name):
        if name.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") }) {
          text += "[\(name)]"
        } else {
          if !text.isEmpty { text += "." }
          text += name
        }
      case .index(let index): text += "[\(index)]"
      case .key(let key): text += "[\(key)]"
      }
    }
    return text
  }
}

/// By whose rules fields are read.
enum FieldSyntax: Hashable, Sendable {
  /// A custom resource: the API server's schema knows fields by their JSON names and values by their JSON types.
  case schema
  /// Istio's own reader, for the mesh configuration: also proto names, numbers in quotes, and enums by number.
  case protoJSON
  /// Kubernetes' own kinds, of which only a part is modelled: members without a field mean nothing.
  case kubernetes

  /// Whether every member must have a field.
  var isClosed: Bool {
    switch self {
    case .schema, .protoJSON: true
    case .kubernetes: false
    }
  }
}

/// How places in a text inside a text translate to places in the file.
struct TextInset {
  /// The scalar as a whole: the place of everything that has no better one.
  var whole: SourceSpan
  /// Lines to add; nil when the text inside cannot be found line by line.
  var lines: Int?
  /// Columns to add.
  var columns = 0

  func outer(_ span: SourceSpan) -> SourceSpan {
    guard let lines else { return whole }
    func shift(_ position: SourcePosition) -> SourcePosition {
      SourcePosition(line: position.line + lines, column: position.column + columns)
    }
    return SourceSpan(file: span.file, start: shift(span.start), end: shift(span.end))
  }
}
