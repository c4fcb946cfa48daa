package import Diagnostics
package import Evaluation
package import MeshModel
import ProxyModel

/// Answers as the machine contract has them, one line each.
///
/// What belongs to a route or a cluster is written once and copied from then on; an encoder is for one thread.
package struct AnswerEncoder {
  var writer: JSONWriter
  let place: (Origin) -> SourceSpan?
  private var routes: [ObjectIdentifier: RouteText] = [:]
  var shapes: [ObjectIdentifier: ShapeText] = [:]
  private var clusters: [ObjectIdentifier: (view: ClusterView, json: [UInt8])] = [:]

  /// `place` finds the text of an object's field.
  package init(place: @escaping (Origin) -> SourceSpan?) {
    self.place = place
    writer = JSONWriter()
  }

  /// The lines that were written since the last call.
  package mutating func takeBytes() -> [UInt8] {
    let bytes = writer.bytes
    writer.removeAll()
    return bytes
  }

  /// `id` is JSON.
  package mutating func write(_ answer: Answer, id: [UInt8], trace: Trace? = nil) {
    if trace == nil, let shape = answer.shape {
      write(answer, of: shape, id: id)
      return
    }
    writer.beginObject()
    writer.key("id")
    writer.raw(id)
    writeMembers(of: answer)
    if let trace { write(trace) }
    writer.endObject()
    writer.endLine()
  }

  mutating func writeMembers(of answer: Answer) {
    writeConnection(answer)
    writeDecision(answer)
    writer.key("outcomes")
    writer.beginArray()
    for outcome in answer.outcomes { write(outcome) }
    writer.endArray()
    writePolicies(answer)
    if !answer.rejectedListeners.isEmpty {
      writer.key("rejectedListeners")
      writer.strings(answer.rejectedListeners)
    }
    writer.key("notModelled")
    writer.beginArray()
    for entry in answer.notModelled { write(entry) }
    writer.endArray()
  }

  /// A question that could not be answered.
  package mutating func writeError(code: String, message: String, id: [UInt8]) {
    writer.beginObject()
    writer.key("id")
    writer.raw(id)
    writer.key("error")
    writer.beginObject()
    writer.key("code")
    writer.string(code)
    writer.key("message")
    writer.string(message)
    writer.endObject()
    writer.endObject()
    writer.endLine()
  }

  private mutating func writeConnection(_ answer: Answer) {
    writer.key("listener")
    if let listener = answer.listener { writer.string(listener) } else { writer.null() }
    if let server = answer.server {
      writer.key("filterChain")
      if let chain = server.filterChain { writer.string(chain) } else { writer.null() }
      if let terminates = server.terminatesTLS {
        writer.key("terminatesTls")
        writer.bool(terminates)
      }
      writer.key("mtlsMode")
      write(server.peerTLS)
    }
    if let transport = answer.transport {
      writer.key("protocol")
      writer.string(transport.rawValue)
    }
  }

  private mutating func write(_ peerTLS: PeerTLS?) {
    guard let peerTLS else {
      writer.null()
      return
    }
    writer.beginObject()
    writer.key("mode")
    writer.string(peerTLS.mode.rawValue)
    if let origin = peerTLS.origin {
      writer.key("decidedBy")
      write(origin)
    }
    writer.endObject()
  }

  private mutating func writeDecision(_ answer: Answer) {
    var isDecisionWritten = false
    if let route = answer.route {
      let key = ObjectIdentifier(route)
      let text = routes[key] ?? makeText(of: route)
      routes[key] = text
      writer.members(text.members)
      if let origin = route.origin, answer.decidedBy == .by(origin) {
        writer.members(text.decision)
        isDecisionWritten = true
      }
    }
    if !isDecisionWritten { write(answer.decidedBy) }
    if let origin = answer.deniedBy {
      writer.key("deniedBy")
      write(origin)
    }
    if let filter = answer.filter {
      writer.key("filter")
      writer.string(filter)
    }
  }

  private mutating func write(_ decision: Decision) {
    switch decision {
    case .untold: break
    case .byItself:
      writer.key("decidedBy")
      writer.null()
    case .by(let origin):
      writer.key("decidedBy")
      write(origin)
    case .byObject(let object):
      writer.key("decidedBy")
      write(Origin(object: object, field: ""))
    case .byKind(let kind):
      writer.key("decidedBy")
      writer.beginObject()
      writer.key("kind")
      writer.string(kind.kind)
      writer.endObject()
    }
  }

  private mutating func writePolicies(_ answer: Answer) {
    if let note = answer.externalAuthorization {
      writer.key("extAuthz")
      writer.beginObject()
      writer.key("asked")
      writer.bool(note.wasAsked)
      writer.key("decidedBy")
      write(note.decidedBy)
      writer.endObject()
    }
    if answer.isAudited {
      writer.key("audited")
      writer.bool(true)
    }
    guard let dryRun = answer.dryRun else { return }
    writer.key("dryRun")
    writer.beginObject()
    if let verdict = dryRun.allow {
      writer.key("allow")
      write(verdict)
    }
    if let verdict = dryRun.deny {
      writer.key("deny")
      write(verdict)
    }
    writer.endObject()
  }

  private mutating func write(_ verdict: DryRun.Verdict) {
    writer.beginObject()
    writer.key("result")
    writer.string(verdict.isAllowed ? "allowed" : "denied")
    if let policy = verdict.policy {
      writer.key("policy")
      write(policy)
    }
    writer.endObject()
  }

  /// What a route gives to every answer that it is chosen for.
  private struct RouteText {
    /// Keeps the identity that the table is keyed by.
    var route: RouteChoice
    var members: [UInt8]
    var decision: [UInt8]
  }

  private mutating func makeText(of route: RouteChoice) -> RouteText {
    let decision = encoded { encoder in
      if let origin = route.origin { encoder.write(.by(origin)) }
    }
    return RouteText(route: route, members: encoded { $0.writeMembers(of: route) }, decision: decision)
  }

  private mutating func writeMembers(of route: RouteChoice) {
    writer.key("routeConfiguration")
    writer.string(route.configuration)
    writer.key("virtualHost")
    writer.string(route.virtualHost)
    writer.key("route")
    writer.integer(route.index)
    if let origin = route.delegatedBy {
      writer.key("delegatedBy")
      write(origin)
    }
    writer.write(route)
  }

  mutating func writeMembers(of target: Target) {
    guard let view = target.cluster else {
      writer.key("cluster")
      writer.string(target.name)
      return
    }
    writeMembers(ofCluster: target.name, view)
  }

  mutating func writeMembers(ofCluster name: String, _ view: ClusterView) {
    let key = ObjectIdentifier(view)
    if let known = clusters[key] {
      writer.members(known.json)
      return
    }
    let json = encoded { encoder in
      encoder.writer.key("cluster")
      encoder.writer.string(name)
      encoder.writeMembers(of: view)
    }
    clusters[key] = (view, json)
    writer.members(json)
  }

  /// The members that a closure writes, without the braces around them.
  private mutating func encoded(_ body: (inout AnswerEncoder) -> Void) -> [UInt8] {
    let outside = writer
    writer = JSONWriter()
    body(&self)
    let bytes = writer.bytes
    writer = outside
    return bytes
  }

  /// An object's field, and where its text stands.
  mutating func write(_ origin: Origin) {
    writer.beginObject()
    writer.write(origin.object)
    if !origin.field.isEmpty {
      writer.key("field")
      writer.string(origin.field)
    }
    if let span = place(origin) {
      writer.key("file")
      writer.string(span.file)
      writer.key("line")
      writer.integer(span.start.line)
    }
    writer.endObject()
  }

  mutating func write(_ entry: NotModelled) {
    writer.beginObject()
    writer.key("reason")
    writer.string(entry.reason.rawValue)
    if let origin = entry.origin {
      writer.key("object")
      writer.beginObject()
      writer.write(origin.object)
      writer.endObject()
      if !origin.field.isEmpty {
        writer.key("field")
        writer.string(origin.field)
      }
      if let span = place(origin) {
        writer.key("file")
        writer.string(span.file)
        writer.key("line")
        writer.integer(span.start.line)
      }
    }
    writer.key("why")
    writer.string(entry.reason.sentence[.en])
    writer.endObject()
  }
}

extension JSONWriter {
  /// Kind, namespace (where there is one) and name, as members of the object that is open.
  mutating func write(_ object: ObjectID) {
    key("kind")
    string(object.kind.kind)
    if !object.namespace.isEmpty {
      key("namespace")
      string(object.namespace)
    }
    key("name")
    string(object.name)
  }
}
