/* SPDX-License-Identifier: Apache-2.0
 *
 * who.c - actors by how their names begin, and one actor: offices, partners.
 *
 * A key is a country's code, which stands for all who act for or in that country, as in expressions; or the id of an actor.
 */
#include "serve/look.h"
#include "serve/text.h"

#include <stdlib.h>

enum { S_NAMES = CHY_SLOT_READER + 28, S_KEYS, S_ACTOR_ROW, S_ACTOR_KEY, S_BY_KEY };
enum { MAX_STATES = 512, MAX_TENURES = 64, MAX_PARTNERS = 20, MAX_WORDS = 8, MAX_PREFIX = 600 };

static bool is_country(chy_slice key)
{
    return key.n == 3 && key.p[0] >= 'A' && key.p[0] <= 'Z' && key.p[1] >= 'A' && key.p[1] <= 'Z' && key.p[2] >= 'A' && key.p[2] <= 'Z';
}

static chy_slice state_name(const chy_state *states, uint32_t n, chy_slice code)
{
    for (uint32_t i = 0; i < n; i++)
        if (chy_slice_eqz(code, states[i].code)) return states[i].name;
    return chy_serve_kind_of_country(code);
}

static const char *kind_of(chy_slice code, chy_slice name) { return name.n && !chy_serve_kind_of_country(code).n ? "state" : "unknown"; }

/* ------------------------------------------------------------- who is found */

/* Somebody who is found: an actor's index in the columns, or a country. */
typedef struct person {
    uint32_t n;      /* events */
    uint32_t actor;  /* CHY_NO_ROW: a country */
    char code[4];
} person;

typedef struct found {
    const chy_columns *c;
    person *v; /* the best so far, best first */
    uint32_t n, limit;
} found;

static bool before(const person *a, const person *b)
{
    if (a->n != b->n) return a->n > b->n;
    bool x = a->actor == CHY_NO_ROW, y = b->actor == CHY_NO_ROW;
    if (x != y) return x;
    return x ? strcmp(a->code, b->code) < 0 : a->actor < b->actor;
}

static void offer(found *f, person p)
{
    if (f->n == f->limit && !before(&p, &f->v[f->n - 1])) return;
    for (uint32_t i = 0; p.actor == CHY_NO_ROW && i < f->n; i++)
        if (f->v[i].actor == CHY_NO_ROW && strcmp(f->v[i].code, p.code) == 0) return;
    uint32_t i = f->n < f->limit ? f->n++ : f->n - 1;
    for (; i && before(&p, &f->v[i - 1]); i--) f->v[i] = f->v[i - 1];
    f->v[i] = p;
}

static void offer_country(found *f, const char *code)
{
    uint32_t k = chy_names_find(&f->c->countries, chy_slice_z(code));
    person p = {.n = k == CHY_NO_ROW ? 0 : f->c->country_events[k], .actor = CHY_NO_ROW};
    memcpy(p.code, code, 4);
    offer(f, p);
}

/* The rows of a statement that gives numbers of actors and whether they are states. */
static chy_status offer_rows(found *f, chy_record *r, sqlite3_stmt *s, chy_error *err)
{
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        uint32_t k = chy_keys_find(&f->c->actors, sqlite3_column_int64(s, 0));
        if (k != CHY_NO_ROW) offer(f, (person){.n = f->c->actor_events[k], .actor = k});
    }
    return chy_rows_done(r, s, code, err);
}

/* -------------------------------------------------------------------- prefixes */

/* Each word as the beginning of one, for FTS5: "kaz" * "ghar" *. False where there is none. */
static bool prefix_query(chy_slice text, char out[MAX_PREFIX])
{
    size_t n = 0;
    unsigned words = 0;
    for (size_t i = 0; i < text.n && words < MAX_WORDS;) {
        size_t from = i;
        while (i < text.n && chy_record_letter((unsigned char)text.p[i])) i++;
        if (i > from && n + (i - from) + 5 < MAX_PREFIX) {
            out[n++] = '"';
            memcpy(out + n, text.p + from, i - from);
            n += i - from;
            memcpy(out + n, "\" * ", 4);
            n += 4;
            words++;
        }
        if (i == from) i++;
    }
    out[n] = 0;
    return words > 0;
}

/* Does every word of `words` begin one of the name's? Both are folded. */
static bool begins_words(chy_slice name, chy_slice words)
{
    chy_slice w;
    while (chy_slice_split(&words, ' ', &w)) {
        bool any = !w.n;
        for (size_t i = 0; !any && i + w.n <= name.n; i++)
            any = (i == 0 || !chy_record_letter((unsigned char)name.p[i - 1])) && memcmp(name.p + i, w.p, w.n) == 0;
        if (!any) return false;
    }
    return true;
}

static chy_status offer_states(found *f, const chy_data *data, chy_slice prefix, chy_error *err)
{
    chy_arena arena;
    char code[4] = "";
    chy_arena_init(&arena);
    chy_state *states = chy_arena_calloc(&arena, MAX_STATES, sizeof *states);
    chy_slice words = chy_fold(&arena, prefix);
    uint32_t n = states ? chy_data_states(data, states, MAX_STATES) : 0;
    for (uint32_t i = 0; i < n && i < MAX_STATES; i++) {
        bool by_code = prefix.n == 3 && words.p && states[i].code[0] == (words.p[0] & ~32) && states[i].code[1] == (words.p[1] & ~32) && states[i].code[2] == (words.p[2] & ~32);
        chy_slice name = chy_fold(&arena, states[i].name);
        if (by_code || (name.p && words.p && begins_words(name, words))) offer_country(f, states[i].code);
    }
    if (chy_data_state_called(data, prefix, code)) offer_country(f, code);
    bool room = !arena.failed;
    chy_arena_free(&arena);
    return room ? CHY_OK : chy_look_memory(err);
}

static chy_status offer_ids(found *f, chy_record *r, chy_slice prefix, chy_error *err)
{
    char from[110], to[112];
    if (prefix.n < 4 || prefix.n > 100 || prefix.p[3] != '.') return CHY_OK;
    for (size_t i = 0; i < prefix.n; i++) { /* "irn.kaz" is IRN.kaz… */
        char c = prefix.p[i];
        from[i] = i < 3 ? (c >= 'a' && c <= 'z' ? (char)(c & ~32) : c) : c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    memcpy(to, from, prefix.n);
    memcpy(to + prefix.n, "\xF4\x8F\xBF\xBF", 4);
    sqlite3_stmt *s = chy_rows_stmt(r, S_KEYS, "SELECT id FROM actor WHERE key >= ? AND key < ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_text(s, 1, from, (int)prefix.n, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, to, (int)prefix.n + 4, SQLITE_STATIC);
    return offer_rows(f, r, s, err);
}

static chy_status offer_names(found *f, chy_record *r, chy_slice prefix, chy_error *err)
{
    char query[MAX_PREFIX];
    if (!prefix_query(prefix, query)) return CHY_OK;
    sqlite3_stmt *s = chy_rows_stmt(r, S_NAMES, "SELECT rowid FROM actor_fts WHERE actor_fts MATCH ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_text(s, 1, query, -1, SQLITE_STATIC);
    return offer_rows(f, r, s, err);
}

/* ------------------------------------------------------------------------ list */

/* One who was found; NULL in *out for an actor that has been forgotten, and for a state, which is there as a country. */
static chy_status tell(chy_serve *serve, const found *f, const person *p, json_t **out, chy_error *err)
{
    *out = NULL;
    if (p->actor == CHY_NO_ROW) {
        chy_state states[MAX_STATES];
        uint32_t n = chy_data_states(serve->data, states, MAX_STATES);
        chy_slice name = state_name(states, n < MAX_STATES ? n : MAX_STATES, chy_slice_z(p->code));
        *out = json_pack("{s:s,s:o,s:s,s:s,s:I}", "id", p->code, "name", chy_json_text(name.n ? name : chy_slice_z(p->code)), "kind", kind_of(chy_slice_z(p->code), name), "country", p->code, "n",
                         (json_int_t)p->n);
        return *out ? CHY_OK : chy_look_memory(err);
    }
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_ACTOR_ROW, "SELECT key, name, kind, coalesce((SELECT country FROM participant WHERE actor = a.id LIMIT 1), substr(key, 1, 3)) "
                                                                "FROM actor a WHERE id = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, f->c->actors.v[p->actor]);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        *out = json_pack("{s:o,s:o,s:o,s:o,s:I}", "id", chy_json_cell(s, 0), "name", chy_json_cell(s, 1), "kind", chy_json_cell(s, 2), "country", chy_json_cell(s, 3), "n",
                         (json_int_t)p->n);
    return chy_rows_done(serve->record, s, code, err);
}

/* The most active of all, where nothing is asked for. */
static void offer_all(found *f)
{
    for (uint32_t k = 0; k < f->c->countries.n; k++) {
        char code[4] = "";
        if (!is_country(f->c->countries.v[k])) continue;
        memcpy(code, f->c->countries.v[k].p, 3);
        offer_country(f, code);
    }
    for (uint32_t k = 0; k < f->c->actors.n; k++) offer(f, (person){.n = f->c->actor_events[k], .actor = k});
}

static chy_status list(chy_serve *serve, found *f, size_t limit, json_t *rows, chy_error *err)
{
    chy_status st = CHY_OK;
    for (uint32_t i = 0; st == CHY_OK && i < f->n && json_array_size(rows) < limit; i++) {
        json_t *v;
        st = tell(serve, f, &f->v[i], &v, err);
        chy_slice id = chy_slice_z(json_string_value(json_object_get(v, "id")));
        if (st == CHY_OK && v && (f->v[i].actor == CHY_NO_ROW || !is_country(id) || strcmp(json_string_value(json_object_get(v, "kind")), "state") != 0)) json_array_append(rows, v);
        json_decref(v);
    }
    return st;
}

chy_status chy_serve_actors(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_slice prefix = chy_slice_trim(chy_ask_text(ask, "prefix"));
    size_t limit = (size_t)chy_ask_int(ask, "limit");
    found f = {.limit = (uint32_t)limit + MAX_STATES}; /* states are found twice, as countries and as actors, and told once */
    json_t *rows = json_array();
    chy_status st = chy_store_hold(serve->store, &f.c, err);
    if (st == CHY_OK && (!rows || !(f.v = malloc(f.limit * sizeof *f.v)))) st = chy_look_memory(err);
    if (st == CHY_OK && !prefix.n) offer_all(&f);
    else if (st == CHY_OK && (st = offer_states(&f, serve->data, prefix, err)) == CHY_OK && (st = offer_ids(&f, serve->record, prefix, err)) == CHY_OK)
        st = offer_names(&f, serve->record, prefix, err);
    if (st == CHY_OK) st = list(serve, &f, limit, rows, err);
    if (st == CHY_OK) answer->json = json_pack("{s:O}", "rows", rows);
    if (st == CHY_OK && !answer->json) st = chy_look_memory(err);
    json_decref(rows);
    free(f.v);
    if (f.c) chy_store_release(serve->store, f.c);
    return st;
}

/* ------------------------------------------------------------------- one actor */

/* What an actor has done with one other. */
typedef struct partner {
    uint32_t index, n, quad[4];
    double intensity;
} partner;

typedef struct profile {
    const chy_columns *c;
    uint32_t self;        /* index of a country, or of an actor */
    bool country;
    uint32_t n_events, n_others, last_country;
    chy_day first, last;
    partner *other;       /* one a country, or an actor */
} profile;

static uint32_t who_is(const profile *p, uint32_t part) { return p->country ? p->c->country[part] : p->c->actor[part]; }

static void count_row(profile *p, uint32_t row)
{
    const chy_columns *c = p->c;
    bool on[2] = {false, false};
    for (uint32_t i = c->part[row]; i < c->part[row + 1]; i++)
        if (who_is(p, i) == p->self) on[c->target[i]] = true, p->last_country = c->country[i];
    if (!on[0] && !on[1]) return;
    p->n_events++;
    if (c->begin[row] != CHY_NO_DAY && (p->first == CHY_NO_DAY || c->begin[row] < p->first)) p->first = c->begin[row];
    if (c->end[row] != CHY_NO_DAY && (p->last == CHY_NO_DAY || c->end[row] > p->last)) p->last = c->end[row];
    for (uint32_t i = c->part[row]; i < c->part[row + 1]; i++) {
        uint32_t k = who_is(p, i);
        if (k == CHY_NO_ROW || k == p->self || !on[!c->target[i]]) continue;
        partner *o = &p->other[k];
        if (o->index == row + 1) continue; /* several of one country: once an event */
        o->index = row + 1;
        o->n++;
        o->intensity += (double)c->intensity[row];
        if (c->quad[row] >= 1 && c->quad[row] <= 4) o->quad[c->quad[row] - 1]++;
    }
}

static int most_first(const void *a, const void *b)
{
    const partner *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The key of an actor by its index; n 0 where it has been forgotten. Valid until the statement is used again. */
static chy_status key_of(chy_serve *serve, int64_t id, chy_arena *arena, chy_slice *out, chy_error *err)
{
    *out = (chy_slice){"", 0};
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_ACTOR_KEY, "SELECT key FROM actor WHERE id = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, id);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) *out = chy_arena_copy(arena, chy_cell_text(s, 0));
    return chy_rows_done(serve->record, s, code, err);
}

static chy_status partners(chy_serve *serve, profile *p, json_t *out, chy_error *err)
{
    chy_arena arena;
    chy_status st = CHY_OK;
    uint32_t n = 0;
    for (uint32_t k = 0; k < p->n_others; k++)
        if (p->other[k].n) p->other[n] = p->other[k], p->other[n++].index = k;
    if (n) qsort(p->other, n, sizeof *p->other, most_first);
    chy_arena_init(&arena);
    for (uint32_t i = 0; st == CHY_OK && i < n && i < MAX_PARTNERS; i++) {
        const partner *o = &p->other[i];
        chy_slice key;
        json_t *actor = NULL;
        if (p->country) key = p->c->countries.v[o->index];
        else st = key_of(serve, p->c->actors.v[o->index], &arena, &key, err);
        if (st == CHY_OK && key.n) st = chy_rows_actor(serve->record, key, &actor, err);
        if (st != CHY_OK || !actor) continue;
        json_array_append_new(out, json_pack("{s:o,s:I,s:[I,I,I,I],s:f}", "actor", actor, "n", (json_int_t)o->n, "quad", (json_int_t)o->quad[0], (json_int_t)o->quad[1],
                                             (json_int_t)o->quad[2], (json_int_t)o->quad[3], "intensity", o->intensity / o->n));
    }
    chy_arena_free(&arena);
    return st;
}

static json_t *offices(const chy_data *data, chy_slice key)
{
    chy_tenure held[MAX_TENURES];
    uint32_t n = chy_data_tenures(data, key, held, MAX_TENURES);
    json_t *out = json_array();
    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(out, json_pack("{s:o,s:s,s:o,s:o,s:o}", "role", chy_json_slice(held[i].role), "country", held[i].country, "sector", chy_json_sectors(held[i].sectors), "begin",
                                             chy_json_day(held[i].days.begin), "end", chy_json_day(held[i].days.end)));
    return out;
}

/* Name and kind of a key, and what it is in the columns. False in *there where neither the record nor the data know it. */
static chy_status look_up(chy_serve *serve, chy_slice key, profile *p, json_t *v, bool *there, chy_error *err)
{
    chy_state states[MAX_STATES];
    uint32_t n = is_country(key) ? chy_data_states(serve->data, states, MAX_STATES) : 0;
    chy_slice name = state_name(states, n < MAX_STATES ? n : MAX_STATES, key);
    p->self = is_country(key) ? chy_names_find(&p->c->countries, key) : CHY_NO_ROW;
    p->country = *there = name.n || p->self != CHY_NO_ROW;
    if (*there) {
        json_object_set_new(v, "name", chy_json_text(name.n ? name : key));
        json_object_set_new(v, "kind", json_string(kind_of(key, name)));
        return CHY_OK;
    }
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_BY_KEY, "SELECT id, name, kind FROM actor WHERE key = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_text(s, 1, key.p, (int)key.n, SQLITE_STATIC);
    int code = sqlite3_step(s);
    if ((*there = code == SQLITE_ROW)) {
        p->self = chy_keys_find(&p->c->actors, sqlite3_column_int64(s, 0));
        json_object_set_new(v, "name", chy_json_cell(s, 1));
        json_object_set_new(v, "kind", chy_json_cell(s, 2));
    }
    return chy_rows_done(serve->record, s, code, err);
}

chy_status chy_serve_actor(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_slice key = chy_ask_text(ask, "key");
    profile p = {.first = CHY_NO_DAY, .last = CHY_NO_DAY, .last_country = CHY_NO_ROW};
    json_t *v = json_object(), *others = json_array();
    bool there = false;
    chy_status st = chy_store_hold(serve->store, &p.c, err);
    if (st == CHY_OK) st = look_up(serve, key, &p, v, &there, err);
    if (st == CHY_OK && !there) {
        answer->status = 404;
        st = chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "there is no actor %.*s", (int)(key.n > 100 ? 100 : key.n), key.p);
    }
    if (st == CHY_OK) {
        p.n_others = p.country ? p.c->countries.n : p.c->actors.n;
        if (!(p.other = calloc((size_t)p.n_others + 1, sizeof *p.other))) st = chy_look_memory(err);
    }
    for (uint32_t row = 0; st == CHY_OK && p.self != CHY_NO_ROW && row < p.c->n; row++) count_row(&p, row);
    if (st == CHY_OK) st = partners(serve, &p, others, err);
    if (st == CHY_OK) {
        chy_slice country = p.country || p.last_country == CHY_NO_ROW ? (chy_slice){key.p, key.n < 3 ? key.n : 3} : p.c->countries.v[p.last_country];
        json_object_set_new(v, "id", chy_json_text(key));
        json_object_set_new(v, "country", chy_json_text(country));
        json_object_set_new(v, "n_events", json_integer(p.n_events));
        json_object_set_new(v, "first", chy_json_day(p.first));
        json_object_set_new(v, "last", chy_json_day(p.last));
        json_object_set_new(v, "offices", offices(serve->data, key));
        json_object_set(v, "partners", others);
        answer->json = json_incref(v);
    }
    json_decref(v);
    json_decref(others);
    free(p.other);
    if (p.c) chy_store_release(serve->store, p.c);
    return st;
}
