package import History
package import MeshModel
package import SQLite

/// Why the store did not do what it was asked; nothing was written then.
package enum StoreError: Error, Hashable, Sendable {
  /// Somebody else committed first: what was found is the mesh's newest revision, nil where it has none.
  case headMoved(expected: RevisionNumber?, found: RevisionNumber?)
  case unknownMesh(MeshName)
  case meshExists(MeshName)
  case unknownRevision(MeshName, RevisionNumber)
  /// One object is named by two changes of one commit.
  case changedTwice(ObjectID)
  /// A review, a check or an export speaks of another state than the revision's.
  case digestDiffers(RevisionNumber, expected: Digest, found: Digest)
  case fileMissing(String)
  case fileExists(String)
  /// The file is no SQLite database, or one of another program.
  case notAStore(String)
  /// The file was written by a newer Drydock, which knows more of schemas than this one.
  case newerSchema(found: Int, known: Int)
  /// Another process held the file for longer than the busy timeout.
  case busy
  /// The file holds something that no version of Drydock writes.
  case damaged(StoreDamage)
  case sqlite(SQLiteError)

  init(_ error: SQLiteError) {
    switch error.code {
    case .busy: self = .busy
    case .corrupt, .notADatabase: self = .damaged(.sqlite(error.message))
    case .constraint, .cannotOpen, .full, .ioError, .readOnly, .other: self = .sqlite(error)
    }
  }
}
