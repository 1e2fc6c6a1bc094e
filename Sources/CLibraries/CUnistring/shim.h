#pragma once
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>

// Swift does not see a macro that takes an address.
static inline uninorm_t pi_decomposed(void) { return UNINORM_NFD; }
static inline uninorm_t pi_compatibility_decomposed(void) { return UNINORM_NFKD; }
