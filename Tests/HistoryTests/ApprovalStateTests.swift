import History
import Testing

@Suite struct ApprovalStateTests {
  private let digest = Digest(hashing: [1])

  private var revision: Revision {
    Revision(
      mesh: .standard, number: RevisionNumber(3), parent: RevisionNumber(2), author: "ann", message: "m",
      time: Timestamp(milliseconds: 0), cause: .apply, digest: digest, managedDigest: digest, counts: .init(added: 1))
  }

  private func review(_ decision: Review.Decision, by reviewer: String, of digest: Digest? = nil) -> Review {
    Review(
      mesh: .standard, revision: RevisionNumber(3), digest: digest ?? self.digest, decision: decision,
      reviewer: reviewer, comment: "", time: Timestamp(milliseconds: 0))
  }

  private func check(_ outcome: CheckResult.Outcome) -> CheckResult {
    CheckResult(
      mesh: .standard, revision: RevisionNumber(3), digest: digest, name: "lint", outcome: outcome, detail: "",
      actor: "ci", time: Timestamp(milliseconds: 0))
  }

  private func state(_ reviews: [Review], _ checks: [CheckResult] = [], _ policy: ReviewPolicy = .standard)
    -> ApprovalState
  {
    ApprovalState(of: revision, reviews: reviews, checks: checks, policy: policy)
  }

  @Test func `one approval by somebody else is enough by default`() {
    #expect(!state([]).isApproved)
    #expect(state([]).approvalsMissing == 1)
    #expect(state([review(.approve, by: "bob")]).isApproved)
  }

  @Test func `the author's own approval counts only where the policy says so`() {
    let own = [review(.approve, by: "ann")]
    #expect(!state(own).isApproved)
    #expect(state(own).ignoredAuthor == "ann")
    #expect(state(own, [], ReviewPolicy(approvalsNeeded: 1, author: .counts, requiredChecks: [])).isApproved)
  }

  @Test func `one person approving twice is one approval`() {
    let policy = ReviewPolicy(approvalsNeeded: 2, author: .ignored, requiredChecks: [])
    #expect(!state([review(.approve, by: "bob"), review(.approve, by: "bob")], [], policy).isApproved)
    #expect(state([review(.approve, by: "bob"), review(.approve, by: "cy")], [], policy).isApproved)
  }

  @Test func `a rejection stands until the same person approves`() {
    let rejected = [review(.approve, by: "bob"), review(.reject, by: "cy")]
    #expect(!state(rejected).isApproved)
    #expect(state(rejected).rejectedBy == ["cy"])
    #expect(state(rejected + [review(.approve, by: "cy")]).isApproved)
  }

  @Test func `a rejection by the author stands too`() {
    #expect(!state([review(.approve, by: "bob"), review(.reject, by: "ann")]).isApproved)
  }

  @Test func `an approval of another state counts for nothing`() {
    #expect(!state([review(.approve, by: "bob", of: Digest(hashing: [2]))]).isApproved)
  }

  @Test func `a required check must have passed at its last run`() {
    let policy = ReviewPolicy(approvalsNeeded: 0, author: .ignored, requiredChecks: ["lint"])
    #expect(state([], [], policy).missingChecks == ["lint"])
    #expect(state([], [check(.failed)], policy).failedChecks == ["lint"])
    #expect(state([], [check(.failed), check(.passed)], policy).isApproved)
    #expect(!state([], [check(.passed), check(.failed)], policy).isApproved)
  }
}
