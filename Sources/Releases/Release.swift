package import History
package import MeshModel

/// A version of a service on its way from no request to all of them: what was asked for, what it touches, and how
/// far it has come. It is kept as an object of the mesh, in the same revisions as the objects that it changes.
package struct Release: Hashable, Sendable {
  package var name: String
  package var namespace: String
  /// The full name of the service.
  package var host: String
  package var manner: Manner
  package var from: Version
  package var to: Version
  package var layer: Layer
  /// `mesh`, and gateways as `namespace/name`.
  package var scope: [String]
  /// Entries of a rule's `match`: a request that one of them matches goes to the new version from the start.
  package var identity: [Value]
  /// Percentages, rising.
  package var steps: [Int]
  package var begins: Beginning
  package var approval: Approval
  /// What it creates and alters.
  package var parts: [Part] = []
  package var phase = Phase.started
  package var stage = Stage(weight: 0, isMirrored: false)
  /// The head when it began; nil in a mesh without revisions.
  package var startedFrom: RevisionNumber?
  /// Parts that an abort left as they were, because something else needs them.
  package var left: [ObjectID] = []

  /// What the versions are.
  package enum Manner: String, Hashable, Sendable, CaseIterable {
    /// Subsets of one Service.
    case subsets
    /// Services of their own, behind the name of a third.
    case services
  }

  package struct Version: Hashable, Sendable {
    /// Of the subset or of the Service.
    package var name: String
    /// Of its pods.
    package var labels: [String: String]

    package init(name: String, labels: [String: String]) {
      self.name = name
      self.labels = labels
    }
  }

  /// The rules of a VirtualService that are meant.
  package enum Layer: String, Hashable, Sendable, CaseIterable {
    case http, tcp, tls
  }

  package enum Beginning: String, Hashable, Sendable, CaseIterable {
    case plain
    /// Every request is copied to the new version before any is answered by it.
    case mirrored
  }

  package enum Approval: String, Hashable, Sendable, CaseIterable {
    /// Where the mesh was given a policy.
    case policy
    case always
  }

  package enum Phase: String, Hashable, Sendable, CaseIterable {
    case started, shifted, paused, promoted, aborted
  }

  /// How far a release under way has come.
  package struct Stage: Hashable, Sendable {
    /// Percent of the requests that the new version gets.
    package var weight: Int
    package var isMirrored: Bool

    package init(weight: Int, isMirrored: Bool) {
      self.weight = weight
      self.isMirrored = isMirrored
    }
  }

  /// An object that the release creates or alters.
  package struct Part: Hashable, Sendable {
    package var id: ObjectID
    /// What the object was created from; nil for one that was there.
    package var seed: Value?
    /// Where a VirtualService's rules count, as `scope` names it.
    package var gateways: [String]
    /// Of what was there, in 64 hexadecimal digits.
    package var digestBefore: String?
    /// Of what the release wrote last; nil where that is nothing.
    package var digestWritten: String?

    package init(id: ObjectID, seed: Value? = nil, gateways: [String] = []) {
      self.id = id
      self.seed = seed
      self.gateways = gateways
    }
  }

  package init(
    name: String, namespace: String, host: String, manner: Manner, from: Version, to: Version, layer: Layer,
    scope: [String], identity: [Value], steps: [Int], begins: Beginning, approval: Approval
  ) {
    self.name = name
    self.namespace = namespace
    self.host = host
    self.manner = manner
    self.from = from
    self.to = to
    self.layer = layer
    self.scope = scope
    self.identity = identity
    self.steps = steps
    self.begins = begins
    self.approval = approval
    stage = Stage(weight: 0, isMirrored: begins == .mirrored)
  }

  package var id: ObjectID { ObjectID(kind: .release, namespace: namespace, name: name) }

  /// Whether it still changes how requests go.
  package var isUnderWay: Bool {
    switch phase {
    case .started, .shifted, .paused: true
    case .promoted, .aborted: false
    }
  }

  /// The next percentage; nil behind the last.
  package var nextStep: Int? { steps.first { $0 > stage.weight } }
}
