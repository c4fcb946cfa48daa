/// Whether a revision may leave the store, and what is missing: a function of its reviews, its checks and the policy.
package struct ApprovalState: Hashable, Sendable {
  /// Who approves, each once, sorted; an approval that the policy ignores is not among them.
  package var approvedBy: [String]
  package var rejectedBy: [String]
  /// Set when the author approved and the policy ignores it.
  package var ignoredAuthor: String?
  package var approvalsMissing: Int
  /// Required checks that failed for this revision.
  package var failedChecks: [String]
  /// Required checks that have no result for this revision.
  package var missingChecks: [String]

  package var isApproved: Bool {
    approvalsMissing == 0 && rejectedBy.isEmpty && failedChecks.isEmpty && missingChecks.isEmpty
  }

  /// Reviews and checks are taken in the order they were recorded: a person's last decision and a check's last result
  /// count. One rejection stands against any number of approvals until the same person approves.
  package init(of revision: Revision, reviews: [Review], checks: [CheckResult], policy: ReviewPolicy) {
    var decisions: [String: Review.Decision] = [:]
    for review in reviews where review.revision == revision.number && review.digest == revision.digest {
      decisions[review.reviewer] = review.decision
    }
    ignoredAuthor = nil
    if policy.author == .ignored, decisions[revision.author] == .approve {
      ignoredAuthor = revision.author
      decisions[revision.author] = nil
    }
    approvedBy = decisions.filter { $0.value == .approve }.keys.sorted()
    rejectedBy = decisions.filter { $0.value == .reject }.keys.sorted()
    approvalsMissing = max(0, policy.approvalsNeeded - approvedBy.count)

    var outcomes: [String: CheckResult.Outcome] = [:]
    for check in checks where check.revision == revision.number && check.digest == revision.digest {
      outcomes[check.name] = check.outcome
    }
    failedChecks = policy.requiredChecks.filter { outcomes[$0] == .failed }
    missingChecks = policy.requiredChecks.filter { outcomes[$0] == nil }
  }
}
