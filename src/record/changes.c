/* SPDX-License-Identifier: Apache-2.0
 *
 * changes.c - what a run changed, event by event, and events set apart from their incident.
 */
#include "record/record.h"

#define NAMES_OF(side)                                                                                                 \
    "(SELECT group_concat(a.name, '; ') FROM participant p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = '" side "')"
#define CODES_OF(side)                                                                                                 \
    "(SELECT group_concat(p.country || CASE p.sector WHEN '' THEN '' ELSE ' ' || p.sector END, '; ') FROM participant p WHERE p.event = e.id AND p.side = '" side "')"

/* Columns of the statement below, in its order; the first tells of an event that has come or gone. */
static const char *const fields[] = {"event", "type", "mode", "context", "cameo", "intensity", "status", "date_begin", "date_end", "date_text", "place", "source", "source_codes",
                                     "target", "target_codes", "voices", "confidence", "dead", "injured", "arrested", "protesters", "evidence", "frame", "rule"};
enum { N_FIELDS = sizeof fields / sizeof *fields };

static const char of_event[] =
    "SELECT e.type || ' ' || coalesce(" CODES_OF("source") ", '') || ' > ' || coalesce(" CODES_OF("target") ", ''), e.type, e.mode, e.context, e.cameo, e.intensity, e.status, "
    "e.date_begin, e.date_end, e.date_text, (SELECT name FROM place WHERE id = e.place), " NAMES_OF("source") ", " CODES_OF("source") ", " NAMES_OF("target") ", " CODES_OF("target") ", "
    "(SELECT group_concat(coalesce(a.name, s.name, c.text) || ' ' || c.stance, '; ') FROM claim c LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source WHERE c.event = e.id), "
    "e.confidence, e.dead, e.injured, e.arrested, e.protesters, e.evidence_begin || '-' || e.evidence_end, e.frame, e.rule FROM event e WHERE e.id = ?";

static chy_slice cell(sqlite3_stmt *s, int i) { return (chy_slice){(const char *)sqlite3_column_text(s, i), (size_t)sqlite3_column_bytes(s, i)}; }

/* The row of an event; an id of 0 stands for none. */
static int step(sqlite3_stmt *s, int64_t id)
{
    sqlite3_reset(s);
    sqlite3_bind_int64(s, 1, id);
    int code = id ? sqlite3_step(s) : SQLITE_ROW;
    return code == SQLITE_ROW ? SQLITE_OK : code == SQLITE_DONE ? SQLITE_CORRUPT : code;
}

static int tell(chy_change c, sqlite3_stmt *old, sqlite3_stmt *new, int (*each)(void *ctx, const chy_change *change), void *ctx)
{
    if (!c.before || !c.after) {
        c.field = chy_slice_z(fields[0]);
        if (c.before) c.was = cell(old, 0);
        if (c.after) c.is = cell(new, 0);
        return each(ctx, &c);
    }
    bool told = false;
    for (int i = 1; i < N_FIELDS; i++) {
        c.was = cell(old, i), c.is = cell(new, i);
        if (c.was.n == c.is.n && (!c.is.n || memcmp(c.was.p, c.is.p, c.is.n) == 0)) continue;
        c.field = chy_slice_z(fields[i]);
        told = true;
        int ended = each(ctx, &c);
        if (ended) return ended;
    }
    if (told) return 0;
    c.field = CHY_LIT("other"), c.was = c.is = CHY_LIT("");
    return each(ctx, &c);
}

static int last_run(chy_record *r, int64_t *run)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, "SELECT max(id) FROM run WHERE kind = 'recode' AND (?1 = 0 OR id = ?1) OR id = ?1", -1, &s, NULL);
    if (code != SQLITE_OK) return code;
    sqlite3_bind_int64(s, 1, *run);
    code = sqlite3_step(s);
    *run = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

chy_status chy_record_diff(chy_record *r, int64_t run, int (*each)(void *ctx, const chy_change *change), void *ctx, chy_error *err)
{
    static const char pairs[] =
        "SELECT o.key, o.dispatch, o.id, coalesce((SELECT n.id FROM event n WHERE n.key = o.key AND n.dispatch = o.dispatch AND n.run = ?1), 0) FROM event o WHERE o.withdrawn_run = ?1 "
        "AND o.run <> ?1 UNION ALL "
        "SELECT n.key, n.dispatch, 0, n.id FROM event n WHERE n.run = ?1 AND NOT EXISTS (SELECT 1 FROM event o WHERE o.key = n.key AND o.dispatch = n.dispatch AND o.withdrawn_run = ?1 "
        "AND o.run <> ?1) ORDER BY 2, 1";
    sqlite3_stmt *s = NULL, *old = NULL, *new = NULL;
    int64_t asked = run;
    int code = last_run(r, &run), ended = 0;
    if (code == SQLITE_OK && !run)
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, asked ? "%s: there is no run %lld" : "%s: has not been coded again yet", r->path, (long long)asked);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->db, pairs, -1, &s, NULL);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->db, of_event, -1, &old, NULL);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->db, of_event, -1, &new, NULL);
    if (code == SQLITE_OK) sqlite3_bind_int64(s, 1, run);
    while (code == SQLITE_OK && !ended && (code = sqlite3_step(s)) == SQLITE_ROW) {
        chy_change c = {.run = run, .key = cell(s, 0), .dispatch = sqlite3_column_int64(s, 1), .before = sqlite3_column_int64(s, 2), .after = sqlite3_column_int64(s, 3)};
        code = step(old, c.before);
        if (code == SQLITE_OK) code = step(new, c.after);
        if (code == SQLITE_OK) ended = tell(c, old, new, each, ctx);
    }
    chy_status st = code == SQLITE_OK || code == SQLITE_DONE ? CHY_OK : chy_record_fail(r, code, "reading", err);
    sqlite3_finalize(s), sqlite3_finalize(old), sqlite3_finalize(new);
    return st;
}

/* ------------------------------------------------------------------- incidents */

/* The event of that key in the incident, and how many events that has. */
static chy_status find_member(chy_record *r, int64_t incident, chy_slice key, int64_t dispatch, int64_t *event, chy_error *err)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, "SELECT e.id, i.n_events FROM incident_event m JOIN event e ON e.id = m.event JOIN incident i ON i.id = m.incident "
                                         "WHERE m.incident = ?1 AND e.key = ?2 AND (?3 = 0 OR e.dispatch = ?3)", -1, &s, NULL);
    if (code != SQLITE_OK) return chy_record_fail(r, code, "reading", err);
    sqlite3_bind_int64(s, 1, incident);
    sqlite3_bind_text(s, 2, key.p, (int)key.n, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, dispatch);
    chy_status st = CHY_OK;
    const char *why = NULL;
    code = sqlite3_step(s);
    if (code == SQLITE_DONE) why = "is no event of that incident";
    if (code == SQLITE_ROW) {
        *event = sqlite3_column_int64(s, 0);
        if (sqlite3_column_int64(s, 1) < 2) why = "is the incident's only event";
        code = sqlite3_step(s);
        if (code == SQLITE_ROW) why = "is an event of several of its dispatches; say which (KEY@DISPATCH)";
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE) st = chy_record_fail(r, code, "reading", err);
    else if (why) st = chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "%.*s: %s", (int)(key.n > 60 ? 60 : key.n), key.p, why);
    sqlite3_finalize(s);
    return st;
}

chy_status chy_record_split(chy_record *r, int64_t incident, chy_slice key, int64_t dispatch, int64_t *apart, chy_error *err)
{
    int64_t event = 0, fresh = 0;
    chy_status st = chy_record_change(r, err);
    if (st != CHY_OK) return st;
    st = find_member(r, incident, key, dispatch, &event, err);
    if (st == CHY_OK) {
        char sql[320];
        int code = chy_record_exec(r, "INSERT INTO incident DEFAULT VALUES");
        fresh = sqlite3_last_insert_rowid(r->db);
        sqlite3_snprintf(sizeof sql, sql, "UPDATE incident_event SET incident = %lld, how = 'split' WHERE event = %lld", (long long)fresh, (long long)event);
        if (code == SQLITE_OK) code = chy_record_exec(r, sql);
        if (code == SQLITE_OK) code = chy_record_recount(r, incident);
        if (code == SQLITE_OK) code = chy_record_recount(r, fresh);
        if (code != SQLITE_OK) st = chy_record_fail(r, code, "writing", err);
    }
    st = chy_record_changed(r, st, err);
    if (st == CHY_OK && apart) *apart = fresh;
    return st;
}
