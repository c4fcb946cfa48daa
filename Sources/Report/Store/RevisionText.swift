package import Diagnostics
package import History
import MeshModel

/// Revisions, reviews and the audit log for people.
package struct RevisionText: Sendable {
  private let style: TextStyle
  private let language: Language

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  /// One line for each revision, the newest first.
  package func list(_ revisions: [(revision: Revision, approval: ApprovalState)]) -> String {
    let header = [
      say("REVISION", "修订"), say("TIME", "时间"), say("AUTHOR", "作者"), say("CHANGES", "变更"), say("REVIEW", "评审"),
      say("MESSAGE", "说明"),
    ]
    var table = Table(header, style: style)
    for (revision, approval) in revisions {
      table.add([
        style.name(revision.number.description), revision.time.rfc3339, revision.author, counts(revision.counts),
        state(approval), summary(revision),
      ])
    }
    return table.text
  }

  /// `+3 ~1 -2`.
  package func counts(_ counts: Revision.Counts) -> String {
    var parts: [String] = []
    if counts.added > 0 { parts.append(style.added("+\(counts.added)")) }
    if counts.changed > 0 { parts.append(style.value("~\(counts.changed)")) }
    if counts.removed > 0 { parts.append(style.removed("-\(counts.removed)")) }
    return parts.joined(separator: " ")
  }

  private func summary(_ revision: Revision) -> String {
    let first = revision.message.split(separator: "\n").first.map(String.init) ?? ""
    switch revision.cause {
    case .apply, .delete: return first
    case .rollback(let target):
      let note = say("back to \(target)", "回到 \(target)")
      return first.isEmpty ? note : "\(first) (\(note))"
    }
  }

  /// One word or two.
  package func state(_ approval: ApprovalState) -> String {
    if !approval.rejectedBy.isEmpty { return style.bad(say("rejected", "已拒绝")) }
    if approval.isApproved { return style.good(say("approved", "已批准")) }
    return style.faint(say("open", "待评审"))
  }

  /// Everything about one revision but its changes.
  package func details(_ revision: Revision, approval: ApprovalState, reviews: [Review], checks: [CheckResult])
    -> String
  {
    var rows: [(String, String)] = [
      (say("Revision", "修订"), style.name("\(revision.number)") + " (\(revision.mesh))"),
      (say("Author", "作者"), revision.author), (say("Time", "时间"), revision.time.rfc3339),
    ]
    if let parent = revision.parent { rows.append((say("Parent", "基于"), parent.description)) }
    if case .rollback(let target) = revision.cause {
      rows.append((say("Rollback", "回滚"), say("to revision \(target)", "至修订 \(target)")))
    }
    rows.append((say("Digest", "摘要"), revision.digest.hex))
    rows.append((say("Changes", "变更"), counts(revision.counts)))
    rows.append((say("Review", "评审"), state(approval) + missing(approval)))
    let width = rows.map { TextWidth.columns(of: $0.0) }.max() ?? 0
    var text = ""
    for (name, value) in rows { text += "\(style.faint(TextWidth.padded(name, to: width)))  \(value)\n" }
    for review in reviews { text += self.review(review) }
    for check in checks {
      let outcome = check.outcome == .passed ? style.good(say("passed", "通过")) : style.bad(say("failed", "未通过"))
      let detail = check.detail.isEmpty ? "" : say(" (\(check.detail))", "（\(check.detail)）")
      text += "  \(check.time.rfc3339)  \(check.name)\(say(": ", "："))\(outcome)\(detail)\n"
    }
    if !revision.message.isEmpty {
      text += "\n"
      for line in revision.message.split(separator: "\n", omittingEmptySubsequences: false) { text += "    \(line)\n" }
    }
    return text
  }

  private func review(_ review: Review) -> String {
    let decision: String
    switch review.decision {
    case .approve: decision = style.good(say("approved", "批准"))
    case .reject: decision = style.bad(say("rejected", "拒绝"))
    }
    let comment = review.comment.isEmpty ? "" : ": \(review.comment)"
    return "  \(review.time.rfc3339)  \(review.reviewer) \(decision)\(comment)\n"
  }

  /// What an approval still needs.
  package func missing(_ approval: ApprovalState) -> String {
    var parts: [String] = []
    if approval.approvalsMissing > 0 {
      let count = approval.approvalsMissing
      parts.append(say(count == 1 ? "1 approval is missing" : "\(count) approvals are missing", "还需 \(count) 人批准"))
    }
    if let author = approval.ignoredAuthor {
      parts.append(say("the author's own (\(author)) does not count", "作者本人（\(author)）的批准不计入"))
    }
    if !approval.rejectedBy.isEmpty {
      let people = approval.rejectedBy.joined(separator: ", ")
      parts.append(say("rejected by \(people)", "被 \(people) 拒绝"))
    }
    if !approval.failedChecks.isEmpty {
      let checks = approval.failedChecks.joined(separator: ", ")
      parts.append(say("failed checks: \(checks)", "未通过的检查：\(checks)"))
    }
    if !approval.missingChecks.isEmpty {
      let checks = approval.missingChecks.joined(separator: ", ")
      parts.append(say("checks without a result: \(checks)", "尚无结果的检查：\(checks)"))
    }
    guard !parts.isEmpty else { return "" }
    return say(" (\(parts.joined(separator: "; ")))", "（\(parts.joined(separator: "；"))）")
  }

  /// What became of each object, one line each.
  package func changes(_ changes: [ObjectChange]) -> String {
    var text = ""
    for change in changes {
      switch change.change {
      case .added: text += style.added("  + \(change.id.label)") + "\n"
      case .changed: text += style.value("  ~ \(change.id.label)") + "\n"
      case .removed: text += style.removed("  - \(change.id.label)") + "\n"
      }
    }
    return text
  }

  /// Every content an object had, the newest first.
  package func periods(_ periods: [(number: RevisionNumber, until: RevisionNumber?, revision: Revision)]) -> String {
    let header = [
      say("REVISION", "修订"), say("TIME", "时间"), say("AUTHOR", "作者"), say("STATE", "状态"), say("MESSAGE", "说明"),
    ]
    var table = Table(header, style: style)
    for period in periods {
      let state = period.until.map { say("until \($0)", "至 \($0)") } ?? style.good(say("current", "当前"))
      table.add([
        style.name(period.number.description), period.revision.time.rfc3339, period.revision.author, state,
        summary(period.revision),
      ])
    }
    return table.text
  }

  package func audit(_ entries: [AuditEntry]) -> String {
    let header = [
      say("ENTRY", "序号"), say("TIME", "时间"), say("WHO", "操作者"), say("WHAT", "操作"), say("MESH", "网格"),
      say("REVISION", "修订"), say("DETAILS", "详情"),
    ]
    var table = Table(header, style: style)
    for entry in entries {
      let details = entry.details.filter { !$0.value.isEmpty }.map { "\($0.name)=\(shortened($0))" }
      table.add([
        "\(entry.sequence)", entry.time.rfc3339, entry.actor, style.name(entry.action.rawValue),
        entry.mesh?.text ?? "-", entry.revision?.description ?? "-", details.joined(separator: " "),
      ])
    }
    return table.text
  }

  private func shortened(_ detail: AuditEntry.Detail) -> String {
    detail.name == "digest" || detail.name == "files-digest" ? String(detail.value.prefix(12)) : detail.value
  }
}
