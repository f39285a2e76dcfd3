/* SPDX-License-Identifier: Apache-2.0
 *
 * look.c - what the endpoints over columns share.
 */
#include "serve/look.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_AUTO = 200, MAX_QUESTION = 4096, MANY = 20000 /* rows */ };
enum { S_NAME = CHY_SLOT_VIEWS };

chy_status chy_look_memory(chy_error *err) { return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory"); }

bool chy_ask_is(const chy_ask *ask, const char *name, const char *value) { return chy_slice_eqz(chy_ask_text(ask, name), value); }

chy_status chy_look_open(chy_look *v, chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_slice wrong = {NULL, 0};
    v->serve = serve;
    chy_status st = chy_store_hold(serve->store, &v->c, err);
    if (st == CHY_OK) st = chy_store_find(serve->store, v->c, serve->record, chy_ask_text(ask, "q"), &v->rows, &wrong, err);
    if (wrong.p) { /* kept where the server frees it */
        answer->json = chy_json_text(wrong);
        answer->term = json_string_value(answer->json);
    }
    return st;
}

void chy_look_close(chy_look *v)
{
    chy_bits_free(&v->rows);
    if (v->c) chy_store_release(v->serve->store, v->c);
    v->c = NULL;
}

/* All that an answer hangs on but the columns; n 0 where that is too long to be kept. */
static chy_slice question(const char *view, const chy_ask *ask, char buf[MAX_QUESTION])
{
    size_t n = strlen(view);
    memcpy(buf, view, n);
    for (uint32_t i = 0; i < ask->n; i++) {
        size_t name = strlen(ask->names[i]);
        if (n + name + ask->values[i].n + 2 > MAX_QUESTION) return (chy_slice){buf, 0};
        buf[n++] = 0; /* which no value has */
        memcpy(buf + n, ask->names[i], name);
        n += name;
        buf[n++] = '=';
        if (ask->values[i].n) memcpy(buf + n, ask->values[i].p, ask->values[i].n);
        n += ask->values[i].n;
    }
    return (chy_slice){buf, n};
}

bool chy_look_known(const chy_look *v, const char *view, const chy_ask *ask, chy_answer *answer)
{
    char buf[MAX_QUESTION];
    chy_slice q = question(view, ask, buf);
    if (q.n) answer->json = chy_store_recall(v->serve->store, v->c, q);
    return answer->json != NULL;
}

void chy_look_keep(const chy_look *v, const char *view, const chy_ask *ask, const chy_answer *answer, uint32_t n)
{
    char buf[MAX_QUESTION];
    chy_slice q = question(view, ask, buf);
    if (q.n && answer->json && n >= MANY) chy_store_keep(v->serve->store, v->c, q, answer->json);
}

/* -------------------------------------------------------------------- counting */

uint32_t chy_look_units(const chy_look *v, bool incidents, void (*each)(void *ctx, uint32_t row, uint32_t unit), void *ctx)
{
    const chy_columns *c = v->c;
    uint32_t unit = 0;
    for (uint32_t w = 0; w < chy_bits_words(c->n); w++)
        for (uint64_t word = v->rows.v[w] & (incidents ? c->alone[w] : ~(uint64_t)0); word; word &= word - 1) each(ctx, w * 64 + (uint32_t)__builtin_ctzll(word), ++unit);
    for (uint32_t i = 0; incidents && i < c->incidents.n; i++) {
        uint32_t from = c->member_at[i], to = c->member_at[i + 1];
        bool any = false;
        if (to - from < 2) continue; /* done above */
        for (; from < to; from++) {
            if (!chy_bits_get(&v->rows, c->member[from])) continue;
            unit += !any;
            any = true;
            each(ctx, c->member[from], unit);
        }
    }
    return unit;
}

bool chy_tally_new(chy_tally *t, size_t size)
{
    *t = (chy_tally){calloc(size + 1, sizeof *t->v), (uint32_t)size};
    return t->v && size < UINT32_MAX;
}

void chy_tally_free(chy_tally *t)
{
    free(t->v);
    *t = (chy_tally){0};
}

/* A heap of the best ones with the worst of them on top. */
static bool worse(const chy_tally *t, uint32_t a, uint32_t b) { return t->v[a].n != t->v[b].n ? t->v[a].n < t->v[b].n : a > b; }

static void sink(const chy_tally *t, uint32_t *heap, uint32_t n, uint32_t at)
{
    for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && worse(t, heap[child + 1], heap[child])) child++;
        if (!worse(t, heap[child], heap[at])) return;
        uint32_t swap = heap[at];
        heap[at] = heap[child], heap[child] = swap;
    }
}

uint32_t *chy_tally_top(const chy_tally *t, uint32_t top, uint32_t *n, uint32_t *all)
{
    uint32_t *heap = malloc(((size_t)top + 1) * sizeof *heap);
    *n = *all = 0;
    for (uint32_t i = 0; heap && i < t->size; i++) {
        if (!t->v[i].n) continue;
        ++*all;
        if (*n < top) {
            heap[(*n)++] = i;
            if (*n == top)
                for (uint32_t k = top; k-- > 0;) sink(t, heap, top, k);
        } else if (worse(t, heap[0], i)) {
            heap[0] = i;
            sink(t, heap, top, 0);
        }
    }
    if (!heap) return NULL;
    if (*n < top)
        for (uint32_t k = *n; k-- > 0;) sink(t, heap, *n, k);
    for (uint32_t k = *n; k > 1; k--) { /* the worst goes to the end */
        uint32_t swap = heap[0];
        heap[0] = heap[k - 1], heap[k - 1] = swap;
        sink(t, heap, k - 1, 0);
    }
    return heap;
}

/* --------------------------------------------------------------------- periods */

static const char *const period_names[] = {"day", "week", "month", "quarter", "year"};

const char *chy_period_name(chy_period by) { return period_names[by]; }

static int32_t floor_div(int32_t a, int32_t b) { return a / b - (a % b < 0); }

/* Weeks begin on Monday; 1970-01-01 was a Thursday. */
static int32_t period_of(chy_period by, chy_day d)
{
    int year;
    unsigned month, day;
    if (by == CHY_BY_DAY) return d;
    if (by == CHY_BY_WEEK) return floor_div(d + 3, 7);
    chy_day_civil(d, &year, &month, &day);
    int32_t m = year * 12 + (int32_t)month - 1;
    return by == CHY_BY_MONTH ? m : by == CHY_BY_QUARTER ? floor_div(m, 3) : year;
}

static chy_day period_begin(chy_period by, int32_t p)
{
    if (by == CHY_BY_DAY) return p;
    if (by == CHY_BY_WEEK) return p * 7 - 3;
    int32_t m = by == CHY_BY_MONTH ? p : by == CHY_BY_QUARTER ? p * 3 : p * 12, year = floor_div(m, 12);
    return chy_day_of(year, (unsigned)(m - year * 12) + 1, 1);
}

/* The first and the last row with a day; false where there is none. */
static bool extent(const chy_look *v, uint32_t *first, uint32_t *last)
{
    uint32_t words = chy_bits_words(v->c->n_dated);
    *first = *last = CHY_NO_ROW;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t word = v->rows.v[w];
        if (w == words - 1 && v->c->n_dated % 64) word &= ((uint64_t)1 << v->c->n_dated % 64) - 1;
        if (!word) continue;
        if (*first == CHY_NO_ROW) *first = w * 64 + (uint32_t)__builtin_ctzll(word);
        *last = w * 64 + 63 - (uint32_t)__builtin_clzll(word);
    }
    return *first != CHY_NO_ROW;
}

chy_status chy_periods_open(chy_periods *p, const chy_look *v, chy_slice by, chy_error *err)
{
    *p = (chy_periods){.by = CHY_BY_DAY, .first = CHY_NO_DAY, .last = CHY_NO_DAY};
    uint32_t from, to;
    bool any = extent(v, &from, &to);
    if (any) p->first = v->c->begin[from], p->last = v->c->begin[to];
    unsigned k = 0;
    while (k < 5 && !chy_slice_eqz(by, period_names[k])) k++;
    if (k < 5) p->by = (chy_period)k;
    else
        while (any && p->by < CHY_BY_YEAR && period_of(p->by, p->last) - period_of(p->by, p->first) >= MAX_AUTO) p->by++;
    if (!any) return CHY_OK;
    p->origin = period_of(p->by, p->first);
    uint32_t span = (uint32_t)(period_of(p->by, p->last) - p->origin) + 1;
    p->index = malloc(span * sizeof *p->index);
    p->begin = malloc(span * sizeof *p->begin);
    if (!p->index || !p->begin) return chy_look_memory(err);
    memset(p->index, 0xff, span * sizeof *p->index);
    chy_day day = CHY_NO_DAY;
    for (uint32_t w = from / 64; w <= to / 64; w++)
        for (uint64_t word = v->rows.v[w]; word; word &= word - 1) {
            uint32_t row = w * 64 + (uint32_t)__builtin_ctzll(word);
            if (row > to || v->c->begin[row] == day) continue;
            day = v->c->begin[row];
            int32_t number = period_of(p->by, day);
            uint32_t *at = &p->index[number - p->origin];
            if (*at != CHY_NO_ROW) continue;
            p->begin[p->n] = period_begin(p->by, number);
            *at = p->n++;
        }
    return CHY_OK;
}

void chy_periods_close(chy_periods *p)
{
    free(p->index);
    free(p->begin);
    *p = (chy_periods){0};
}

uint32_t chy_periods_of(const chy_periods *p, const chy_columns *c, uint32_t row)
{
    return c->begin[row] == CHY_NO_DAY ? CHY_NO_ROW : p->index[period_of(p->by, c->begin[row]) - p->origin];
}

/* ----------------------------------------------------------------------- lists */

chy_status chy_cursor_read(chy_slice text, chy_cursor *out, chy_error *err)
{
    *out = (chy_cursor){.day = CHY_NO_DAY};
    if (!text.n) return CHY_OK;
    size_t dot = chy_slice_find(text, CHY_LIT("."));
    bool ok = dot != SIZE_MAX && text.n - dot > 1 && text.n - dot <= 19;
    if (ok && dot) ok = chy_day_parse((chy_slice){text.p, dot}, &out->day) == CHY_OK;
    for (size_t i = dot + 1; ok && i < text.n; i++) {
        ok = text.p[i] >= '0' && text.p[i] <= '9';
        out->id = out->id * 10 + (text.p[i] - '0');
    }
    out->set = ok;
    return ok ? CHY_OK : chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "the cursor is none that was given out");
}

json_t *chy_cursor_write(chy_day day, int64_t id)
{
    char at[11] = "";
    if (day != CHY_NO_DAY) chy_day_format(day, at);
    return json_sprintf("%s.%lld", at, (long long)id);
}

/* Is the row before the place of the cursor, in the columns' order? */
static bool before(const chy_columns *c, uint32_t row, const chy_cursor *at, bool or_at)
{
    chy_day d = c->begin[row];
    if (d != at->day) return at->day == CHY_NO_DAY || (d != CHY_NO_DAY && d < at->day);
    return c->id[row] < at->id || (or_at && c->id[row] == at->id);
}

/* The first row that is not before the cursor (and not at it). */
static uint32_t place_of(const chy_columns *c, const chy_cursor *at, bool behind)
{
    uint32_t lo = 0, hi = c->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (before(c, mid, at, behind)) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* The rows from `from` up to `to`, upwards or downwards, until there is one more than `limit`. */
static uint32_t take(const chy_bits *b, uint32_t from, uint32_t to, bool down, uint32_t limit, uint32_t *rows, uint32_t n, bool *more)
{
    for (uint32_t k = 0; k < to - from; k++) {
        uint32_t row = down ? to - 1 - k : from + k;
        uint64_t word = b->v[row >> 6];
        if (!word) { /* skip the rest of the word */
            uint32_t skip = down ? row % 64 : 63 - row % 64;
            k += skip < to - from - 1 - k ? skip : to - from - 1 - k;
            continue;
        }
        if (!(word >> (row & 63) & 1)) continue;
        if (n == limit) {
            *more = true;
            return n;
        }
        rows[n++] = row;
    }
    return n;
}

uint32_t chy_look_page(const chy_columns *c, const chy_bits *bits, const chy_cursor *after, bool newest, uint32_t limit, uint32_t *rows, bool *more)
{
    *more = false;
    if (!newest) return take(bits, after->set ? place_of(c, after, true) : 0, c->n, false, limit, rows, 0, more);
    /* The dated ones downwards, then the others downwards. */
    uint32_t dated = c->n_dated, rest = c->n, n = 0;
    if (after->set && after->day == CHY_NO_DAY) dated = 0, rest = place_of(c, after, false);
    else if (after->set) dated = place_of(c, after, false);
    n = take(bits, 0, dated, true, limit, rows, 0, more);
    if (!*more && rest > c->n_dated) n = take(bits, c->n_dated, rest, true, limit, rows, n, more);
    return n;
}

/* ---------------------------------------------------------------- small things */

json_t *chy_look_name(chy_record *r, chy_slice key)
{
    chy_slice kind = chy_serve_kind_of_country(key);
    if (kind.n) return chy_json_text(kind);
    sqlite3_stmt *s = chy_record_stmt(r, S_NAME, "SELECT name FROM actor WHERE key = ?");
    if (!s) return chy_json_text(key);
    sqlite3_bind_text(s, 1, key.p, (int)key.n, SQLITE_STATIC);
    json_t *name = sqlite3_step(s) == SQLITE_ROW ? chy_json_text(chy_cell_text(s, 0)) : chy_json_text(key);
    sqlite3_reset(s);
    return name;
}
