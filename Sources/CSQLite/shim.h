#ifndef DRYDOCK_CSQLite_SHIM_H
#define DRYDOCK_CSQLite_SHIM_H
// Every shim asks for the same feature set, so that two of them can be imported by one file.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <sqlite3.h>
#endif
