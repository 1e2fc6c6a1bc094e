#pragma once
#include <openssl/crypto.h>
#include <openssl/opensslv.h>
#include <openssl/sha.h>

/* The bare hash: by EVP the first digest of a process costs it a millisecond for providers and
 * their configuration, and the program two megabytes. OpenSSL 3 calls it deprecated and keeps it.
 */
static inline void pi_sha256(const void *bytes, size_t count, unsigned char digest[32]) {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes, count);
    SHA256_Final(digest, &state);
#pragma clang diagnostic pop
}

/* Of the headers, which belong to the archive: the function of that name would pull in all of it.
 */
static inline const char *pi_openssl_version(void) { return OPENSSL_FULL_VERSION_STR; }
