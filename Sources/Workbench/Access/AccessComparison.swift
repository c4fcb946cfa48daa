package import Evaluation
package import MeshModel

/// What a change of the mesh does to access.
package struct AccessComparison: Sendable {
  private let before: AccessJob
  private let after: AccessJob
  private let newer: SimulationSession
  private let snapshots: [Snapshot]

  package init(from old: Snapshot, to new: Snapshot, now: Int64) {
    let newer = SimulationSession(new, now: now)
    self.newer = newer
    before = AccessJob(SimulationSession(old, now: now))
    after = AccessJob(newer)
    snapshots = [old, new]
  }

  /// How many questions it takes.
  package func size(of targets: [AccessTarget]) -> Int { after.clients.entries.count * targets.count }

  /// `GET /` at every service, and what the rules for its workloads in either state speak of.
  package var targets: [AccessTarget] {
    var operations: Set<Operation> = [Operation(method: "GET", path: "/")]
    for object in snapshots.flatMap({ $0.objects(of: .authorizationPolicy) }) {
      guard case .authorizationPolicy(let policy) = object.content else { continue }
      for rule in policy.rules ?? [] {
        for operation in rule.to { operations.formUnion(Operation.witnesses(of: operation)) }
      }
    }
    let sorted = operations.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
    let places = AccessTargets(newer).all(method: "GET", path: "/")
    return places.flatMap { place in
      sorted.prefix(Self.mostOperations).map {
        AccessTarget(authority: place.authority, method: $0.method, path: $0.path)
      }
    }
  }

  private static let mostOperations = 24

  /// Clients that are in both states, where more or less gets through than before.
  package func changes(at targets: [AccessTarget]) -> [AccessChange] {
    let old = before.matrix(of: targets)
    let new = after.matrix(of: targets)
    var result: [AccessChange] = []
    for (place, target) in targets.enumerated() {
      for (row, client) in new.clients.enumerated() {
        guard let other = old.clients.firstIndex(of: client) else { continue }
        let change = AccessChange(
          client: client, target: target, before: old.verdicts[other][place], after: new.verdicts[row][place])
        // What did not get anywhere, or no longer does, is no matter of access.
        guard change.before.kind != .unreached, change.after.kind != .unreached,
          change.before.kind.rank != change.after.kind.rank
        else { continue }
        result.append(change)
      }
    }
    return result
  }

  private struct Operation: Hashable {
    var method: String
    var path: String

    /// One method and path for each that the operation names.
    static func witnesses(of operation: AuthorizationOperation) -> [Operation] {
      let methods = operation.methods + operation.notMethods
      let paths = operation.paths + operation.notPaths
      return (methods.isEmpty ? ["GET"] : methods).flatMap { method in
        (paths.isEmpty ? ["/"] : paths).map { path in
          Operation(method: method == "*" ? "GET" : method, path: concrete(path))
        }
      }
    }

    /// A path that the pattern fits.
    private static func concrete(_ pattern: String) -> String {
      var path = pattern.replacing("{**}", with: "x").replacing("{*}", with: "x")
      if path == "*" { return "/" }
      if path.utf8.last == UInt8(ascii: "*") { path.removeLast() }
      if path.utf8.first == UInt8(ascii: "*") { path = "/x" + path.dropFirst() }
      return path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
    }
  }
}
