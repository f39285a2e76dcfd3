/* SPDX-License-Identifier: Apache-2.0
 *
 * story.c - a story and its events with all that the record knows of them; an incident with its voices.
 *
 * The rows of all events that are asked for come by one statement a table, whether that is one event or a story's.
 */
#include "serve/rows.h"
#include "serve/text.h"

#include <stdlib.h>

enum { S_STORY = CHY_SLOT_READER, S_COPIES, S_AGENCIES, S_TOLD };

/* Which events: one of any time, or those of a story that are of the present. ?1 is its number. */
#define ONE_EVENT "e.id = ?1"
#define OF_STORY "e.dispatch = ?1 AND e.withdrawn_utc IS NULL"

/* An event on its way to being EventFull. */
typedef struct full {
    int64_t id, at; /* at: of its trigger, for the order */
    json_t *v;
} full;

typedef struct fulls {
    chy_serve *serve;
    const char *which;
    int64_t number;
    full *all; /* rising by id */
    uint32_t n, cap;
} fulls;

static chy_status out_of_memory(chy_error *err) { return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory"); }

chy_status chy_text_missing(chy_answer *answer, chy_error *err, const char *what, int64_t id)
{
    answer->status = 404;
    return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "there is no %s %lld", what, (long long)id);
}

/* Run "… WHERE <which> …" (the @ in `sql`) and hand each row to `take`. */
static chy_status each_row(fulls *f, const char *sql, bool (*take)(fulls *f, sqlite3_stmt *s), chy_error *err)
{
    char text[2048];
    const char *at = strchr(sql, '@');
    sqlite3_snprintf(sizeof text, text, "%.*s%s%s", (int)(at - sql), sql, f->which, at + 1);
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(f->serve->record->db, text, -1, &s, NULL);
    bool room = true;
    if (code == SQLITE_OK) {
        sqlite3_bind_int64(s, 1, f->number);
        while (room && (code = sqlite3_step(s)) == SQLITE_ROW) room = take(f, s);
    }
    chy_status st = !room ? out_of_memory(err) : code == SQLITE_DONE ? CHY_OK : chy_record_fail(f->serve->record, code, "reading", err);
    sqlite3_finalize(s);
    return st;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const full *)a)->id, y = ((const full *)b)->id;
    return x < y ? -1 : x > y;
}

static int by_place(const void *a, const void *b)
{
    const full *x = a, *y = b;
    return x->at != y->at ? (x->at < y->at ? -1 : 1) : by_id(a, b);
}

/* The list `name` of the event whose number the row has first; NULL where it is none of these. */
static json_t *list_of(const fulls *f, sqlite3_stmt *s, const char *name)
{
    full key = {.id = sqlite3_column_int64(s, 0)};
    full *e = f->n ? bsearch(&key, f->all, f->n, sizeof key, by_id) : NULL;
    return e ? json_object_get(e->v, name) : NULL;
}

/* Bytes of the page's text, counted from the byte in column `origin`. */
static json_t *range(sqlite3_stmt *s, int begin, int end, int origin)
{
    int64_t from = sqlite3_column_int64(s, origin);
    return chy_json_range(sqlite3_column_int64(s, begin) - from, sqlite3_column_int64(s, end) - from);
}

/* --------------------------------------------------------------------- events */

static bool take_event(fulls *f, sqlite3_stmt *s)
{
    if (f->n == f->cap) {
        uint32_t cap = f->cap ? f->cap * 2 : 16;
        full *more = realloc(f->all, cap * sizeof *more);
        if (!more) return false;
        f->all = more, f->cap = cap;
    }
    json_t *v = json_object();
    json_object_set_new(v, "cameo", chy_json_cell(s, 1));
    json_object_set_new(v, "sentence", range(s, 2, 3, 6));
    json_object_set_new(v, "trigger", range(s, 4, 5, 6));
    json_object_set_new(v, "source", json_array());
    json_object_set_new(v, "target", json_array());
    json_object_set_new(v, "date_text", chy_json_cell(s, 7));
    json_object_set_new(v, "place_text", chy_json_cell(s, 8));
    json_object_set_new(v, "size", json_pack("{s:o,s:o,s:o,s:o}", "dead", chy_json_int(s, 9), "injured", chy_json_int(s, 10), "arrested", chy_json_int(s, 11),
                                             "protesters", chy_json_int(s, 12)));
    json_object_set_new(v, "claims", json_array());
    json_object_set_new(v, "denies", json_array());
    json_object_set_new(v, "denied_by", json_array());
    json_object_set_new(v, "within", chy_json_int(s, 13));
    json_object_set_new(v, "why", json_pack("{s:o,s:o}", "frame", chy_json_cell(s, 14), "rule", chy_json_cell(s, 15)));
    json_object_set_new(v, "verdicts", json_array());
    json_object_set_new(v, "recorded_utc", chy_json_cell(s, 16));
    json_object_set_new(v, "withdrawn_utc", chy_json_cell(s, 17));
    json_object_set_new(v, "engine", json_pack("{s:o,s:o}", "version", chy_json_cell(s, 18), "data", chy_json_cell(s, 19)));
    f->all[f->n++] = (full){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 4), v};
    return v != NULL;
}

static bool take_part(fulls *f, sqlite3_stmt *s)
{
    json_t *list = list_of(f, s, (const char *)sqlite3_column_text(s, 1));
    return !list || json_array_append_new(list, json_pack("{s:o,s:o,s:o}", "actor", chy_json_actor(s, 2), "text", chy_json_cell(s, 8), "range", range(s, 9, 10, 11))) == 0;
}

static bool take_claim(fulls *f, sqlite3_stmt *s)
{
    json_t *list = list_of(f, s, "claims");
    if (!list) return true;
    bool actor = sqlite3_column_type(s, 1) != SQLITE_NULL;
    json_t *voice = json_pack("{s:o,s:s,s:o,s:o,s:o}", "name", chy_json_cell(s, 2), "kind", actor ? "actor" : "source", "id", chy_json_cell(s, 1), "country",
                              chy_json_cell(s, 3), "stance", chy_json_cell(s, 4));
    json_t *cue = json_pack("{s:o,s:o}", "text", chy_json_cell(s, 6), "range", range(s, 7, 8, 11));
    return json_array_append_new(list, json_pack("{s:o,s:o,s:o,s:b,s:o}", "voice", voice, "text", chy_json_cell(s, 5), "cue", cue, "quote", sqlite3_column_int(s, 9), "via",
                                                 chy_json_int(s, 10))) == 0;
}

static bool take_denied(fulls *f, sqlite3_stmt *s)
{
    json_t *list = list_of(f, s, "denies");
    return !list || json_array_append_new(list, json_integer(sqlite3_column_int64(s, 1))) == 0;
}

static bool take_denier(fulls *f, sqlite3_stmt *s)
{
    json_t *list = list_of(f, s, "denied_by");
    return !list || json_array_append_new(list, json_integer(sqlite3_column_int64(s, 1))) == 0;
}

json_t *chy_text_verdict(sqlite3_stmt *s, int col)
{
    chy_slice changes = chy_cell_text(s, col + 1);
    json_t *object = json_loadb(changes.n ? changes.p : "", changes.n, 0, NULL);
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:b}", "verdict", chy_json_cell(s, col), "changes", object ? object : json_object(), "note", chy_json_cell(s, col + 2), "judge",
                     chy_json_cell(s, col + 3), "judged_utc", chy_json_cell(s, col + 4), "current", sqlite3_column_int(s, col + 5));
}

static bool take_verdict(fulls *f, sqlite3_stmt *s)
{
    json_t *list = list_of(f, s, "verdicts");
    return !list || json_array_append_new(list, chy_text_verdict(s, 1)) == 0;
}

static chy_status add_rows(fulls *f, chy_error *err)
{
    chy_status st = CHY_OK;
    for (uint32_t i = 0; st == CHY_OK && i < f->n; i++) {
        json_t *row;
        st = chy_rows_event(f->serve->record, f->all[i].id, &row, err);
        if (st == CHY_OK) json_object_set_new(f->all[i].v, "row", row);
    }
    return st;
}

/* All of the events, as a list in the order of the text. */
static chy_status full_events(fulls *f, json_t **out, chy_error *err)
{
    chy_status st = each_row(f, "SELECT e.id, e.cameo, e.evidence_begin, e.evidence_end, e.trigger_begin, e.trigger_end, d.begin, e.date_text, e.place_text, e.dead, e.injured, e.arrested, "
                                "e.protesters, e.within, e.frame, e.rule, e.recorded_utc, e.withdrawn_utc, n.engine, n.data FROM event e JOIN dispatch d ON d.id = e.dispatch "
                                "JOIN run n ON n.id = e.run WHERE @ ORDER BY e.id", take_event, err);
    if (st == CHY_OK) st = each_row(f, "SELECT e.id, p.side, a.key, a.name, a.kind, p.country, p.sector, p.role, p.text, p.begin, p.\"end\", d.begin FROM event e JOIN dispatch d ON d.id = e.dispatch "
                                       "JOIN participant p ON p.event = e.id JOIN actor a ON a.id = p.actor WHERE @ ORDER BY e.id, p.side, p.ordinal", take_part, err);
    if (st == CHY_OK) st = each_row(f, "SELECT e.id, a.key, coalesce(a.name, s.name, c.text), c.country, c.stance, c.text, c.cue, c.cue_begin, c.cue_end, c.quote, c.via, d.begin FROM event e "
                                       "JOIN dispatch d ON d.id = e.dispatch JOIN claim c ON c.event = e.id LEFT JOIN actor a ON a.id = c.actor LEFT JOIN source s ON s.id = c.source "
                                       "WHERE @ ORDER BY e.id, c.ordinal", take_claim, err);
    if (st == CHY_OK) st = each_row(f, "SELECT e.id, o.id FROM event e JOIN link k ON k.event = e.id AND k.kind = 'denies' JOIN event o ON o.id = k.other WHERE @ AND o.withdrawn_utc IS NULL "
                                       "ORDER BY e.id, o.id", take_denied, err);
    if (st == CHY_OK) st = each_row(f, "SELECT e.id, o.id FROM event e JOIN link k ON k.other = e.id AND k.kind = 'denies' JOIN event o ON o.id = k.event WHERE @ AND o.withdrawn_utc IS NULL "
                                       "ORDER BY e.id, o.id", take_denier, err);
    if (st == CHY_OK) st = each_row(f, "SELECT e.id, v.verdict, v.changes, v.note, v.judge, v.judged_utc, EXISTS (SELECT 1 FROM event n WHERE n.dispatch = v.dispatch AND n.key = v.key "
                                       "AND n.revision = v.revision AND n.withdrawn_utc IS NULL) FROM event e JOIN verdict v ON v.dispatch = e.dispatch AND v.key = e.key WHERE @ "
                                       "ORDER BY e.id, v.judged_utc DESC, v.judge", take_verdict, err);
    if (st == CHY_OK) st = add_rows(f, err);
    json_t *list = st == CHY_OK ? json_array() : NULL;
    if (st == CHY_OK && !list) st = out_of_memory(err);
    if (f->n) qsort(f->all, f->n, sizeof *f->all, by_place);
    for (uint32_t i = 0; i < f->n; i++)
        if (list) json_array_append_new(list, f->all[i].v);
        else json_decref(f->all[i].v);
    free(f->all);
    *out = list;
    return st;
}

chy_status chy_text_begin(chy_serve *serve, chy_error *err)
{
    int code = sqlite3_exec(serve->record->db, "SAVEPOINT reading", NULL, NULL, NULL);
    return code == SQLITE_OK ? CHY_OK : chy_record_fail(serve->record, code, "reading", err);
}

void chy_text_end(chy_serve *serve) { sqlite3_exec(serve->record->db, "RELEASE reading", NULL, NULL, NULL); }

chy_status chy_serve_event(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    fulls f = {.serve = serve, .which = ONE_EVENT, .number = chy_ask_int(ask, "id")};
    json_t *list = NULL;
    chy_status st = chy_text_begin(serve, err);
    if (st != CHY_OK) return st;
    st = full_events(&f, &list, err);
    chy_text_end(serve);
    if (st == CHY_OK && !json_array_size(list)) st = chy_text_missing(answer, err, "event", f.number);
    if (st == CHY_OK) answer->json = json_incref(json_array_get(list, 0));
    json_decref(list);
    return st;
}

/* -------------------------------------------------------------------- a story */

/* Other stories of the same wire: the original first, then by day. */
static chy_status copies(chy_serve *serve, int64_t id, json_t *list, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_COPIES, "SELECT d.id, d.title, (SELECT name FROM source WHERE id = d.publisher), d.published_end, c.share, c.dispatch = c.original "
                                    "FROM copy c JOIN dispatch d ON d.id = c.dispatch WHERE c.original = (SELECT original FROM copy WHERE dispatch = ?1) AND c.dispatch <> ?1 "
                                    "AND d.withdrawn_utc IS NULL ORDER BY 6 DESC, d.published_end IS NULL, d.published_end, d.id LIMIT 200", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, id);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{s:o,s:o,s:o,s:o,s:f,s:b}", "id", chy_json_int(s, 0), "title", chy_json_cell(s, 1), "publisher", chy_json_cell(s, 2), "published",
                                              chy_json_cell(s, 3), "share", sqlite3_column_double(s, 4), "original", sqlite3_column_int(s, 5)));
    return chy_rows_done(serve->record, s, code, err);
}

chy_status chy_text_agencies(chy_serve *serve, int64_t dispatch, json_t **out, chy_error *err)
{
    *out = NULL;
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_AGENCIES, "SELECT s.name FROM dispatch_agency a JOIN source s ON s.id = a.agency WHERE a.dispatch = ? ORDER BY a.agency", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, dispatch);
    int code;
    json_t *list = json_array();
    while ((code = sqlite3_step(s)) == SQLITE_ROW) json_array_append_new(list, chy_json_cell(s, 0));
    chy_status st = chy_rows_done(serve->record, s, code, err);
    if (st == CHY_OK) *out = list;
    else json_decref(list);
    return st;
}

/* Without events, copies and agencies; *out NULL where there is no such story. */
static chy_status story(chy_serve *serve, int64_t id, json_t **out, chy_error *err)
{
    *out = NULL;
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_STORY, "SELECT d.page, d.title, d.url, (SELECT name FROM source WHERE id = d.publisher), d.dateline, d.published_begin, d.published_end, "
                                    "d.published_basis, d.begin, d.text, d.withdrawn_utc, g.hash, d.article FROM dispatch d JOIN page g ON g.id = d.page WHERE d.id = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, id);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        json_t *v = *out = json_object();
        json_object_set_new(v, "id", json_integer(id));
        json_object_set_new(v, "article", chy_json_int(s, 12));
        json_object_set_new(v, "title", chy_json_cell(s, 1));
        json_object_set_new(v, "url", chy_json_cell(s, 2));
        json_object_set_new(v, "publisher", chy_json_cell(s, 3));
        json_object_set_new(v, "dateline", chy_json_cell(s, 4));
        json_object_set_new(v, "published", chy_text_interval(s, 5));
        json_object_set_new(v, "published_basis", chy_json_cell(s, 7));
        json_object_set_new(v, "begin", chy_json_int(s, 8));
        json_object_set_new(v, "text", chy_json_cell(s, 9));
        json_object_set_new(v, "withdrawn_utc", chy_json_cell(s, 10));
        json_object_set_new(v, "hash", chy_json_cell(s, 11));
    }
    return chy_rows_done(serve->record, s, code, err);
}

chy_status chy_serve_dispatch(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    int64_t id = chy_ask_int(ask, "id");
    fulls f = {.serve = serve, .which = OF_STORY, .number = id};
    json_t *v = NULL, *events = NULL, *agencies = NULL, *others = json_array();
    chy_status st = chy_text_begin(serve, err);
    if (st == CHY_OK) {
        st = story(serve, id, &v, err);
        if (st == CHY_OK && !v) st = chy_text_missing(answer, err, "story", id);
        if (st == CHY_OK) st = full_events(&f, &events, err);
        if (st == CHY_OK) st = chy_text_agencies(serve, id, &agencies, err);
        if (st == CHY_OK) st = copies(serve, id, others, err);
        chy_text_end(serve);
    }
    if (st == CHY_OK) {
        json_object_set(v, "agency", agencies);
        json_object_set(v, "events", events);
        json_object_set(v, "copies", others);
        answer->json = json_incref(v);
    }
    json_decref(v);
    json_decref(events);
    json_decref(agencies);
    json_decref(others);
    return st;
}

/* --------------------------------------------------------------- an incident */

/* Its events, as the stories that tell of them came out. */
static chy_status told(chy_serve *serve, int64_t id, json_t *list, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_TOLD, "SELECT e.id FROM incident_event m JOIN event e ON e.id = m.event JOIN dispatch d ON d.id = e.dispatch WHERE m.incident = ? "
                                    "ORDER BY d.published_end IS NULL, d.published_end, e.id LIMIT 500", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, id);
    int code;
    chy_status st = CHY_OK;
    while (st == CHY_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        json_t *row;
        st = chy_rows_event(serve->record, sqlite3_column_int64(s, 0), &row, err);
        if (st == CHY_OK && row) json_array_append_new(list, row);
    }
    if (st == CHY_OK) return chy_rows_done(serve->record, s, code, err);
    sqlite3_reset(s);
    return st;
}

chy_status chy_serve_incident(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    int64_t id = chy_ask_int(ask, "id");
    char since[11];
    json_t *row = NULL, *events = json_array(), *asserted = NULL, *denied = NULL;
    chy_status st = chy_text_begin(serve, err);
    if (st == CHY_OK) {
        st = chy_rows_incident(serve->record, id, &row, err);
        if (st == CHY_OK && !row) st = chy_text_missing(answer, err, "incident", id);
        if (st == CHY_OK) st = told(serve, id, events, err);
        if (st == CHY_OK) st = chy_rows_voices(serve->record, id, &asserted, &denied, since, err);
        chy_text_end(serve);
    }
    if (st == CHY_OK) answer->json = json_pack("{s:O,s:O,s:O,s:O}", "row", row, "events", events, "asserted_by", asserted, "denied_by", denied);
    if (st == CHY_OK && !answer->json) st = out_of_memory(err);
    json_decref(row);
    json_decref(events);
    json_decref(asserted);
    json_decref(denied);
    return st;
}
