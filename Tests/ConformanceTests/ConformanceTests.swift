import Foundation
import Synchronization
import Testing
import Workbench

/// Requests whose record could as well have come out the other way.
///
/// Istio gives a service that is exported to nobody (`~`) its endpoints only when it reads the EndpointSlice before the
/// Service, which is a matter of timing; of two refusals with response headers the record kept `content-type`, of all
/// others it did not.
private let unsettled: Set<String> = [
  "random/random-16 r39", "random/random-28 r12", "random/random-87 r3", "random/random-87 r5", "random/random-87 r6",
  "random/random-87 r24", "random/random-87 r61", "random/random-87 r63",
]

@Suite struct ConformanceTests {
  @Test func `every recorded request is answered as Istio and Envoy answered it`() throws {
    let all = RecordedCase.all(in: "conformance")
    try #require(!all.isEmpty)
    #if DEBUG
      // A fixed sample of every group: a debug build takes minutes for the whole.
      let cases = Dictionary(grouping: all, by: \.group).values.flatMap { group in
        group.enumerated().filter { $0.offset % 6 == 0 }.map(\.element)
      }
    #else
      let cases = all
    #endif
    let results = Self.run(cases)
    var table = "\(Self.pad("group", 22)) agree differ hedged\n"
    var unexpected: [String] = []
    for (group, result) in results.sorted(by: { $0.key < $1.key }) {
      table += "\(Self.pad(group, 22)) \(Self.pad("\(result.agreed)", 5)) \(Self.pad("\(result.disagreed)", 6)) "
      table += "\(result.hedged)\n"
      unexpected += result.disagreements.filter { !unsettled.contains(String($0.prefix { $0 != ":" })) }
      if result.hedged > 0 { unexpected.append("\(group): \(result.hedged) answers are hedged") }
    }
    print(table)
    #expect(unexpected.isEmpty, "\(unexpected.prefix(20).joined(separator: "\n"))")
  }

  @Test func `the scenarios of everyday routing come out as they are told`() throws {
    let cases = RecordedCase.all(in: "scenarios")
    try #require(!cases.isEmpty)
    for (_, result) in Self.run(cases) {
      #expect(result.disagreements.isEmpty, "\(result.disagreements)")
      #expect(result.agreed > 0)
    }
  }

  private static func run(_ cases: [RecordedCase]) -> [String: RecordedCase.Result] {
    let next = Atomic<Int>(0)
    let results = Mutex<[String: RecordedCase.Result]>([:])
    Threads.run(Threads.coreCount) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < cases.count else { return }
        let one = cases[place]
        var result = RecordedCase.Result()
        do {
          result = try one.result()
        } catch {
          result.disagreed = 1
          result.disagreements = ["\(one.name): \(error)"]
        }
        results.withLock { table in
          var sum = table[one.group] ?? RecordedCase.Result()
          sum.agreed += result.agreed
          sum.disagreed += result.disagreed
          sum.hedged += result.hedged
          sum.disagreements += result.disagreements
          table[one.group] = sum
        }
      }
    }
    return results.withLock { $0 }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
