#ifndef DRYDOCK_OBJECT_SCHEMAS_H
#define DRYDOCK_OBJECT_SCHEMAS_H

#include <stddef.h>

/// The table of every field of Istio's objects, as text; it lives for ever.
const char *drydock_istio_schema(void);
/// Its length in bytes.
size_t drydock_istio_schema_length(void);

#endif
