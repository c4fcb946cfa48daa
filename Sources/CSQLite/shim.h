#ifndef DRYDOCK_CSQLite_SHIM_H
#define DRYDOCK_CSQLite_SHIM_H
#include <sqlite3.h>

/// Refuses writes that go round SQL, such as to the schema table itself. sqlite3_db_config is variadic, which Swift
/// cannot call.
static inline int drydock_sqlite_defensive(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}
#endif
