/* SPDX-License-Identifier: Apache-2.0
 *
 * search.c - stories by their words, or the newest; with an event that an expression finds, where one is given.
 *
 * A word can be in half a million stories. All of them are counted, but only the newest are weighed: of each, what is asked for is how good it is, and
 * that is most of the work. Behind those that are weighed the others follow, newest first.
 */
#include "serve/look.h"
#include "serve/text.h"

#include <stdlib.h>

enum { S_WITHDRAWN = CHY_SLOT_READER + 16, S_MATCH, S_RANK, S_SNIPPET, S_ROW, S_COUNT, S_DATED, S_UNDATED, S_DAY };
enum { MAX_WORDS = 32, MAX_QUERY = 2048, MAX_WEIGHED = 20000, MAX_SORTED = 20000 };

/* What is asked for. */
typedef struct search {
    chy_serve *serve;
    char query[MAX_QUERY];     /* for FTS5; "" where no words are given */
    const chy_columns *c;      /* held where there is an expression */
    uint64_t *found;           /* bits by index of a story; NULL: all */
    uint32_t n_found;
    uint32_t limit;
    json_t *rows;
    char next[64];             /* "": the end */
    int64_t total;
} search;

/* ---------------------------------------------------------------------- words */

static bool says_something(chy_slice w)
{
    for (size_t i = 0; i < w.n; i++)
        if ((unsigned char)w.p[i] >= 0x80 || chy_record_letter((unsigned char)w.p[i])) return true;
    return false;
}

/* The user's words as FTS5's strings: nothing of its own syntax is let in. False where no word is left, or there are too many. */
static bool query_of(chy_slice text, char out[MAX_QUERY])
{
    size_t n = 0;
    unsigned words = 0;
    for (size_t i = 0; i < text.n;) {
        bool quoted = text.p[i] == '"';
        size_t from = i += quoted;
        while (i < text.n && text.p[i] != '"' && (quoted || !chy_is_space((unsigned char)text.p[i]))) i++;
        chy_slice w = {text.p + from, i - from};
        i += i < text.n && (quoted || text.p[i] != '"');
        if (!says_something(w)) continue;
        if (++words > MAX_WORDS || n + w.n + 4 > MAX_QUERY) return false;
        if (n) out[n++] = ' ';
        out[n++] = '"';
        memcpy(out + n, w.p, w.n);
        n += w.n;
        out[n++] = '"';
    }
    out[n] = 0;
    return n > 0;
}

/* ----------------------------------------------------------------- expression */

/* The stories that have one of the events that an expression finds. */
static chy_status find_stories(search *f, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look look = {0};
    chy_status st = chy_look_open(&look, f->serve, ask, answer, err);
    const chy_columns *c = look.c;
    if (st == CHY_OK && !(f->found = calloc((size_t)chy_bits_words(c->dispatches.n) + 1, sizeof *f->found))) st = chy_look_memory(err);
    for (uint32_t i = 0; st == CHY_OK && i < c->n; i++) {
        uint32_t d = c->dispatch[i];
        if (!chy_bits_get(&look.rows, i) || d == CHY_NO_ROW || (f->found[d >> 6] >> (d & 63) & 1)) continue;
        f->found[d >> 6] |= (uint64_t)1 << (d & 63);
        f->n_found++;
    }
    f->c = look.c;
    chy_bits_free(&look.rows);
    return st;
}

static bool wanted(const search *f, int64_t id)
{
    if (!f->found) return true;
    uint32_t d = chy_keys_find(&f->c->dispatches, id);
    return d != CHY_NO_ROW && (f->found[d >> 6] >> (d & 63) & 1);
}

/* ----------------------------------------------------------------------- rows */

/* Text with \1 before and \2 behind what was looked for, as pieces. */
static json_t *pieces(chy_slice s)
{
    json_t *list = json_array();
    bool hit = false;
    for (size_t i = 0, from = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != 1 && s.p[i] != 2) continue;
        if (i > from) json_array_append_new(list, json_pack("{s:o,s:b}", "text", chy_json_text((chy_slice){s.p + from, i - from}), "hit", (int)hit));
        hit = i < s.n && s.p[i] == 1;
        from = i + 1;
    }
    return list;
}

/* Where no words were looked for: how the story begins. */
static json_t *opening(chy_slice s)
{
    enum { OPENING = 240 };
    size_t n = s.n < OPENING ? s.n : OPENING;
    while (n < s.n && n && (unsigned char)s.p[n] != ' ') n--; /* at a word's end, and so at a character's */
    json_t *list = json_array();
    if (n) json_array_append_new(list, json_pack("{s:o,s:b}", "text", chy_json_text((chy_slice){s.p, n}), "hit", 0));
    return list;
}

static chy_status snippet(search *f, int64_t id, json_t **out, chy_error *err)
{
    *out = NULL;
    sqlite3_stmt *s = chy_rows_stmt(f->serve->record, S_SNIPPET, "SELECT snippet(dispatch_fts, 1, x'01', x'02', '\xE2\x80\xA6', 32) FROM dispatch_fts WHERE dispatch_fts MATCH ? AND rowid = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_text(s, 1, f->query, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, id);
    int code = sqlite3_step(s);
    *out = code == SQLITE_ROW ? pieces(chy_cell_text(s, 0)) : json_array();
    return chy_rows_done(f->serve->record, s, code, err);
}

/* One more row; *taken false where the story is withdrawn or gone. */
static chy_status add_row(search *f, int64_t id, bool *taken, chy_error *err)
{
    *taken = false;
    sqlite3_stmt *s = chy_rows_stmt(f->serve->record, S_ROW, "SELECT d.title, (SELECT name FROM source WHERE id = d.publisher), d.published_begin, d.published_end, d.url, "
                                    "(SELECT count(*) FROM event e WHERE e.dispatch = d.id AND e.withdrawn_utc IS NULL), "
                                    "(SELECT count(*) - 1 FROM copy WHERE original = (SELECT original FROM copy WHERE dispatch = d.id)), CAST(substr(d.text, 1, 300) AS TEXT) "
                                    "FROM dispatch d WHERE d.id = ? AND d.withdrawn_utc IS NULL", err);
    if (!s) return CHY_E_RECORD;
    json_t *v = NULL, *agencies = NULL, *words = NULL;
    sqlite3_bind_int64(s, 1, id);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        int64_t copies = sqlite3_column_int64(s, 6);
        v = json_pack("{s:I,s:o,s:o,s:o,s:o,s:o,s:I,s:o}", "id", (json_int_t)id, "title", chy_json_cell(s, 0), "publisher", chy_json_cell(s, 1), "published", chy_text_interval(s, 2), "url",
                      chy_json_cell(s, 4), "n_events", chy_json_int(s, 5), "n_copies", (json_int_t)(copies > 0 ? copies : 0), "snippet", opening(chy_cell_text(s, 7)));
    }
    chy_status st = chy_rows_done(f->serve->record, s, code, err);
    if (st != CHY_OK || code == SQLITE_DONE) {
        json_decref(v);
        return st;
    }
    st = v ? chy_text_agencies(f->serve, id, &agencies, err) : chy_look_memory(err);
    if (st == CHY_OK && f->query[0]) st = snippet(f, id, &words, err);
    if (st == CHY_OK) json_object_set(v, "agency", agencies);
    if (st == CHY_OK && words) json_object_set(v, "snippet", words);
    if (st == CHY_OK) *taken = json_array_append(f->rows, v) == 0;
    json_decref(v);
    json_decref(agencies);
    json_decref(words);
    return st;
}

/* -------------------------------------------------------------- best first */

typedef struct hit {
    int64_t id;
    double rank; /* bm25: the lower the better */
} hit;

typedef struct hits {
    hit *v;
    uint32_t n, cap;
} hits;

static bool push(hits *h, hit x)
{
    if (h->n == h->cap) {
        uint32_t cap = h->cap ? h->cap * 2 : 1024;
        hit *more = cap > h->cap ? realloc(h->v, cap * sizeof *more) : NULL;
        if (!more) return false;
        h->v = more, h->cap = cap;
    }
    h->v[h->n++] = x;
    return true;
}

static int best_first(const void *a, const void *b)
{
    const hit *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    return x->id > y->id ? -1 : x->id < y->id;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Stories that later readings of their pages no longer find, rising. To be freed. */
static chy_status withdrawn(chy_serve *serve, int64_t **out, uint32_t *n, chy_error *err)
{
    uint32_t cap = 0;
    *out = NULL, *n = 0;
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_WITHDRAWN, "SELECT id FROM dispatch WHERE withdrawn_utc IS NOT NULL ORDER BY id", err);
    if (!s) return CHY_E_RECORD;
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        if (*n == cap) {
            int64_t *more = realloc(*out, (cap = cap ? cap * 2 : 64) * sizeof *more);
            if (!more) {
                sqlite3_reset(s);
                return chy_look_memory(err);
            }
            *out = more;
        }
        (*out)[(*n)++] = sqlite3_column_int64(s, 0);
    }
    return chy_rows_done(serve->record, s, code, err);
}

/* All stories with the words, by number; *weighed_from: the number from which on they are to be weighed. */
static chy_status match(search *f, hits *h, int64_t *weighed_from, chy_error *err)
{
    int64_t *gone;
    uint32_t n_gone;
    sqlite3_stmt *s = chy_rows_stmt(f->serve->record, S_MATCH, "SELECT rowid FROM dispatch_fts WHERE dispatch_fts MATCH ? ORDER BY rowid", err);
    if (!s) return CHY_E_RECORD;
    chy_status st = withdrawn(f->serve, &gone, &n_gone, err);
    if (st != CHY_OK) {
        free(gone);
        return st;
    }
    sqlite3_bind_text(s, 1, f->query, -1, SQLITE_STATIC);
    int code;
    bool room = true;
    while (room && (code = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(s, 0);
        if (!n_gone || !bsearch(&id, gone, n_gone, sizeof id, by_id)) room = push(h, (hit){id, 0});
    }
    free(gone);
    if (!room) {
        sqlite3_reset(s);
        return chy_look_memory(err);
    }
    *weighed_from = h->n > MAX_WEIGHED ? h->v[h->n - MAX_WEIGHED].id : 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < h->n; i++)
        if (wanted(f, h->v[i].id)) h->v[n++] = h->v[i];
    h->n = n;
    return chy_rows_done(f->serve->record, s, code, err);
}

/* Weigh the newest, which come first then, best first; the others behind them by number. */
static chy_status weigh(search *f, hits *h, int64_t from, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(f->serve->record, S_RANK, "SELECT rowid, bm25(dispatch_fts, 4.0, 1.0) FROM dispatch_fts WHERE dispatch_fts MATCH ? AND rowid >= ? ORDER BY rowid", err);
    if (!s) return CHY_E_RECORD;
    uint32_t k = 0;
    while (k < h->n && h->v[k].id < from) h->v[k].rank = 1, k++; /* bm25 is below 0 */
    sqlite3_bind_text(s, 1, f->query, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, from);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(s, 0);
        while (k < h->n && h->v[k].id < id) k++;
        if (k < h->n && h->v[k].id == id) h->v[k].rank = sqlite3_column_double(s, 1);
    }
    qsort(h->v, h->n, sizeof *h->v, best_first);
    return chy_rows_done(f->serve->record, s, code, err);
}

static chy_status best(search *f, chy_slice cursor, chy_error *err)
{
    hits h = {0};
    int64_t from = 0;
    uint32_t skip = 0;
    for (size_t i = 0; i < cursor.n; i++) {
        if (cursor.p[i] < '0' || cursor.p[i] > '9' || skip > 100000000) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "cursor: not of such a page");
        skip = skip * 10 + (uint32_t)(cursor.p[i] - '0');
    }
    chy_status st = match(f, &h, &from, err);
    if (st == CHY_OK && h.n) st = weigh(f, &h, from, err);
    f->total = h.n;
    uint32_t i = skip;
    for (bool taken; st == CHY_OK && i < h.n && i - skip < f->limit; i++) st = add_row(f, h.v[i].id, &taken, err);
    if (st == CHY_OK && i < h.n) sqlite3_snprintf(sizeof f->next, f->next, "%u", i);
    free(h.v);
    return st;
}

/* ------------------------------------------------------------- newest first */

/* The place of a story in the order: day, "" where it is not known, and number. */
typedef struct place {
    char day[11];
    int64_t id;
} place;

static bool place_of(chy_slice cursor, place *out)
{
    chy_slice day, rest = cursor;
    chy_day d;
    int64_t id = 0;
    if (!chy_slice_split(&rest, '.', &day) || !rest.n || rest.n > 18 || (day.n && chy_day_parse(day, &d) != CHY_OK)) return false;
    for (size_t i = 0; i < rest.n; i++) {
        if (rest.p[i] < '0' || rest.p[i] > '9') return false;
        id = id * 10 + (rest.p[i] - '0');
    }
    sqlite3_snprintf(sizeof out->day, out->day, "%.*s", (int)day.n, day.p);
    out->id = id;
    return true;
}

/* In the order of the list: newest first, those without a day last. */
static int by_day(const void *a, const void *b)
{
    const place *x = a, *y = b;
    int c = strcmp(y->day, x->day);
    return c ? c : x->id > y->id ? -1 : x->id < y->id;
}

/* Where an expression finds few stories: these by their days, instead of all of the record's until there are enough. */
static chy_status few(search *f, const place *from, place *last, bool *full, chy_error *err)
{
    place *all = malloc(((size_t)f->n_found + 1) * sizeof *all);
    sqlite3_stmt *s = all ? chy_rows_stmt(f->serve->record, S_DAY, "SELECT published_end FROM dispatch WHERE id = ?", err) : NULL;
    chy_status st = s ? CHY_OK : all ? CHY_E_RECORD : chy_look_memory(err);
    uint32_t n = 0;
    for (uint32_t d = 0; st == CHY_OK && d < f->c->dispatches.n; d++) {
        if (!(f->found[d >> 6] >> (d & 63) & 1)) continue;
        place *p = &all[n++];
        *p = (place){"", f->c->dispatches.v[d]};
        sqlite3_bind_int64(s, 1, p->id);
        int code = sqlite3_step(s);
        if (code == SQLITE_ROW) sqlite3_snprintf(sizeof p->day, p->day, "%s", sqlite3_column_type(s, 0) == SQLITE_NULL ? "" : (const char *)sqlite3_column_text(s, 0));
        st = chy_rows_done(f->serve->record, s, code, err);
    }
    if (n) qsort(all, n, sizeof *all, by_day);
    for (uint32_t i = 0; st == CHY_OK && i < n && !*full; i++) {
        bool taken;
        if (by_day(&all[i], from) <= 0) continue;
        if ((*full = json_array_size(f->rows) == f->limit)) break;
        st = add_row(f, all[i].id, &taken, err);
        if (taken) *last = all[i];
    }
    free(all);
    return st;
}

/* Rows as a statement gives them (number, day), until there are enough. */
static chy_status take(search *f, sqlite3_stmt *s, place *last, bool *full, chy_error *err)
{
    int code;
    chy_status st = CHY_OK;
    while (st == CHY_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(s, 0);
        bool taken;
        if (!wanted(f, id)) continue;
        if ((*full = json_array_size(f->rows) == f->limit)) break;
        st = add_row(f, id, &taken, err);
        if (!taken) continue;
        last->id = id;
        chy_slice day = chy_cell_text(s, 1);
        sqlite3_snprintf(sizeof last->day, last->day, "%.*s", (int)day.n, day.n ? day.p : "");
    }
    if (st == CHY_OK) return chy_rows_done(f->serve->record, s, code, err);
    sqlite3_reset(s);
    return st;
}

/* All stories by their days, until there are enough that are wanted. */
static chy_status scan(search *f, place from, place *last, bool *full, chy_error *err)
{
    sqlite3_stmt *s;
    if (from.day[0]) {
        s = chy_rows_stmt(f->serve->record, S_DATED, "SELECT id, published_end FROM dispatch WHERE published_end <= ?1 AND (published_end < ?1 OR id < ?2) ORDER BY published_end DESC, id DESC", err);
        if (!s) return CHY_E_RECORD;
        sqlite3_bind_text(s, 1, from.day, -1, SQLITE_STATIC);
        sqlite3_bind_int64(s, 2, from.id);
        chy_status st = take(f, s, last, full, err);
        if (st != CHY_OK || *full) return st;
        from.id = INT64_MAX;
    }
    s = chy_rows_stmt(f->serve->record, S_UNDATED, "SELECT id, NULL FROM dispatch WHERE published_end IS NULL AND id < ? ORDER BY id DESC", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, from.id);
    return take(f, s, last, full, err);
}

static chy_status newest(search *f, chy_slice cursor, chy_error *err)
{
    place from = {"9999-12-31", INT64_MAX}, last = {"", 0};
    bool full = false;
    if (cursor.n && !place_of(cursor, &from)) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "cursor: not of such a page");
    chy_status st = f->found && f->n_found <= MAX_SORTED ? few(f, &from, &last, &full, err) : scan(f, from, &last, &full, err);
    if (full) sqlite3_snprintf(sizeof f->next, f->next, "%s.%lld", last.day, (long long)last.id);
    return st;
}

static chy_status count(search *f, chy_error *err)
{
    f->total = f->n_found;
    if (f->found) return CHY_OK;
    sqlite3_stmt *s = chy_rows_stmt(f->serve->record, S_COUNT, "SELECT (SELECT count(*) FROM dispatch) - (SELECT count(*) FROM dispatch WHERE withdrawn_utc IS NOT NULL)", err);
    if (!s) return CHY_E_RECORD;
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) f->total = sqlite3_column_int64(s, 0);
    return chy_rows_done(f->serve->record, s, code, err);
}

/* ------------------------------------------------------------------------ all */

chy_status chy_serve_dispatches(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_slice text = chy_slice_trim(chy_ask_text(ask, "text")), q = chy_slice_trim(chy_ask_text(ask, "q")), cursor = chy_ask_text(ask, "cursor");
    search f = {.serve = serve, .limit = (uint32_t)chy_ask_int(ask, "limit")};
    if (text.n && !query_of(text, f.query)) {
        if (says_something(text)) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "text: more than %d words", MAX_WORDS);
        answer->json = json_pack("{s:[],s:n,s:i}", "rows", "next", "total", 0); /* only signs: nothing to look for */
        return CHY_OK;
    }
    chy_status st = CHY_OK;
    if (!(f.rows = json_array())) return chy_look_memory(err);
    if (q.n) st = find_stories(&f, ask, answer, err);
    if (st == CHY_OK) st = chy_text_begin(serve, err);
    if (st == CHY_OK) {
        st = f.query[0] ? best(&f, cursor, err) : newest(&f, cursor, err);
        if (st == CHY_OK && !f.query[0]) st = count(&f, err);
        chy_text_end(serve);
    }
    if (st == CHY_OK) answer->json = json_pack("{s:O,s:o,s:I}", "rows", f.rows, "next", f.next[0] ? json_string(f.next) : json_null(), "total", (json_int_t)f.total);
    if (st == CHY_OK && !answer->json) st = chy_look_memory(err);
    json_decref(f.rows);
    free(f.found);
    if (f.c) chy_store_release(serve->store, f.c);
    return st;
}
