import Evaluation
import MeshModel
import ProxyModel

extension JSONWriter {
  /// Delay, timeout, retries, mirrors and hash of a route, as members of the answer that is open.
  mutating func write(_ route: RouteChoice) {
    if let delay = route.delay {
      key("delay")
      beginObject()
      key("probability")
      write(delay.probability)
      key("milliseconds")
      integer(delay.milliseconds)
      endObject()
    }
    if let timeout = route.timeoutMilliseconds {
      key("timeoutMilliseconds")
      integer(timeout)
    }
    if let retry = route.retry {
      key("retry")
      write(retry)
    }
    if !route.mirrors.isEmpty {
      key("mirrors")
      beginArray()
      for mirror in route.mirrors {
        beginObject()
        key("cluster")
        string(mirror.cluster)
        key("probability")
        write(mirror.probability)
        endObject()
      }
      endArray()
    }
    if !route.hash.isEmpty {
      key("hash")
      beginArray()
      for policy in route.hash { write(policy) }
      endArray()
    }
  }

  private mutating func write(_ retry: RetryPolicy) {
    beginObject()
    key("attempts")
    integer(retry.attempts)
    key("on")
    string(retry.retryOn)
    key("perTryTimeoutMilliseconds")
    if let timeout = retry.perTryTimeoutMilliseconds { integer(timeout) } else { null() }
    key("statusCodes")
    beginArray()
    for code in retry.statusCodes { integer(code) }
    endArray()
    if let backoff = retry.backoffMilliseconds {
      key("backoffMilliseconds")
      integer(backoff)
    }
    if !retry.avoidsPreviousHosts {
      key("avoidPreviousHosts")
      bool(false)
    }
    if retry.retriesOtherLocalities {
      key("otherLocalities")
      bool(true)
    }
    endObject()
  }

  /// One entry of Envoy's `hash_policy`.
  private mutating func write(_ policy: HashPolicy) {
    beginObject()
    switch policy {
    case .header(let name):
      key("header")
      beginObject()
      key("header_name")
      string(name)
      endObject()
    case .cookie(let name, let path, let ttl, let attributes):
      key("cookie")
      beginObject()
      key("name")
      string(name)
      member("ttl", milliseconds: ttl)
      if !path.isEmpty {
        key("path")
        string(path)
      }
      if !attributes.isEmpty { write(attributes) }
      endObject()
    case .sourceIP:
      key("connection_properties")
      beginObject()
      key("source_ip")
      bool(true)
      endObject()
    case .queryParameter(let name):
      key("query_parameter")
      beginObject()
      key("name")
      string(name)
      endObject()
    }
    endObject()
  }

  private mutating func write(_ attributes: [HashCookieAttribute]) {
    key("attributes")
    beginArray()
    for attribute in attributes {
      beginObject()
      key("name")
      string(attribute.name)
      key("value")
      string(attribute.value)
      endObject()
    }
    endArray()
  }
}
