import Evaluation
import MeshModel
import ProxyModel
import Testing
import Workbench

/// Questions about access against simulations, one by one, on random policies.
@Suite struct WhoCanPropertyTests {
  /// A new seed every day would hide nothing, but a fixed range repeats; a failure prints its seed.
  @Test(arguments: 1...60)
  func `who-can says of every pod what its own simulation says`(seed: Int) throws {
    var random = RandomPolicies(seed: seed)
    let text = random.mesh()
    let shop = Shop(text)
    let job = AccessJob(shop.session)
    for target in RandomPolicies.targets {
      let rows = Dictionary(uniqueKeysWithValues: job.rows(at: target).map { ($0.client.name, $0.verdict) })
      #expect(rows.count == RandomPolicies.pods.count, "seed \(seed)")
      // Nothing is shared with the job: another session, one request at a time, as a person would ask.
      let alone = Shop(text)
      for pod in RandomPolicies.pods {
        let answer = try alone.answer(
          "http://\(target.authority)\(target.path)", from: pod, method: target.method)
        let expected = Self.word(answer)
        let found = try #require(rows[pod]).kind
        #expect(found == expected, "seed \(seed): \(pod) \(target.method) \(target.authority)\(target.path)\n\(text)")
      }
    }
  }

  /// Told again from the outcomes, not by the verdict's own rules.
  private static func word(_ answer: Answer) -> AccessVerdict.Kind {
    var passes = 0
    var refusals = 0
    for outcome in answer.outcomes {
      for arrival in outcome.arrivals {
        switch arrival.answer?.outcomes.first?.effect {
        case .forward?, nil: if arrival.reception == .served { passes += 1 } else { refusals += 1 }
        case .respond?, .redirect?, .close?: refusals += 1
        }
      }
    }
    if passes + refusals == 0 { return .unreached }
    if refusals == 0 { return .allowed }
    return passes == 0 ? .denied : .partly
  }
}
