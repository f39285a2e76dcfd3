/* SPDX-License-Identifier: Apache-2.0
 *
 * plan.c - where to begin looking for the events of an expression (plan.h).
 *
 * Every term that an index answers is counted, but only so far: beyond that it is "many". The rarest one leads. Indexes whose entries stand in
 * the order of days can be read from the first day on and left as soon as enough has been found, so that many do no harm; the others
 * (places of a country, one dispatch) lead only where they are few. Words, agencies and names that mean many are sets (sets.h), which an index in the
 * order of days is held against. Where nothing leads, all events are read by their days.
 */
#include "record/plan.h"

#include <stdarg.h>

enum { MAX_IDS = 8, MAX_PUBLISHED = 100000 /* events in a set: more take longer to gather than to look at */, WORTH_A_SET = 4000 };

typedef struct planner {
    chy_sets *sets;
    chy_arena *arena;
    const chy_expression *x;
    uint64_t limit;
    bool present;
    int code;
    chy_day from, to; /* CHY_NO_DAY: open */
    int64_t all;      /* events on record */
} planner;

static const char *text(planner *p, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *out = chy_sql_v(p->arena, fmt, ap);
    va_end(ap);
    return out;
}

static const char *z_of(planner *p, chy_slice s) { return chy_arena_copy(p->arena, s).p; }

/* The first column of up to `max` rows; how many. */
static uint32_t ask(planner *p, const char *sql, int64_t *out, uint32_t max)
{
    sqlite3_stmt *s = NULL;
    uint32_t n = 0;
    if (p->arena->failed || p->code != SQLITE_OK) return 0;
    int code = sqlite3_prepare_v2(p->sets->r->db, sql, -1, &s, NULL);
    if (code == SQLITE_OK) chy_sets_bind(p->sets, s);
    if (code == SQLITE_OK)
        while (n < max && (code = sqlite3_step(s)) == SQLITE_ROW) out[n++] = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) p->code = code;
    return n;
}

/* So few that they are sorted rather than met on the way. Of n in all N one in N / n is: limit * N / n are passed by then, each at `work` times what it takes to
 * sort one. */
static bool few(const planner *p, int64_t n, double work)
{
    return n < CHY_PLAN_MANY && (!p->limit || n < 1000 || (double)n * (double)n < work * (double)p->limit * (double)p->all);
}
#define WORK_EVENT 5.0  /* the event has to be looked at; or what is sorted stands side by side in an index */
#define WORK_INDEX 0.1  /* an index has all that matters, and what is sorted stands here and there in it */

/* ------------------------------------------------------------------------ arms */

/* False where there is no room for it. */
static bool arm(planner *p, chy_plan *t, const char *from, bool of_event, const char *where)
{
    if (t->n == CHY_PLAN_ARMS || p->arena->failed) return false;
    t->arm[t->n++] = (chy_plan_arm){from, where, of_event ? "e.day" : "q.day", of_event ? "e.id" : "q.event", -1};
    return true;
}

/* What lasts longer began earlier. */
static int32_t earliest(const planner *p, int span)
{
    static const int back[CHY_N_SPANS] = {CHY_SPAN_DAYS_0, CHY_SPAN_DAYS_1, -1};
    return p->from == CHY_NO_DAY || back[span] < 0 ? 0 : chy_record_day_number(p->from - back[span]);
}

/* The last arms have so many entries together. */
static bool known(chy_plan *t, uint32_t arms, int64_t rows)
{
    for (uint32_t i = 1; i <= arms; i++) t->arm[t->n - i].rows = i == 1 ? rows : 0;
    return true;
}

/* What indexes that hold rows of the present only want to hear. */
#define PRESENT "e.withdrawn_utc IS NULL AND "

/* One arm for each span. */
static bool spans(planner *p, chy_plan *t, const char *from, bool of_event, const char *what)
{
    const char *q = of_event ? "e" : "q";
    for (int i = 0; i < CHY_N_SPANS; i++) {
        int first = earliest(p, i);
        int last = p->to != CHY_NO_DAY ? chy_record_day_number(p->to) : p->from != CHY_NO_DAY ? CHY_NO_DAY_NUMBER - 1 : CHY_NO_DAY_NUMBER;
        const char *where = text(p, "%s%s.span = %d AND %s.day BETWEEN %d AND %d", what, q, i, q, first, last);
        if (of_event && p->from != CHY_NO_DAY) where = text(p, "%s AND e.last >= %d", where, chy_record_day_number(p->from));
        if (!arm(p, t, from, of_event, where)) return false;
    }
    return true;
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
    const char *sql = chy_sql_actors(p->arena, s);
    uint32_t n = ask(p, sql, id, MAX_IDS + 1);
    if (n > MAX_IDS) {
        int64_t rows = 0;
        ask(p, text(p, "SELECT count(*) FROM (SELECT 1 FROM participant WHERE actor IN (%s) LIMIT %d)", sql, CHY_PLAN_MANY), &rows, 1);
        uint32_t set = few(p, rows, WORK_EVENT) ? CHY_NONE : chy_sets_find(p->sets, sql, 0);
        if (set != CHY_NONE) return spans(p, t, "participant q INDEXED BY participant_day", false, text(p, "chy_in(?%u, q.actor) AND ", CHY_SET_PARAM + set)) && known(t, CHY_N_SPANS, rows);
        t->ordered = false;
        return arm(p, t, "participant q INDEXED BY participant_actor", false, text(p, "q.actor IN (%s)", sql)) && known(t, 1, rows);
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
    uint32_t n = chy_expression_code(s) ? 0 : ask(p, chy_sql_actors(p->arena, s), id, MAX_IDS + 1), n_sources = ask(p, text(p, "SELECT id FROM source WHERE name = %Q", v), source, 1);
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
        if (quad[k] && !spans(p, t, "event e INDEXED BY event_status", true, text(p, PRESENT "e.status = %Q AND e.quad = %d AND ", z_of(p, s), k))) return false;
    return true;
}

static bool quad(planner *p, chy_plan *t, int64_t n)
{
    static const char *const statuses[] = {"reported", "claimed", "admitted", "denied", "disputed", "planned", "possible", "negated"};
    for (unsigned k = 0; k < sizeof statuses / sizeof *statuses; k++)
        if (!spans(p, t, "event e INDEXED BY event_status", true, text(p, PRESENT "e.status = '%s' AND e.quad = %lld AND ", statuses[k], (long long)n))) return false;
    return true;
}

/* Events of the stories in a set: where it is small those of each story, else all by their days, each story being looked up in the set. */
static bool of_stories(planner *p, chy_plan *t, const char *sql)
{
    uint32_t set = chy_sets_find(p->sets, sql, chy_plan_set_most(p->limit));
    if (set == CHY_NONE || !p->present) return false;
    int64_t rows = 2 * p->sets->v[set].n; /* events of a story, or so: looking each up would take longer than they do */
    if (!few(p, rows, WORK_INDEX)) return spans(p, t, "event e INDEXED BY event_date", true, text(p, PRESENT "chy_in(?%u, e.dispatch) AND ", CHY_SET_PARAM + set)) && known(t, CHY_N_SPANS, rows);
    t->ordered = false;
    return arm(p, t, "event e INDEXED BY event_dispatch", true, text(p, "e.dispatch IN (%s)", sql)) && known(t, 1, rows);
}

static bool facet(planner *p, chy_plan *t, const char *field, chy_slice s)
{
    return spans(p, t, "facet q", false, text(p, "q.field = '%s' AND q.value = %Q AND ", field, z_of(p, s)));
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
    case CHY_FIELD_TYPE: return p->present && spans(p, t, "event e INDEXED BY event_type", true, text(p, PRESENT "e.type = %Q AND ", z_of(p, x->text)));
    case CHY_FIELD_QUAD: return p->present && quad(p, t, x->number);
    case CHY_FIELD_STATUS: return p->present && status(p, t, x->text);
    case CHY_FIELD_PLACE: return place(p, t, x->text);
    case CHY_FIELD_VOICE: return voice(p, t, x->text, false);
    case CHY_FIELD_DENIER: return voice(p, t, x->text, true);
    case CHY_FIELD_PUBLISHER: return publisher(p, t, x->text);
    case CHY_FIELD_MODE: return facet(p, t, "mode", x->text);
    case CHY_FIELD_CONTEXT: return facet(p, t, "context", x->text);
    case CHY_FIELD_SECTOR: return facet(p, t, "sector", x->text);
    case CHY_FIELD_AGENCY: return of_stories(p, t, chy_sql_agency(p->arena, x->text));
    case CHY_FIELD_TEXT: return of_stories(p, t, chy_sql_words(p->arena, x->text));
    case CHY_FIELD_DISPATCH: t->ordered = false; return arm(p, t, "event e INDEXED BY event_dispatch", true, text(p, "e.dispatch = %lld", (long long)x->number));
    case CHY_FIELD_INCIDENT: t->ordered = false; return arm(p, t, "event e", true, text(p, "e.id IN (SELECT event FROM incident_event WHERE incident = %lld)", (long long)x->number));
    case CHY_FIELD_CONTESTED: return x->number && spans(p, t, "incident_event q INDEXED BY incident_event_contested", false, "q.contested AND ");
    case CHY_FIELD_EVENT: t->ordered = false; return arm(p, t, "event e INDEXED BY event_key", true, text(p, "e.key = %Q", z_of(p, x->text)));
    default: return false;
    }
}

/* ---------------------------------------------------------------------- choosing */

/* How many entries the arms have, up to CHY_PLAN_MANY. */
static void count(planner *p, chy_plan *t)
{
    t->rows = 0;
    for (uint32_t i = 0; i < t->n && t->rows < CHY_PLAN_MANY; i++) {
        const chy_plan_arm *a = &t->arm[i];
        int64_t n = a->rows, most = CHY_PLAN_MANY - t->rows;
        if (n < 0) ask(p, text(p, "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %lld)", a->from, a->where, (long long)most), &n, 1);
        t->rows += n < most ? n : most;
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
    if (p->present) spans(p, t, "event e INDEXED BY event_date", true, PRESENT);
    else t->ordered = !arm(p, t, "event e", true, text(p, "1"));
}

/* Where another term leads and finds many, a publisher's events as a set spare looking at each of them. */
static void published(planner *p, chy_plan *t, const chy_term *lead)
{
    for (uint32_t i = 0; i < p->x->n; i++) {
        const chy_term *q = &p->x->term[i];
        if (q == lead || q->field != CHY_FIELD_PUBLISHER || q->negated || q->n != 1) continue;
        uint32_t set = chy_sets_find(p->sets, text(p, "SELECT id FROM event INDEXED BY event_publisher WHERE publisher = (SELECT id FROM source WHERE name = %Q)", z_of(p, q->value[0].text)), MAX_PUBLISHED);
        for (uint32_t k = 0; set != CHY_NONE && k < t->n; k++) t->arm[k].where = text(p, "%s AND chy_in(?%u, %s)", t->arm[k].where, CHY_SET_PARAM + set, t->arm[k].event);
    }
}

int chy_plan_make(chy_sets *sets, chy_arena *arena, const chy_expression *x, bool present, uint64_t limit, chy_plan *out)
{
    planner p = {.sets = sets, .arena = arena, .x = x, .present = present, .limit = limit, .code = SQLITE_OK};
    bounds(&p);
    walk(&p, out);
    ask(&p, "SELECT max(id) FROM event", &p.all, 1);
    const chy_term *lead = NULL;
    for (uint32_t i = 0; i < x->n; i++) {
        const chy_term *term = &x->term[i];
        chy_plan t = {.ordered = true};
        bool able = !term->negated;
        for (uint32_t k = 0; able && k < term->n; k++) able = value(&p, &t, term->field, &term->value[k]);
        if (able) count(&p, &t);
        t.few = few(&p, t.rows, WORK_EVENT);
        t.of_event = chy_plan_of_event(term->field);
        if (able && (t.ordered || t.few) && (t.rows < out->rows || (t.rows == out->rows && out->of_event && !t.of_event))) *out = t, lead = term;
    }
    if (lead && out->rows > WORTH_A_SET) published(&p, out, lead);
    return arena->failed ? SQLITE_NOMEM : p.code;
}
