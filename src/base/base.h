/* SPDX-License-Identifier: Apache-2.0
 *
 * base.h - what every stage stands on: slices, the arena, growing arrays, UTF-8, days, errors, limits.
 * Depends on nothing but the C library and utf8proc.
 */
#ifndef CHY_BASE_H
#define CHY_BASE_H

#include "chancery.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* ----------------------------------------------------------------- limits */

/* Every buffer, depth and count that an input could drive is bounded here. */
enum {
    CHY_MAX_HTML_DEPTH = 256,          /* elements nested deeper are flattened into their ancestor, with a note */
    CHY_MAX_DISPATCHES = 1024,         /* stories of a page */
    CHY_MAX_PHRASE_TOKENS = 12,        /* words of a table's key */
    CHY_MAX_LINE = 1 << 16,            /* bytes of a line of a table or dictionary of a user's */
    CHY_MAX_QUOTE_DEPTH = 8,
    CHY_MAX_PARTICIPANTS = 24,         /* a side of an event */
    CHY_MAX_CLAIMS = 8,                /* voices on an event */
    CHY_MAX_CHAIN = 64                 /* steps of any walk up or down a tree that only looks for something */
};

/* ----------------------------------------------------------------- slices */

#define CHY_LIT(s) ((chy_slice){(s), sizeof(s) - 1})

static inline chy_slice chy_slice_of(const char *p, size_t n) { return (chy_slice){p, n}; }
static inline chy_slice chy_slice_z(const char *z) { return (chy_slice){z, z ? strlen(z) : 0}; }
static inline bool chy_slice_eq(chy_slice a, chy_slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool chy_slice_eqz(chy_slice a, const char *z) { return chy_slice_eq(a, chy_slice_z(z)); }
static inline bool chy_slice_starts(chy_slice a, chy_slice b)
{
    return a.n >= b.n && (b.n == 0 || memcmp(a.p, b.p, b.n) == 0);
}
static inline bool chy_slice_ends(chy_slice a, chy_slice b)
{
    return a.n >= b.n && (b.n == 0 || memcmp(a.p + (a.n - b.n), b.p, b.n) == 0);
}
/* Without ASCII white space at either end. */
chy_slice chy_slice_trim(chy_slice a);
/* The next piece of *rest up to `sep` (or its end), which is cut off; false once nothing is left (rest->p NULL).
 * "a||b" gives "a", "", "b". */
bool chy_slice_split(chy_slice *rest, char sep, chy_slice *piece);
/* Index of the first occurrence, or SIZE_MAX. */
size_t chy_slice_find(chy_slice hay, chy_slice needle);
/* Is `a` one of the pieces of `list` between '|'? */
bool chy_slice_in(chy_slice a, const char *list);

/* ------------------------------------------------------------------ arena */

/* Memory that goes all at once. Allocations are 16-byte aligned and not cleared. */
typedef struct chy_arena_chunk chy_arena_chunk;
typedef struct chy_arena {
    chy_arena_chunk *head;    /* newest chunk */
    size_t used;              /* bytes handed out since the last reset */
    bool failed;              /* an allocation failed since the last reset: results are not to be used */
} chy_arena;

void chy_arena_init(chy_arena *a);
/* NULL (and `failed`) where memory is out. size 0 gives a pointer that must not be read. */
void *chy_arena_alloc(chy_arena *a, size_t size);
/* n * size with the multiplication checked; cleared to zero. */
void *chy_arena_calloc(chy_arena *a, size_t n, size_t size);
/* Copy of s with a NUL behind it (not counted). p == NULL where memory is out. */
chy_slice chy_arena_copy(chy_arena *a, chy_slice s);
/* printf into the arena; n = 0 where memory is out. */
chy_slice chy_arena_printf(chy_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Forget everything; the largest chunk is kept for the next use (up to 8 MiB). */
void chy_arena_reset(chy_arena *a);
void chy_arena_free(chy_arena *a);

/* A growing array of T inside an arena: declare with CHY_VEC(T) name, zero it, push with CHY_PUSH.
 * CHY_PUSH(arena, vec, value) is false where memory is out (and the arena's `failed` is set). */
#define CHY_VEC(T)                                                                                                     \
    struct {                                                                                                           \
        T *v;                                                                                                          \
        uint32_t n, cap;                                                                                               \
    }
#define CHY_PUSH(arena, vec, ...)                                                                                      \
    (((vec)->n < (vec)->cap || chy_vec_grow((arena), (void **)&(vec)->v, &(vec)->cap, sizeof *(vec)->v))               \
         ? ((vec)->v[(vec)->n++] = (__VA_ARGS__), true)                                                                \
         : false)
/* Used by CHY_PUSH: double the capacity (8 at first). */
bool chy_vec_grow(chy_arena *a, void **v, uint32_t *cap, size_t size);

/* ------------------------------------------------------------------ UTF-8 */

/* Decode the code point at s[i]; *len gets its length. Malformed: U+FFFD and length 1. i < s.n. */
uint32_t chy_utf8_at(chy_slice s, size_t i, unsigned *len);
/* Encode; returns the length (1 to 4). */
unsigned chy_utf8_put(uint32_t cp, char out[4]);
bool chy_utf8_valid(chy_slice s, size_t *bad_at);
/* Why a text that users wrote by lines cannot be read (a NUL, no UTF-8, a line over 64 KiB), and in which line (from 1); NULL where it
 * can. */
const char *chy_lines_fault(chy_slice text, uint32_t *line);
bool chy_is_letter(uint32_t cp);
bool chy_is_upper(uint32_t cp);
bool chy_is_digit(uint32_t cp); /* ASCII digits only */
bool chy_is_space(uint32_t cp); /* ASCII and Unicode white space, no-break space included */
/* Fold for look-up: case-folded, compatibility-decomposed, combining marks dropped, curly quotes and dashes made
 * ASCII, runs of white space made one space. ASCII input that is already folded is returned as it is, not copied.
 * p == NULL where memory is out. */
chy_slice chy_fold(chy_arena *a, chy_slice s);

/* ------------------------------------------------------------------- days */

/* Proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
chy_day chy_day_of(int year, unsigned month, unsigned day);
void chy_day_civil(chy_day d, int *year, unsigned *month, unsigned *day);
bool chy_day_ok(int year, unsigned month, unsigned day);
unsigned chy_month_days(int year, unsigned month);
/* A table's cell with a day, a month (2023-05) or a year (2023): its first day, or its last; `otherwise` where it is none. */
chy_day chy_day_cell(chy_slice cell, bool last, chy_day otherwise);
/* 0 = Monday … 6 = Sunday (ISO 8601 less one). */
unsigned chy_day_weekday(chy_day d);
static inline bool chy_interval_known(chy_interval i) { return i.begin != CHY_NO_DAY && i.end != CHY_NO_DAY; }
static inline chy_interval chy_interval_none(void) { return (chy_interval){CHY_NO_DAY, CHY_NO_DAY}; }

/* ----------------------------------------------------------------- errors */

/* Fill *err (where not NULL) and return `code`, so that callers write: return chy_fail(err, …). */
chy_status chy_fail(chy_error *err, chy_status code, chy_stage stage, uint64_t offset, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* ----------------------------------------------------------------- hashes */

/* XXH3, 64 bits. */
uint64_t chy_hash(const void *p, size_t n, uint64_t seed);
/* 16 lower-case hexadecimal digits and a NUL. */
void chy_hex16(uint64_t h, char out[17]);

#endif
