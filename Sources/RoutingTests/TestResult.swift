package import Diagnostics

/// How a case went.
package struct TestResult: Sendable {
  package var test: TestCase
  package var verdict: Verdict
  /// What the request came to; nil where it could not be asked.
  package var observed: Observed?
  /// How that came about, line by line; of failed cases only.
  package var explanation: [String] = []

  package enum Verdict: Sendable {
    case passed
    case failed([Mismatch])
    /// It could not be asked.
    case broken(LocalizedText)
  }

  package init(test: TestCase, verdict: Verdict, observed: Observed? = nil) {
    self.test = test
    self.verdict = verdict
    self.observed = observed
  }

  package var isPassed: Bool {
    switch verdict {
    case .passed: true
    case .failed, .broken: false
    }
  }
}

/// How many went how.
package struct TestTally: Hashable, Sendable {
  package var passed = 0
  package var failed = 0
  package var broken = 0

  package init(_ results: [TestResult]) {
    for result in results {
      switch result.verdict {
      case .passed: passed += 1
      case .failed: failed += 1
      case .broken: broken += 1
      }
    }
  }

  package var total: Int { passed + failed + broken }
  package var isGood: Bool { failed == 0 && broken == 0 }
}
