/* SPDX-License-Identifier: Apache-2.0
 *
 * copies.c - which stories on record a new one is a copy of: one wire in forty papers is one voice.
 *
 * Stories that share one of their few smallest hashes are looked at; the one that shares most is taken, if it shares enough. What
 * is asked for rises with the days between the two and as the texts get shorter: reports that are written by form each week differ in
 * figures only.
 */
#include "record/record.h"

#include <stdlib.h>

enum { S_SKETCH_NEW = 24, S_KEYS_DROP, S_KEY_NEW, S_KEY_FIND, S_SKETCH_GET, S_COPY_FIND, S_COPY_NEW, S_DAYS };
enum { KEYS = 10, MAX_POSTINGS = 400, MAX_CANDIDATES = 48, FEW = 24, DAYS_NEAR = 4 };

/* Shares that make a copy: of stories of the same days; of stories further apart, or so short that a form's words weigh much. */
#define SHARE_NEAR 0.62
#define SHARE_FAR 0.95

typedef struct candidate {
    int64_t dispatch;
    uint32_t hits;
} candidate;

static int by_hits(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->hits != y->hits) return x->hits > y->hits ? -1 : 1;
    return x->dispatch < y->dispatch ? -1 : x->dispatch > y->dispatch;
}

static int by_dispatch(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return x->dispatch < y->dispatch ? -1 : x->dispatch > y->dispatch;
}

/* The stories that share a key, those that share most first. */
static int candidates(chy_record *r, int64_t dispatch, const chy_sketch *k, candidate *v, uint32_t *n)
{
    CHY_RECORD_STMT(S_KEY_FIND, "SELECT dispatch FROM sketch_key WHERE hash = ? ORDER BY dispatch DESC LIMIT ?");
    uint32_t all = 0;
    for (uint32_t i = 0; i < k->n && i < KEYS; i++) {
        sqlite3_bind_int64(s, 1, k->hash[i]);
        sqlite3_bind_int(s, 2, MAX_POSTINGS);
        int code;
        while ((code = sqlite3_step(s)) == SQLITE_ROW)
            if (sqlite3_column_int64(s, 0) != dispatch) v[all++] = (candidate){sqlite3_column_int64(s, 0), 1};
        if ((code = chy_record_done(s, code)) != SQLITE_OK) return code;
    }
    if (all) qsort(v, all, sizeof *v, by_dispatch);
    *n = 0;
    for (uint32_t i = 0; i < all; i++)
        if (*n && v[*n - 1].dispatch == v[i].dispatch) v[*n - 1].hits++;
        else v[(*n)++] = v[i];
    if (*n) qsort(v, *n, sizeof *v, by_hits);
    if (*n > MAX_CANDIDATES) *n = MAX_CANDIDATES;
    return SQLITE_OK;
}

static int get_sketch(chy_record *r, int64_t dispatch, chy_sketch *out)
{
    CHY_RECORD_STMT(S_SKETCH_GET, "SELECT hashes FROM sketch WHERE dispatch = ?");
    sqlite3_bind_int64(s, 1, dispatch);
    int code = sqlite3_step(s);
    size_t n = code == SQLITE_ROW ? (size_t)sqlite3_column_bytes(s, 0) / 4 : 0;
    out->n = n > CHY_SKETCH_MAX ? CHY_SKETCH_MAX : (uint32_t)n;
    if (out->n) memcpy(out->hash, sqlite3_column_blob(s, 0), out->n * 4);
    return chy_record_done(s, code);
}

/* Days between the publications of two stories; 0 where one is not known. */
static int days_between(chy_record *r, int64_t a, int64_t b, int64_t *days)
{
    CHY_RECORD_STMT(S_DAYS, "SELECT CAST(abs(julianday(x.published_end) - julianday(y.published_end)) AS INTEGER) FROM dispatch x, dispatch y WHERE x.id = ? AND y.id = ?");
    sqlite3_bind_int64(s, 1, a);
    sqlite3_bind_int64(s, 2, b);
    int code = sqlite3_step(s);
    *days = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    return chy_record_done(s, code);
}

static int tie(chy_record *r, int64_t dispatch, int64_t other, double share)
{
    int64_t original = other;
    {
        CHY_RECORD_STMT(S_COPY_FIND, "SELECT original FROM copy WHERE dispatch = ?");
        sqlite3_bind_int64(s, 1, other);
        int code = sqlite3_step(s);
        if (code == SQLITE_ROW) original = sqlite3_column_int64(s, 0);
        if ((code = chy_record_done(s, code)) != SQLITE_OK) return code;
    }
    CHY_RECORD_STMT(S_COPY_NEW, "INSERT OR IGNORE INTO copy (dispatch, original, share) VALUES (?, ?, ?)");
    for (unsigned first = 0; first < 2; first++) { /* the original itself, where this is its first copy */
        sqlite3_bind_int64(s, 1, first ? dispatch : original);
        sqlite3_bind_int64(s, 2, original);
        sqlite3_bind_double(s, 3, first ? share : 1);
        int code = chy_record_done(s, sqlite3_step(s));
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

static int find_original(chy_record *r, int64_t dispatch, const chy_sketch *k)
{
    candidate *v = malloc(KEYS * MAX_POSTINGS * sizeof *v);
    if (!v) return SQLITE_NOMEM;
    uint32_t n = 0;
    int64_t best = 0;
    double most = 0;
    int code = candidates(r, dispatch, k, v, &n);
    for (uint32_t i = 0; code == SQLITE_OK && i < n; i++) {
        chy_sketch other;
        uint32_t seen = 0;
        int64_t days = 0;
        if ((code = get_sketch(r, v[i].dispatch, &other)) != SQLITE_OK) break;
        double share = chy_sketch_share(k, &other, &seen);
        if (share < SHARE_NEAR || share <= most) continue;
        if ((code = days_between(r, dispatch, v[i].dispatch, &days)) != SQLITE_OK) break;
        bool alike = k->n * 5 >= other.n * 4 && other.n * 5 >= k->n * 4;
        if ((seen < FEW && !alike) || (share < SHARE_FAR && (seen < FEW || days > DAYS_NEAR))) continue;
        most = share;
        best = v[i].dispatch;
    }
    free(v);
    return code == SQLITE_OK && best ? tie(r, dispatch, best, most) : code;
}

static int drop_keys(chy_record *r, int64_t dispatch, const chy_sketch *k)
{
    CHY_RECORD_STMT(S_KEYS_DROP, "DELETE FROM sketch_key WHERE hash = ? AND dispatch = ?");
    int code = SQLITE_OK;
    for (uint32_t i = 0; code == SQLITE_OK && i < k->n && i < KEYS; i++) {
        sqlite3_bind_int64(s, 1, k->hash[i]);
        sqlite3_bind_int64(s, 2, dispatch);
        code = chy_record_done(s, sqlite3_step(s));
    }
    return code;
}

int chy_record_copies_drop(chy_record *r, int64_t dispatch)
{
    chy_sketch k;
    int code = get_sketch(r, dispatch, &k);
    return code == SQLITE_OK ? drop_keys(r, dispatch, &k) : code;
}

int chy_record_copies(chy_record *r, int64_t dispatch, chy_slice hashes)
{
    chy_sketch k = {.n = (uint32_t)(hashes.n / 4)}, old;
    if (k.n > CHY_SKETCH_MAX) return SQLITE_MISUSE;
    if (k.n) memcpy(k.hash, hashes.p, hashes.n);
    int code = get_sketch(r, dispatch, &old);
    if (code != SQLITE_OK || !k.n || (old.n == k.n && memcmp(old.hash, k.hash, hashes.n) == 0)) return code;
    {
        CHY_RECORD_STMT(S_SKETCH_NEW, "INSERT OR REPLACE INTO sketch (dispatch, hashes) VALUES (?, ?)");
        sqlite3_bind_int64(s, 1, dispatch);
        sqlite3_bind_blob(s, 2, hashes.p, (int)hashes.n, SQLITE_STATIC);
        if ((code = chy_record_done(s, sqlite3_step(s))) != SQLITE_OK) return code;
    }
    /* Where the story reads otherwise than it did; what it is tied to stays. */
    if ((code = drop_keys(r, dispatch, &old)) != SQLITE_OK) return code;
    {
        CHY_RECORD_STMT(S_KEY_NEW, "INSERT OR IGNORE INTO sketch_key (hash, dispatch) VALUES (?, ?)");
        for (uint32_t i = 0; i < k.n && i < KEYS; i++) {
            sqlite3_bind_int64(s, 1, k.hash[i]);
            sqlite3_bind_int64(s, 2, dispatch);
            if ((code = chy_record_done(s, sqlite3_step(s))) != SQLITE_OK) return code;
        }
    }
    return old.n ? SQLITE_OK : find_original(r, dispatch, &k);
}
