#ifndef DRYDOCK_COpenSSL_SHIM_H
#define DRYDOCK_COpenSSL_SHIM_H
// Every shim asks for the same feature set, so that two of them can be imported by one file.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/err.h>

// Macros and variadic functions that Swift does not import.
static inline EVP_PKEY *drydock_new_ec_key(void) { return EVP_EC_gen("P-256"); }
static inline long drydock_bio_bytes(BIO *bio, char **start) { return BIO_get_mem_data(bio, start); }
#endif
