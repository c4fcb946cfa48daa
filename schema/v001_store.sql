-- The store, version 1. What is written is never changed: triggers refuse it, and `store verify` proves it.
-- Times are milliseconds since 1970 in UTC, digests are SHA-256.

CREATE TABLE mesh (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- A numbered state of a whole mesh. `digest` covers every object, `managed_digest` the managed ones.
CREATE TABLE revision (
  mesh INTEGER NOT NULL REFERENCES mesh (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  parent INTEGER,
  author TEXT NOT NULL,
  message TEXT NOT NULL,
  committed_at INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('apply', 'delete', 'rollback')),
  rollback_of INTEGER,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  managed_digest BLOB NOT NULL CHECK (length(managed_digest) = 32),
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  PRIMARY KEY (mesh, number),
  FOREIGN KEY (mesh, parent) REFERENCES revision (mesh, number),
  FOREIGN KEY (mesh, rollback_of) REFERENCES revision (mesh, number),
  CHECK ((number = 1) = (parent IS NULL)),
  CHECK (parent IS NULL OR parent = number - 1),
  CHECK ((cause = 'rollback') = (rollback_of IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What names an object in any mesh. `key` is the hash of the identity, `bucket` its first twelve bits.
CREATE TABLE object (
  id INTEGER PRIMARY KEY,
  api_group TEXT NOT NULL,
  kind TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  bucket INTEGER NOT NULL CHECK (bucket BETWEEN 0 AND 4095),
  UNIQUE (api_group, kind, namespace, name)
) STRICT;

-- Canonical bytes, each stored once; `digest` is their hash.
CREATE TABLE content (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  canonical BLOB NOT NULL
) STRICT;

-- The text that a user wrote for an object, each stored once.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  text BLOB NOT NULL
) STRICT;

-- An object had this content from one revision up to, not including, another.
-- 9223372036854775807 stands for "to this day".
CREATE TABLE object_history (
  mesh INTEGER NOT NULL REFERENCES mesh (id),
  object INTEGER NOT NULL REFERENCES object (id),
  from_revision INTEGER NOT NULL,
  to_revision INTEGER NOT NULL DEFAULT 9223372036854775807,
  content INTEGER NOT NULL REFERENCES content (id),
  source INTEGER NOT NULL REFERENCES source (id),
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  sort TEXT NOT NULL CHECK (sort IN ('managed', 'context')),
  bucket INTEGER NOT NULL,
  PRIMARY KEY (mesh, object, from_revision),
  FOREIGN KEY (mesh, from_revision) REFERENCES revision (mesh, number) DEFERRABLE INITIALLY DEFERRED,
  CHECK (from_revision < to_revision)
) STRICT, WITHOUT ROWID;

-- The state at a revision is the range to_revision > N that also began by then.
CREATE INDEX object_history_by_end ON object_history (mesh, to_revision, from_revision);
-- What a revision brought.
CREATE INDEX object_history_by_start ON object_history (mesh, from_revision);
-- The objects of one bucket as they are now.
CREATE INDEX object_history_current_bucket ON object_history (mesh, sort, bucket)
WHERE to_revision = 9223372036854775807;

-- The tree of digests of each mesh's newest revision: 4096 buckets (level 0) in 64 groups (level 1).
-- It follows from object_history and is kept so that a commit costs its changes.
CREATE TABLE digest_node (
  mesh INTEGER NOT NULL REFERENCES mesh (id),
  sort TEXT NOT NULL CHECK (sort IN ('managed', 'context')),
  level INTEGER NOT NULL CHECK (level IN (0, 1)),
  place INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (mesh, sort, level, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  mesh INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  decision TEXT NOT NULL CHECK (decision IN ('approve', 'reject')),
  reviewer TEXT NOT NULL,
  comment TEXT NOT NULL,
  reviewed_at INTEGER NOT NULL,
  FOREIGN KEY (mesh, revision) REFERENCES revision (mesh, number)
) STRICT;
CREATE INDEX review_by_revision ON review (mesh, revision);

CREATE TABLE check_result (
  id INTEGER PRIMARY KEY,
  mesh INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  name TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed')),
  detail TEXT NOT NULL,
  actor TEXT NOT NULL,
  checked_at INTEGER NOT NULL,
  FOREIGN KEY (mesh, revision) REFERENCES revision (mesh, number)
) STRICT;
CREATE INDEX check_result_by_revision ON check_result (mesh, revision);

-- Every policy a mesh ever had; the one with the highest id holds.
CREATE TABLE policy (
  id INTEGER PRIMARY KEY,
  mesh INTEGER NOT NULL REFERENCES mesh (id),
  approvals_needed INTEGER NOT NULL CHECK (approvals_needed >= 0),
  author_approval TEXT NOT NULL CHECK (author_approval IN ('counts', 'ignored')),
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;
CREATE INDEX policy_by_mesh ON policy (mesh, id);

CREATE TABLE policy_check (
  policy INTEGER NOT NULL REFERENCES policy (id),
  name TEXT NOT NULL,
  PRIMARY KEY (policy, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE export (
  id INTEGER PRIMARY KEY,
  mesh INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  managed_digest BLOB NOT NULL CHECK (length(managed_digest) = 32),
  target TEXT NOT NULL,
  actor TEXT NOT NULL,
  exported_at INTEGER NOT NULL,
  approval TEXT NOT NULL CHECK (approval IN ('approved', 'overridden')),
  FOREIGN KEY (mesh, revision) REFERENCES revision (mesh, number)
) STRICT;
CREATE INDEX export_by_target ON export (mesh, target, id);

CREATE TABLE export_file (
  export INTEGER NOT NULL REFERENCES export (id),
  path TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  size INTEGER NOT NULL CHECK (size >= 0),
  PRIMARY KEY (export, path)
) STRICT, WITHOUT ROWID;

-- Who did what; `hash` covers the row, its details and the hash of the row before.
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  mesh TEXT,
  revision INTEGER,
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE audit_detail (
  sequence INTEGER NOT NULL REFERENCES audit (sequence),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (sequence, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER object_history_closes_once BEFORE UPDATE ON object_history
WHEN OLD.to_revision <> 9223372036854775807 OR NEW.mesh <> OLD.mesh OR NEW.object <> OLD.object
  OR NEW.from_revision <> OLD.from_revision OR NEW.content <> OLD.content OR NEW.source <> OLD.source
  OR NEW.file <> OLD.file OR NEW.line <> OLD.line OR NEW.sort <> OLD.sort OR NEW.bucket <> OLD.bucket
BEGIN SELECT RAISE(ABORT, 'the history of objects is append-only'); END;
CREATE TRIGGER object_history_stays BEFORE DELETE ON object_history
BEGIN SELECT RAISE(ABORT, 'the history of objects is append-only'); END;
CREATE TRIGGER mesh_never_changes BEFORE UPDATE ON mesh
BEGIN SELECT RAISE(ABORT, 'a mesh never changes'); END;
CREATE TRIGGER mesh_stays BEFORE DELETE ON mesh
BEGIN SELECT RAISE(ABORT, 'a mesh never changes'); END;
CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER revision_stays BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER object_never_changes BEFORE UPDATE ON object
BEGIN SELECT RAISE(ABORT, 'an object''s identity never changes'); END;
CREATE TRIGGER object_stays BEFORE DELETE ON object
BEGIN SELECT RAISE(ABORT, 'an object''s identity never changes'); END;
CREATE TRIGGER content_never_changes BEFORE UPDATE ON content
BEGIN SELECT RAISE(ABORT, 'a content never changes'); END;
CREATE TRIGGER content_stays BEFORE DELETE ON content
BEGIN SELECT RAISE(ABORT, 'a content never changes'); END;
CREATE TRIGGER source_never_changes BEFORE UPDATE ON source
BEGIN SELECT RAISE(ABORT, 'a source text never changes'); END;
CREATE TRIGGER source_stays BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'a source text never changes'); END;
CREATE TRIGGER review_never_changes BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'a review never changes'); END;
CREATE TRIGGER review_stays BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'a review never changes'); END;
CREATE TRIGGER check_result_never_changes BEFORE UPDATE ON check_result
BEGIN SELECT RAISE(ABORT, 'a check''s result never changes'); END;
CREATE TRIGGER check_result_stays BEFORE DELETE ON check_result
BEGIN SELECT RAISE(ABORT, 'a check''s result never changes'); END;
CREATE TRIGGER policy_never_changes BEFORE UPDATE ON policy
BEGIN SELECT RAISE(ABORT, 'a policy never changes'); END;
CREATE TRIGGER policy_stays BEFORE DELETE ON policy
BEGIN SELECT RAISE(ABORT, 'a policy never changes'); END;
CREATE TRIGGER policy_check_never_changes BEFORE UPDATE ON policy_check
BEGIN SELECT RAISE(ABORT, 'a policy never changes'); END;
CREATE TRIGGER policy_check_stays BEFORE DELETE ON policy_check
BEGIN SELECT RAISE(ABORT, 'a policy never changes'); END;
CREATE TRIGGER export_never_changes BEFORE UPDATE ON export
BEGIN SELECT RAISE(ABORT, 'an export never changes'); END;
CREATE TRIGGER export_stays BEFORE DELETE ON export
BEGIN SELECT RAISE(ABORT, 'an export never changes'); END;
CREATE TRIGGER export_file_never_changes BEFORE UPDATE ON export_file
BEGIN SELECT RAISE(ABORT, 'an export never changes'); END;
CREATE TRIGGER export_file_stays BEFORE DELETE ON export_file
BEGIN SELECT RAISE(ABORT, 'an export never changes'); END;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_detail_never_changes BEFORE UPDATE ON audit_detail
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_detail_stays BEFORE DELETE ON audit_detail
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
