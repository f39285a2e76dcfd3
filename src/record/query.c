/* SPDX-License-Identifier: Apache-2.0
 *
 * query.c - the search expression (expression.h), turned into a condition on events, and the selections it is used for.
 */
#include "record/plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_SQL = 24576, MAX_BINDS = 128, MAX_CELLS = 96 };

typedef struct builder {
    char sql[MAX_SQL];
    size_t n;
    const char *bind[MAX_BINDS];
    unsigned n_binds;
    chy_arena arena;
    bool full;
    chy_sets sets;
    int64_t most; /* members of a set */
    chy_error *err;
} builder;

static void add(builder *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void add(builder *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(b->sql + b->n, MAX_SQL - b->n, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= MAX_SQL - b->n) b->full = true;
    else b->n += (size_t)n;
}

static builder *open_builder(chy_record *r, chy_error *err)
{
    builder *b = calloc(1, sizeof *b);
    if (!b) {
        chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
        return NULL;
    }
    chy_arena_init(&b->arena);
    b->err = err;
    b->sets.r = r;
    return b;
}

static void close_builder(builder *b)
{
    chy_arena_free(&b->arena);
    chy_sets_free(&b->sets);
    free(b);
}

/* A parameter for the value; its number. */
static unsigned param(builder *b, chy_slice v)
{
    if (b->n_binds == MAX_BINDS) {
        b->full = true;
        return MAX_BINDS;
    }
    b->bind[b->n_binds++] = chy_arena_copy(&b->arena, v).p;
    return b->n_binds;
}

/* ---------------------------------------------------------------------- values */

/* Who: a country's code, an actor's key, or words of its name; among an event's few or (all) whoever there is. */
static void who(builder *b, const char *country, const char *actor, chy_slice v, bool all)
{
    const char *sql = chy_sql_actors(&b->arena, v);
    uint32_t set = chy_expression_code(v) || all ? CHY_NONE : chy_sets_find(&b->sets, sql, 0);
    add(b, "(");
    if (chy_expression_code(v)) add(b, "%s = ?%u OR ", country, param(b, v));
    if (set == CHY_NONE) add(b, "%s IN (%s))", actor, sql);
    else add(b, "chy_in(?%u, %s))", CHY_SET_PARAM + set, actor);
}

static void side(builder *b, const char *name, chy_slice v)
{
    add(b, "EXISTS (SELECT 1 FROM participant p WHERE p.event = e.id%s%s%s AND ", name ? " AND p.side = '" : "", name ? name : "", name ? "'" : "");
    who(b, "+p.country", "+p.actor", v, false); /* of this event's few, not of all that the country has */
    add(b, ")");
}

static void pair(builder *b, chy_slice from, chy_slice to)
{
    side(b, "source", from);
    add(b, " AND ");
    side(b, "target", to);
}

/* That a voice of claim c with its source s is meant, among an event's few or (all) whoever speaks. */
static void voice(builder *b, chy_field field, chy_slice v, bool all)
{
    add(b, "%s(s.name = ?%u OR ", field != CHY_FIELD_DENIER ? "" : all ? "c.stance = 'denies' AND " : "+c.stance = 'denies' AND ", param(b, v));
    who(b, all ? "c.country" : "+c.country", all ? "c.actor" : "+c.actor", v, all);
    add(b, ")");
}

/* Stories with the words, or of the agency. What is in very many is looked up story by story. */
static void stories(builder *b, const char *sql, const char *one)
{
    uint32_t set = chy_sets_find(&b->sets, sql, b->most);
    if (set != CHY_NONE) add(b, "chy_in(?%u, e.dispatch)", CHY_SET_PARAM + set);
    else add(b, "EXISTS (%s AND %s = e.dispatch)", sql, one);
}

/* A member of a list in a cell. What has a comma is none. */
static void listed(builder *b, const char *cell, chy_slice v)
{
    if (v.n && memchr(v.p, ',', v.n)) add(b, "0");
    else add(b, "instr(',' || %s || ',', ',' || ?%u || ',')", cell, param(b, v));
}

static void one_value(builder *b, chy_field field, const chy_value *x)
{
    chy_slice v = x->text;
    char at[11];
    switch (field) {
    case CHY_FIELD_ACTOR: side(b, NULL, v); break;
    case CHY_FIELD_SOURCE: side(b, "source", v); break;
    case CHY_FIELD_TARGET: side(b, "target", v); break;
    case CHY_FIELD_DYAD:
        add(b, "((");
        pair(b, v, x->other);
        if (!x->one_way) {
            add(b, ") OR (");
            pair(b, x->other, v);
        }
        add(b, "))");
        break;
    case CHY_FIELD_SECTOR:
        add(b, "EXISTS (SELECT 1 FROM participant p WHERE p.event = e.id AND ");
        listed(b, "p.sector", v);
        add(b, ")");
        break;
    case CHY_FIELD_TYPE: add(b, "e.type = ?%u", param(b, v)); break;
    case CHY_FIELD_MODE: listed(b, "e.mode", v); break;
    case CHY_FIELD_CONTEXT: listed(b, "e.context", v); break;
    case CHY_FIELD_QUAD: add(b, "e.quad = %d", (int)x->number); break;
    case CHY_FIELD_STATUS: add(b, "e.status = ?%u", param(b, v)); break;
    case CHY_FIELD_FROM:
    case CHY_FIELD_TO:
        chy_day_format(x->day, at);
        add(b, field == CHY_FIELD_FROM ? "e.date_end >= ?%u" : "e.date_begin <= ?%u", param(b, chy_slice_z(at)));
        break;
    case CHY_FIELD_PLACE: add(b, "e.place IN (SELECT id FROM place WHERE %s = ?%u)", chy_expression_code(v) ? "country" : "name", param(b, v)); break;
    case CHY_FIELD_VOICE:
    case CHY_FIELD_DENIER:
        add(b, "EXISTS (SELECT 1 FROM claim c LEFT JOIN source s ON s.id = c.source WHERE c.event = e.id AND ");
        voice(b, field, v, false);
        add(b, ")");
        break;
    case CHY_FIELD_PUBLISHER: add(b, "e.publisher = (SELECT id FROM source WHERE name = ?%u)", param(b, v)); break;
    case CHY_FIELD_AGENCY: stories(b, chy_sql_agency(&b->arena, v), "a.dispatch"); break;
    case CHY_FIELD_TEXT: stories(b, chy_sql_words(&b->arena, v), "rowid"); break;
    case CHY_FIELD_INCIDENT: add(b, "e.id IN (SELECT event FROM incident_event WHERE incident = %lld)", (long long)x->number); break;
    case CHY_FIELD_DISPATCH: add(b, "e.dispatch = %lld", (long long)x->number); break;
    case CHY_FIELD_EVENT: add(b, "e.key = ?%u", param(b, v)); break;
    case CHY_FIELD_CONTESTED:
        add(b, "(SELECT contested FROM incident_event WHERE event = e.id) = %d", (int)x->number);
        break;
    }
}

/* Of the present or as of a moment. */
static void on_record(builder *b, const char *as_of)
{
    if (as_of && *as_of) {
        unsigned k = param(b, chy_slice_z(as_of));
        add(b, "(e.recorded_utc <= ?%u AND (e.withdrawn_utc IS NULL OR e.withdrawn_utc > ?%u))", k, k);
    } else {
        add(b, "e.withdrawn_utc IS NULL");
    }
}

/* What the event's own columns tell is asked first. */
static void terms(builder *b, const chy_expression *x)
{
    for (uint32_t j = 0; j < 2 * x->n; j++) {
        uint32_t i = j % x->n;
        if (chy_plan_of_event(x->term[i].field) != (j < x->n)) continue;
        add(b, " AND %scoalesce((", x->term[i].negated ? "NOT " : "");
        for (uint32_t k = 0; k < x->term[i].n; k++) {
            if (k) add(b, " OR ");
            one_value(b, x->term[i].field, &x->term[i].value[k]);
        }
        add(b, "), 0)");
    }
}

/* The condition of an expression on `event e`. */
static chy_status condition(builder *b, chy_slice expression, const char *as_of)
{
    chy_expression x;
    on_record(b, as_of);
    chy_status st = chy_expression_parse(&b->arena, expression, &x, NULL, b->err);
    if (st == CHY_OK) terms(b, &x);
    return st;
}

/* ------------------------------------------------------------------------ rows */

/* Hand the row that a statement stands at to `each`; what that says. */
static int hand(sqlite3_stmt *s, int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx)
{
    chy_slice cell[MAX_CELLS];
    uint32_t n = (uint32_t)sqlite3_column_count(s);
    if (n > MAX_CELLS) n = MAX_CELLS;
    for (uint32_t i = 0; i < n; i++) {
        cell[i] = (chy_slice){(const char *)sqlite3_column_text(s, (int)i), (size_t)sqlite3_column_bytes(s, (int)i)};
        if (sqlite3_column_type(s, (int)i) == SQLITE_NULL) cell[i] = (chy_slice){NULL, 0};
    }
    return each(ctx, cell, n);
}

static void bind(builder *b, sqlite3_stmt *s)
{
    for (unsigned i = 0; i < b->n_binds; i++) sqlite3_bind_text(s, (int)i + 1, b->bind[i], -1, SQLITE_STATIC);
    chy_sets_bind(&b->sets, s);
}

/* Hand the rows of the statement that was built to `each`. */
static chy_status rows(chy_record *r, builder *b, int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx)
{
    sqlite3_stmt *s = NULL;
    if (b->arena.failed) return chy_fail(b->err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    if (b->full) return chy_fail(b->err, CHY_E_LIMIT, CHY_STAGE_RECORD, 0, "the expression is too long");
    if (b->sets.code != SQLITE_OK) return chy_record_fail(r, b->sets.code, "reading", b->err);
    int code = sqlite3_prepare_v2(r->db, b->sql, -1, &s, NULL);
    if (code == SQLITE_OK) {
        bind(b, s);
        while ((code = sqlite3_step(s)) == SQLITE_ROW && !hand(s, each, ctx)) {}
    }
    chy_status st = code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW ? CHY_OK : chy_record_fail(r, code, "reading", b->err);
    sqlite3_finalize(s);
    return st;
}

struct ids {
    int (*each)(void *ctx, int64_t id);
    void *ctx;
};

static int one_id(void *ctx, const chy_slice *cells, uint32_t n_cells)
{
    const struct ids *x = ctx;
    return n_cells && cells[0].p ? x->each(x->ctx, strtoll(cells[0].p, NULL, 10)) : 0;
}

chy_status chy_record_ids(chy_record *r, chy_field field, chy_slice v, int (*each)(void *ctx, int64_t id), void *ctx, chy_error *err)
{
    builder *b = open_builder(r, err);
    if (!b) return CHY_E_MEMORY;
    switch (field) {
    case CHY_FIELD_TEXT: add(b, "%s", chy_sql_words(&b->arena, v)); break;
    case CHY_FIELD_AGENCY: add(b, "%s", chy_sql_agency(&b->arena, v)); break;
    case CHY_FIELD_VOICE:
    case CHY_FIELD_DENIER:
        add(b, "SELECT c.event FROM claim c LEFT JOIN source s ON s.id = c.source WHERE ");
        voice(b, field, v, true);
        break;
    case CHY_FIELD_EVENT: add(b, "SELECT id FROM event WHERE key = ?%u", param(b, v)); break;
    default: add(b, "%s", chy_sql_actors(&b->arena, v)); break;
    }
    struct ids x = {each, ctx};
    chy_status st = rows(r, b, one_id, &x);
    close_builder(b);
    return st;
}

/* The ids of the events that the condition in `b` holds of, in the order of their days, or of those that are the first of an incident: a statement with the
 * binds of `b`. The plan's arms are merged before an event is looked at, so that none is that the limit leaves out. (The LIMIT inside keeps SQLite from
 * dropping the order there; CROSS JOIN goes through the arms first.) */
static char *found(const builder *b, const chy_plan *p, bool incidents, uint64_t limit)
{
    sqlite3_str *s = sqlite3_str_new(NULL);
    sqlite3_str_appendall(s, "SELECT f.event FROM (");
    for (uint32_t i = 0; i < p->n; i++) {
        const chy_plan_arm *a = &p->arm[i];
        sqlite3_str_appendf(s, "%s %s AS day, %s AS event FROM %s WHERE %s", i ? " UNION SELECT" : p->n == 1 && a->event[0] == 'q' ? "SELECT DISTINCT" : "SELECT", a->day, a->event, a->from, a->where);
    }
    if (!p->n) sqlite3_str_appendall(s, "SELECT 0 AS day, 0 AS event WHERE 0");
    sqlite3_str_appendall(s, " ORDER BY 1, 2 LIMIT -1) f CROSS JOIN event e ON e.id = f.event");
    if (incidents) sqlite3_str_appendall(s, " CROSS JOIN incident_event m ON m.event = e.id CROSS JOIN incident i ON i.id = m.incident AND i.first_event = e.id");
    sqlite3_str_appendf(s, " WHERE %s LIMIT %lld", b->sql, limit && limit < INT64_MAX ? (long long)limit : -1LL);
    return sqlite3_str_finish(s);
}

/* The statement for the ids that an expression finds, begun where the plan says; to be freed. */
static chy_status planned(chy_record *r, builder *b, const chy_expression *x, const char *as_of, bool incidents, uint64_t limit, char **ids)
{
    chy_plan plan;
    *ids = NULL;
    b->most = chy_plan_set_most(limit);
    int code = chy_plan_make(&b->sets, &b->arena, x, !as_of || !*as_of, limit, &plan);
    if (code != SQLITE_OK) return chy_record_fail(r, code, "reading", b->err);
    on_record(b, as_of);
    terms(b, x);
    *ids = found(b, &plan, incidents, limit);
    return *ids ? CHY_OK : chy_fail(b->err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
}

/* A row of the selection for each id that the first statement gives. Both read the same state of the record, for the first stays open. */
static chy_status rows_of(chy_record *r, builder *b, const char *ids, const char *row, int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx)
{
    sqlite3_stmt *s = NULL, *one = NULL;
    if (b->arena.failed) return chy_fail(b->err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    if (b->full) return chy_fail(b->err, CHY_E_LIMIT, CHY_STAGE_RECORD, 0, "the expression is too long");
    if (b->sets.code != SQLITE_OK) return chy_record_fail(r, b->sets.code, "reading", b->err);
    int code = sqlite3_prepare_v2(r->db, ids, -1, &s, NULL), ended = 0;
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->db, row, -1, &one, NULL);
    if (code == SQLITE_OK) bind(b, s);
    if (code == SQLITE_OK) sqlite3_bind_text(one, 1, b->bind[0], -1, SQLITE_STATIC);
    while (code == SQLITE_OK && !ended && (code = sqlite3_step(s)) == SQLITE_ROW) {
        sqlite3_bind_int64(one, 2, sqlite3_column_int64(s, 0));
        code = sqlite3_step(one);
        if (code == SQLITE_ROW) ended = hand(one, each, ctx);
        code = chy_record_done(one, code);
    }
    chy_status st = code == SQLITE_OK || code == SQLITE_DONE ? CHY_OK : chy_record_fail(r, code, "reading", b->err);
    sqlite3_finalize(s), sqlite3_finalize(one);
    return st;
}

chy_status chy_record_select(chy_record *r, const char *what, chy_slice expression, const char *as_of, uint64_t limit,
                             int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err)
{
    const chy_selection *sel = chy_selection_find(what);
    if (!sel) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "no selection %s", what);
    builder *b = open_builder(r, err);
    if (!b) return CHY_E_MEMORY;
    (void)param(b, chy_slice_z(as_of && *as_of ? as_of : "9999")); /* ?1 */
    chy_expression x;
    chy_status st = chy_expression_parse(&b->arena, expression, &x, NULL, err);
    if (st == CHY_OK && sel->order) {
        add(b, "%s", sel->select);
        on_record(b, as_of);
        terms(b, &x);
        add(b, "%s LIMIT %lld", sel->order, limit && limit < INT64_MAX ? (long long)limit : -1LL);
        st = rows(r, b, each, ctx);
    } else if (st == CHY_OK) {
        char *ids;
        st = planned(r, b, &x, as_of, sel->incidents, limit, &ids);
        char *row = sqlite3_mprintf("%s%s = ?2", sel->select, sel->incidents ? "i.id = (SELECT incident FROM incident_event WHERE event = ?2) AND e.id" : "e.id");
        if (st == CHY_OK) st = row ? rows_of(r, b, ids, row, each, ctx) : chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
        sqlite3_free(ids), sqlite3_free(row);
    }
    close_builder(b);
    return st;
}

chy_status chy_record_select_small(chy_record *r, const char *what, chy_slice expression, const char *as_of,
                                   int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err)
{
    builder *b = open_builder(r, err);
    if (!b) return CHY_E_MEMORY;
    (void)param(b, chy_slice_z(as_of && *as_of ? as_of : "9999")); /* ?1 */
    chy_expression x;
    chy_status st = chy_expression_parse(&b->arena, expression, &x, NULL, err);
    if (st == CHY_OK) {
        add(b, "%s", chy_selection_find(what)->select);
        on_record(b, as_of);
        terms(b, &x);
        add(b, " ORDER BY e.day, e.id");
        st = rows(r, b, each, ctx);
    }
    close_builder(b);
    return st;
}

typedef struct page {
    chy_record_at *v;
    uint32_t n, max;
} page;

static int one_row(void *ctx, const chy_slice *cells, uint32_t n_cells)
{
    page *p = ctx;
    chy_record_at at = {CHY_NO_DAY, strtoll(cells[0].p, NULL, 10)};
    if (n_cells < 2 || p->n == p->max) return 1;
    if (cells[1].p && chy_day_parse(cells[1], &at.day) != CHY_OK) at.day = CHY_NO_DAY;
    p->v[p->n++] = at;
    return 0;
}

static int one_number(void *ctx, const chy_slice *cells, uint32_t n);

chy_status chy_record_moment(chy_record *r, chy_slice expression, const char *as_of, bool newest, const chy_record_at *after, chy_record_at *v, uint32_t limit, uint32_t *n, uint64_t *total,
                           chy_error *err)
{
    builder *b = open_builder(r, err);
    if (!b) return CHY_E_MEMORY;
    const char *than = newest ? "<" : ">", *down = newest ? " DESC" : "";
    char day[11];
    page p = {v, 0, limit};
    add(b, "SELECT count(*) FROM event e WHERE ");
    chy_status st = condition(b, expression, as_of);
    if (st == CHY_OK) st = rows(r, b, one_number, total);
    b->n = 0, b->n_binds = 0;
    add(b, "SELECT e.id, e.date_begin FROM event e WHERE ");
    if (st == CHY_OK) st = condition(b, expression, as_of);
    if (after && after->day == CHY_NO_DAY) add(b, " AND e.date_begin IS NULL AND e.id %s %lld", than, (long long)after->id);
    if (after && after->day != CHY_NO_DAY) {
        chy_day_format(after->day, day);
        unsigned k = param(b, chy_slice_z(day));
        add(b, " AND (e.date_begin IS NULL OR e.date_begin %s ?%u OR (e.date_begin = ?%u AND e.id %s %lld))", than, k, k, than, (long long)after->id);
    }
    add(b, " ORDER BY e.date_begin IS NULL, e.date_begin%s, e.id%s LIMIT %u", down, down, limit);
    if (st == CHY_OK) st = rows(r, b, one_row, &p);
    *n = p.n;
    close_builder(b);
    return st;
}

/* ---------------------------------------------------------------------- counts */

/* The first day of the period that a day lies in, how to come to the next one, and how the period is written. */
static const struct period {
    const char *name, *floor, *step, *label;
} periods[] = {
    {"day", "date(@)", "+1 day", "p"},
    {"week", "date(@, 'weekday 0', '-6 days')", "+7 days", "p"}, /* its Monday */
    {"month", "date(@, 'start of month')", "+1 month", "substr(p, 1, 7)"},
    {"quarter", "date(@, 'start of month', '-' || ((CAST(substr(@, 6, 2) AS INTEGER) - 1) % 3) || ' months')", "+3 months",
     "substr(p, 1, 4) || '-Q' || ((CAST(substr(p, 6, 2) AS INTEGER) + 2) / 3)"},
    {"year", "date(@, 'start of year')", "+1 year", "substr(p, 1, 4)"},
};
enum { N_PERIODS = sizeof periods / sizeof *periods };

typedef struct by {
    const struct period *period;
    bool dyad, publisher;
    const char *class; /* quad, type or status */
} by;

static chy_status by_parse(const char *list, by *out, chy_error *err)
{
    static const char *const classes[] = {"quad", "type", "status"};
    *out = (by){0};
    for (const char *p = list;;) {
        chy_slice w = {p, strcspn(p, ",")};
        bool known = false;
        for (unsigned i = 0; i < N_PERIODS; i++)
            if (chy_slice_eqz(w, periods[i].name) && !out->period) out->period = &periods[i], known = true;
        for (unsigned i = 0; i < 3; i++)
            if (chy_slice_eqz(w, classes[i]) && !out->class) out->class = classes[i], known = true;
        if (chy_slice_eqz(w, "dyad") && !out->dyad) out->dyad = known = true;
        if (chy_slice_eqz(w, "publisher") && !out->publisher) out->publisher = known = true;
        if (!known)
            return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "cannot count by %.*s here: one of day week month quarter year, dyad, one of quad type status; or a period and publisher",
                            (int)(w.n > 40 ? 40 : w.n), w.p);
        if (!p[w.n]) break;
        p += w.n + 1;
    }
    if (out->publisher && (!out->period || out->dyad || out->class))
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "publishers' dispatches are counted by a period and nothing else");
    return CHY_OK;
}

/* The period of a column of days, or nothing where none is counted by; an @ in its expression stands for the day. */
static void period_of(builder *b, const by *k, const char *day)
{
    if (!k->period) add(b, "''");
    else
        for (const char *p = k->period->floor; *p; p++) add(b, *p == '@' ? "%s" : "%.1s", *p == '@' ? day : p);
}

/* What is counted goes into the table temp.counted, of what there is (cells); the rows that are told have all the rest too, with nothing in it. */

static chy_status count_events(chy_record *r, builder *b, const by *k, chy_slice expression, const char *as_of)
{
    chy_expression x;
    char *ids = NULL;
    chy_status st = chy_expression_parse(&b->arena, expression, &x, NULL, b->err);
    if (st == CHY_OK && x.n) st = planned(r, b, &x, as_of, false, 0, &ids);
    if (st != CHY_OK) return st;
    if (!ids) { /* nothing is asked for: all are read as they lie */
        on_record(b, as_of);
        ids = sqlite3_mprintf("SELECT e.id AS event FROM event e WHERE %s", b->sql);
        if (!ids) return chy_fail(b->err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    }
    b->n = 0;
    add(b, "WITH hit AS (SELECT e.id, (SELECT incident FROM incident_event WHERE event = e.id) AS incident, e.intensity, %s%s AS class, ", k->class ? "e." : "", k->class ? k->class : "''");
    period_of(b, k, "e.date_begin");
    add(b, " AS period FROM (%s) x CROSS JOIN event e ON e.id = x.event%s), sided AS (SELECT DISTINCT h.id, h.period, h.class, h.incident, h.intensity, %s", ids, k->period ? " WHERE e.date_begin IS NOT NULL" : "", k->dyad
        ? "coalesce(s.country, '') AS source, coalesce(t.country, '') AS target FROM hit h LEFT JOIN participant s ON s.event = h.id AND s.side = 'source' "
          "LEFT JOIN participant t ON t.event = h.id AND t.side = 'target')"
        : "'' AS source, '' AS target FROM hit h)");
    add(b, " INSERT INTO temp.counted SELECT period, source, target, class, count(*), count(DISTINCT incident), round(avg(intensity), 2) FROM sided GROUP BY 1, 2, 3, 4");
    sqlite3_free(ids);
    return CHY_OK;
}

static void count_dispatches(builder *b, const by *k, const char *as_of)
{
    add(b, "INSERT INTO temp.counted (period, one, other, class, n) SELECT ");
    period_of(b, k, "d.published_end");
    add(b, ", coalesce(s.name, ''), '', '', count(*) FROM dispatch d JOIN page g ON g.id = d.page LEFT JOIN source s ON s.id = d.publisher WHERE d.published_end IS NOT NULL AND ");
    if (as_of && *as_of) {
        unsigned n = param(b, chy_slice_z(as_of));
        add(b, "g.added_utc <= ?%u AND (d.withdrawn_utc IS NULL OR d.withdrawn_utc > ?%u)", n, n);
    } else {
        add(b, "d.withdrawn_utc IS NULL");
    }
    add(b, " GROUP BY 1, 2");
}

typedef struct two {
    chy_slice a, b;
} two;

typedef struct axis {
    chy_arena *arena;
    CHY_VEC(two) of;
} axis;

static int one_of_axis(void *ctx, const chy_slice *cells, uint32_t n)
{
    axis *x = ctx;
    (void)CHY_PUSH(x->arena, &x->of, (two){chy_arena_copy(x->arena, cells[0]), n > 1 ? chy_arena_copy(x->arena, cells[1]) : (chy_slice){"", 0}});
    return x->arena->failed;
}

/* Every period with every pair and every class, in this order, which is that of the cells. */
typedef struct table {
    const by *k;
    axis period, pair, class; /* a period as a day, and as it is written */
    uint32_t p, q, c;         /* the row that is to be told next */
    int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells);
    void *ctx;
    bool ended;
} table;

/* Tell the next row; what is in it, or NULL. */
static void next_row(table *t, const chy_slice *count)
{
    static const chy_slice nothing[] = {{"0", 1}, {"0", 1}, {NULL, 0}};
    const by *k = t->k;
    chy_slice cell[7];
    uint32_t n = 0;
    const two *pair = &t->pair.of.v[t->q];
    if (k->period) cell[n++] = t->period.of.v[t->p].b;
    if (k->dyad || k->publisher) cell[n++] = pair->a;
    if (k->dyad) cell[n++] = pair->b;
    if (k->class) cell[n++] = t->class.of.v[t->c].a;
    for (uint32_t i = 0; i < (k->publisher ? 1 : 3); i++) cell[n++] = (count ? count : nothing)[i];
    t->ended |= t->each(t->ctx, cell, n) != 0;
    if (++t->c < t->class.of.n) return;
    t->c = 0;
    if (++t->q < t->pair.of.n) return;
    t->q = 0;
    t->p++;
}

static int one_cell(void *ctx, const chy_slice *cells, uint32_t n)
{
    (void)n;
    table *t = ctx;
    while (!t->ended && t->p < t->period.of.n) {
        const two *pair = &t->pair.of.v[t->q];
        bool here = chy_slice_eq(cells[1], pair->a) && chy_slice_eq(cells[2], pair->b) && chy_slice_eq(cells[3], t->class.of.v[t->c].a) && chy_slice_eq(cells[0], t->period.of.v[t->p].a);
        next_row(t, here ? cells + 4 : NULL);
        if (here) break;
    }
    return t->ended;
}

static chy_status ask(chy_record *r, builder *b, const char *sql, int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx)
{
    b->n = 0, b->n_binds = 0;
    add(b, "%s", sql);
    return rows(r, b, each, ctx);
}

static chy_status tell_counted(chy_record *r, builder *b, table *t)
{
    const by *k = t->k;
    bool quads = k->class && strcmp(k->class, "quad") == 0;
    t->period.arena = t->pair.arena = t->class.arena = &b->arena;
    const char *span = chy_sql(&b->arena, "WITH RECURSIVE span(p, last) AS (SELECT min(period), max(period) FROM temp.counted UNION ALL SELECT date(p, '%s'), last FROM span WHERE p < last) "
                               "SELECT p, %s FROM span WHERE p IS NOT NULL ORDER BY p", k->period ? k->period->step : "+1 day", k->period ? k->period->label : "p");
    chy_status st = ask(r, b, span, one_of_axis, &t->period);
    if (st == CHY_OK) st = ask(r, b, "SELECT DISTINCT one, other FROM temp.counted ORDER BY 1, 2", one_of_axis, &t->pair);
    if (st == CHY_OK) st = ask(r, b, quads ? "SELECT class FROM (SELECT class FROM temp.counted UNION VALUES (1), (2), (3), (4)) ORDER BY 1" : "SELECT DISTINCT class FROM temp.counted ORDER BY 1", one_of_axis, &t->class);
    if (st == CHY_OK) st = ask(r, b, "SELECT period, one, other, class, n, incidents, intensity FROM temp.counted ORDER BY 1, 2, 3, 4", one_cell, t);
    while (st == CHY_OK && !t->ended && t->p < t->period.of.n) next_row(t, NULL);
    return st;
}

static int one_number(void *ctx, const chy_slice *cells, uint32_t n)
{
    (void)n;
    *(uint64_t *)ctx = cells[0].p ? strtoull(cells[0].p, NULL, 10) : 0;
    return 0;
}

chy_status chy_record_counts(chy_record *r, const char *list, chy_slice expression, const char *as_of, chy_counts *about,
                             int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err)
{
    by k;
    chy_status st = by_parse(list, &k, err);
    if (st != CHY_OK) return st;
    *about = (chy_counts){0};
    snprintf(about->columns, sizeof about->columns, "%s%s%s%s%s%s", k.period ? k.period->name : "", k.period ? " " : "", k.dyad ? "source target " : "",
             k.class ? k.class : "", k.class ? " " : "", k.publisher ? "publisher dispatches" : "events incidents intensity");
    builder *b = open_builder(r, err);
    if (!b) return CHY_E_MEMORY;
    if (k.period) { /* what is in no period */
        add(b, k.publisher ? "SELECT count(*) FROM dispatch d WHERE d.published_end IS NULL AND d.withdrawn_utc IS NULL" : "SELECT count(*) FROM event e WHERE e.span IN (0, 1, 2) AND e.day = 99999999 AND ");
        if (!k.publisher) st = condition(b, expression, as_of);
        if (st == CHY_OK) st = rows(r, b, one_number, &about->undated);
        b->n = 0, b->n_binds = 0;
    }
    if (st == CHY_OK && chy_record_exec(r, "CREATE TEMP TABLE counted (period, one, other, class, n, incidents, intensity)") != SQLITE_OK) st = chy_record_fail(r, sqlite3_errcode(r->db), "counting", err);
    if (k.publisher) count_dispatches(b, &k, as_of);
    else if (st == CHY_OK) st = count_events(r, b, &k, expression, as_of);
    table t = {.k = &k, .each = each, .ctx = ctx};
    if (st == CHY_OK) st = rows(r, b, NULL, NULL);
    if (st == CHY_OK) st = tell_counted(r, b, &t);
    (void)chy_record_exec(r, "DROP TABLE IF EXISTS temp.counted");
    close_builder(b);
    return st;
}
