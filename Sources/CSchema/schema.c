#include "schema.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char v001[] = {
#embed "../../schema/v001_store.sql" suffix(,)
    0};

static const drydock_migration migrations[] = {
    {1, "v001_store.sql", v001},
};

int drydock_migration_count(void) { return (int)(sizeof migrations / sizeof migrations[0]); }

drydock_migration drydock_migration_at(int index) { return migrations[index]; }
