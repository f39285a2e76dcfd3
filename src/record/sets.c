/* SPDX-License-Identifier: Apache-2.0
 *
 * sets.c - numbers that a value of a term means, as bits.
 */
#include "record/sets.h"

#include "record/expression.h"

#include <stdlib.h>

static const char pointer[] = "chy_set";
enum { HIGHEST = INT32_MAX }; /* number in a set of bits: 256 MiB */

/* -------------------------------------------------------------------- statements */

const char *chy_sql_v(chy_arena *arena, const char *fmt, va_list ap)
{
    char *z = sqlite3_vmprintf(fmt, ap);
    chy_slice out = z ? chy_arena_copy(arena, chy_slice_z(z)) : (chy_slice){NULL, 0};
    sqlite3_free(z);
    arena->failed |= !out.p;
    return out.p ? out.p : "";
}

const char *chy_sql(chy_arena *arena, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *out = chy_sql_v(arena, fmt, ap);
    va_end(ap);
    return out;
}

/* A value between the marks of a phrase: FTS5's own syntax is not let in. */
static const char *unmarked(chy_arena *arena, chy_slice v)
{
    char *out = chy_arena_alloc(arena, v.n + 1);
    if (!out) return "";
    for (size_t i = 0; i < v.n; i++) out[i] = v.p[i] == '"' ? ' ' : v.p[i];
    out[v.n] = 0;
    return out;
}

const char *chy_sql_actors(chy_arena *arena, chy_slice v)
{
    const char *key = chy_arena_copy(arena, v).p;
    if (chy_expression_code(v)) return chy_sql(arena, "SELECT id FROM actor WHERE key = %Q", key);
    return chy_sql(arena, "SELECT id FROM actor WHERE key = %Q UNION SELECT rowid FROM actor_fts WHERE actor_fts MATCH '\"%q\" *'", key, unmarked(arena, v));
}

const char *chy_sql_words(chy_arena *arena, chy_slice v) { return chy_sql(arena, "SELECT rowid FROM dispatch_fts WHERE dispatch_fts MATCH '\"%q\"'", unmarked(arena, v)); }

const char *chy_sql_agency(chy_arena *arena, chy_slice v)
{
    return chy_sql(arena, "SELECT a.dispatch FROM dispatch_agency a JOIN source s ON s.id = a.agency WHERE s.name = %Q", chy_arena_copy(arena, v).p);
}

/* -------------------------------------------------------------------------- sets */

static bool put(chy_set *t, int64_t id)
{
    if (id < 0 || id > HIGHEST) return false;
    size_t at = (size_t)id / 64;
    if (at >= t->words) {
        size_t words = t->words;
        while (words <= at) words *= 2;
        uint64_t *more = realloc(t->bits, words * sizeof *more);
        if (!more) return false;
        memset(more + t->words, 0, (words - t->words) * sizeof *more);
        t->bits = more, t->words = words;
    }
    uint64_t bit = 1ull << (id % 64);
    t->n += !(t->bits[at] & bit);
    t->bits[at] |= bit;
    return true;
}

static void fill(chy_sets *s, chy_set *t, int64_t most)
{
    sqlite3_stmt *q = NULL;
    t->words = 1024;
    t->bits = calloc(t->words, sizeof *t->bits);
    bool fits = t->bits != NULL;
    int code = sqlite3_prepare_v2(s->r->db, t->sql, -1, &q, NULL);
    while (code == SQLITE_OK && fits && (code = sqlite3_step(q)) == SQLITE_ROW) {
        fits = put(t, sqlite3_column_int64(q, 0)) && (!most || t->n <= most);
        code = SQLITE_OK;
    }
    sqlite3_finalize(q);
    if (code != SQLITE_OK && code != SQLITE_DONE && s->code == SQLITE_OK) s->code = code;
    if (fits) return;
    free(t->bits);
    t->bits = NULL, t->words = 0;
}

uint32_t chy_sets_find(chy_sets *s, const char *sql, int64_t most)
{
    if (!*sql) return CHY_NONE;
    for (uint32_t i = 0; i < s->n; i++)
        if (strcmp(s->v[i].sql, sql) == 0) return s->v[i].bits ? i : CHY_NONE;
    if (s->n == CHY_SETS_MAX) return CHY_NONE;
    chy_set *t = &s->v[s->n];
    *t = (chy_set){.sql = strdup(sql)};
    if (!t->sql) return CHY_NONE;
    fill(s, t, most);
    return s->v[s->n++].bits ? s->n - 1 : CHY_NONE;
}

void chy_sets_bind(chy_sets *s, sqlite3_stmt *to)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->v[i].bits) sqlite3_bind_pointer(to, CHY_SET_PARAM + (int)i, &s->v[i], pointer, NULL); /* a statement without it says so, and that is all */
}

void chy_sets_free(chy_sets *s)
{
    for (uint32_t i = 0; i < s->n; i++) free(s->v[i].sql), free(s->v[i].bits);
    s->n = 0;
}

static void in(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
    (void)n;
    const chy_set *t = sqlite3_value_pointer(arg[0], pointer);
    int64_t id = sqlite3_value_int64(arg[1]);
    sqlite3_result_int(ctx, t && id >= 0 && (uint64_t)id / 64 < t->words && (t->bits[id / 64] >> (id % 64) & 1));
}

int chy_sets_install(sqlite3 *db) { return sqlite3_create_function_v2(db, "chy_in", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, in, NULL, NULL, NULL); }
