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
#endif
