import Comparison
import Diagnostics
import Editing
import History
import MeshCodec
import MeshModel
import Releases
import Storage

/// The way of a release's objects from one point to another.
struct ReleaseTransition {
  var release: Release
  /// What the parts said before the release.
  var originals: [ObjectID: Value]
  /// What they say now, and will say; absent: not there.
  var now: [ObjectID: Value]
  var next: [ObjectID: Value]
}

extension ReleaseDesk {
  /// Merges what the release changes between two points with what anybody else changed.
  func transition(
    _ release: Release, from old: ReleaseAim, to new: ReleaseAim
  ) throws(ReleaseRefusal) -> ReleaseTransition {
    let originals = try originals(release)
    let base = release.objects(before: originals, at: old)
    let ours = release.objects(before: originals, at: new)
    var transition = ReleaseTransition(release: release, originals: originals, now: [:], next: [:])
    var conflicts: [ReleaseRefusal.Conflict] = []
    for part in release.parts {
      let theirs = value(part.id)
      transition.now[part.id] = theirs
      let merged = ThreeWayMerge.merge(
        base: base[part.id], ours: ours[part.id], theirs: theirs, mark: Release.ruleMark)
      switch merged {
      case .merged(let value): transition.next[part.id] = value
      case .conflicts(let found): conflicts += found.map { .init(id: part.id, conflict: $0) }
      }
    }
    guard conflicts.isEmpty else { throw .conflicts(conflicts) }
    return transition
  }

  /// The mesh's objects once a transition is made, each with its text.
  func texts(of transition: ReleaseTransition) throws(ReleaseRefusal) -> [ObjectID: MeshObject?] {
    var result: [ObjectID: MeshObject?] = [:]
    for part in transition.release.parts {
      let id = part.id
      let next = transition.next[id]
      if ThreeWayMerge.isSame(next, transition.now[id]) { continue }
      guard let next else {
        result[id] = .some(nil)
        continue
      }
      // What was there before comes back as it was written.
      if part.seed == nil, ThreeWayMerge.isSame(next, transition.originals[id]),
        let old = try original(id, of: transition.release)
      {
        result[id] = try read(ObjectSource(file: old.file, line: old.line, text: old.text), id)
        continue
      }
      if let source = objects[id]?.source {
        let text = SourceRewrite(source.text, to: next).text
        result[id] = try read(ObjectSource(file: source.file, line: source.line, text: text), id)
      } else {
        result[id] = try read(Self.source(of: next, id), id)
      }
    }
    return result
  }

  static func source(of value: Value, _ id: ObjectID) -> ObjectSource {
    let file = "release/\(id.namespace)/\(id.kind.kind.lowercased())-\(id.name).yaml"
    return ObjectSource(file: file, line: 1, text: SourceRewrite.text(of: value))
  }

  /// A text that cannot be read must never become an object that is taken for gone.
  private func read(_ source: ObjectSource, _ id: ObjectID) throws(ReleaseRefusal) -> MeshObject {
    guard let object = readObject(source).object, object.id == id else { throw .unreadable(id) }
    return object
  }

  /// The step that a transition and the release's new state make together.
  func step(
    _ transition: ReleaseTransition?, from old: Release?, to new: Release?, title: String,
    remarks: [LocalizedText] = []
  ) throws(ReleaseRefusal) -> ReleaseStep {
    var step = ReleaseStep(release: new, old: old, title: title, remarks: remarks, base: head)
    let changes = try transition.map { (transition) throws(ReleaseRefusal) in try texts(of: transition) } ?? [:]
    for id in changes.keys.sorted() {
      if let object = objects[id] { step.before.append(object) }
      if let object = changes[id] ?? nil {
        step.after.append(object)
        step.requested.append(.put(object.stored))
      } else {
        step.requested.append(.remove(id))
      }
    }
    if var new {
      for place in new.parts.indices {
        let id = new.parts[place].id
        let object = changes[id] ?? objects[id]
        new.parts[place].digestWritten = object.map { Digest(hashing: NormalForm($0).canonical).hex }
      }
      step.release = new
      let source = objects[new.id]?.source
      let text = source.map { SourceRewrite($0.text, to: new.value).text } ?? SourceRewrite.text(of: new.value)
      let file = source?.file ?? Self.source(of: new.value, new.id).file
      step.requested.append(.put(try read(ObjectSource(file: file, line: 1, text: text), new.id).stored))
    } else if let old {
      step.requested.append(.remove(old.id))
    }
    return step
  }
}
