#ifndef DRYDOCK_COpenSSL_SHIM_H
#define DRYDOCK_COpenSSL_SHIM_H
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/crypto.h>

// Macros and variadic functions that Swift does not import.
static const int drydock_public_key_selection = EVP_PKEY_PUBLIC_KEY;

// OSSL_PARAM_BLD keeps the names it is given by address, which a Swift string cannot promise.
static inline int drydock_push_number(OSSL_PARAM_BLD *build, int is_modulus, const BIGNUM *number) {
  return OSSL_PARAM_BLD_push_BN(build, is_modulus ? OSSL_PKEY_PARAM_RSA_N : OSSL_PKEY_PARAM_RSA_E, number);
}
static inline int drydock_push_point(OSSL_PARAM_BLD *build, const char *group, const unsigned char *point, size_t size) {
  return OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, group, 0) &&
         OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, size);
}

static inline EVP_PKEY *drydock_new_ec_key(void) { return EVP_EC_gen("P-256"); }
// The kind and the text of one alternative name; 0 when there is none at that place. `kind` is 2 for DNS, 7 for IP.
static inline int drydock_alternative_name(const X509 *certificate, int place, int *kind, const unsigned char **text) {
  GENERAL_NAMES *names = (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  int length = 0;
  if (names && place < sk_GENERAL_NAME_num(names)) {
    GENERAL_NAME *name = sk_GENERAL_NAME_value(names, place);
    *kind = name->type;
    if (name->type == GEN_DNS || name->type == GEN_IPADD || name->type == GEN_URI) {
      const ASN1_STRING *value = name->type == GEN_IPADD ? name->d.iPAddress : name->d.ia5;
      unsigned char *copy = (unsigned char *)OPENSSL_memdup(ASN1_STRING_get0_data(value), ASN1_STRING_length(value));
      *text = copy;
      length = copy ? ASN1_STRING_length(value) : 0;
    } else {
      length = -1;
    }
  }
  GENERAL_NAMES_free(names);
  return length;
}
static inline void drydock_release(const unsigned char *text) { OPENSSL_free((void *)text); }

static inline long drydock_bio_bytes(BIO *bio, char **start) { return BIO_get_mem_data(bio, start); }
#endif
