#ifndef DRYDOCK_CTLS_SHIM_H
#define DRYDOCK_CTLS_SHIM_H
// No feature set is asked for: this is imported beside Foundation, which asks for none.
#include <openssl/ssl.h>

// Macros that Swift does not import.
static inline long drydock_ask_for(SSL *connection, const char *name) {
  return SSL_set_tlsext_host_name(connection, name);
}
#endif
