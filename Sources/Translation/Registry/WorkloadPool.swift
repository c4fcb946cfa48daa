import MeshModel

/// The workloads of one namespace, found by a label, an identity or an address without looking at all of them.
struct WorkloadPool: Sendable {
  private(set) var instances: [WorkloadIndex.Instance] = []
  private var byLabel: [Label: [Int]] = [:]
  private var byID: [ObjectID: Int] = [:]
  private var byAddress: [String: Int] = [:]

  private struct Label: Hashable {
    var key: String
    var value: String
  }

  var isEmpty: Bool { instances.isEmpty }

  mutating func add(_ instance: WorkloadIndex.Instance) {
    let place = instances.count
    instances.append(instance)
    for (key, value) in instance.labels { byLabel[Label(key: key, value: value), default: []].append(place) }
    byID[instance.id] = place
    if byAddress[instance.address] == nil { byAddress[instance.address] = place }
  }

  /// In the order in which they were added; an empty selector chooses all.
  func selected(by selector: [String: String]) -> [WorkloadIndex.Instance] {
    let candidates = selector.map { byLabel[Label(key: $0.key, value: $0.value)] ?? [] }
    guard let shortest = candidates.min(by: { $0.count < $1.count }) else { return instances }
    return shortest.map { instances[$0] }.filter { $0.labels.contains(all: selector) }
  }

  subscript(id: ObjectID) -> WorkloadIndex.Instance? { byID[id].map { instances[$0] } }
  func at(_ address: String) -> WorkloadIndex.Instance? { byAddress[address].map { instances[$0] } }
}
