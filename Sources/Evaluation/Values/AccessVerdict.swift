/// Whether a client may do what it asks, everything that can happen taken together.
package struct AccessVerdict: Sendable {
  package var kind: Kind
  /// Where requests arrive that are let through.
  package var served: [Arrival] = []
  /// Where they are refused.
  package var refused: [Arrival] = []
  /// What the client's own proxy answers instead of passing the request on.
  package var kept: [LocalReply] = []

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case allowed, denied
    /// It depends on the endpoint, or on a draw.
    case partly
    /// The request does not get as far as any server.
    case unreached
  }

  package init(_ answer: Answer) {
    kind = .unreached
    collect(answer)
    switch (served.isEmpty, refused.isEmpty) {
    case (false, true): kind = .allowed
    case (true, false): kind = .denied
    case (false, false): kind = .partly
    case (true, true): kind = .unreached
    }
  }

  private mutating func collect(_ answer: Answer) {
    for outcome in answer.outcomes where outcome.probability != .zero {
      switch outcome.effect {
      case .forward: for arrival in outcome.arrivals { collect(arrival) }
      case .respond(let reply), .redirect(let reply): kept.append(reply)
      case .close: break
      }
    }
  }

  private mutating func collect(_ arrival: Arrival) {
    switch arrival.reception {
    case .served, .various:
      if arrival.receiver.kind == .gateway, let answer = arrival.answer {
        collect(answer)
      } else {
        served.append(arrival)
      }
    case .answered:
      // A gateway that has no route for it has not refused anybody.
      if arrival.receiver.kind == .gateway, let answer = arrival.answer, answer.filter == nil, answer.deniedBy == nil {
        collect(answer)
      } else {
        refused.append(arrival)
      }
    case .broken: refused.append(arrival)
    }
  }
}

/// A workload that may ask something: pods that differ in nothing that matters are one client.
package struct AccessClient: Hashable, Sendable {
  /// `namespace/name`; unique in a mesh.
  package var name: String
  package var namespace: String

  package init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
}

/// What is asked of a service: `GET /` at `cart.shop:80`.
package struct AccessTarget: Hashable, Sendable {
  /// As the Host header has it.
  package var authority: String
  package var method: String
  package var path: String

  package init(authority: String, method: String = "GET", path: String = "/") {
    self.authority = authority
    self.method = method
    self.path = path
  }
}

/// One client, and whether it may.
package struct AccessRow: Sendable {
  package var client: AccessClient
  package var verdict: AccessVerdict

  package init(client: AccessClient, verdict: AccessVerdict) {
    self.client = client
    self.verdict = verdict
  }
}

/// Who may reach what, for one method and path.
package struct AccessMatrix: Sendable {
  package var clients: [AccessClient]
  package var targets: [AccessTarget]
  /// By client, then by target.
  package var verdicts: [[AccessVerdict]]

  package init(clients: [AccessClient], targets: [AccessTarget], verdicts: [[AccessVerdict]]) {
    self.clients = clients
    self.targets = targets
    self.verdicts = verdicts
  }
}

/// One client that may what it might not before, or the other way round.
package struct AccessChange: Sendable {
  package var client: AccessClient
  package var target: AccessTarget
  package var before: AccessVerdict
  package var after: AccessVerdict

  package init(client: AccessClient, target: AccessTarget, before: AccessVerdict, after: AccessVerdict) {
    self.client = client
    self.target = target
    self.before = before
    self.after = after
  }

  /// More than before gets through, or less.
  package var allowsMore: Bool { after.kind.rank > before.kind.rank }
}

extension AccessVerdict.Kind {
  /// How much gets through.
  package var rank: Int {
    switch self {
    case .denied, .unreached: 0
    case .partly: 1
    case .allowed: 2
    }
  }
}
