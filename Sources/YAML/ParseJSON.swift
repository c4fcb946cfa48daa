/// One JSON text and nothing else, such as a key set or a token's payload; nil when it is not JSON.
package func parseJSON(_ bytes: [UInt8], limits: YAMLLimits = .standard) -> Node? {
  guard bytes.count <= limits.bytes else { return nil }
  return bytes.withUnsafeBufferPointer { text in
    var reader = JSONReader(text: text, firstLine: 1, limits: limits, nodeBudget: limits.nodes)
    var log = ProblemLog(file: "")
    guard let nodes = try? reader.readAll(log: &log), nodes.count == 1 else { return nil }
    return nodes[0]
  }
}
