import Evaluation
import MeshModel
import ProxyModel

extension AnswerEncoder {
  /// The member `trace`: the steps in their order, each with its kind in `step`.
  mutating func write(_ trace: Trace) {
    writer.key("trace")
    writer.beginArray()
    for step in trace.steps {
      writer.beginObject()
      writer.key("step")
      write(step)
      writer.endObject()
    }
    writer.endArray()
  }

  private mutating func write(_ step: Trace.Step) {
    switch step {
    case .listener(let name, let reason, let origins):
      writer.string("listener")
      writer.key("listener")
      if let name { writer.string(name) } else { writer.null() }
      writer.key("reason")
      writer.string(reason.rawValue)
      writer.key("origins")
      writer.beginArray()
      for origin in origins { write(origin) }
      writer.endArray()
    case .inspected(let transport, let serverName, let protocols):
      writer.string("inspected")
      writer.member("transportProtocol", transport)
      writer.member("serverName", serverName)
      writer.key("applicationProtocols")
      writer.strings(protocols)
    case .filterChain(let name, let verdict):
      writer.string("filterChain")
      writer.member("filterChain", name)
      writer.write(verdict)
    case .pathNormalized(let from, let to):
      writer.string("pathNormalized")
      writer.key("from")
      writer.text(from)
      writer.key("to")
      writer.text(to)
    case .virtualHosts(let configuration, let authority, let candidates):
      writer.string("virtualHosts")
      writer.member("routeConfiguration", configuration)
      writer.key("authority")
      writer.text(authority)
      writer.key("candidates")
      writer.beginArray()
      for candidate in candidates { write(candidate) }
      writer.endArray()
    case .routeLost(let index, let name, let origin, let condition):
      writer.string("routeLost")
      write(index, name, origin)
      writer.key("failed")
      writer.write(condition)
    case .routeWon(let index, let name, let origin):
      writer.string("routeWon")
      write(index, name, origin)
    case .noRoute: writer.string("noRoute")
    case .routeChosenAgain: writer.string("routeChosenAgain")
    case .filter(let filter): write(filter)
    case .split(let shares):
      writer.string("split")
      writer.key("clusters")
      writer.beginArray()
      for share in shares {
        writer.beginObject()
        writer.member("cluster", share.cluster)
        writer.key("probability")
        writer.write(share.share)
        writer.endObject()
      }
      writer.endArray()
    case .cluster(let name, let view):
      writer.string("cluster")
      if let view {
        writeMembers(ofCluster: name, view)
      } else {
        writer.member("cluster", name)
        writer.key("missing")
        writer.bool(true)
      }
    }
  }

  private mutating func write(_ candidate: Trace.VirtualHostCandidate) {
    writer.beginObject()
    writer.member("virtualHost", candidate.name)
    writer.member("domain", candidate.domain)
    writer.key("chosen")
    writer.bool(candidate.isChosen)
    if let origin = candidate.origin {
      writer.key("origin")
      write(origin)
    }
    writer.endObject()
  }

  private mutating func write(_ index: Int, _ name: String, _ origin: Origin?) {
    writer.key("route")
    writer.integer(index)
    if !name.isEmpty { writer.member("name", name) }
    if let origin {
      writer.key("origin")
      write(origin)
    }
  }

  private mutating func write(_ filter: Trace.FilterStep) {
    switch filter {
    case .rbac(let action, let matched, let isAllowed):
      writer.string("rbac")
      writer.member("action", action.rawValue)
      verdict(matched, isAllowed)
    case .externalAuthorization(let provider, let matched, let isAllowed):
      writer.string("externalAuthorization")
      writer.member("provider", provider)
      verdict(matched, isAllowed)
    case .tokenAccepted(let origin):
      writer.string("token")
      verdict(origin, true)
    case .tokenRefused(let origin, let status):
      writer.string("token")
      writer.member("status", status)
      verdict(origin, false)
    case .fault(let origin):
      writer.string("fault")
      if let origin {
        writer.key("origin")
        write(origin)
      }
    case .cors(let origin, let isPreflight, let isAllowed):
      writer.string("cors")
      writer.key("preflight")
      writer.bool(isPreflight)
      verdict(origin, isAllowed)
    case .notModelled(let entry):
      writer.string("notModelled")
      writer.key("what")
      write(entry)
    }
  }

  private mutating func verdict(_ origin: Origin?, _ isAllowed: Bool) {
    if let origin {
      writer.key("origin")
      write(origin)
    }
    writer.key("allowed")
    writer.bool(isAllowed)
  }
}

extension JSONWriter {
  mutating func member(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  fileprivate mutating func write(_ verdict: Trace.ChainVerdict) {
    key("verdict")
    switch verdict {
    case .chosen: string("chosen")
    case .chosenAsDefault: string("chosenAsDefault")
    case .destinationPort(let port):
      string("destinationPort")
      key("wanted")
      integer(port)
    case .destinationAddress: string("destinationAddress")
    case .serverName: string("serverName")
    case .transportProtocol(let wanted):
      string("transportProtocol")
      member("wanted", wanted)
    case .applicationProtocols(let wanted):
      string("applicationProtocols")
      key("wanted")
      strings(wanted)
    }
  }

  fileprivate mutating func write(_ condition: Trace.FailedCondition) {
    beginObject()
    switch condition {
    case .path(let wanted, let isCaseSensitive, let found):
      member("condition", "path")
      switch wanted {
      case .prefix(let text): member("prefix", text)
      case .exact(let text): member("exact", text)
      case .segmentPrefix(let text): member("segmentPrefix", text)
      case .regex(let pattern): member("regex", pattern)
      }
      if !isCaseSensitive { member("ignoresCase", "true") }
      key("found")
      text(found)
    case .header(let matcher, let found):
      member("condition", "header")
      member("name", matcher.name)
      write(matcher.rule)
      if matcher.isInverted {
        key("inverted")
        bool(true)
      }
      key("found")
      beginArray()
      for value in found { text(value) }
      endArray()
    case .queryParameter(let matcher, let found):
      member("condition", "queryParameter")
      member("name", matcher.name)
      write(matcher.rule)
      key("found")
      if let found { text(found) } else { null() }
    case .claim(let matcher, let found):
      member("condition", "claim")
      member("name", matcher.path.joined(separator: "."))
      write(matcher.rule)
      key("found")
      if let found { value(found) } else { null() }
    }
    endObject()
  }

  private mutating func write(_ rule: HeaderMatcher.Rule) {
    switch rule {
    case .present: member("present", "true")
    case .string(let matcher):
      switch matcher.kind {
      case .exact(let text): member("exact", text)
      case .prefix(let text): member("prefix", text)
      case .suffix(let text): member("suffix", text)
      case .contains(let text): member("contains", text)
      case .regex(let pattern): member("regex", pattern)
      }
    }
  }
}
