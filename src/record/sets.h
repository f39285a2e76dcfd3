/* SPDX-License-Identifier: Apache-2.0
 *
 * sets.h - numbers that a value of a term means (stories with a word, actors of a name), found once and looked up by a statement.
 *
 * SQLite would find them again in each part of a statement that asks, and takes some ten times as long to keep them. In a statement a set is a
 * parameter, and `chy_in(PARAMETER, number)` is 1 where the number is in it.
 */
#ifndef CHY_RECORD_SETS_H
#define CHY_RECORD_SETS_H

#include "record/record.h"

#include <stdarg.h>

enum { CHY_SETS_MAX = 24, CHY_SET_PARAM = 200 /* of the first set */ };

typedef struct chy_set {
    char *sql;      /* that finds it */
    uint64_t *bits; /* NULL: too many */
    size_t words;
    int64_t n;      /* how many; where they are too many, how many were seen */
} chy_set;

typedef struct chy_sets {
    chy_record *r;
    chy_set v[CHY_SETS_MAX];
    uint32_t n;
    int code; /* the first that was not SQLITE_OK */
} chy_sets;

/* The set of the numbers that a statement gives: its place in `v`, the same for the same statement. CHY_NONE where there are more than `most` (0: any number will do),
 * or too many sets. */
uint32_t chy_sets_find(chy_sets *s, const char *sql, int64_t most);
/* Give the sets to a statement. */
void chy_sets_bind(chy_sets *s, sqlite3_stmt *to);
void chy_sets_free(chy_sets *s);
/* Make chy_in known to a connection. An SQLite code. */
int chy_sets_install(sqlite3 *db);

/* SQL as sqlite3_mprintf writes it (%q, %Q), in the arena; "" where memory is out, which the arena says then. */
const char *chy_sql(chy_arena *arena, const char *fmt, ...);
const char *chy_sql_v(chy_arena *arena, const char *fmt, va_list ap);
/* Statements written so. Actors by key or, unless it is three capitals, by words of the name, the last of which may be longer. */
const char *chy_sql_actors(chy_arena *arena, chy_slice v);
/* Stories in whose text the words stand, as a phrase. */
const char *chy_sql_words(chy_arena *arena, chy_slice v);
/* Stories of an agency. */
const char *chy_sql_agency(chy_arena *arena, chy_slice v);

#endif
