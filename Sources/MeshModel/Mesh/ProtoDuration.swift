/// A span of time as Istio's objects write it (`1.5s`, `250ms`).
package struct ProtoDuration: Hashable, Sendable {
  package var nanoseconds: Int64 = 0

  package init() {}
}
