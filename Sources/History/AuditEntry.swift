/// One line of the audit log; its hash covers everything in it and the hash of the line before.
package struct AuditEntry: Hashable, Sendable {
  /// From 1, without gaps.
  package var sequence: Int64
  package var time: Timestamp
  package var actor: String
  package var action: Action
  package var mesh: MeshName?
  package var revision: RevisionNumber?
  /// What else there is to know, sorted by name; a name occurs once.
  package var details: [Detail]
  package var previous: Digest
  package var hash: Digest

  /// The texts are stored: a case may be added and never renamed.
  package enum Action: String, Hashable, Sendable, CaseIterable {
    case createStore = "create-store"
    case migrateStore = "migrate-store"
    case createMesh = "create-mesh"
    case apply
    case delete
    case rollback
    case approve
    case reject
    case recordCheck = "record-check"
    case setPolicy = "set-policy"
    case export
    case exportUnapproved = "export-unapproved"
  }

  package struct Detail: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The entry that follows the one with the given sequence and hash; 0 and `Digest.zero` start a log.
  package init(
    following last: (sequence: Int64, hash: Digest), time: Timestamp, actor: String, action: Action, mesh: MeshName?,
    revision: RevisionNumber?, details: [Detail]
  ) {
    sequence = last.sequence + 1
    self.time = time
    self.actor = actor
    self.action = action
    self.mesh = mesh
    self.revision = revision
    self.details = details.sorted { $0.name < $1.name }
    previous = last.hash
    hash = .zero
    hash = computedHash
  }

  /// An entry as it was read, its hash not yet believed.
  package init(
    sequence: Int64, time: Timestamp, actor: String, action: Action, mesh: MeshName?, revision: RevisionNumber?,
    details: [Detail], previous: Digest, hash: Digest
  ) {
    self.sequence = sequence
    self.time = time
    self.actor = actor
    self.action = action
    self.mesh = mesh
    self.revision = revision
    self.details = details
    self.previous = previous
    self.hash = hash
  }

  /// The hash this entry ought to have.
  package var computedHash: Digest {
    var fields = DigestFields("drydock audit entry")
    fields.append(previous)
    fields.append(sequence)
    fields.append(time.milliseconds)
    fields.append(actor)
    fields.append(action.rawValue)
    fields.append(mesh?.text)
    fields.append(revision?.description)
    fields.append(Int64(details.count))
    for detail in details {
      fields.append(detail.name)
      fields.append(detail.value)
    }
    return fields.digest
  }
}
