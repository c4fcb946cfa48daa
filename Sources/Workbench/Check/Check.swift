import Analysis
package import Diagnostics
import Glibc
import Synchronization
package import Validation
import YAML

/// All findings of one world.
package struct Check: Sendable {
  package var manner: Manner
  /// Seconds since 1970, for what expires.
  package var now: Int64

  package init(manner: Manner, now: Int64 = Int64(time(nil))) {
    self.manner = manner
    self.now = now
  }

  package func findings(of world: CheckWorld) -> [Finding] {
    var findings = world.problems.map(Finding.init)
    let (objects, manner) = (world.objects, manner)
    let judgements = Threads.map(objects.count, stretch: 32) { validate(objects[$0], manner: manner) }
    for (object, judgement) in zip(objects, judgements) {
      findings += asIstioSays(judgement.findings, of: object)
    }
    if manner != .istioctl {
      let run = AnalysisRun(
        objects, decoded: judgements.map(\.decoded), mesh: meshSettings(of: world), manner: manner, now: now,
        certificateFiles: world.certificateFiles)
      findings += run.findings(Self.shares(of: run, objects: objects.count))
    }
    if let namespace = world.namespace {
      findings.removeAll { !$0.subject.namespace.isEmpty && $0.subject.namespace != namespace }
    }
    if manner == .drydock {
      var allowances = Allowances(world)
      findings = allowances.apply(to: findings)
    }
    findings.sort(by: Finding.precedes)
    return findings
  }

  /// Few objects are not worth a second thread's world.
  private static func shares(of run: AnalysisRun, objects: Int) -> [AnalysisRun.Share] {
    let next = Atomic(0)
    return Threads.map(objects < 100 ? 1 : Threads.coreCount) { _ in
      run.run {
        let number = next.add(1, ordering: .relaxed).oldValue
        return number < run.count ? number : nil
      }
    }
  }

  /// What a cluster would refuse, object by object.
  package func refusals(of world: CheckWorld) -> [Finding] {
    world.objects.flatMap { validate($0, manner: manner).findings.filter(\.isRefusal) }.sorted(by: Finding.precedes)
  }

  /// Takes Istio's codes from what `istioctl analyze` would not say.
  private func asIstioSays(_ findings: [Finding], of object: ManifestObject) -> [Finding] {
    let isIgnored = ignoredNamespaces.contains(object.subject.namespace)
    let note = object.node["metadata"]?["annotations"]?["galley.istio.io/analyze-suppress"]?.string ?? ""
    let suppressions = Suppressions(annotation: note)
    guard isIgnored || !note.utf8.isEmpty else { return findings }
    return findings.map { finding in
      var finding = finding
      if isIgnored || suppressions.covers(finding.like) { finding.like = nil }
      return finding
    }
  }

  private func meshSettings(of world: CheckWorld) -> MeshSettings {
    guard let text = world.meshConfig, let node = parseYAML(Array(text.utf8), file: "").documents.first?.node else {
      return MeshSettings()
    }
    return MeshSettings(Part(root: node))
  }
}

extension Finding {
  /// A text that cannot be read is refused before anybody looks at an object.
  init(_ problem: Diagnostic) {
    self.init(
      code: problem.code, severity: problem.severity, layer: .schema,
      subject: Finding.Subject(kind: "", namespace: "", name: ""), field: problem.field ?? "", span: problem.span,
      message: problem.message)
  }
}
