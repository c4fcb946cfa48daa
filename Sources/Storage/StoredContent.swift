package import History
package import MeshModel

/// One object as it is given to the store.
package struct StoredContent: Hashable, Sendable {
  package var id: ObjectID
  /// What the object says, independent of how it was written: equal bytes are the same content.
  package var canonical: [UInt8]
  /// The text as the user wrote it, comments included. A change of the text alone is no change of the object.
  package var text: [UInt8]
  /// Where the text came from; the line counts from 1.
  package var file: String
  package var line: Int

  package init(id: ObjectID, canonical: [UInt8], text: [UInt8], file: String, line: Int) {
    self.id = id
    self.canonical = canonical
    self.text = text
    self.file = file
    self.line = line
  }
}

/// That an object had a content at some revision, without the content.
package struct ObjectVersion: Hashable, Sendable {
  package var id: ObjectID
  package var sort: ObjectSort
  /// The digest of the canonical bytes: equal digests need not be decoded twice.
  package var digest: Digest
  /// The revision that brought this content.
  package var since: RevisionNumber

  package init(id: ObjectID, sort: ObjectSort, digest: Digest, since: RevisionNumber) {
    self.id = id
    self.sort = sort
    self.digest = digest
    self.since = since
  }
}

/// An object at some revision with everything that was stored of it.
package struct StoredObject: Hashable, Sendable {
  package var version: ObjectVersion
  package var content: StoredContent

  package init(version: ObjectVersion, content: StoredContent) {
    self.version = version
    self.content = content
  }

  package var id: ObjectID { version.id }
}

/// What a commit does to one object.
package enum RequestedChange: Hashable, Sendable {
  /// Adds the object or replaces it; the same content again is no change.
  case put(StoredContent)
  /// Removes the object; one that is not there is no change.
  case remove(ObjectID)

  package var id: ObjectID {
    switch self {
    case .put(let content): content.id
    case .remove(let id): id
    }
  }
}

/// One stretch of an object's life: the content it had, from one revision up to (not including) another.
package struct ObjectPeriod: Hashable, Sendable {
  package var version: ObjectVersion
  /// The revision that changed or removed it; nil while it is current.
  package var until: RevisionNumber?
}

/// What became of a commit.
package enum AppendOutcome: Hashable, Sendable {
  case committed(Revision, [ObjectChange])
  /// Every change was already so: no revision was made; the head stays.
  case unchanged(head: RevisionNumber?)
}
