/// PC-1: no effect on routing.
package struct ProxyConfig: Hashable, Sendable {
  package var selector: WorkloadSelector?
  package var concurrency: Int?
  package var environmentVariables: [String: String] = [:]
  package var imageType: String = ""

  package init() {}
}
