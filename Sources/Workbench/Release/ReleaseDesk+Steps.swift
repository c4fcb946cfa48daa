import Comparison
import Diagnostics
import History
import MeshModel
package import Releases
import Storage

/// How a step may go beyond its guards.
package enum ReleaseGuards: Hashable, Sendable {
  case kept, overridden
}

extension ReleaseDesk {
  /// Begins a release: brings what it needs, and sends no request to the new version but those of its identity.
  package func start(_ request: ReleaseRequest) throws(ReleaseRefusal) -> ReleaseStep {
    var release: Release
    do throws(ReleaseProblem) { release = try ReleasePlan.make(request, in: values(of: ReleasePlan.kinds)) } catch {
      throw .problem(error)
    }
    release.startedFrom = head
    for place in release.parts.indices {
      let object = objects[release.parts[place].id]
      release.parts[place].digestBefore = object.map { Digest(hashing: NormalForm($0).canonical).hex }
    }
    let transition = try transition(release, from: .before, to: .stage(release.stage))
    var remarks: [LocalizedText] = []
    if let service = release.parts.first(where: { $0.id.kind == .service }) {
      remarks.append(
        LocalizedText(
          en: "\(service.id.label) is new, and an export leaves Services out: make it in the cluster too",
          zh: "\(service.id.label) 是新建的，而导出不含 Service：请同时在集群中创建"))
    }
    return try step(
      transition, from: nil, to: release,
      title: "release \(release.name): start \(release.from.name) → \(release.to.name)",
      remarks: remarks)
  }

  /// Gives the new version its next share, or a certain one.
  package func shift(
    _ old: Release, to weight: Int? = nil, guards: ReleaseGuards = .kept
  ) throws(ReleaseRefusal) -> ReleaseStep {
    guard old.isUnderWay else { throw .wrongPhase(old, .shift) }
    if old.phase == .paused, guards == .kept { throw .paused(old) }
    if let weight, !(0...100).contains(weight) { throw .badWeight(weight) }
    guard !old.steps.isEmpty, let share = weight ?? old.nextStep else { throw .noStepLeft(old) }
    try requireApproval(old)
    var new = old
    new.phase = .shifted
    new.stage = Release.Stage(weight: share, isMirrored: false)
    let transition = try transition(old, from: .stage(old.stage), to: .stage(new.stage))
    return try step(
      transition, from: old, to: new, title: "release \(old.name): shift \(share) % to \(old.to.name)")
  }

  /// Holds the release where it is.
  package func pause(_ old: Release) throws(ReleaseRefusal) -> ReleaseStep {
    guard old.isUnderWay, old.phase != .paused else {
      throw old.phase == .paused ? .paused(old) : .wrongPhase(old, .pause)
    }
    var new = old
    new.phase = .paused
    return try step(nil, from: old, to: new, title: "release \(old.name): pause at \(old.stage.weight) %")
  }

  /// Sends every request to the new version.
  package func promote(_ old: Release, guards: ReleaseGuards = .kept) throws(ReleaseRefusal) -> ReleaseStep {
    guard old.isUnderWay else { throw .wrongPhase(old, .promote) }
    if guards == .kept {
      if old.phase == .paused { throw .paused(old) }
      if let last = old.steps.last, old.stage.weight < last { throw .early(old) }
    }
    try requireApproval(old)
    var new = old
    new.phase = .promoted
    let transition = try transition(old, from: .stage(old.stage), to: .promoted)
    return try step(transition, from: old, to: new, title: "release \(old.name): promote \(old.to.name)")
  }

  /// Brings back what was there before the release. It never waits for anybody.
  package func abort(_ old: Release) throws(ReleaseRefusal) -> ReleaseStep {
    guard old.phase != .aborted else { throw .wrongPhase(old, .abort) }
    var new = old
    new.phase = .aborted
    var transition = try transition(old, from: aim(of: old), to: .before)
    let uses = try usesLost(transition, of: old)
    var remarks: [LocalizedText] = []
    // Requests of others must not fall on what is gone.
    for part in old.parts where part.id.kind != .virtualService && !uses.isEmpty {
      guard let kept = transition.now[part.id] else { continue }
      transition.next[part.id] = kept
      new.left.append(part.id)
    }
    for use in uses {
      let refusal = ReleaseRefusal.stillRouted([use]).message
      remarks.append(
        LocalizedText(
          en: refusal.en + "; that stays until teardown", zh: refusal.zh + "；保留到拆除（teardown）为止"))
    }
    return try step(transition, from: old, to: new, title: "release \(old.name): abort", remarks: remarks)
  }

  /// Removes what the release brought, and nothing else.
  package func teardown(_ old: Release, guards: ReleaseGuards = .kept) throws(ReleaseRefusal) -> ReleaseStep {
    let title = "release \(old.name): teardown"
    switch old.phase {
    case .started, .shifted, .paused: throw .wrongPhase(old, .teardown)
    case .aborted:
      var rest = old
      rest.parts = old.parts.filter { old.left.contains($0.id) }
      let transition = try transition(rest, from: .stage(old.stage), to: .before)
      let uses = try usesLost(transition, of: old)
      guard uses.isEmpty else { throw .stillRouted(uses) }
      return try step(transition, from: old, to: nil, title: title)
    case .promoted:
      try requireApproval(old)
      let transition = try transition(old, from: .promoted, to: .settled)
      let uses = try usesLost(transition, of: old)
      guard uses.isEmpty else { throw .stillRouted(uses) }
      if guards == .kept, transition.isUnpinning {
        let pods = strayPods(old)
        guard pods.isEmpty else { throw .stillServed(pods, version: old.to.name) }
        guard servesNew(old) else { throw .notServed(host: old.host, version: old.to.name) }
      }
      return try step(transition, from: old, to: nil, title: title)
    }
  }

  private func aim(of release: Release) -> ReleaseAim {
    switch release.phase {
    case .started, .shifted, .paused: .stage(release.stage)
    case .promoted: .promoted
    case .aborted: .before
    }
  }

  private func requireApproval(_ release: Release) throws(ReleaseRefusal) {
    guard try waitsForApproval(release), let (step, state) = try approval(of: release), !state.isApproved else {
      return
    }
    throw .notApproved(step, state)
  }

  /// What would route to subsets and Services that a transition takes away.
  private func usesLost(
    _ transition: ReleaseTransition, of release: Release
  ) throws(ReleaseRefusal) -> [ReleaseRefusal.Use] {
    var lost = RouteUse.offers(transition.now).subtracting(RouteUse.offers(transition.next))
    guard !lost.isEmpty else { return [] }
    let parts = Set(transition.release.parts.map(\.id))
    let others = values(of: [.destinationRule, .service]).filter { !parts.contains($0.key) }
    // Somebody else offers the same.
    lost.subtract(RouteUse.offers(others))
    var after = objects
    for (id, object) in try texts(of: transition) { after[id] = object }
    // What is again as it was before the release needed nothing of it then.
    let originals = try originals(release)
    return uses(lost, among: after).filter { use in
      let id = use.use.id
      return originals[id] == nil || !ThreeWayMerge.isSame(value(of: after[id]), originals[id])
    }
  }

  /// Pods of the service that are not of the new version.
  private func strayPods(_ release: Release) -> [ObjectID] {
    guard let (service, selector) = service(release.host), !selector.isEmpty else { return [] }
    let new = Set(pods(of: release))
    return pods(service.namespace, selector).filter { !new.contains($0) }
  }

  /// Whether the service's own name reaches a pod of the new version, as far as pods are known.
  private func servesNew(_ release: Release) -> Bool {
    let new = pods(of: release)
    guard !new.isEmpty, let (service, selector) = service(release.host), !selector.isEmpty else { return true }
    let reached = Set(pods(service.namespace, selector))
    return new.contains { reached.contains($0) }
  }

  /// Pods of the new version.
  private func pods(of release: Release) -> [ObjectID] {
    switch release.manner {
    case .subsets:
      guard let (service, selector) = service(release.host) else { return [] }
      return pods(service.namespace, selector.merging(release.to.labels) { _, new in new })
    case .services:
      guard let (service, selector) = service(ServiceHost.full(release.to.name, in: release.namespace)) else {
        return []
      }
      return pods(service.namespace, selector)
    }
  }

  private func pods(_ namespace: String, _ selector: [String: String]) -> [ObjectID] {
    objects.values.filter { object in
      guard case .pod = object.content, object.id.namespace == namespace else { return false }
      return selector.allSatisfy { object.metadata.labels[$0.key] == $0.value }
    }.map(\.id).sorted()
  }

  private func service(_ host: String) -> (id: ObjectID, selector: [String: String])? {
    for (id, object) in objects where id.kind == .service {
      guard case .service(let service) = object.content, ServiceHost.full(id.name, in: id.namespace) == host else {
        continue
      }
      return (id, service.selector)
    }
    return nil
  }
}

extension ReleaseTransition {
  /// Whether rules that named a version go, so that all pods of the service get requests.
  fileprivate var isUnpinning: Bool {
    release.parts.contains { $0.id.kind == .virtualService && !(now[$0.id] == next[$0.id]) }
  }
}
