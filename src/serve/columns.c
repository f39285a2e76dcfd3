/* SPDX-License-Identifier: Apache-2.0
 *
 * columns.c - the events of the present, read into columns.
 *
 * One pass over each table in the order that it is stored in: events by number, then what belongs to them, which comes in the same order. Then all is put into the order
 * of days.
 */
#include "serve/store.h"

#include <stdlib.h>

enum { MAX_CELLS = 65535, MAX_PAIRS = 256 };

/* An event as it is read. */
typedef struct raw {
    int64_t id;
    chy_day begin, end;
    uint16_t type, mode, context;
    uint8_t status, quad;
    float intensity;
    uint32_t place, dispatch, incident, part, n_parts;
} raw;

typedef struct raw_part {
    uint32_t actor;
    uint16_t country, sector;
    uint8_t target;
} raw_part;

typedef struct loader {
    chy_record *r;
    chy_columns *c;
    chy_error *err;
    raw *event;
    size_t n, cap;
    raw_part *part;
    size_t n_parts, part_cap;
} loader;

static chy_status no_memory(chy_error *err) { return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory"); }

/* -------------------------------------------------------------------- numbers */

static uint32_t *slot_of(const chy_names *t, chy_slice s)
{
    uint32_t at = (uint32_t)chy_hash(s.p, s.n, 0) & (t->n_slots - 1);
    while (t->slot[at] && !chy_slice_eq(t->v[t->slot[at] - 1], s)) at = (at + 1) & (t->n_slots - 1);
    return &t->slot[at];
}

uint32_t chy_names_find(const chy_names *t, chy_slice s) { return t->n_slots ? *slot_of(t, s) - 1 : CHY_NO_ROW; }

static bool names_grow(chy_arena *a, chy_names *t)
{
    uint32_t n = t->n_slots ? t->n_slots * 2 : 64;
    uint32_t *slot = chy_arena_calloc(a, n, sizeof *slot);
    if (!slot) return false;
    t->slot = slot;
    t->n_slots = n;
    for (uint32_t i = 0; i < t->n; i++) *slot_of(t, t->v[i]) = i + 1;
    return true;
}

/* The number of a text, a new one where it has none yet; CHY_NO_ROW where memory is out. */
static uint32_t names_add(chy_arena *a, chy_names *t, chy_slice s)
{
    if (t->n * 2 >= t->n_slots && !names_grow(a, t)) return CHY_NO_ROW;
    uint32_t *slot = slot_of(t, s);
    if (*slot) return *slot - 1;
    chy_slice copy = chy_arena_copy(a, s);
    if (!copy.p || !CHY_PUSH(a, t, copy)) return CHY_NO_ROW;
    *slot = t->n;
    return t->n - 1;
}

uint32_t chy_keys_find(const chy_keys *k, int64_t id)
{
    if (!k->n || id < k->v[0]) return CHY_NO_ROW;
    if (k->direct) {
        uint64_t at = (uint64_t)id - (uint64_t)k->v[0];
        return at < k->span ? k->direct[at] - 1 : CHY_NO_ROW;
    }
    uint32_t lo = 0, hi = k->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (k->v[mid] < id) lo = mid + 1;
        else hi = mid;
    }
    return lo < k->n && k->v[lo] == id ? lo : CHY_NO_ROW;
}

static void keys_close(chy_arena *a, chy_keys *k)
{
    if (!k->n) return;
    k->span = (uint64_t)k->v[k->n - 1] - (uint64_t)k->v[0] + 1;
    if (k->span == 0 || k->span > (uint64_t)k->n * 4 + 1024) return;
    if (!(k->direct = chy_arena_calloc(a, k->span, sizeof *k->direct))) return;
    for (uint32_t i = 0; i < k->n; i++) k->direct[(uint64_t)k->v[i] - (uint64_t)k->v[0]] = i + 1;
}

/* -------------------------------------------------------------------- reading */

static chy_slice text(sqlite3_stmt *s, int i) { return (chy_slice){(const char *)sqlite3_column_text(s, i), (size_t)sqlite3_column_bytes(s, i)}; }

/* Hand each row of a statement to `take`, until it fails. */
static chy_status scan(loader *l, const char *sql, bool (*take)(loader *l, sqlite3_stmt *s))
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(l->r->db, sql, -1, &s, NULL);
    bool go_on = code == SQLITE_OK;
    while (go_on && (code = sqlite3_step(s)) == SQLITE_ROW) go_on = take(l, s);
    chy_status st = code == SQLITE_DONE ? CHY_OK : code == SQLITE_ROW ? no_memory(l->err) : chy_record_fail(l->r, code, "reading", l->err);
    sqlite3_finalize(s);
    if (st == CHY_OK && l->c->arena.failed) st = no_memory(l->err);
    return st;
}

static bool take_actor(loader *l, sqlite3_stmt *s) { return CHY_PUSH(&l->c->arena, &l->c->actors, sqlite3_column_int64(s, 0)); }

/* Room for one more of a column beside keys: they grow by doubling, so do it where the keys are about to. */
static bool beside(loader *l, const chy_keys *k, void **v, size_t size)
{
    if (k->n < k->cap && *v) return true;
    size_t cap = k->n < k->cap ? k->cap : (k->cap ? (size_t)k->cap * 2 : 8);
    void *more = chy_arena_alloc(&l->c->arena, cap * size);
    if (more && k->n) memcpy(more, *v, k->n * size);
    *v = more;
    return more != NULL;
}

static bool take_source(loader *l, sqlite3_stmt *s)
{
    chy_columns *c = l->c;
    if (!beside(l, &c->sources, (void **)&c->source_name, sizeof *c->source_name)) return false;
    c->source_name[c->sources.n] = chy_arena_copy(&c->arena, text(s, 1));
    return CHY_PUSH(&c->arena, &c->sources, sqlite3_column_int64(s, 0));
}

static bool take_place(loader *l, sqlite3_stmt *s)
{
    chy_columns *c = l->c;
    chy_arena *a = &c->arena;
    const chy_keys *k = &c->places;
    if (!beside(l, k, (void **)&c->place_name, sizeof *c->place_name) || !beside(l, k, (void **)&c->place_country, sizeof *c->place_country) ||
        !beside(l, k, (void **)&c->place_state, sizeof *c->place_state) || !beside(l, k, (void **)&c->place_lat, sizeof *c->place_lat) || !beside(l, k, (void **)&c->place_lon, sizeof *c->place_lon))
        return false;
    c->place_name[k->n] = chy_arena_copy(a, text(s, 1));
    c->place_country[k->n] = sqlite3_column_type(s, 2) == SQLITE_NULL ? (chy_slice){NULL, 0} : chy_arena_copy(a, text(s, 2));
    c->place_state[k->n] = names_add(a, &c->states, text(s, 2));
    c->place_lat[k->n] = sqlite3_column_double(s, 3);
    c->place_lon[k->n] = sqlite3_column_double(s, 4);
    return CHY_PUSH(a, &c->places, sqlite3_column_int64(s, 0));
}

static bool take_dispatch(loader *l, sqlite3_stmt *s)
{
    chy_columns *c = l->c;
    if (!beside(l, &c->dispatches, (void **)&c->dispatch_publisher, sizeof *c->dispatch_publisher)) return false;
    c->dispatch_publisher[c->dispatches.n] = sqlite3_column_type(s, 1) == SQLITE_NULL ? CHY_NO_ROW : chy_keys_find(&c->sources, sqlite3_column_int64(s, 1));
    return CHY_PUSH(&c->arena, &c->dispatches, sqlite3_column_int64(s, 0));
}

static bool take_incident(loader *l, sqlite3_stmt *s)
{
    chy_columns *c = l->c;
    if (!beside(l, &c->incidents, (void **)&c->contested, sizeof *c->contested)) return false;
    c->contested[c->incidents.n] = sqlite3_column_int(s, 1) != 0;
    return CHY_PUSH(&c->arena, &c->incidents, sqlite3_column_int64(s, 0));
}

/* Room for one more of a growing array outside the arena. */
static bool room(void **v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return true;
    size_t more = *cap ? *cap * 2 : 4096;
    void *p = more < UINT32_MAX ? realloc(*v, more * size) : NULL;
    if (!p) return false;
    *v = p;
    *cap = more;
    return true;
}

static chy_day day(sqlite3_stmt *s, int i)
{
    chy_day d;
    return chy_day_parse(text(s, i), &d) == CHY_OK ? d : CHY_NO_DAY;
}

static uint16_t cell(loader *l, chy_names *t, sqlite3_stmt *s, int i) { return (uint16_t)names_add(&l->c->arena, t, text(s, i)); }

static bool take_event(loader *l, sqlite3_stmt *s)
{
    chy_columns *c = l->c;
    if (!room((void **)&l->event, l->n, &l->cap, sizeof *l->event)) return false;
    raw *e = &l->event[l->n++];
    *e = (raw){.id = sqlite3_column_int64(s, 0), .begin = day(s, 7), .end = day(s, 8), .type = cell(l, &c->types, s, 2), .mode = cell(l, &c->modes, s, 3),
               .context = cell(l, &c->contexts, s, 4), .status = (uint8_t)cell(l, &c->statuses, s, 10), .quad = (uint8_t)sqlite3_column_int(s, 5),
               .intensity = (float)sqlite3_column_double(s, 6), .place = CHY_NO_ROW, .incident = CHY_NO_ROW};
    e->dispatch = chy_keys_find(&c->dispatches, sqlite3_column_int64(s, 1));
    if (sqlite3_column_type(s, 9) != SQLITE_NULL) e->place = chy_keys_find(&c->places, sqlite3_column_int64(s, 9));
    return CHY_PUSH(&c->arena, &c->events, e->id);
}

static bool take_membership(loader *l, sqlite3_stmt *s)
{
    uint32_t i = chy_keys_find(&l->c->events, sqlite3_column_int64(s, 0));
    if (i != CHY_NO_ROW) l->event[i].incident = chy_keys_find(&l->c->incidents, sqlite3_column_int64(s, 1));
    return true;
}

static bool take_participant(loader *l, sqlite3_stmt *s)
{
    chy_columns *c = l->c;
    uint32_t i = chy_keys_find(&c->events, sqlite3_column_int64(s, 0));
    if (i == CHY_NO_ROW) return true; /* of an event that is withdrawn */
    if (!room((void **)&l->part, l->n_parts, &l->part_cap, sizeof *l->part)) return false;
    raw *e = &l->event[i];
    if (!e->n_parts++) e->part = (uint32_t)l->n_parts;
    chy_slice side = text(s, 1);
    l->part[l->n_parts++] = (raw_part){chy_keys_find(&c->actors, sqlite3_column_int64(s, 2)), cell(l, &c->countries, s, 3), cell(l, &c->sectors, s, 4), side.n && side.p[0] == 't'};
    return true;
}

static chy_status read_all(loader *l)
{
    static const struct table {
        const char *sql;
        bool (*take)(loader *l, sqlite3_stmt *s);
    } tables[] = {
        {"SELECT id FROM actor ORDER BY id", take_actor},
        {"SELECT id, name FROM source ORDER BY id", take_source},
        {"SELECT id, name, country, lat, lon FROM place ORDER BY id", take_place},
        {"SELECT id, publisher FROM dispatch ORDER BY +id", take_dispatch}, /* of an index: not through the texts */
        {"SELECT id, contested FROM incident ORDER BY id", take_incident},
        {"SELECT id, dispatch, type, mode, context, quad, intensity, date_begin, date_end, place, status FROM event NOT INDEXED WHERE withdrawn_utc IS NULL ORDER BY id", take_event},
        {"SELECT event, incident FROM incident_event ORDER BY event", take_membership},
        {"SELECT event, side, actor, country, sector FROM participant NOT INDEXED ORDER BY event, side, ordinal", take_participant},
    };
    chy_columns *c = l->c;
    chy_keys *const closed[] = {&c->actors, &c->sources, &c->places, &c->dispatches, &c->incidents, &c->events};
    chy_status st = CHY_OK;
    for (size_t i = 0; st == CHY_OK && i < sizeof tables / sizeof *tables; i++) {
        st = scan(l, tables[i].sql, tables[i].take);
        if (i < sizeof closed / sizeof *closed) keys_close(&c->arena, closed[i]);
    }
    const chy_names *names[] = {&c->types, &c->modes, &c->contexts, &c->countries, &c->sectors};
    for (size_t i = 0; st == CHY_OK && i < sizeof names / sizeof *names; i++)
        if (names[i]->n > MAX_CELLS || c->statuses.n > UINT8_MAX) st = chy_fail(l->err, CHY_E_LIMIT, CHY_STAGE_RECORD, 0, "%s: has more codes of one kind than can be counted", l->r->path);
    return st;
}

/* ------------------------------------------------------------------- arranging */

/* The events' order by day, those without one last; events of a day stay in the order of their numbers. Radix sort by halves of the day. */
static uint32_t *by_day(const loader *l)
{
    uint32_t n = (uint32_t)l->n, *order = malloc((n + 1) * sizeof *order), *other = malloc((n + 1) * sizeof *other), *count = malloc(65536 * sizeof *count);
    bool ok = order && other && count;
    for (uint32_t i = 0; ok && i < n; i++) other[i] = i;
    for (unsigned shift = 0; ok && shift < 32; shift += 16) {
        memset(count, 0, 65536 * sizeof *count);
        for (unsigned pass = 0; pass < 2; pass++) {
            for (uint32_t i = 0; i < n; i++) {
                uint32_t from = pass ? other[i] : i;
                chy_day d = l->event[from].begin;
                uint32_t key = ((d == CHY_NO_DAY ? UINT32_MAX : (uint32_t)d ^ 0x80000000u) >> shift) & 0xffff;
                if (pass) order[count[key]++] = from;
                else count[key]++;
            }
            for (uint32_t k = 0, at = 0, was; !pass && k < 65536; k++) was = count[k], count[k] = at, at += was;
        }
        uint32_t *swap = order;
        order = other, other = swap; /* the next pass reads from `other` */
    }
    free(count);
    free(order);
    if (!ok) free(other);
    return ok ? other : NULL;
}

#define COLUMN(name, count) ((c->name = chy_arena_calloc(&c->arena, (size_t)(count), sizeof *c->name)) != NULL)

static bool columns(loader *l)
{
    chy_columns *c = l->c;
    size_t n = l->n;
    return COLUMN(id, n + 1) && COLUMN(begin, n + 1) && COLUMN(end, n + 1) && COLUMN(type, n + 1) && COLUMN(mode, n + 1) && COLUMN(context, n + 1) && COLUMN(status, n + 1) &&
           COLUMN(quad, n + 1) && COLUMN(intensity, n + 1) && COLUMN(place, n + 1) && COLUMN(incident, n + 1) && COLUMN(dispatch, n + 1) && COLUMN(publisher, n + 1) &&
           COLUMN(part, n + 1) && COLUMN(pair, n + 1) && COLUMN(row, n + 1) && COLUMN(alone, n / 64 + 1) && COLUMN(actor, l->n_parts + 1) && COLUMN(country, l->n_parts + 1) &&
           COLUMN(sector, l->n_parts + 1) && COLUMN(target, l->n_parts + 1) && COLUMN(member_at, (size_t)c->incidents.n + 2) && COLUMN(member, n + 1);
}

static void put_row(loader *l, uint32_t row, uint32_t from)
{
    chy_columns *c = l->c;
    const raw *e = &l->event[from];
    c->id[row] = e->id, c->begin[row] = e->begin, c->end[row] = e->end;
    c->type[row] = e->type, c->mode[row] = e->mode, c->context[row] = e->context, c->status[row] = e->status, c->quad[row] = e->quad > 4 ? 0 : e->quad;
    c->intensity[row] = e->intensity;
    c->place[row] = e->place, c->incident[row] = e->incident, c->dispatch[row] = e->dispatch;
    c->publisher[row] = e->dispatch == CHY_NO_ROW ? CHY_NO_ROW : c->dispatch_publisher[e->dispatch];
    c->row[from] = row;
    if (e->begin != CHY_NO_DAY) c->n_dated = row + 1;
    uint32_t at = c->part[row];
    for (uint32_t i = 0; i < e->n_parts; i++, at++) {
        const raw_part *p = &l->part[e->part + i];
        c->actor[at] = p->actor, c->country[at] = p->country, c->sector[at] = p->sector, c->target[at] = p->target;
    }
    c->part[row + 1] = at;
}

/* How many events each has a part in, on whichever side and however often. */
static bool counts(chy_columns *c)
{
    if (!COLUMN(actor_events, (size_t)c->actors.n + 1) || !COLUMN(country_events, (size_t)c->countries.n + 1)) return false;
    for (uint32_t row = 0; row < c->n; row++)
        for (uint32_t i = c->part[row]; i < c->part[row + 1]; i++) {
            bool actor = c->actor[i] != CHY_NO_ROW, country = true;
            for (uint32_t k = c->part[row]; k < i; k++) actor &= c->actor[k] != c->actor[i], country &= c->country[k] != c->country[i];
            if (actor) c->actor_events[c->actor[i]]++;
            if (country) c->country_events[c->country[i]]++;
        }
    return true;
}

/* Who to whom, by countries, each pair of an event once. */
static bool pairs(chy_columns *c)
{
    CHY_VEC(uint32_t) out = {0};
    CHY_VEC(uint16_t) from = {0}, to = {0};
    for (uint32_t row = 0; row < c->n; row++) {
        uint32_t seen[MAX_PAIRS], n = 0;
        for (uint32_t s = c->part[row]; s < c->part[row + 1]; s++)
            for (uint32_t t = c->part[row]; !c->target[s] && t < c->part[row + 1]; t++) {
                uint32_t key = (uint32_t)c->country[s] << 16 | c->country[t], k = 0;
                if (!c->target[t] || n == MAX_PAIRS) continue;
                while (k < n && seen[k] != key) k++;
                if (k < n) continue;
                seen[n++] = key;
                uint32_t known = c->dyads.n;
                char name[64];
                sqlite3_snprintf(sizeof name, name, "%.30s>%.30s", c->countries.v[c->country[s]].p, c->countries.v[c->country[t]].p);
                if (!CHY_PUSH(&c->arena, &out, names_add(&c->arena, &c->dyads, chy_slice_z(name)))) return false;
                if (c->dyads.n > known && (!CHY_PUSH(&c->arena, &from, c->country[s]) || !CHY_PUSH(&c->arena, &to, c->country[t]))) return false;
            }
        c->pair[row + 1] = out.n;
    }
    c->dyad = out.v;
    c->dyad_from = from.v, c->dyad_to = to.v;
    return !c->arena.failed;
}

/* The sectors that each list of them has. */
static bool split_sectors(chy_columns *c)
{
    CHY_VEC(uint32_t) out = {0};
    if (!(c->sector_at = chy_arena_calloc(&c->arena, (size_t)c->sectors.n + 1, sizeof *c->sector_at))) return false;
    for (uint32_t i = 0; i < c->sectors.n; i++) {
        chy_slice rest = c->sectors.v[i], one;
        while (rest.n && chy_slice_split(&rest, ',', &one))
            if (!CHY_PUSH(&c->arena, &out, names_add(&c->arena, &c->one_sectors, one))) return false;
        c->sector_at[i + 1] = out.n;
    }
    c->sector_of = out.v;
    return !c->arena.failed;
}

/* The rows of each incident, and which rows have one to themselves. */
static void memberships(chy_columns *c)
{
    uint32_t *at = c->member_at;
    for (uint32_t row = 0; row < c->n; row++)
        if (c->incident[row] != CHY_NO_ROW) at[c->incident[row] + 2]++;
    for (uint32_t i = 2; i < c->incidents.n + 2; i++) at[i] += at[i - 1];
    for (uint32_t row = 0; row < c->n; row++) {
        uint32_t i = c->incident[row];
        if (i != CHY_NO_ROW) c->member[at[i + 1]++] = row;
        if (i == CHY_NO_ROW) c->alone[row >> 6] |= (uint64_t)1 << (row & 63);
    }
    for (uint32_t i = 0; i < c->incidents.n; i++)
        if (at[i + 1] - at[i] == 1) c->alone[c->member[at[i]] >> 6] |= (uint64_t)1 << (c->member[at[i]] & 63);
}

static chy_status arrange(loader *l)
{
    chy_columns *c = l->c;
    c->n = (uint32_t)l->n;
    uint32_t *order = by_day(l);
    if (!order || !columns(l)) {
        free(order);
        return no_memory(l->err);
    }
    for (uint32_t row = 0; row < c->n; row++) put_row(l, row, order[row]);
    free(order);
    memberships(c);
    return counts(c) && pairs(c) && split_sectors(c) ? CHY_OK : no_memory(l->err);
}

chy_status chy_columns_load(chy_record *r, chy_columns **out, chy_error *err)
{
    *out = NULL;
    chy_columns *c = calloc(1, sizeof *c);
    if (!c) return no_memory(err);
    chy_arena_init(&c->arena);
    loader l = {.r = r, .c = c, .err = err};
    int code = sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
    chy_status st = code == SQLITE_OK ? read_all(&l) : chy_record_fail(r, code, "reading", err);
    if (code == SQLITE_OK) sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
    if (st == CHY_OK) st = arrange(&l);
    free(l.event);
    free(l.part);
    if (st == CHY_OK) *out = c;
    else chy_columns_free(c);
    return st;
}

void chy_columns_free(chy_columns *c)
{
    if (!c) return;
    chy_arena_free(&c->arena);
    free(c);
}

uint32_t chy_columns_row(const chy_columns *c, int64_t event)
{
    uint32_t i = chy_keys_find(&c->events, event);
    return i == CHY_NO_ROW ? CHY_NO_ROW : c->row[i];
}
