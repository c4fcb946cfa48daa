#include "object_schemas.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char istio[] = {
#embed "istio.schema" suffix(,)
    0};

static const char envoy[] = {
#embed "envoy.schema" suffix(,)
    0};

const char *drydock_envoy_schema(void) { return envoy; }

size_t drydock_envoy_schema_length(void) { return sizeof envoy - 1; }

const char *drydock_istio_schema(void) { return istio; }

size_t drydock_istio_schema_length(void) { return sizeof istio - 1; }
