/* SPDX-License-Identifier: Apache-2.0
 *
 * sample.c - events drawn by lot for people to judge, and what their verdicts say of all.
 *
 * Each stratum gets its share of the draw (largest remainder), so that the share of right ones in the whole draw is that of all events
 * but for chance. Within a stratum those are taken whose hash with the seed is smallest: the same record and seed give the same draw.
 */
#include "record/record.h"

#include <stdlib.h>

enum { MAX_BY = 8 };

typedef struct row {
    uint64_t lot;
    int64_t id;
    const char *stratum;
} row;

typedef struct draw {
    uint32_t by[MAX_BY], n_by; /* columns */
    uint64_t seed;
    chy_arena arena;
    row *v;
    size_t n, cap;
    bool failed;
    /* Second time round. */
    int64_t *chosen;
    size_t n_chosen;
    int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells);
    void *ctx;
} draw;

/* "type,status" as numbers of columns of `list`, which has blanks between. */
static chy_status read_by(draw *d, const char *list, const char *by, chy_error *err)
{
    for (const char *p = by; p && *p;) {
        size_t n = strcspn(p, ",");
        uint32_t i = 0;
        const char *c = list;
        while (*c && (strcspn(c, " ") != n || memcmp(c, p, n) != 0)) c += strcspn(c, " "), c += *c == ' ', i++;
        if (!*c || d->n_by == MAX_BY)
            return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "%.*s: no such column, or too many (%s)", (int)(n > 40 ? 40 : n), p, list);
        d->by[d->n_by++] = i;
        p += n;
        p += *p == ',';
    }
    return CHY_OK;
}

static int64_t number(chy_slice s)
{
    int64_t v = 0;
    for (size_t i = 0; i < s.n; i++) v = v * 10 + (s.p[i] - '0');
    return v;
}

/* Cells of "events". */
enum { COLUMN_ID, COLUMN_KEY };

static int gather(void *ctx, const chy_slice *cells, uint32_t n_cells)
{
    draw *d = ctx;
    if (d->n == d->cap) {
        size_t cap = d->cap ? d->cap * 2 : 1024;
        row *v = realloc(d->v, cap * sizeof *v);
        if (!v) return d->failed = true;
        d->v = v;
        d->cap = cap;
    }
    size_t size = 1;
    for (uint32_t i = 0; i < d->n_by && d->by[i] < n_cells; i++) size += cells[d->by[i]].n + 1;
    char *stratum = chy_arena_alloc(&d->arena, size);
    if (!stratum) return d->failed = true;
    char *to = stratum;
    for (uint32_t i = 0; i < d->n_by && d->by[i] < n_cells; i++) {
        chy_slice c = cells[d->by[i]];
        if (c.n) memcpy(to, c.p, c.n);
        to += c.n;
        *to++ = '\1';
    }
    *to = 0;
    int64_t id = number(cells[COLUMN_ID]);
    d->v[d->n++] = (row){chy_hash(&id, sizeof id, chy_hash(cells[COLUMN_KEY].p, cells[COLUMN_KEY].n, d->seed)), id, stratum};
    return 0;
}

static int by_lot(const void *a, const void *b)
{
    const row *x = a, *y = b;
    int c = strcmp(x->stratum, y->stratum);
    if (c) return c;
    if (x->lot != y->lot) return x->lot < y->lot ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

typedef struct stratum {
    size_t first, n, share;
    uint64_t rest; /* of the division */
} stratum;

static int by_rest(const void *a, const void *b)
{
    const stratum *x = a, *y = b;
    if (x->rest != y->rest) return x->rest > y->rest ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Which rows, of those gathered; false where memory is out. */
static bool choose(draw *d, uint64_t want)
{
    if (want > d->n) want = d->n;
    if (!want) return true;
    qsort(d->v, d->n, sizeof *d->v, by_lot);
    stratum *s = malloc(d->n * sizeof *s);
    d->chosen = malloc((size_t)want * sizeof *d->chosen);
    if (!s || !d->chosen) {
        free(s);
        return false;
    }
    size_t n = 0, given = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (!i || strcmp(d->v[i].stratum, d->v[i - 1].stratum) != 0) s[n++] = (stratum){.first = i};
        s[n - 1].n++;
    }
    for (size_t i = 0; i < n; i++) {
        s[i].share = (size_t)(want * s[i].n / d->n);
        s[i].rest = want * s[i].n % d->n;
        given += s[i].share;
    }
    qsort(s, n, sizeof *s, by_rest);
    for (size_t i = 0; i < n && given < want; i++) s[i].share++, given++;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < s[i].share && k < s[i].n; k++) d->chosen[d->n_chosen++] = d->v[s[i].first + k].id;
    free(s);
    qsort(d->chosen, d->n_chosen, sizeof *d->chosen, by_id);
    return true;
}

static int give(void *ctx, const chy_slice *cells, uint32_t n_cells)
{
    draw *d = ctx;
    int64_t id = number(cells[COLUMN_ID]);
    return bsearch(&id, d->chosen, d->n_chosen, sizeof id, by_id) ? d->each(d->ctx, cells, n_cells) : 0;
}

chy_status chy_record_sample(chy_record *r, chy_slice expression, uint64_t n, const char *by, uint64_t seed,
                             int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err)
{
    draw d = {.seed = seed, .each = each, .ctx = ctx};
    chy_status st = read_by(&d, chy_record_columns("events"), by, err);
    if (st != CHY_OK) return st;
    chy_arena_init(&d.arena);
    bool own = !r->open && chy_record_exec(r, "BEGIN") == SQLITE_OK; /* both readings see one state */
    st = chy_record_select(r, "events", expression, NULL, 0, gather, &d, err);
    if (st == CHY_OK && (d.failed || !choose(&d, n > INT32_MAX ? INT32_MAX : n))) st = chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    if (st == CHY_OK && d.n_chosen) st = chy_record_select(r, "events", expression, NULL, 0, give, &d, err);
    if (own) chy_record_exec(r, "COMMIT");
    free(d.v);
    free(d.chosen);
    chy_arena_free(&d.arena);
    return st;
}

/* ------------------------------------------------------------------- precision */

static double root(double x)
{
    double y = x > 1 ? x : 1;
    for (unsigned i = 0; i < 64; i++) y = (y + x / y) / 2;
    return x > 0 ? y : 0;
}

/* Wilson's interval at 95 %. */
static void interval(chy_precision *p)
{
    double z = 1.959963984540054, n = p->n, share = p->right / n, base = 1 + z * z / n;
    double middle = (share + z * z / (2 * n)) / base, half = z * root(share * (1 - share) / n + z * z / (4 * n * n)) / base;
    p->share = share;
    p->low = p->right ? middle - half : 0;
    p->high = p->right < p->n ? middle + half : 1;
}

static chy_status add_up(chy_record *r, const char *by, int (*each)(void *ctx, const chy_precision *row), void *ctx, int *ended, chy_error *err)
{
    char sql[1200];
    sqlite3_snprintf(sizeof sql, sql,
                     "SELECT %s, count(*), sum(verdict = 'right'), sum(NOT current) FROM verdicts v WHERE drawn AND NOT EXISTS (SELECT 1 FROM verdict x WHERE x.dispatch = v.dispatch "
                     "AND x.key = v.key AND x.revision = v.revision AND x.drawn AND (x.judged_utc > v.judged_utc OR (x.judged_utc = v.judged_utc AND x.judge > v.judge))) "
                     "GROUP BY 1 ORDER BY 1", by);
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, sql, -1, &s, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        if ((code = sqlite3_step(s)) != SQLITE_ROW) break;
        chy_precision p = {.stratum = {(const char *)sqlite3_column_text(s, 0), (size_t)sqlite3_column_bytes(s, 0)}, .n = (uint32_t)sqlite3_column_int64(s, 1),
                           .right = (uint32_t)sqlite3_column_int64(s, 2), .withdrawn = (uint32_t)sqlite3_column_int64(s, 3)};
        interval(&p);
        if ((*ended = each(ctx, &p)) != 0) break;
    }
    chy_status st = code == SQLITE_DONE || code == SQLITE_ROW ? CHY_OK : chy_record_fail(r, code, "reading", err);
    sqlite3_finalize(s);
    return st;
}

chy_status chy_record_precision(chy_record *r, const char *by, int (*each)(void *ctx, const chy_precision *row), void *ctx, chy_error *err)
{
    static const char columns[] = "type mode status judge dispatch";
    draw d = {0};
    chy_status st = read_by(&d, columns, by, err);
    char sql[256] = "";
    for (uint32_t i = 0; st == CHY_OK && i < d.n_by; i++) {
        const char *c = columns;
        for (uint32_t k = d.by[i]; k; k--) c += strcspn(c, " ") + 1;
        size_t n = strlen(sql);
        sqlite3_snprintf((int)(sizeof sql - n), sql + n, "%s%.*s", i ? " || '/' || " : "", (int)strcspn(c, " "), c);
    }
    int ended = 0;
    if (st == CHY_OK && d.n_by) st = add_up(r, sql, each, ctx, &ended, err);
    if (st == CHY_OK && !ended) st = add_up(r, "''", each, ctx, &ended, err);
    return st;
}
