package import Evaluation
package import MeshModel

extension AnswerEncoder {
  /// `server` of an outcome: each group of endpoints that behaves alike, with the receiver's answer in the inbound shape.
  mutating func write(_ arrivals: [Arrival]) {
    writer.key("server")
    writer.beginArray()
    for arrival in arrivals {
      writer.beginObject()
      writer.key("endpoints")
      writer.strings(arrival.endpoints)
      write(arrival.receiver)
      write(arrival.approach)
      write(arrival.reception)
      if let answer = arrival.answer { writeMembers(of: answer) }
      writer.endObject()
    }
    writer.endArray()
  }

  private mutating func write(_ receiver: Receiver) {
    writer.key("receiver")
    writer.beginObject()
    writer.key("proxy")
    writer.string(receiver.kind.word)
    if let object = receiver.object {
      writer.key("workload")
      write(Origin(object: object, field: ""))
    }
    if case .bare(let why) = receiver.kind {
      writer.key("because")
      write(why.origin)
    }
    writer.endObject()
  }

  private mutating func write(_ approach: Approach) {
    writer.key("client")
    writer.beginObject()
    writer.key("tls")
    writer.string(approach.security.word)
    if let identity = approach.identity {
      writer.key("principal")
      writer.string(identity)
    }
    switch approach.cause {
    case .automatic, .nothing: break
    case .destinationRule(let origin):
      writer.key("decidedBy")
      write(origin)
    case .clientWithoutSidecar(let why):
      writer.key("sidecar")
      writer.bool(false)
      guard let why else { break }
      writer.key("decidedBy")
      write(why.origin)
    }
    writer.endObject()
  }

  private mutating func write(_ reception: Reception) {
    writer.key("result")
    writer.beginObject()
    writer.key("kind")
    switch reception {
    case .served: writer.string("served")
    case .various: writer.string("various")
    case .answered(let status):
      writer.string("answered")
      writer.key("status")
      writer.integer(status)
    case .broken(let mishap, let flags):
      writer.string("broken")
      writer.key("status")
      writer.integer(503)
      writer.key("flags")
      writer.string(flags)
      writer.key("reason")
      writer.string(mishap.word)
    }
    writer.endObject()
  }
}

extension Receiver.Kind {
  var word: String {
    switch self {
    case .sidecar: "sidecar"
    case .gateway: "gateway"
    case .bare: "none"
    case .outside: "outside"
    }
  }
}

extension NoSidecar {
  package var origin: Origin {
    switch self {
    case .label(let origin), .annotation(let origin): origin
    case .namespace(let id): Origin(object: id, field: "metadata.labels")
    case .hostNetwork(let id): Origin(object: id, field: "spec.hostNetwork")
    case .ownAddress(let id): Origin(object: id, field: "status.podIP")
    }
  }
}

extension Approach.Security {
  var word: String {
    switch self {
    case .plaintext: "plaintext"
    case .meshTLS: "mutual"
    case .foreignTLS(let showsCertificate, _): showsCertificate ? "foreign mutual" : "foreign"
    case .applicationTLS: "application"
    }
  }
}

extension Mishap {
  var word: String {
    switch self {
    case .plaintextToStrict: "plaintext to STRICT"
    case .foreignTLSToMesh: "no client certificate of the mesh"
    case .foreignTLSUnwanted: "no filter chain for TLS of others"
    case .tlsToPlaintext: "TLS to plaintext"
    case .foreignTrustDomain: "client certificate of another trust domain"
    case .refused: "refused by a policy"
    case .closed: "closed"
    }
  }
}
