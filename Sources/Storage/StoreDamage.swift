package import History
package import MeshModel

/// What a store holds that no version of Drydock writes.
package enum StoreDamage: Hashable, Sendable {
  /// SQLite found it, and tells it in its own words.
  case sqlite(String)
  case digestLength(Int)
  case meshName(String)
  /// A text where one of a few words belongs.
  case word(String, column: String)
  /// A revision lists an object that is not there.
  case missingObject(RevisionNumber)
  /// The text of an object says something else than what was digested.
  case otherText(ObjectID)
}
