import Analysis
package import Diagnostics
package import History
package import Storage
import Validation

/// A check that a policy may require and that nobody but Drydock answers: what `drydock check` finds in a revision.
package struct OwnCheck: Hashable, Sendable {
  /// A finding of this severity or a worse one fails it.
  package let threshold: Severity

  package static let all = [OwnCheck(.error), OwnCheck(.warning), OwnCheck(.info)]

  package init(_ threshold: Severity) { self.threshold = threshold }

  /// nil for checks that others make.
  package init?(name: String) {
    guard let own = Self.all.first(where: { $0.name == name }) else { return nil }
    self = own
  }

  /// As policies and results name it.
  package var name: String {
    switch threshold {
    case .error: "check"
    case .warning: "check:warning"
    case .info: "check:info"
    }
  }

  /// What keeps the check from passing.
  package func faults(_ findings: [Finding]) -> [Finding] { findings.filter { $0.severity.isAtLeast(threshold) } }

  /// In few words, for the record.
  fileprivate static func detail(_ faults: [Finding]) -> String {
    let codes = Set(faults.map(\.code)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let counts = Severity.allCases.compactMap { severity -> String? in
      let count = faults.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 || severity == .info ? "" : "s")"
    }
    if codes.isEmpty { return "" }
    let more = codes.count > 10 ? ", …" : ""
    return counts.joined(separator: ", ") + ": " + codes.prefix(10).joined(separator: ", ") + more
  }
}

extension Severity {
  package func isAtLeast(_ other: Severity) -> Bool {
    switch other {
    case .error: self == .error
    case .warning: self != .info
    case .info: true
    }
  }
}

extension MeshStore {
  /// What a check says of a revision as it stands.
  package func findings(at number: RevisionNumber?) throws(StoreError) -> [Finding] {
    var world = CheckWorld()
    world.add(try objects(at: number))
    return Check(manner: .drydock).findings(of: world)
  }

  /// How the given checks come out now.
  package func results(
    of checks: [OwnCheck], at number: RevisionNumber, by signature: Signature
  ) throws(StoreError) -> [CheckResult] {
    let tests = try requiredTestResult(at: number, by: signature).map { [$0] } ?? []
    guard !checks.isEmpty else { return tests }
    let revision = try store.revision(number, of: mesh)
    let findings = try findings(at: number)
    return tests
      + checks.map { check in
        let faults = check.faults(findings)
        return CheckResult(
          mesh: mesh, revision: number, digest: revision.digest, name: check.name,
          outcome: faults.isEmpty ? .passed : .failed, detail: OwnCheck.detail(faults), actor: signature.person,
          time: signature.time)
      }
  }

  /// Those of the policy's checks that Drydock makes itself.
  package var requiredOwnChecks: [OwnCheck] {
    get throws(StoreError) { try store.policy(of: mesh).requiredChecks.compactMap(OwnCheck.init) }
  }

  /// Makes the checks, and records each whose outcome is not the one recorded last: certificates expire.
  package func record(
    _ checks: [OwnCheck], at number: RevisionNumber, by signature: Signature
  ) throws(StoreError) {
    let results = try results(of: checks, at: number, by: signature)
    let known = try store.checks(of: number, in: mesh)
    for result in results {
      let last = known.last { $0.name == result.name && $0.digest == result.digest }
      if last?.outcome != result.outcome || last?.detail != result.detail { try store.record(result) }
    }
  }

  /// Whether a revision may leave, with the policy's own checks made now and not recorded.
  package func approvalNow(of number: RevisionNumber) throws(StoreError) -> ApprovalState {
    let nobody = Signature(person: "", time: try store.revision(number, of: mesh).time)
    let fresh = try results(of: try requiredOwnChecks, at: number, by: nobody)
    return ApprovalState(
      of: try store.revision(number, of: mesh), reviews: try store.reviews(of: number, in: mesh),
      checks: try store.checks(of: number, in: mesh) + fresh, policy: try store.policy(of: mesh))
  }
}
