package import History
package import MeshModel

/// One file of an export.
package struct ExportFile: Hashable, Sendable {
  /// Relative to the export's folder, with `/` between its parts.
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// One managed object as YAML.
package struct ExportObject: Hashable, Sendable {
  package var id: ObjectID
  package var yaml: [UInt8]

  package init(id: ObjectID, yaml: [UInt8]) {
    self.id = id
    self.yaml = yaml
  }
}

/// Everything an export depends on. The same plan gives the same bytes: no clock, no order of a dictionary, nothing
/// of who exports and when.
package struct ExportPlan: Hashable, Sendable {
  package var revision: Revision
  /// The cluster or environment the files are for.
  package var target: String
  package var approval: ExportRecord.Approval
  package var reviews: [Review]
  package var checks: [CheckResult]
  package var objects: [ExportObject]
  /// What that target's last export held; nil when it never had one.
  package var previous: Previous?

  package struct Previous: Hashable, Sendable {
    package var revision: RevisionNumber
    package var objects: [ObjectID]

    package init(revision: RevisionNumber, objects: [ObjectID]) {
      self.revision = revision
      self.objects = objects
    }
  }

  /// Context objects are left out, and reviews and checks of another state.
  package init(
    revision: Revision, target: String, approval: ExportRecord.Approval, reviews: [Review], checks: [CheckResult],
    objects: [ExportObject], previous: Previous?
  ) {
    self.revision = revision
    self.target = target
    self.approval = approval
    self.reviews = reviews.filter { $0.digest == revision.digest }
    self.checks = checks.filter { $0.digest == revision.digest }
    self.objects = objects.filter { $0.id.kind.sort == .managed }.sorted { $0.id < $1.id }
    self.previous = previous
  }

  package static let kustomizationPath = "kustomization.yaml"
  package static let provenancePath = "provenance.yaml"
  /// Not called `.yaml`, so that no tool that applies a whole folder brings back what shall go.
  package static let prunePath = "prune.manifest"

  /// Objects the target still has from its last export and this one no longer holds, sorted.
  package var pruned: [ObjectID] {
    let kept = Set(objects.map(\.id))
    return (previous?.objects ?? []).filter { $0.kind.sort == .managed && !kept.contains($0) }.sorted()
  }

  /// Every file of the export, sorted by path.
  package var files: [ExportFile] {
    var files = objects.map { ExportFile(path: ManifestPath.of($0.id), bytes: $0.yaml) }
    files.append(ExportFile(path: Self.kustomizationPath, bytes: kustomization))
    if !pruned.isEmpty { files.append(ExportFile(path: Self.prunePath, bytes: pruneManifest)) }
    let listed = files.sorted { $0.path < $1.path }
    files.append(ExportFile(path: Self.provenancePath, bytes: provenance(of: listed)))
    return files.sorted { $0.path < $1.path }
  }

  private var kustomization: [UInt8] {
    var text = ExportText("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n")
    text.list("resources", objects.map { ManifestPath.of($0.id) }.sorted())
    return text.bytes
  }

  private var pruneManifest: [UInt8] {
    var text = ExportText("# Left over from the last export for this target: kubectl delete -f \(Self.prunePath)\n")
    for id in pruned {
      // An unknown version cannot occur: only described kinds are managed.
      let version = id.kind.facts?.versions.first ?? "v1"
      text.line("---")
      text.field("apiVersion", id.kind.group.isEmpty ? version : id.kind.group + "/" + version)
      text.field("kind", id.kind.kind)
      text.line("metadata:")
      text.field("  name", id.name)
      if !id.namespace.isEmpty { text.field("  namespace", id.namespace) }
    }
    return text.bytes
  }
}
