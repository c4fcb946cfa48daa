package import MeshModel

/// What becomes of one of kubelet's probes over HTTP.
package struct ProbeResult: Sendable {
  /// Of the container.
  package var container: String
  package var path: String
  package var port: UInt32
  package var passage: Passage

  package enum Passage: Sendable {
    /// Istio's agent takes it and asks the application by itself: no policy has a say.
    case rewritten
    /// There is no proxy on the way.
    case withoutSidecar(NoSidecar)
    /// It comes as plaintext, without an identity, like any other request; the field that keeps Istio from rewriting it.
    case judged(Arrival, because: Origin)
  }

  package init(container: String, path: String, port: UInt32, passage: Passage) {
    self.container = container
    self.path = path
    self.port = port
    self.passage = passage
  }
}
