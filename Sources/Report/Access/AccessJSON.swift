package import Evaluation

extension JSONWriter {
  package mutating func write(_ rows: [AccessRow], at target: AccessTarget, reason: (AccessVerdict) -> String) {
    beginObject()
    write(target)
    key("clients")
    beginArray()
    for row in rows {
      beginObject()
      write(row.client, "client")
      write(row.verdict, reason)
      endObject()
    }
    endArray()
    endObject()
  }

  package mutating func write(_ matrix: AccessMatrix, reason: (AccessVerdict) -> String) {
    beginArray()
    for (client, verdicts) in zip(matrix.clients, matrix.verdicts) {
      for (target, verdict) in zip(matrix.targets, verdicts) {
        beginObject()
        write(client, "client")
        write(target)
        write(verdict, reason)
        endObject()
      }
    }
    endArray()
  }

  package mutating func write(_ changes: [AccessChange], reason: (AccessVerdict) -> String) {
    beginArray()
    for change in changes {
      beginObject()
      key("change")
      string(change.allowsMore ? "newly allowed" : "newly denied")
      write(change.client, "client")
      write(change.target)
      key("before")
      beginObject()
      write(change.before, reason)
      endObject()
      key("after")
      beginObject()
      write(change.after, reason)
      endObject()
      endObject()
    }
    endArray()
  }

  private mutating func write(_ client: AccessClient, _ name: StaticString) {
    key(name)
    string(client.name)
  }

  private mutating func write(_ target: AccessTarget) {
    key("authority")
    string(target.authority)
    key("method")
    string(target.method)
    key("path")
    string(target.path)
  }

  private mutating func write(_ verdict: AccessVerdict, _ reason: (AccessVerdict) -> String) {
    key("access")
    string(verdict.kind.rawValue)
    key("because")
    string(reason(verdict))
  }
}
