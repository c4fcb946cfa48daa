#ifndef DRYDOCK_SCHEMA_H
#define DRYDOCK_SCHEMA_H

/// One migration of the store: the SQL text of schema/NAME.sql, and the version it brings the store to.
typedef struct drydock_migration {
  int version;
  const char *name;
  const char *sql;
} drydock_migration;

/// How many migrations there are; they are ordered by version, from 1.
int drydock_migration_count(void);
/// The migration at a place from 0; the strings live for ever.
drydock_migration drydock_migration_at(int index);

#endif
