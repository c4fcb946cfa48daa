#ifndef DRYDOCK_OBJECT_SCHEMAS_H
#define DRYDOCK_OBJECT_SCHEMAS_H

#include <stddef.h>

/// The table of every field of Istio's objects, as text; it lives for ever.
const char *drydock_istio_schema(void);
/// Its length in bytes.
size_t drydock_istio_schema_length(void);

/// The table of every field of Envoy's configuration that a patch can hold, as text; it lives for ever.
const char *drydock_envoy_schema(void);
/// Its length in bytes.
size_t drydock_envoy_schema_length(void);

#endif
