#pragma once
#include <sqlite3.h>

/* The bytes are copied: Swift cannot say the macro that asks for that. Without an address they
 * would be no text. */
static inline int pi_sqlite_bind_text(sqlite3_stmt *statement, int place, const char *bytes,
                                      sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, place, bytes ? bytes : "", count, SQLITE_TRANSIENT,
                               SQLITE_UTF8);
}
