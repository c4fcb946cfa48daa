package import MeshModel

/// What becomes of a forwarded request at a group of endpoints that behave alike.
package struct Arrival: Sendable {
  /// Sorted; as the cluster has them.
  package var endpoints: [String]
  package var receiver: Receiver
  package var approach: Approach
  /// What the client's side takes the connection for.
  package var transport: Answer.Transport
  /// What the receiver's proxy is asked; nil where there is none.
  package var question: Question?
  /// What the receiver's proxy does, in the inbound shape; a gateway's outcomes have arrivals of their own.
  package var answer: Answer?
  /// How that came about, when it was asked for.
  package var trace: Trace?
  package var reception: Reception

  package init(
    endpoints: [String], receiver: Receiver, approach: Approach, transport: Answer.Transport, reception: Reception
  ) {
    self.endpoints = endpoints
    self.transport = transport
    self.receiver = receiver
    self.approach = approach
    self.reception = reception
  }
}

/// Who takes the connection at an endpoint.
package struct Receiver: Hashable, Sendable {
  package var kind: Kind
  /// The pod or workload; nil where the configuration has none at that address.
  package var object: ObjectID?

  package enum Kind: Hashable, Sendable {
    case sidecar
    case gateway
    /// A workload of the mesh's clusters without a proxy: its application reads what arrives.
    case bare(NoSidecar)
    /// Something that the mesh does not hold.
    case outside
  }

  package init(kind: Kind, object: ObjectID? = nil) {
    self.kind = kind
    self.object = object
  }
}

/// Why a workload has no sidecar: the object and the label or annotation that says so.
package enum NoSidecar: Hashable, Sendable {
  case label(Origin)
  case annotation(Origin)
  case namespace(ObjectID)
  case hostNetwork(ObjectID)
  /// It has one, but the pod calls itself, and such a connection passes by every proxy.
  case ownAddress(ObjectID)
}

/// How a client connects to an endpoint, and who it says it is.
package struct Approach: Hashable, Sendable {
  package var security: Security
  package var cause: Cause
  /// The name in the certificate that the client shows; nil without mutual TLS of the mesh.
  package var identity: String?

  package enum Security: Hashable, Sendable {
    case plaintext
    /// Mutual TLS with the workload's own certificate.
    case meshTLS
    /// TLS by a DestinationRule, with or without a certificate that is none of the mesh's.
    case foreignTLS(showsCertificate: Bool, checksServer: Bool)
    /// TLS of the application itself, which the client's proxy does not touch.
    case applicationTLS
  }

  /// What made it so.
  package enum Cause: Hashable, Sendable {
    /// Istio by itself, by what it knows of the endpoint.
    case automatic
    case destinationRule(Origin)
    /// The client has no sidecar.
    case clientWithoutSidecar(NoSidecar?)
    /// Nothing asks for TLS.
    case nothing
  }

  package init(security: Security, cause: Cause, identity: String? = nil) {
    self.security = security
    self.cause = cause
    self.identity = identity
  }
}

/// What the client gets from the endpoint, in one word.
package enum Reception: Hashable, Sendable {
  /// The application gets the request.
  case served
  /// The receiver's proxy answers by itself.
  case answered(status: UInt32)
  /// The connection does not come about or ends; over HTTP the client's proxy then answers 503 with that flag.
  case broken(Mishap, flags: String)
  /// A gateway has more than one thing to do with it.
  case various
}

/// Why a client and a server do not come together.
package enum Mishap: Hashable, Sendable {
  /// STRICT against plaintext.
  case plaintextToStrict
  /// The server asks for a certificate of the mesh, and gets none or a foreign one.
  case foreignTLSToMesh
  /// No chain takes TLS that is not the mesh's: a port declared as HTTP under PERMISSIVE.
  case foreignTLSUnwanted
  /// TLS reaches a proxy or an application that reads plaintext.
  case tlsToPlaintext
  case foreignTrustDomain
  /// A policy on a TCP connection.
  case refused(Origin?)
  /// The receiver's proxy closes for a reason of its own.
  case closed
}

extension Reception {
  /// Whether client and server do not come together.
  package var isBroken: Bool {
    switch self {
    case .broken: true
    case .served, .answered, .various: false
    }
  }

  /// What a receiver's answer means to the client (PA-5, PA-6, TLS-8, FL-1).
  package init(_ answer: Answer, to approach: Approach) {
    guard let first = answer.outcomes.first else {
      self = .broken(.closed, flags: "UC")
      return
    }
    guard answer.outcomes.count == 1 else {
      self = .various
      return
    }
    switch first.effect {
    case .forward:
      // A chain that does not end TLS hands it to the application, which has no certificate of the mesh.
      let isPassedOn = answer.server?.terminatesTLS == false
      if isPassedOn, approach.security == .meshTLS {
        self = .broken(.tlsToPlaintext, flags: "UF")
      } else {
        self = .served
      }
    case .redirect(let reply): self = .answered(status: reply.status)
    case .respond(let reply):
      if approach.isTLS, !(answer.server?.terminatesTLS ?? answer.endsTLS) {
        self = .broken(.tlsToPlaintext, flags: "UF")
      } else {
        self = .answered(status: reply.status)
      }
    case .close(let closed): self = Self.broken(by: closed, answer, approach)
    }
  }

  private static func broken(by closed: Closed, _ answer: Answer, _ approach: Approach) -> Reception {
    switch closed.reason {
    case .noFilterChain?:
      return approach.isTLS
        ? .broken(.foreignTLSUnwanted, flags: "UF") : .broken(.plaintextToStrict, flags: "UC")
    case .noClientCertificate?:
      // Who looks at the server's certificate fails at once; to others the handshake of TLS 1.3 seems well.
      if case .foreignTLS(_, checksServer: true) = approach.security { return .broken(.foreignTLSToMesh, flags: "UF") }
      return .broken(.foreignTLSToMesh, flags: "UC")
    case .foreignTrustDomain?: return .broken(.foreignTrustDomain, flags: "UC")
    case .codecError?: return .broken(.closed, flags: "UC")
    case nil:
      if answer.filter != nil {
        switch answer.decidedBy {
        case .by(let origin): return .broken(.refused(origin), flags: "UC")
        case .untold, .byItself, .byObject, .byKind: return .broken(.refused(nil), flags: "UC")
        }
      }
      return .broken(.closed, flags: "UC")
    }
  }
}

extension Approach {
  package var isTLS: Bool {
    switch security {
    case .plaintext: false
    case .meshTLS, .foreignTLS, .applicationTLS: true
    }
  }
}
