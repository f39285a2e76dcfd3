/* SPDX-License-Identifier: Apache-2.0
 *
 * plan.c - where to begin looking for the events of an expression (plan.h).
 *
 * Every term that an index answers is counted, but only so far: beyond that it is "many". The rarest one leads. Indexes whose entries stand in
 * the order of days can be read from the first day on and left as soon as enough has been found, so that many do no harm; the others
 * (words, publishers, large sets of actors) lead only where they are few. Where nothing leads, all events are read by their days.
 */
#include "record/plan.h"

#include <stdarg.h>

enum { MAX_IDS = 8 };

typedef struct planner {
    chy_record *r;
    chy_arena *arena;
    const chy_expression *x;
    bool present, failed;
    int code;
    chy_day from, to; /* CHY_NO_DAY: open */
    int64_t all;      /* events on record */
} planner;

static char *text(planner *p, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *z = sqlite3_vmprintf(fmt, ap), *out = NULL;
    va_end(ap);
    if (z) out = chy_arena_alloc(p->arena, strlen(z) + 1);
    if (out) memcpy(out, z, strlen(z) + 1);
    else p->failed = true;
    sqlite3_free(z);
    return out;
}

static const char *z_of(planner *p, chy_slice s)
{
    char *z = chy_arena_alloc(p->arena, s.n + 1);
    if (!z) {
        p->failed = true;
        return "";
    }
    if (s.n) memcpy(z, s.p, s.n);
    z[s.n] = 0;
    return z;
}

/* The first column of up to `max` rows; how many. */
static uint32_t ask(planner *p, const char *sql, int64_t *out, uint32_t max)
{
    sqlite3_stmt *s = NULL;
    uint32_t n = 0;
    if (p->failed || p->code != SQLITE_OK || !sql) return 0;
    int code = sqlite3_prepare_v2(p->r->db, sql, -1, &s, NULL);
    if (code == SQLITE_OK)
        while (n < max && (code = sqlite3_step(s)) == SQLITE_ROW) out[n++] = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) p->code = code;
    return n;
}

/* ------------------------------------------------------------------------ arms */

/* False where there is no room for it. */
static bool arm(planner *p, chy_plan *t, const char *from, bool of_event, char *where)
{
    if (t->n == CHY_PLAN_ARMS || p->failed) return false;
    t->arm[t->n++] = (chy_plan_arm){text(p, "%s", from), where, NULL, of_event ? "e.day" : "q.day", of_event ? "e.id" : "q.event"};
    return true;
}

/* What lasts longer began earlier. */
static int32_t earliest(const planner *p, int span)
{
    static const int back[CHY_N_SPANS] = {CHY_SPAN_DAYS_0, CHY_SPAN_DAYS_1, -1};
    return p->from == CHY_NO_DAY || back[span] < 0 ? 0 : chy_record_day_number(p->from - back[span]);
}

/* One arm for each span. */
static bool spans(planner *p, chy_plan *t, const char *from, bool of_event, const char *what)
{
    const char *q = of_event ? "e" : "q";
    for (int i = 0; i < CHY_N_SPANS; i++) {
        int first = earliest(p, i);
        int last = p->to != CHY_NO_DAY ? chy_record_day_number(p->to) : p->from != CHY_NO_DAY ? CHY_NO_DAY_NUMBER - 1 : CHY_NO_DAY_NUMBER;
        char *where = text(p, "%s%s.span = %d AND %s.day BETWEEN %d AND %d", what, q, i, q, first, last);
        if (of_event && p->from != CHY_NO_DAY) where = text(p, "%s AND e.last >= %d", where, chy_record_day_number(p->from));
        if (!arm(p, t, from, of_event, where)) return false;
    }
    return true;
}

/* A phrase of FTS5, between its marks. */
static const char *phrase(planner *p, chy_slice s)
{
    char *v = chy_arena_alloc(p->arena, s.n + 1);
    if (!v) {
        p->failed = true;
        return "";
    }
    for (size_t i = 0; i < s.n; i++) v[i] = s.p[i] == '"' ? ' ' : s.p[i];
    v[s.n] = 0;
    return v;
}

/* The statement for the ids of the actors that a key or words of a name mean. */
static char *actors(planner *p, chy_slice s)
{
    return text(p, "SELECT id FROM actor WHERE key = %Q UNION SELECT rowid FROM actor_fts WHERE actor_fts MATCH '\"%q\" *'", z_of(p, s), phrase(p, s));
}

/* Three capitals may be the id of a body too, which is not of the country of that code as a state is; 0 where they are not. */
static int64_t body(planner *p, chy_slice s)
{
    int64_t id = 0;
    if (chy_expression_code(s)) ask(p, text(p, "SELECT id FROM actor WHERE key = %Q AND kind <> 'state'", z_of(p, s)), &id, 1);
    return id;
}

static bool who(planner *p, chy_plan *t, chy_slice s)
{
    const char *v = z_of(p, s);
    int64_t id[MAX_IDS + 1];
    if (chy_expression_code(s)) {
        if ((id[0] = body(p, s)) && !spans(p, t, "participant q INDEXED BY participant_actor", false, text(p, "q.actor = %lld AND ", id[0]))) return false;
        return spans(p, t, "participant q INDEXED BY participant_country", false, text(p, "q.country = %Q AND ", v));
    }
    uint32_t n = ask(p, actors(p, s), id, MAX_IDS + 1);
    if (n > MAX_IDS) {
        t->ordered = false;
        return arm(p, t, "participant q INDEXED BY participant_actor", false, text(p, "q.actor IN (%s)", actors(p, s)));
    }
    for (uint32_t i = 0; i < n; i++)
        if (!spans(p, t, "participant q INDEXED BY participant_actor", false, text(p, "q.actor = %lld AND ", id[i]))) return false;
    return true;
}

static bool between(planner *p, chy_plan *t, const chy_value *x)
{
    if (!chy_expression_code(x->text) || body(p, x->text)) return who(p, t, x->text);
    if (!chy_expression_code(x->other) || body(p, x->other)) return who(p, t, x->other);
    const char *a = z_of(p, x->text), *b = z_of(p, x->other);
    return spans(p, t, "dyad q", false, text(p, "q.source = %Q AND q.target = %Q AND ", a, b)) &&
           (x->one_way || spans(p, t, "dyad q", false, text(p, "q.source = %Q AND q.target = %Q AND ", b, a)));
}

static bool voice(planner *p, chy_plan *t, chy_slice s, bool denies)
{
    static const char *const stances[] = {"denies", "asserts", "admits", "doubts"};
    const char *v = z_of(p, s);
    int64_t id[MAX_IDS + 1], source[1];
    uint32_t n = chy_expression_code(s) ? 0 : ask(p, actors(p, s), id, MAX_IDS + 1), n_sources = ask(p, text(p, "SELECT id FROM source WHERE name = %Q", v), source, 1);
    if (n > MAX_IDS) return false;
    if (!n && (id[0] = body(p, s))) n = 1;
    for (unsigned k = 0; k < (denies ? 1 : 4); k++) {
        if (chy_expression_code(s) && !spans(p, t, "claim q INDEXED BY claim_country", false, text(p, "q.country = %Q AND q.stance = '%s' AND ", v, stances[k]))) return false;
        for (uint32_t i = 0; i < n; i++)
            if (!spans(p, t, "claim q INDEXED BY claim_actor", false, text(p, "q.actor = %lld AND q.stance = '%s' AND ", id[i], stances[k]))) return false;
        if (n_sources && !spans(p, t, "claim q INDEXED BY claim_source", false, text(p, "q.source = %lld AND q.stance = '%s' AND ", source[0], stances[k]))) return false;
    }
    return true;
}

static bool place(planner *p, chy_plan *t, chy_slice s)
{
    int64_t id[MAX_IDS + 1];
    const char *column = chy_expression_code(s) ? "country" : "name", *v = z_of(p, s);
    uint32_t n = ask(p, text(p, "SELECT id FROM place WHERE %s = %Q", column, v), id, MAX_IDS + 1);
    if (n > MAX_IDS) {
        t->ordered = false;
        return arm(p, t, "event e INDEXED BY event_place", true, text(p, "e.place IN (SELECT id FROM place WHERE %s = %Q)", column, v));
    }
    for (uint32_t i = 0; i < n; i++)
        if (!spans(p, t, "event e INDEXED BY event_place", true, text(p, "e.place = %lld AND ", id[i]))) return false;
    return true;
}

/* Status, and the quad classes that are asked for with it. */
static bool status(planner *p, chy_plan *t, chy_slice s)
{
    bool quad[5] = {true, true, true, true, true};
    for (uint32_t i = 0; i < p->x->n; i++) {
        const chy_term *q = &p->x->term[i];
        if (q->field != CHY_FIELD_QUAD || q->negated) continue;
        bool asked[5] = {false};
        for (uint32_t k = 0; k < q->n; k++)
            if (q->value[k].number >= 0 && q->value[k].number < 5) asked[q->value[k].number] = true;
        for (int k = 0; k < 5; k++) quad[k] &= asked[k];
    }
    for (int k = 0; k < 5; k++)
        if (quad[k] && !spans(p, t, "event e INDEXED BY event_status", true, text(p, "e.status = %Q AND e.quad = %d AND ", z_of(p, s), k))) return false;
    return true;
}

static bool quad(planner *p, chy_plan *t, int64_t n)
{
    static const char *const statuses[] = {"reported", "claimed", "admitted", "denied", "disputed", "planned", "possible", "negated"};
    for (unsigned k = 0; k < sizeof statuses / sizeof *statuses; k++)
        if (!spans(p, t, "event e INDEXED BY event_status", true, text(p, "e.status = '%s' AND e.quad = %lld AND ", statuses[k], (long long)n))) return false;
    return true;
}

static bool of_stories(planner *p, chy_plan *t, char *set)
{
    t->ordered = false;
    if (!arm(p, t, "event e INDEXED BY event_dispatch", true, text(p, "e.dispatch IN (%s)", set))) return false;
    t->arm[t->n - 1].set = set;
    return true;
}

static bool publisher(planner *p, chy_plan *t, chy_slice s)
{
    int64_t id;
    return !ask(p, text(p, "SELECT id FROM source WHERE name = %Q", z_of(p, s)), &id, 1) ||
           spans(p, t, "event e INDEXED BY event_publisher", true, text(p, "e.publisher = %lld AND ", (long long)id));
}

/* The arms of one alternative; false where no index answers to it. */
static bool value(planner *p, chy_plan *t, chy_field field, const chy_value *x)
{
    switch (field) {
    case CHY_FIELD_ACTOR:
    case CHY_FIELD_SOURCE:
    case CHY_FIELD_TARGET: return who(p, t, x->text);
    case CHY_FIELD_DYAD: return between(p, t, x);
    case CHY_FIELD_TYPE: return p->present && spans(p, t, "event e INDEXED BY event_type", true, text(p, "e.type = %Q AND ", z_of(p, x->text)));
    case CHY_FIELD_QUAD: return p->present && quad(p, t, x->number);
    case CHY_FIELD_STATUS: return p->present && status(p, t, x->text);
    case CHY_FIELD_PLACE: return place(p, t, x->text);
    case CHY_FIELD_VOICE: return voice(p, t, x->text, false);
    case CHY_FIELD_DENIER: return voice(p, t, x->text, true);
    case CHY_FIELD_PUBLISHER: return publisher(p, t, x->text);
    case CHY_FIELD_AGENCY: return of_stories(p, t, text(p, "SELECT a.dispatch FROM dispatch_agency a JOIN source s ON s.id = a.agency WHERE s.name = %Q", z_of(p, x->text)));
    case CHY_FIELD_TEXT: return of_stories(p, t, text(p, "SELECT rowid FROM dispatch_fts WHERE dispatch_fts MATCH '\"%q\"'", phrase(p, x->text)));
    case CHY_FIELD_DISPATCH: return of_stories(p, t, text(p, "SELECT %lld", (long long)x->number));
    case CHY_FIELD_INCIDENT: t->ordered = false; return arm(p, t, "event e", true, text(p, "e.id IN (SELECT event FROM incident_event WHERE incident = %lld)", (long long)x->number));
    case CHY_FIELD_CONTESTED: return x->number && spans(p, t, "incident_event q INDEXED BY incident_event_contested", false, "q.contested AND ");
    case CHY_FIELD_EVENT: t->ordered = false; return arm(p, t, "event e INDEXED BY event_key", true, text(p, "e.key = %Q", z_of(p, x->text)));
    default: return false;
    }
}

/* ---------------------------------------------------------------------- choosing */

/* How many entries the arms have, up to CHY_PLAN_MANY. A story is taken for two events. */
static void count(planner *p, chy_plan *t)
{
    t->rows = 0;
    for (uint32_t i = 0; i < t->n && t->rows < CHY_PLAN_MANY; i++) {
        const chy_plan_arm *a = &t->arm[i];
        int64_t n = 0, most = CHY_PLAN_MANY - t->rows;
        bool now = p->present && (strstr(a->from, "event_type") || strstr(a->from, "event_status")); /* these indexes hold rows of the present only */
        if (a->set) ask(p, text(p, "SELECT count(*) FROM (%s LIMIT %lld)", a->set, most / 2), &n, 1);
        else ask(p, text(p, "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s%s LIMIT %lld)", a->from, a->where, now ? " AND e.withdrawn_utc IS NULL" : "", most), &n, 1);
        t->rows += a->set ? 2 * n : n;
    }
}

/* The days asked for, all in all. */
static void bounds(planner *p)
{
    p->from = p->to = CHY_NO_DAY;
    for (uint32_t i = 0; i < p->x->n; i++) {
        const chy_term *t = &p->x->term[i];
        if (t->negated || !t->n || (t->field != CHY_FIELD_FROM && t->field != CHY_FIELD_TO)) continue;
        chy_day d = t->value[0].day;
        for (uint32_t k = 1; k < t->n; k++)
            if (t->field == CHY_FIELD_FROM ? t->value[k].day < d : t->value[k].day > d) d = t->value[k].day;
        if (t->field == CHY_FIELD_FROM && (p->from == CHY_NO_DAY || d > p->from)) p->from = d;
        if (t->field == CHY_FIELD_TO && (p->to == CHY_NO_DAY || d < p->to)) p->to = d;
    }
}

/* Everything, by its days. */
static void walk(planner *p, chy_plan *t)
{
    *t = (chy_plan){.ordered = true, .rows = CHY_PLAN_MANY + 1};
    if (p->present) spans(p, t, "event e INDEXED BY event_date", true, "");
    else t->ordered = !arm(p, t, "event e", true, text(p, "1"));
}

int chy_plan_make(chy_record *r, chy_arena *arena, const chy_expression *x, bool present, uint64_t limit, chy_plan *out)
{
    planner p = {.r = r, .arena = arena, .x = x, .present = present, .code = SQLITE_OK};
    bounds(&p);
    walk(&p, out);
    ask(&p, "SELECT max(id) FROM event", &p.all, 1);
    bool probe = false;
    for (uint32_t i = 0; i < x->n; i++) {
        const chy_term *term = &x->term[i];
        chy_plan t = {.ordered = true};
        bool able = !term->negated;
        for (uint32_t k = 0; able && k < term->n; k++) able = value(&p, &t, term->field, &term->value[k]);
        if (able) count(&p, &t);
        /* Of n in all N, one in N / n is met on the way: limit * N / n are looked at. */
        t.few = t.rows < CHY_PLAN_MANY && (!limit || t.rows < 1000 || (double)t.rows * (double)t.rows < (double)limit * (double)p.all);
        if (term->field == CHY_FIELD_TEXT && limit && !(able && t.few)) probe = true;
        if (able && (t.ordered || t.few) && t.rows < out->rows) *out = t;
    }
    out->probe_text = probe;
    return p.failed ? SQLITE_NOMEM : p.code;
}
