/* SPDX-License-Identifier: Apache-2.0
 *
 * import.c - rows of an export back into a record.
 *
 * A file goes in whole or not at all. What a row tells of is found by the page's hash, the story and the event's key: an event that is there as it is
 * stays, one that was coded otherwise is withdrawn and put anew, as when a page is read again. Pages that the record has read itself are
 * passed over. Numbers of events and incidents are kept where they are free, so that an empty record gives the same export again.
 */
#include "record/import.h"

#include <stdio.h>
#include <stdlib.h>

enum stmt {
    S_RUN_FIND, S_RUN_NEW, S_PAGE_FIND, S_PAGE_NEW, S_STORY_FIND, S_STORY_NEW, S_STORY_SET, S_STORY_SEEN, S_SOURCE_FIND, S_SOURCE_NEW, S_AGENCY, S_ACTOR_FIND, S_ACTOR_NEW,
    S_PLACE_FIND, S_PLACE_NEW, S_EVENT_FIND, S_EVENT_NEW, S_EVENT_SEEN, S_EVENT_WITHDRAW, S_PARTICIPANT, S_CLAIM, S_LATER, S_DYADS, S_INCIDENT_FIND, S_INCIDENT_NEW,
    S_INCIDENT_KEEP, S_COPY, S_N
};

static const char *const sql[S_N] = {
    [S_RUN_FIND] = "SELECT run FROM temp.import_run WHERE engine = ? AND data = ?",
    [S_RUN_NEW] = "INSERT INTO run (kind, engine, data, started_utc, finished_utc) VALUES ('import', ?1, ?2, ?3, ?3)",
    [S_PAGE_FIND] = "SELECT p.id, r.kind <> 'import' FROM page p JOIN run r ON r.id = p.run WHERE p.hash = ?",
    [S_PAGE_NEW] = "INSERT INTO page (hash, given_id, name, kind, meta, run, added_utc) VALUES (?, ?, ?, ?, '{}', ?, ?)",
    [S_STORY_FIND] = "SELECT d.id, s.dispatch, d.text <> '' OR (d.begin IS ?3 AND d.published_end IS ?4 AND d.url IS ?5 AND (?6 IS NULL OR d.title IS ?6) AND "
                     "(SELECT name FROM source WHERE id = d.publisher) IS ?7) "
                     "FROM dispatch d LEFT JOIN temp.import_story s ON s.dispatch = d.id WHERE d.page = ?1 AND d.article = ?2",
    [S_STORY_NEW] = "INSERT INTO dispatch (page, article, title, url, publisher, dateline, published_begin, published_end, published_basis, begin, text) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '')",
    [S_STORY_SET] = "UPDATE dispatch SET title = coalesce(?3, title), url = ?4, publisher = ?5, dateline = coalesce(?6, dateline), published_begin = ?7, published_end = ?8, "
                    "published_basis = ?9, begin = ?10, withdrawn_utc = NULL WHERE page = ?1 AND article = ?2 AND text = ''",
    [S_STORY_SEEN] = "INSERT OR IGNORE INTO temp.import_story (dispatch) VALUES (?)",
    [S_SOURCE_FIND] = "SELECT id FROM source WHERE name = ?",
    [S_SOURCE_NEW] = "INSERT INTO source (name) VALUES (?)",
    [S_AGENCY] = "INSERT OR IGNORE INTO dispatch_agency (dispatch, agency) VALUES (?, ?)",
    [S_ACTOR_FIND] = "SELECT id FROM actor WHERE key = ?",
    [S_ACTOR_NEW] = "INSERT INTO actor (key, name, kind) VALUES (?, ?, ?)",
    [S_PLACE_FIND] = "SELECT id FROM place WHERE name = ? AND country IS ? AND lat = ? AND lon = ?",
    [S_PLACE_NEW] = "INSERT INTO place (name, country, lat, lon) VALUES (?, ?, ?, ?)",
    [S_EVENT_FIND] = "SELECT e.id, e.revision, s.event FROM event e LEFT JOIN temp.import_event s ON s.event = e.id WHERE e.key = ? AND e.dispatch = ? AND e.withdrawn_utc IS NULL",
    [S_EVENT_NEW] = "INSERT INTO event (id, key, revision, dispatch, publisher, type, mode, context, cameo, quad, intensity, date_begin, date_end, date_text, date_basis, place, place_text, status, "
                    "confidence, dead, injured, arrested, protesters, sentence, evidence_begin, evidence_end, evidence_text, trigger_begin, trigger_end, frame, rule, run, recorded_utc) "
                    "VALUES ((SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM event WHERE id = ?1)), ?2, ?3, ?4, (SELECT publisher FROM dispatch WHERE id = ?4), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, "
                    "?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
    [S_EVENT_SEEN] = "INSERT INTO temp.import_event (event) VALUES (?)",
    [S_EVENT_WITHDRAW] = "UPDATE event SET withdrawn_run = ?, withdrawn_utc = ? WHERE id = ?",
    [S_PARTICIPANT] = "INSERT INTO participant (event, side, ordinal, actor, country, sector, role, text, begin, \"end\", day, span) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [S_CLAIM] = "INSERT INTO claim (event, ordinal, actor, source, country, sector, role, text, stance, cue, cue_begin, cue_end, quote, via, day, span) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [S_DYADS] = "INSERT OR IGNORE INTO dyad SELECT s.country, t.country, s.span, s.day, s.event FROM participant s JOIN participant t ON t.event = s.event AND t.side = 'target' "
                "WHERE s.event = ? AND s.side = 'source'",
    [S_LATER] = "INSERT INTO temp.import_later (kind, event, hash, article, key) VALUES (?, ?, ?, ?, ?)",
    [S_INCIDENT_FIND] = "SELECT incident FROM temp.import_incident WHERE number = ?",
    [S_INCIDENT_NEW] = "INSERT INTO incident (id) VALUES ((SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM incident WHERE id = ?1)))",
    [S_INCIDENT_KEEP] = "INSERT INTO temp.import_incident (number, incident) VALUES (?, ?)",
    [S_COPY] = "INSERT INTO temp.import_copy (dispatch, hash, article, share) VALUES (?, ?, ?, ?)",
};

struct chy_import {
    chy_record *r;
    sqlite3_stmt *s[S_N];
    int64_t last; /* row that was inserted last */
    char now[21];
    chy_put done;
    chy_record_when when; /* of the event at hand */
    chy_status st; /* of the first row that failed */
    char name[256];
};

/* ------------------------------------------------------------------ statements */

/* Cells of a statement, from 1 on. */
typedef struct binder {
    sqlite3_stmt *s;
    int at;
} binder;

static void b_int(binder *b, int64_t v) { sqlite3_bind_int64(b->s, ++b->at, v); }
static void b_real(binder *b, double v) { sqlite3_bind_double(b->s, ++b->at, v); }
static void b_null(binder *b) { sqlite3_bind_null(b->s, ++b->at); }
static void b_text(binder *b, chy_slice v) { sqlite3_bind_text(b->s, ++b->at, v.n ? v.p : "", (int)v.n, SQLITE_STATIC); }
static void b_z(binder *b, const char *v) { b_text(b, chy_slice_z(v)); }
static void b_text_or_null(binder *b, chy_slice v)
{
    if (v.n) b_text(b, v);
    else b_null(b);
}

static void b_id_or_null(binder *b, int64_t id)
{
    if (id) b_int(b, id);
    else b_null(b);
}

static int use(chy_import *m, enum stmt k, binder *b)
{
    int code = m->s[k] ? SQLITE_OK : sqlite3_prepare_v3(m->r->db, sql[k], -1, SQLITE_PREPARE_PERSISTENT, &m->s[k], NULL);
    *b = (binder){m->s[k], 0};
    return code;
}

/* Run to the end; *id gets the first column of the first row, 0 where there is none (may be NULL). */
static int run(chy_import *m, binder *b, int64_t *id)
{
    int code = sqlite3_step(b->s);
    if (id) *id = code == SQLITE_ROW ? sqlite3_column_int64(b->s, 0) : 0;
    m->last = sqlite3_last_insert_rowid(m->r->db);
    return chy_record_done(b->s, code);
}

/* ------------------------------------------------------------------ named things */

static int source(chy_import *m, chy_slice name, int64_t *id)
{
    binder b;
    *id = 0;
    if (!name.n) return SQLITE_OK;
    int code = use(m, S_SOURCE_FIND, &b);
    if (code == SQLITE_OK) b_text(&b, name), code = run(m, &b, id);
    if (code != SQLITE_OK || *id) return code;
    if ((code = use(m, S_SOURCE_NEW, &b)) == SQLITE_OK) b_text(&b, name), code = run(m, &b, NULL);
    *id = m->last;
    return code;
}

static int actor(chy_import *m, chy_slice key, chy_slice name, chy_slice kind, int64_t *id)
{
    binder b;
    *id = 0;
    if (!key.n) return SQLITE_OK;
    int code = use(m, S_ACTOR_FIND, &b);
    if (code == SQLITE_OK) b_text(&b, key), code = run(m, &b, id);
    if (code != SQLITE_OK || *id) return code;
    if ((code = use(m, S_ACTOR_NEW, &b)) == SQLITE_OK) b_text(&b, key), b_text(&b, name), b_text(&b, kind), code = run(m, &b, NULL);
    *id = m->last;
    return code;
}

static int place(chy_import *m, const chy_import_cells *row, int64_t *id)
{
    binder b;
    *id = 0;
    if (!row->cell[C_PLACE].n) return SQLITE_OK;
    for (enum stmt k = S_PLACE_FIND; k <= S_PLACE_NEW; k++) {
        int code = use(m, k, &b);
        if (code == SQLITE_OK) b_text(&b, row->cell[C_PLACE]), b_text_or_null(&b, row->cell[C_PLACE_COUNTRY]), b_real(&b, row->real[C_LAT]), b_real(&b, row->real[C_LON]), code = run(m, &b, id);
        if (code != SQLITE_OK || *id) return code;
    }
    *id = m->last;
    return SQLITE_OK;
}

/* What coded the row. */
static int coder(chy_import *m, const chy_import_cells *row, int64_t *id)
{
    binder b;
    int code = use(m, S_RUN_FIND, &b);
    if (code == SQLITE_OK) b_text(&b, row->cell[C_ENGINE]), b_text(&b, row->cell[C_DATA]), code = run(m, &b, id);
    if (code != SQLITE_OK || *id) return code;
    if ((code = use(m, S_RUN_NEW, &b)) == SQLITE_OK) b_text(&b, row->cell[C_ENGINE]), b_text(&b, row->cell[C_DATA]), b_z(&b, m->now), code = run(m, &b, NULL);
    *id = m->last;
    if (code != SQLITE_OK) return code;
    char keep[96];
    sqlite3_snprintf(sizeof keep, keep, "INSERT INTO temp.import_run SELECT id, engine, data FROM run WHERE id = %lld", (long long)*id);
    return chy_record_exec(m->r, keep);
}

/* -------------------------------------------------------------- pages and stories */

/* The page of that hash; `own` where the record has read it itself. */
static int page(chy_import *m, chy_slice hash, const json_t *story, chy_slice moment, int64_t coded_by, int64_t *id, bool *own)
{
    binder b;
    int code = use(m, S_PAGE_FIND, &b);
    if (code != SQLITE_OK) return code;
    b_text(&b, hash);
    code = sqlite3_step(b.s);
    *id = code == SQLITE_ROW ? sqlite3_column_int64(b.s, 0) : 0;
    *own = code == SQLITE_ROW && sqlite3_column_int(b.s, 1);
    if ((code = chy_record_done(b.s, code)) != SQLITE_OK || *id) return code;
    const json_t *given = json_object_get(story, "id");
    char *text = given ? json_dumps(given, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    chy_slice kind = chy_import_text(story, "kind");
    if ((code = use(m, S_PAGE_NEW, &b)) == SQLITE_OK) {
        b_text(&b, hash), b_z(&b, text ? text : "null"), b_z(&b, m->name), b_text(&b, kind.n ? kind : CHY_LIT("text")), b_int(&b, coded_by), b_text(&b, moment);
        code = run(m, &b, NULL);
    }
    free(text);
    *id = m->last;
    return code;
}

static int write_story(chy_import *m, enum stmt k, int64_t of_page, const chy_import_cells *row, int64_t publisher)
{
    const json_t *story = row->list[C_STORY];
    chy_slice begin = chy_import_text(story, "published_begin"), basis = chy_import_text(story, "published_basis"), end = row->cell[C_PUBLISHED];
    binder b;
    int code = use(m, k, &b);
    if (code != SQLITE_OK) return code;
    b_int(&b, of_page), b_int(&b, row->integer[C_ARTICLE]), b_text_or_null(&b, row->cell[C_TITLE]), b_text_or_null(&b, row->cell[C_URL]), b_id_or_null(&b, publisher);
    b_text_or_null(&b, chy_import_text(story, "dateline")), b_text_or_null(&b, begin.n ? begin : end), b_text_or_null(&b, end);
    b_text(&b, basis.n ? basis : end.n ? CHY_LIT("given") : CHY_LIT("none")), b_int(&b, row->integer[C_DISPATCH_BEGIN]);
    return run(m, &b, NULL);
}

/* What hangs off a story that the file tells of for the first time. */
static int story_of(chy_import *m, int64_t id, const json_t *story)
{
    const json_t *agencies = json_object_get(story, "agencies"), *agency, *copy = json_object_get(story, "copy_of");
    size_t i;
    binder b;
    int code = SQLITE_OK;
    json_array_foreach(agencies, i, agency)
    {
        int64_t a = 0;
        if (code == SQLITE_OK) code = source(m, (chy_slice){json_string_value(agency), json_string_length(agency)}, &a);
        if (code == SQLITE_OK && (code = use(m, S_AGENCY, &b)) == SQLITE_OK) b_int(&b, id), b_int(&b, a), code = run(m, &b, NULL);
    }
    if (code == SQLITE_OK && json_is_object(copy) && (code = use(m, S_COPY, &b)) == SQLITE_OK) {
        b_int(&b, id), b_text(&b, chy_import_text(copy, "dispatch_hash")), b_int(&b, chy_import_number(copy, "article"));
        b_real(&b, json_number_value(json_object_get(copy, "share")));
        code = run(m, &b, NULL);
    }
    return code;
}

/* The row's story; *differs where an earlier row of the file says otherwise of it. */
static int story(chy_import *m, int64_t of_page, const chy_import_cells *row, int64_t *id, bool *differs)
{
    binder b;
    int64_t publisher = 0;
    int code = use(m, S_STORY_FIND, &b);
    if (code != SQLITE_OK) return code;
    b_int(&b, of_page), b_int(&b, row->integer[C_ARTICLE]), b_int(&b, row->integer[C_DISPATCH_BEGIN]), b_text_or_null(&b, row->cell[C_PUBLISHED]), b_text_or_null(&b, row->cell[C_URL]);
    b_text_or_null(&b, row->cell[C_TITLE]), b_text_or_null(&b, row->cell[C_PUBLISHER]);
    code = sqlite3_step(b.s);
    *id = code == SQLITE_ROW ? sqlite3_column_int64(b.s, 0) : 0;
    bool seen = code == SQLITE_ROW && sqlite3_column_type(b.s, 1) != SQLITE_NULL, same = code == SQLITE_ROW && sqlite3_column_int(b.s, 2);
    if ((code = chy_record_done(b.s, code)) != SQLITE_OK) return code;
    *differs = seen && !same;
    if (seen) return SQLITE_OK;
    code = source(m, row->cell[C_PUBLISHER], &publisher);
    if (code == SQLITE_OK && !(*id && same)) code = write_story(m, *id ? S_STORY_SET : S_STORY_NEW, of_page, row, publisher);
    if (!*id) *id = m->last;
    if (code == SQLITE_OK) code = story_of(m, *id, row->list[C_STORY]);
    if (code == SQLITE_OK && (code = use(m, S_STORY_SEEN, &b)) == SQLITE_OK) b_int(&b, *id), code = run(m, &b, NULL);
    return code;
}

/* ---------------------------------------------------------------------- events */

static int participant(chy_import *m, int64_t event, const char *side, int64_t ordinal, const chy_slice v[7], int64_t begin, int64_t end)
{
    enum { KEY, NAME, KIND, COUNTRY, SECTOR, OFFICE, TEXT };
    int64_t who = 0;
    binder b;
    int code = actor(m, v[KEY], v[NAME], v[KIND], &who);
    if (code == SQLITE_OK && (code = use(m, S_PARTICIPANT, &b)) == SQLITE_OK) {
        b_int(&b, event), b_z(&b, side), b_int(&b, ordinal), b_int(&b, who), b_text(&b, v[COUNTRY]), b_text(&b, v[SECTOR]), b_text_or_null(&b, v[OFFICE]), b_text(&b, v[TEXT]);
        b_int(&b, begin), b_int(&b, end), b_int(&b, m->when.day), b_int(&b, m->when.span);
        code = run(m, &b, NULL);
    }
    return code;
}

static int side(chy_import *m, int64_t event, const char *name, const chy_import_cells *row, chy_col id, chy_col list)
{
    const chy_slice *c = row->cell + id;
    json_t *o;
    size_t i;
    int code = SQLITE_OK;
    if (!row->list[list]) {
        const chy_slice v[7] = {c[0], c[1], c[2], c[3], c[6], {"", 0}, {"", 0}};
        return c[0].n ? participant(m, event, name, 0, v, row->integer[id + 7], row->integer[id + 8]) : SQLITE_OK;
    }
    json_array_foreach(row->list[list], i, o)
    {
        const chy_slice v[7] = {chy_import_text(o, "id"), chy_import_text(o, "name"), chy_import_text(o, "kind"), chy_import_text(o, "country"), chy_import_text(o, "sector"),
                                chy_import_text(o, "office"), chy_import_text(o, "text")};
        if (code == SQLITE_OK) code = participant(m, event, name, (int64_t)i, v, chy_import_number(o, "begin"), chy_import_number(o, "end"));
    }
    return code;
}

static int claim(chy_import *m, int64_t event, int64_t ordinal, const json_t *o)
{
    int64_t who = 0, outlet = 0;
    const json_t *via = json_object_get(o, "via"), *text = json_object_get(o, "text"), *sector = json_object_get(o, "sector");
    binder b;
    int code = actor(m, chy_import_text(o, "actor"), chy_import_text(o, "name"), chy_import_text(o, "kind"), &who);
    if (code == SQLITE_OK) code = source(m, chy_import_text(o, "source"), &outlet);
    if (code != SQLITE_OK || (code = use(m, S_CLAIM, &b)) != SQLITE_OK) return code;
    b_int(&b, event), b_int(&b, ordinal), b_id_or_null(&b, who), b_id_or_null(&b, outlet), b_text_or_null(&b, chy_import_text(o, "country"));
    if (json_is_string(sector)) b_text(&b, chy_import_text(o, "sector"));
    else b_null(&b);
    b_text_or_null(&b, chy_import_text(o, "office"));
    if (json_is_string(text)) b_text(&b, chy_import_text(o, "text"));
    else b_null(&b);
    b_text(&b, chy_import_text(o, "stance")), b_text(&b, chy_import_text(o, "cue")), b_int(&b, chy_import_number(o, "cue_begin")), b_int(&b, chy_import_number(o, "cue_end"));
    b_int(&b, chy_import_number(o, "quote"));
    if (json_is_integer(via)) b_int(&b, json_integer_value(via));
    else b_null(&b);
    b_int(&b, m->when.day), b_int(&b, m->when.span);
    return run(m, &b, NULL);
}

/* A voice that is known by name only, as CSV has it. */
static int named_claims(chy_import *m, int64_t event, int64_t *ordinal, chy_slice names, const char *stance)
{
    int code = SQLITE_OK;
    chy_slice one;
    while (code == SQLITE_OK && names.n && chy_slice_split(&names, ',', &one)) {
        json_t *o = json_object();
        json_object_set_new(o, "text", json_stringn(one.p, one.n));
        json_object_set_new(o, "stance", json_string(stance));
        code = claim(m, event, (*ordinal)++, o);
        json_decref(o);
    }
    return code;
}

static int claims(chy_import *m, int64_t event, const chy_import_cells *row)
{
    int64_t ordinal = 0;
    json_t *o;
    size_t i;
    int code = SQLITE_OK;
    json_array_foreach(row->list[C_CLAIMS], i, o) if (code == SQLITE_OK) code = claim(m, event, ordinal++, o);
    if (row->list[C_CLAIMS]) return code;
    code = named_claims(m, event, &ordinal, row->cell[C_ASSERTED_BY], "asserts");
    return code == SQLITE_OK ? named_claims(m, event, &ordinal, row->cell[C_DENIED_BY], "denies") : code;
}

/* What refers to other events is put when all are there. */
static int later(chy_import *m, chy_slice kind, int64_t event, chy_slice hash, int64_t article, chy_slice key)
{
    binder b;
    int code = use(m, S_LATER, &b);
    if (code == SQLITE_OK) b_text(&b, kind), b_int(&b, event), b_text(&b, hash), b_int(&b, article), b_text(&b, key), code = run(m, &b, NULL);
    return code;
}

static int links(chy_import *m, int64_t event, const chy_import_cells *row)
{
    json_t *o;
    size_t i;
    int code = SQLITE_OK;
    if (row->cell[C_WITHIN].n) code = later(m, CHY_LIT("within"), event, row->cell[C_DISPATCH_HASH], row->integer[C_ARTICLE], row->cell[C_WITHIN]);
    json_array_foreach(row->list[C_LINKS], i, o)
        if (code == SQLITE_OK) code = later(m, chy_import_text(o, "kind"), event, chy_import_text(o, "dispatch_hash"), chy_import_number(o, "article"), chy_import_text(o, "event"));
    return code;
}

static int incident(chy_import *m, int64_t event, int64_t number)
{
    int64_t id = 0;
    binder b;
    if (!number) return chy_record_fold(m->r, event);
    int code = use(m, S_INCIDENT_FIND, &b);
    if (code == SQLITE_OK) b_int(&b, number), code = run(m, &b, &id);
    bool first = !id;
    if (code == SQLITE_OK && first && (code = use(m, S_INCIDENT_NEW, &b)) == SQLITE_OK) {
        b_int(&b, number);
        code = run(m, &b, NULL);
        id = m->last;
        if (code == SQLITE_OK && (code = use(m, S_INCIDENT_KEEP, &b)) == SQLITE_OK) b_int(&b, number), b_int(&b, id), code = run(m, &b, NULL);
    }
    return code == SQLITE_OK ? chy_record_enter(m->r, event, id, first ? "first" : "told again") : code;
}

static int write_event(chy_import *m, const chy_import_cells *row, int64_t dispatch, int64_t coded_by, int64_t *event)
{
    static const chy_col sizes[] = {C_DEAD, C_INJURED, C_ARRESTED, C_PROTESTERS};
    const chy_slice *c = row->cell;
    int64_t where = 0;
    binder b;
    int code = place(m, row, &where);
    if (code != SQLITE_OK || (code = use(m, S_EVENT_NEW, &b)) != SQLITE_OK) return code;
    b_id_or_null(&b, row->integer[C_ID]), b_text(&b, c[C_EVENT]), b_text(&b, c[C_REVISION]), b_int(&b, dispatch), b_text(&b, c[C_TYPE]), b_text(&b, c[C_MODE]), b_text(&b, c[C_CONTEXT]);
    b_text(&b, c[C_CAMEO]), b_int(&b, row->integer[C_QUAD]), b_real(&b, row->real[C_INTENSITY]), b_text_or_null(&b, c[C_DATE_BEGIN]), b_text_or_null(&b, c[C_DATE_END]);
    b_text_or_null(&b, c[C_DATE_TEXT]), b_text(&b, c[C_DATE_BASIS]), b_id_or_null(&b, where), b_text_or_null(&b, c[C_PLACE_TEXT]), b_text(&b, c[C_STATUS]);
    if (c[C_CONFIDENCE].n) b_real(&b, row->real[C_CONFIDENCE]);
    else b_null(&b);
    for (unsigned i = 0; i < 4; i++)
        if (c[sizes[i]].n) b_int(&b, row->integer[sizes[i]]);
        else b_null(&b);
    b_int(&b, row->integer[C_SENTENCE]), b_int(&b, row->integer[C_EVIDENCE_BEGIN]), b_int(&b, row->integer[C_EVIDENCE_END]), b_text_or_null(&b, c[C_EVIDENCE]);
    b_int(&b, row->integer[C_TRIGGER_BEGIN]), b_int(&b, row->integer[C_TRIGGER_END]), b_text(&b, c[C_FRAME]), b_text(&b, c[C_RULE]), b_int(&b, coded_by), b_text(&b, c[C_RECORDED_UTC]);
    code = run(m, &b, NULL);
    *event = m->last;
    if (code == SQLITE_OK && (code = use(m, S_EVENT_SEEN, &b)) == SQLITE_OK) b_int(&b, *event), code = run(m, &b, NULL);
    return code;
}

static int withdraw(chy_import *m, int64_t event, int64_t coded_by)
{
    binder b;
    int code = use(m, S_EVENT_WITHDRAW, &b);
    if (code == SQLITE_OK) b_int(&b, coded_by), b_z(&b, m->now), b_int(&b, event), code = run(m, &b, NULL);
    m->done.withdrawn++;
    if (code == SQLITE_OK) code = chy_record_unfold(m->r, event);
    return code == SQLITE_OK ? chy_record_unlink(m->r, event) : code;
}

static int event(chy_import *m, const chy_import_cells *row, int64_t dispatch, int64_t coded_by, bool *twice)
{
    binder b;
    int code = use(m, S_EVENT_FIND, &b);
    if (code != SQLITE_OK) return code;
    b_text(&b, row->cell[C_EVENT]), b_int(&b, dispatch);
    code = sqlite3_step(b.s);
    int64_t there = code == SQLITE_ROW ? sqlite3_column_int64(b.s, 0) : 0, id = 0;
    *twice = code == SQLITE_ROW && sqlite3_column_type(b.s, 2) != SQLITE_NULL;
    bool same = there && chy_slice_eq(row->cell[C_REVISION], (chy_slice){(const char *)sqlite3_column_text(b.s, 1), (size_t)sqlite3_column_bytes(b.s, 1)});
    if ((code = chy_record_done(b.s, code)) != SQLITE_OK || *twice) return code;
    if (same) {
        m->done.kept++;
        if ((code = use(m, S_EVENT_SEEN, &b)) == SQLITE_OK) b_int(&b, there), code = run(m, &b, NULL);
        return code;
    }
    if (there) code = withdraw(m, there, coded_by);
    m->done.added++;
    m->when = chy_record_when_of(row->cell[C_DATE_BEGIN], row->cell[C_DATE_END]);
    if (code == SQLITE_OK) code = write_event(m, row, dispatch, coded_by, &id);
    if (code == SQLITE_OK) code = side(m, id, "source", row, C_SOURCE, C_SOURCES);
    if (code == SQLITE_OK) code = side(m, id, "target", row, C_TARGET, C_TARGETS);
    if (code == SQLITE_OK && (code = use(m, S_DYADS, &b)) == SQLITE_OK) b_int(&b, id), code = run(m, &b, NULL);
    if (code == SQLITE_OK) code = claims(m, id, row);
    if (code == SQLITE_OK) code = links(m, id, row);
    return code == SQLITE_OK ? incident(m, id, row->integer[C_INCIDENT]) : code;
}

/* ------------------------------------------------------------------------- all */

static const char tables[] =
    "CREATE TEMP TABLE IF NOT EXISTS import_run (run INTEGER, engine TEXT, data TEXT); CREATE TEMP TABLE IF NOT EXISTS import_story (dispatch INTEGER PRIMARY KEY);"
    "CREATE TEMP TABLE IF NOT EXISTS import_event (event INTEGER PRIMARY KEY); CREATE TEMP TABLE IF NOT EXISTS import_incident (number INTEGER PRIMARY KEY, incident INTEGER);"
    "CREATE TEMP TABLE IF NOT EXISTS import_later (kind TEXT, event INTEGER, hash TEXT, article INTEGER, key TEXT);"
    "CREATE TEMP TABLE IF NOT EXISTS import_copy (dispatch INTEGER, hash TEXT, article INTEGER, share REAL);"
    "DELETE FROM temp.import_run; DELETE FROM temp.import_story; DELETE FROM temp.import_event; DELETE FROM temp.import_incident; DELETE FROM temp.import_later;"
    "DELETE FROM temp.import_copy";

chy_status chy_import_open(chy_record *r, chy_slice name, chy_import **out, chy_error *err)
{
    chy_import *m = *out = calloc(1, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    m->r = r;
    snprintf(m->name, sizeof m->name, "%.*s", (int)name.n, name.p);
    chy_record_now(m->now);
    chy_status st = chy_record_change(r, err);
    if (st != CHY_OK) {
        free(m);
        *out = NULL;
        return st;
    }
    int code = chy_record_exec(r, tables);
    if (code != SQLITE_OK) m->st = chy_record_fail(r, code, "beginning to write", err);
    return m->st;
}

static chy_status put(chy_import *m, const chy_import_cells *row, uint32_t *wrong, chy_error *err)
{
    int64_t coded_by = 0, of_page = 0, dispatch = 0;
    bool own = false, differs = false, twice = false;
    char hash[33] = "";
    memcpy(hash, row->cell[C_DISPATCH_HASH].p, 32);
    if (chy_record_has(m->r, hash) == 2) { /* it has been forgotten */
        m->done.passed++;
        return CHY_OK;
    }
    int code = coder(m, row, &coded_by);
    if (code == SQLITE_OK) code = page(m, row->cell[C_DISPATCH_HASH], row->list[C_STORY], row->cell[C_RECORDED_UTC], coded_by, &of_page, &own);
    if (code == SQLITE_OK && own) {
        m->done.passed++;
        return CHY_OK;
    }
    if (code == SQLITE_OK) code = story(m, of_page, row, &dispatch, &differs);
    if (code == SQLITE_OK && differs)
        return *wrong = C_DISPATCH_HASH, chy_fail(err, CHY_E_FORMAT, CHY_STAGE_RECORD, 0, "an earlier row says otherwise of this story (dispatch_begin, published, publisher, url, title)");
    if (code == SQLITE_OK) code = event(m, row, dispatch, coded_by, &twice);
    if (code == SQLITE_OK && twice) return *wrong = C_EVENT, chy_fail(err, CHY_E_FORMAT, CHY_STAGE_RECORD, 0, "an earlier row has this event of this story");
    return code == SQLITE_OK ? CHY_OK : chy_record_fail(m->r, code, "writing", err);
}

chy_status chy_import_row(chy_import *m, const chy_slice *cells, uint32_t *wrong, chy_error *err)
{
    chy_import_cells row;
    uint32_t at = CHY_NONE;
    chy_status st = m->st;
    if (st != CHY_OK) return st;
    st = chy_import_check(cells, &row, &at, err);
    if (st == CHY_OK) st = put(m, &row, &at, err);
    chy_import_cells_free(&row);
    if (wrong) *wrong = at;
    return m->st = st;
}

/* Links, copies and incidents, now that all events are there. An original that is in no row is put by its hash alone. */
static int settle(chy_import *m)
{
#define EVENT_OF "SELECT o.id FROM event o JOIN dispatch d ON d.id = o.dispatch JOIN page g ON g.id = d.page WHERE g.hash = l.hash AND d.article = l.article AND o.key = l.key AND o.withdrawn_utc IS NULL"
    static const char links_sql[] =
        "UPDATE event SET within = (" EVENT_OF ") FROM temp.import_later l WHERE l.event = event.id AND l.kind = 'within';"
        "INSERT OR IGNORE INTO link (event, kind, other) SELECT l.event, l.kind, (" EVENT_OF ") AS other FROM temp.import_later l WHERE l.kind <> 'within' AND EXISTS (" EVENT_OF ");"
        "INSERT INTO page (hash, given_id, name, kind, meta, run, added_utc) SELECT DISTINCT c.hash, 'null', '', 'text', '{}', g.run, g.added_utc FROM temp.import_copy c "
        "JOIN dispatch d ON d.id = c.dispatch JOIN page g ON g.id = d.page WHERE c.hash NOT IN (SELECT hash FROM page) AND c.hash NOT IN (SELECT hash FROM forgotten) GROUP BY c.hash;"
        "INSERT INTO dispatch (page, article, published_basis, begin, text) SELECT DISTINCT g.id, c.article, 'none', 0, '' FROM temp.import_copy c JOIN page g ON g.hash = c.hash "
        "WHERE NOT EXISTS (SELECT 1 FROM dispatch d WHERE d.page = g.id AND d.article = c.article);"
        "INSERT OR IGNORE INTO copy (dispatch, original, share) SELECT c.dispatch, d.id, c.share FROM temp.import_copy c JOIN page g ON g.hash = c.hash JOIN dispatch d ON d.page = g.id "
        "AND d.article = c.article;"
        "INSERT OR IGNORE INTO copy (dispatch, original, share) SELECT DISTINCT d.id, d.id, 1 FROM temp.import_copy c JOIN page g ON g.hash = c.hash JOIN dispatch d ON d.page = g.id "
        "AND d.article = c.article";
    int code = chy_record_exec(m->r, links_sql);
    sqlite3_stmt *s = NULL;
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(m->r->db, "SELECT incident FROM temp.import_incident ORDER BY 1", -1, &s, NULL);
    int rc = SQLITE_OK;
    while (code == SQLITE_OK && rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) rc = code = chy_record_recount(m->r, sqlite3_column_int64(s, 0));
    sqlite3_finalize(s);
    return code == SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_OK ? rc : code;
}

chy_status chy_import_close(chy_import *m, int keep, chy_put *done, chy_error *err)
{
    if (!m) return CHY_OK;
    chy_status st = m->st;
    if (st == CHY_OK && keep) {
        int code = settle(m);
        if (code != SQLITE_OK) st = chy_record_fail(m->r, code, "writing", err);
    }
    for (unsigned i = 0; i < S_N; i++) sqlite3_finalize(m->s[i]);
    chy_error ignored;
    bool kept = st == CHY_OK && keep;
    if (!kept) chy_record_fold_forget(m->r); /* numbers of events may be given again */
    chy_status ended = chy_record_changed(m->r, kept ? CHY_OK : CHY_E_ARGUMENT, kept ? err : &ignored);
    if (kept) st = ended;
    if (done) *done = kept && st == CHY_OK ? m->done : (chy_put){0};
    free(m);
    return st;
}
