import History

/// What the audit log says of one act, without its place in the chain: written with the act, and expected by
/// `verify` of everything that the store holds.
struct AuditLine: Hashable {
  var action: AuditEntry.Action
  var signature: Signature
  var mesh: MeshName?
  var revision: RevisionNumber?
  /// Sorted by name.
  private(set) var details: [AuditEntry.Detail]

  init(
    _ action: AuditEntry.Action, by signature: Signature, mesh: MeshName?, revision: RevisionNumber? = nil,
    details: [(name: String, value: String)] = []
  ) {
    self.action = action
    self.signature = signature
    self.mesh = mesh
    self.revision = revision
    self.details = details.map { AuditEntry.Detail($0.name, $0.value) }.sorted { $0.name < $1.name }
  }

  init(_ entry: AuditEntry) {
    action = entry.action
    signature = Signature(person: entry.actor, time: entry.time)
    mesh = entry.mesh
    revision = entry.revision
    details = entry.details
  }

  init(_ revision: Revision) {
    var details = [(name: "digest", value: revision.digest.hex), (name: "message", value: revision.message)]
    let action: AuditEntry.Action
    switch revision.cause {
    case .apply: action = .apply
    case .delete: action = .delete
    case .rollback(let target):
      action = .rollback
      details.append((name: "to", value: target.description))
    }
    self.init(
      action, by: Signature(person: revision.author, time: revision.time), mesh: revision.mesh,
      revision: revision.number, details: details)
  }

  init(_ review: Review) {
    let action: AuditEntry.Action
    switch review.decision {
    case .approve: action = .approve
    case .reject: action = .reject
    }
    self.init(
      action, by: Signature(person: review.reviewer, time: review.time), mesh: review.mesh, revision: review.revision,
      details: [(name: "comment", value: review.comment), (name: "digest", value: review.digest.hex)])
  }

  init(_ check: CheckResult) {
    self.init(
      .recordCheck, by: Signature(person: check.actor, time: check.time), mesh: check.mesh, revision: check.revision,
      details: [
        (name: "check", value: check.name), (name: "detail", value: check.detail),
        (name: "digest", value: check.digest.hex), (name: "outcome", value: check.outcome.rawValue),
      ])
  }

  init(_ export: ExportRecord) {
    let action: AuditEntry.Action
    switch export.approval {
    case .approved: action = .export
    case .overridden: action = .exportUnapproved
    }
    var fields = DigestFields("drydock exported files")
    for file in export.files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      fields.append(file.path)
      fields.append(file.digest)
      fields.append(Int64(file.size))
    }
    self.init(
      action, by: Signature(person: export.actor, time: export.time), mesh: export.mesh, revision: export.revision,
      details: [
        (name: "digest", value: export.digest.hex), (name: "files", value: String(export.files.count)),
        (name: "files-digest", value: fields.digest.hex), (name: "target", value: export.target),
      ])
  }

  init(_ policy: ReviewPolicy, of mesh: MeshName, by signature: Signature) {
    self.init(
      .setPolicy, by: signature, mesh: mesh,
      details: [
        (name: "approvals", value: String(policy.approvalsNeeded)), (name: "author", value: policy.author.rawValue),
        (name: "checks", value: policy.requiredChecks.sorted().joined(separator: ",")),
      ])
  }
}

extension AuditEntry.Action {
  /// The sort of record that a line with this action stands for.
  var record: StoreRecord? {
    switch self {
    case .apply, .delete, .rollback: .revision
    case .approve, .reject: .review
    case .recordCheck: .check
    case .export, .exportUnapproved: .export
    case .setPolicy: .policy
    case .createStore, .migrateStore, .createMesh: nil
    }
  }
}
