import History
import MeshModel

extension ExportPlan {
  /// Where the files come from and who let them go. Its times are those of the revision and its reviews.
  func provenance(of files: [ExportFile]) -> [UInt8] {
    var text = ExportText("# Written by drydock export; compare with: drydock show \(revision.number)\n")
    text.field("mesh", revision.mesh.text)
    text.field("target", target)
    text.field("revision", number: revision.number.value)
    text.field("digest", "sha256:" + revision.digest.hex)
    text.field("managedDigest", "sha256:" + revision.managedDigest.hex)
    text.field("author", revision.author)
    text.field("message", revision.message)
    text.field("time", revision.time.rfc3339)
    if case .rollback(let target) = revision.cause { text.field("rollbackOf", number: target.value) }
    text.field("approval", approval.rawValue)
    if reviews.isEmpty {
      text.line("reviews: []")
    } else {
      text.line("reviews:")
      for review in reviews {
        text.field("  - reviewer", review.reviewer)
        text.field("    decision", review.decision.rawValue)
        text.field("    comment", review.comment)
        text.field("    time", review.time.rfc3339)
      }
    }
    if !checks.isEmpty {
      text.line("checks:")
      for check in checks {
        text.field("  - name", check.name)
        text.field("    outcome", check.outcome.rawValue)
        text.field("    time", check.time.rfc3339)
      }
    }
    if let previous { text.field("previousRevision", number: previous.revision.value) }
    if !pruned.isEmpty {
      text.line("prune:")
      for id in pruned {
        text.field("  - kind", id.kind.group.isEmpty ? id.kind.kind : id.kind.kind + "." + id.kind.group)
        text.field("    name", id.name)
        if !id.namespace.isEmpty { text.field("    namespace", id.namespace) }
      }
    }
    text.line("files:")
    for file in files {
      text.field("  - path", file.path)
      text.field("    digest", "sha256:" + Digest(hashing: file.bytes).hex)
    }
    return text.bytes
  }
}
