/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c - rows of the record as JSON.
 */
#include "serve/rows.h"

#include <stdlib.h>

enum { S_EVENT = CHY_SLOT_ROWS, S_INCIDENT, S_SIDE, S_ACTOR };

/* ----------------------------------------------------------------- statements */

sqlite3_stmt *chy_rows_stmt(chy_record *r, unsigned slot, const char *sql, chy_error *err)
{
    sqlite3_stmt *s = chy_record_stmt(r, slot, sql);
    if (!s) chy_record_fail(r, sqlite3_errcode(r->db), "reading", err);
    return s;
}

chy_status chy_rows_done(chy_record *r, sqlite3_stmt *s, int code, chy_error *err)
{
    chy_status st = code == SQLITE_ROW || code == SQLITE_DONE ? CHY_OK : chy_record_fail(r, code, "reading", err);
    sqlite3_reset(s);
    return st;
}

/* --------------------------------------------------------------------- cells */

json_t *chy_json_text(chy_slice s)
{
    json_t *j = json_stringn(s.n ? s.p : "", s.n);
    if (j || !s.n) return j;
    char *clean = malloc(s.n * 3);
    size_t n = 0;
    unsigned len;
    for (size_t i = 0; clean && i < s.n; i += len) n += chy_utf8_put(chy_utf8_at(s, i, &len), clean + n);
    if (clean) j = json_stringn(clean, n);
    free(clean);
    return j;
}

json_t *chy_json_cell(sqlite3_stmt *s, int column)
{
    return sqlite3_column_type(s, column) == SQLITE_NULL ? json_null() : chy_json_text(chy_cell_text(s, column));
}

json_t *chy_json_int(sqlite3_stmt *s, int column)
{
    return sqlite3_column_type(s, column) == SQLITE_NULL ? json_null() : json_integer(sqlite3_column_int64(s, column));
}

json_t *chy_json_list(sqlite3_stmt *s, int column)
{
    chy_slice rest = chy_cell_text(s, column), piece;
    json_t *j = json_array();
    while (rest.n && chy_slice_split(&rest, ',', &piece)) json_array_append_new(j, chy_json_text(piece));
    return j;
}

json_t *chy_json_range(int64_t begin, int64_t end)
{
    if (begin < 0) begin = 0;
    if (end < begin) end = begin;
    return json_pack("[I, I]", (json_int_t)begin, (json_int_t)end);
}

json_t *chy_json_place(sqlite3_stmt *s, int column)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return json_null();
    return json_pack("{s:o, s:o, s:f, s:f}", "name", chy_json_cell(s, column), "country", chy_json_cell(s, column + 1), "lat", sqlite3_column_double(s, column + 2), "lon",
                     sqlite3_column_double(s, column + 3));
}

json_t *chy_json_dated(sqlite3_stmt *s, int column)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return json_null();
    int end = sqlite3_column_type(s, column + 1) == SQLITE_NULL ? column : column + 1;
    return json_pack("{s:o, s:o, s:o}", "begin", chy_json_cell(s, column), "end", chy_json_cell(s, end), "basis", chy_json_cell(s, column + 2));
}

json_t *chy_json_actor(sqlite3_stmt *s, int column)
{
    bool known = !chy_slice_eqz(chy_cell_text(s, column + 2), "unknown");
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", known ? chy_json_cell(s, column) : json_null(), "name", chy_json_cell(s, column + 1), "country",
                     chy_json_cell(s, column + 3), "sector", chy_json_list(s, column + 4), "role", chy_json_cell(s, column + 5));
}

/* ---------------------------------------------------------------------- rows */

static chy_status out_of_memory(chy_error *err) { return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory"); }

chy_status chy_rows_side(chy_record *r, int64_t event, const char *side, json_t **out, chy_error *err)
{
    *out = NULL;
    sqlite3_stmt *s = chy_rows_stmt(r, S_SIDE, "SELECT a.key, a.name, a.kind, p.country, p.sector, p.role FROM participant p JOIN actor a ON a.id = p.actor "
                                               "WHERE p.event = ? AND p.side = ? ORDER BY p.ordinal", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, event);
    sqlite3_bind_text(s, 2, side, -1, SQLITE_STATIC);
    json_t *list = json_array();
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) json_array_append_new(list, chy_json_actor(s, 0));
    chy_status st = chy_rows_done(r, s, code, err);
    if (st == CHY_OK) *out = list;
    else json_decref(list);
    return st == CHY_OK && !list ? out_of_memory(err) : st;
}

/* The sentence from columns text, begin and end of the trigger in it. */
static json_t *evidence(sqlite3_stmt *s, int column)
{
    int64_t n = sqlite3_column_bytes(s, column), begin = sqlite3_column_int64(s, column + 1), end = sqlite3_column_int64(s, column + 2);
    return json_pack("{s:o, s:o}", "text", chy_json_text(chy_cell_text(s, column)), "trigger", chy_json_range(begin < n ? begin : n, end < n ? end : n));
}
#define EVIDENCE                                                                                                       \
    "coalesce(e.evidence_text, substr(CAST(d.text AS BLOB), e.evidence_begin - d.begin + 1, e.evidence_end - e.evidence_begin)), e.trigger_begin - e.evidence_begin, e.trigger_end - e.evidence_begin"

/* Both sides into the row; the row where all is well. */
static chy_status with_sides(chy_record *r, int64_t event, json_t *row, json_t **out, chy_error *err)
{
    json_t *source = NULL, *target = NULL;
    chy_status st = row ? CHY_OK : out_of_memory(err);
    if (st == CHY_OK) st = chy_rows_side(r, event, "source", &source, err);
    if (st == CHY_OK) st = chy_rows_side(r, event, "target", &target, err);
    if (st == CHY_OK && json_object_set(row, "source", source) + json_object_set(row, "target", target)) st = out_of_memory(err);
    json_decref(source);
    json_decref(target);
    if (st == CHY_OK) *out = row;
    else json_decref(row);
    return st;
}

chy_status chy_rows_event(chy_record *r, int64_t id, json_t **out, chy_error *err)
{
    *out = NULL;
    sqlite3_stmt *s = chy_rows_stmt(r, S_EVENT, "SELECT e.id, e.key, m.incident, d.id, d.title, (SELECT name FROM source WHERE id = d.publisher), d.published_end, e.date_begin, e.date_end, "
        "e.date_basis, e.type, e.mode, e.context, e.quad, e.intensity, e.status, l.name, l.country, l.lat, l.lon, e.confidence, coalesce(i.contested, 0), " EVIDENCE
        " FROM event e JOIN dispatch d ON d.id = e.dispatch LEFT JOIN place l ON l.id = e.place LEFT JOIN incident_event m ON m.event = e.id "
        "LEFT JOIN incident i ON i.id = m.incident WHERE e.id = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, id);
    int code = sqlite3_step(s);
    json_t *row = NULL;
    bool there = code == SQLITE_ROW;
    if (there)
        row = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:o, s:o, s:o, s:b, s:o}", "id", chy_json_int(s, 0), "key", chy_json_cell(s, 1), "incident",
                        chy_json_int(s, 2), "dispatch", chy_json_int(s, 3), "title", chy_json_cell(s, 4), "publisher", chy_json_cell(s, 5), "published", chy_json_cell(s, 6),
                        "date", chy_json_dated(s, 7), "type", chy_json_cell(s, 10), "mode", chy_json_list(s, 11), "context", chy_json_list(s, 12), "quad", chy_json_int(s, 13),
                        "intensity", sqlite3_column_double(s, 14), "status", chy_json_cell(s, 15), "place", chy_json_place(s, 16), "confidence",
                        sqlite3_column_type(s, 20) == SQLITE_NULL ? json_null() : json_real(sqlite3_column_double(s, 20)), "contested", sqlite3_column_int(s, 21), "evidence",
                        evidence(s, 22));
    chy_status st = chy_rows_done(r, s, code, err);
    if (st != CHY_OK || !there) {
        json_decref(row);
        return st;
    }
    return with_sides(r, id, row, out, err);
}

static json_t *interval(sqlite3_stmt *s, int column)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return json_null();
    return json_pack("{s:o, s:o}", "begin", chy_json_cell(s, column), "end", chy_json_cell(s, sqlite3_column_type(s, column + 1) == SQLITE_NULL ? column : column + 1));
}

chy_status chy_rows_incident(chy_record *r, int64_t id, json_t **out, chy_error *err)
{
    *out = NULL;
    sqlite3_stmt *s = chy_rows_stmt(r, S_INCIDENT, "SELECT i.id, i.date_begin, i.date_end, e.type, e.mode, e.quad, e.intensity, e.status, l.name, l.country, l.lat, l.lon, i.n_events, "
        "i.n_dispatches, i.n_publishers, i.n_voices, i.contested, e.id, d.id, d.title, (SELECT name FROM source WHERE id = d.publisher), d.published_end, " EVIDENCE
        " FROM incident i JOIN event e ON e.id = i.first_event JOIN dispatch d ON d.id = e.dispatch LEFT JOIN place l ON l.id = e.place WHERE i.id = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, id);
    int code = sqlite3_step(s);
    json_t *row = NULL;
    bool there = code == SQLITE_ROW;
    int64_t first = there ? sqlite3_column_int64(s, 17) : 0;
    if (there)
        row = json_pack("{s:o, s:o, s:o, s:o, s:o, s:f, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:{s:o, s:o, s:o, s:o, s:o}, s:o}", "id", chy_json_int(s, 0), "date", interval(s, 1), "type",
                        chy_json_cell(s, 3), "mode", chy_json_list(s, 4), "quad", chy_json_int(s, 5), "intensity", sqlite3_column_double(s, 6), "status", chy_json_cell(s, 7),
                        "place", chy_json_place(s, 8), "n_events", chy_json_int(s, 12), "n_dispatches", chy_json_int(s, 13), "n_publishers", chy_json_int(s, 14), "n_voices",
                        chy_json_int(s, 15), "contested", sqlite3_column_int(s, 16), "first", "event", chy_json_int(s, 17), "dispatch", chy_json_int(s, 18), "title",
                        chy_json_cell(s, 19), "publisher", chy_json_cell(s, 20), "published", chy_json_cell(s, 21), "evidence", evidence(s, 22));
    chy_status st = chy_rows_done(r, s, code, err);
    if (st != CHY_OK || !there) {
        json_decref(row);
        return st;
    }
    return with_sides(r, first, row, out, err);
}

chy_status chy_rows_actor(chy_record *r, chy_slice code, json_t **out, chy_error *err)
{
    *out = NULL;
    sqlite3_stmt *s = chy_rows_stmt(r, S_ACTOR, "SELECT a.key, a.name, a.kind, coalesce((SELECT country FROM participant WHERE actor = a.id LIMIT 1), substr(a.key, 1, 3)), "
                                                "'', NULL FROM actor a WHERE a.key = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_text(s, 1, code.p, (int)code.n, SQLITE_STATIC);
    int done = sqlite3_step(s);
    if (done == SQLITE_ROW) *out = chy_json_actor(s, 0);
    else if (done == SQLITE_DONE)
        *out = json_pack("{s:o, s:o, s:o, s:[], s:n}", "id", chy_json_text(code), "name", chy_json_text(code), "country", chy_json_text(code.n > 3 ? (chy_slice){code.p, 3} : code), "sector", "role");
    chy_status st = chy_rows_done(r, s, done, err);
    return st == CHY_OK && !*out ? out_of_memory(err) : st;
}
