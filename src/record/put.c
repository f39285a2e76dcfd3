/* SPDX-License-Identifier: Apache-2.0
 *
 * put.c - a parcel's rows into the tables.
 *
 * One way for new pages and for pages read again. Rows with a name of their own (sources, actors, places, pages, stories) are looked up
 * before they are written. An event whose revision is the one on record is left, with all that hangs off it; another is withdrawn
 * and written anew; what the parcel no longer tells is withdrawn.
 */
#include "record/parcel.h"

#include <stdlib.h>

enum { S_FIND_SOURCE = 8, S_FIND_ACTOR, S_FIND_PLACE, S_FIND_PAGE, S_FIND_EVENT, S_WITHDRAW, S_PAGE_EVENTS, S_DROP_AGENCIES, S_DROP_STORIES, S_DROP_REJECT,
       S_TOUCH_PAGE, S_DYADS };

/* Cells in the order of the parcel's; ?96 and ?97 are the day and span of the event that the row is of, ?98 is the run, ?99 the moment. */
static const char *const sql_of[CHY_N_ROW] = {
    [CHY_ROW_SOURCE] = "INSERT INTO source (name) VALUES (?1)",
    [CHY_ROW_ACTOR] = "INSERT INTO actor (key, name, kind) VALUES (?1, ?2, ?3) RETURNING id",
    [CHY_ROW_PLACE] = "INSERT INTO place (name, country, lat, lon) VALUES (?1, ?2, ?3, ?4)",
    [CHY_ROW_PAGE] = "INSERT INTO page (hash, given_id, name, kind, meta, raw, run, added_utc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?98, ?99)",
    [CHY_ROW_DISPATCH] = "INSERT INTO dispatch (page, article, title, url, publisher, dateline, published_begin, published_end, published_basis, begin, text) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (page, article) DO UPDATE SET title = ?3, url = ?4, "
                         "publisher = ?5, dateline = ?6, published_begin = ?7, published_end = ?8, published_basis = ?9, begin = ?10, text = ?11, "
                         "withdrawn_utc = NULL RETURNING id",
    [CHY_ROW_AGENCY] = "INSERT OR IGNORE INTO dispatch_agency (dispatch, agency) VALUES (?1, ?2)",
    [CHY_ROW_EVENT] = "INSERT INTO event (key, revision, dispatch, publisher, type, mode, context, cameo, quad, intensity, date_begin, date_end, date_text, date_basis, "
                      "place, place_text, status, confidence, dead, injured, arrested, protesters, sentence, evidence_begin, evidence_end, trigger_begin, trigger_end, frame, rule, run, recorded_utc) "
                      "VALUES (?1, ?2, ?3, (SELECT publisher FROM dispatch WHERE id = ?3), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?98, ?99)",
    [CHY_ROW_PARTICIPANT] = "INSERT INTO participant (event, side, ordinal, actor, country, sector, role, text, begin, \"end\", day, span) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?96, ?97)",
    [CHY_ROW_CLAIM] = "INSERT INTO claim (event, ordinal, actor, source, country, sector, role, text, stance, cue, cue_begin, cue_end, quote, via, day, span) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?96, ?97)",
    [CHY_ROW_LINK] = "INSERT OR IGNORE INTO link (event, kind, other) VALUES (?1, ?2, ?3)",
    [CHY_ROW_WITHIN] = "UPDATE event SET within = ?1 WHERE id = ?2 AND within IS NOT ?1",
};

enum { DAY_CELL = 96, SPAN_CELL = 97, RUN_CELL = 98, NOW_CELL = 99 };

typedef chy_parcel_cell cell;

typedef struct putter {
    chy_record *r;
    chy_parcel_reader in;
    int64_t *id;      /* of each row so far */
    chy_record_when *when; /* likewise, of events */
    bool *kept, *fresh; /* likewise: an event that was left as it is; one that is new */
    int64_t *event;   /* ids of the events that the parcel tells */
    uint32_t n_events;
    bool again;       /* the page was there already */
    int64_t page;
    int64_t n_stories;
    char now[21];
    chy_put done;
} putter;

static void bind(const putter *p, sqlite3_stmt *s, int at, const cell *c)
{
    switch (c->tag) {
    case CHY_CELL_INT: sqlite3_bind_int64(s, at, c->i); break;
    case CHY_CELL_REAL: sqlite3_bind_double(s, at, c->r); break;
    case CHY_CELL_TEXT: sqlite3_bind_text(s, at, c->s.p, (int)c->s.n, SQLITE_STATIC); break;
    case CHY_CELL_BLOB: sqlite3_bind_blob(s, at, c->s.p, (int)c->s.n, SQLITE_STATIC); break;
    case CHY_CELL_REF: sqlite3_bind_int64(s, at, p->id[c->i]); break;
    default: sqlite3_bind_null(s, at); break;
    }
}

/* Run a statement over the first cells; the first column of its row in *got, 0 where it gives none. */
static int ask(putter *p, unsigned slot, const char *sql, const cell *c, int n, int64_t *got)
{
    sqlite3_stmt *s = chy_record_stmt(p->r, slot, sql);
    if (!s) return sqlite3_errcode(p->r->db);
    for (int i = 0; i < n; i++) bind(p, s, i + 1, &c[i]);
    int code = sqlite3_step(s);
    if (got) *got = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int write_row(putter *p, unsigned kind, const cell *c, unsigned n, int64_t *id)
{
    sqlite3_stmt **s = &p->r->row[kind];
    if (!*s && sqlite3_prepare_v3(p->r->db, sql_of[kind], -1, SQLITE_PREPARE_PERSISTENT, s, NULL) != SQLITE_OK) return sqlite3_errcode(p->r->db);
    for (unsigned i = 0; i < n; i++) bind(p, *s, (int)i + 1, &c[i]);
    if (n && c[0].tag == CHY_CELL_REF) { /* a statement without these says so, and that is all */
        sqlite3_bind_int(*s, DAY_CELL, p->when[c[0].i].day);
        sqlite3_bind_int(*s, SPAN_CELL, p->when[c[0].i].span);
    }
    sqlite3_bind_int64(*s, RUN_CELL, p->r->run);
    sqlite3_bind_text(*s, NOW_CELL, p->now, -1, SQLITE_STATIC);
    int code = sqlite3_step(*s);
    *id = code == SQLITE_ROW ? sqlite3_column_int64(*s, 0) : sqlite3_last_insert_rowid(p->r->db);
    if (code == SQLITE_ROW) code = sqlite3_step(*s);
    sqlite3_reset(*s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int withdraw(putter *p, int64_t event)
{
    cell c[3] = {{.tag = CHY_CELL_INT, .i = p->r->run}, {.tag = CHY_CELL_TEXT, .s = {p->now, 20}}, {.tag = CHY_CELL_INT, .i = event}};
    p->done.withdrawn++;
    int code = ask(p, S_WITHDRAW, "UPDATE event SET withdrawn_run = ?, withdrawn_utc = ? WHERE id = ?", c, 3, NULL);
    if (code == SQLITE_OK) code = chy_record_unfold(p->r, event);
    return code == SQLITE_OK ? chy_record_unlink(p->r, event) : code;
}

/* The event on record under this key, where its revision is the same; else 0, and the one there is withdrawn. */
static int find_event(putter *p, const cell *c, int64_t *same)
{
    sqlite3_stmt *s = chy_record_stmt(p->r, S_FIND_EVENT, "SELECT id, revision FROM event WHERE key = ? AND dispatch = ? AND withdrawn_utc IS NULL");
    if (!s) return sqlite3_errcode(p->r->db);
    bind(p, s, 1, &c[0]);
    bind(p, s, 2, &c[2]);
    int code = sqlite3_step(s);
    int64_t id = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    bool equal = id && chy_slice_eq(c[1].s, (chy_slice){(const char *)sqlite3_column_text(s, 1), (size_t)sqlite3_column_bytes(s, 1)});
    sqlite3_reset(s);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return code;
    *same = equal ? id : 0;
    return id && !equal ? withdraw(p, id) : SQLITE_OK;
}

static int touch_page(putter *p, int64_t page)
{
    cell c[2] = {{.tag = CHY_CELL_INT, .i = p->r->run}, {.tag = CHY_CELL_INT, .i = page}};
    return ask(p, S_TOUCH_PAGE, "UPDATE page SET run = ? WHERE id = ?", c, 2, NULL);
}

static int put_row(putter *p, unsigned kind, const cell *c, unsigned n)
{
    int64_t *id = &p->id[p->in.n_rows];
    int code = SQLITE_OK;
    *id = 0;
    switch (kind) {
    case CHY_ROW_SOURCE: code = ask(p, S_FIND_SOURCE, "SELECT id FROM source WHERE name = ?", c, 1, id); break;
    case CHY_ROW_ACTOR: code = ask(p, S_FIND_ACTOR, "SELECT id FROM actor WHERE key = ?", c, 1, id); break;
    case CHY_ROW_PLACE:
        code = ask(p, S_FIND_PLACE, "SELECT id FROM place WHERE name = ? AND country IS ? AND lat = ? AND lon = ?", c, 4, id);
        break;
    case CHY_ROW_PAGE:
        code = ask(p, S_FIND_PAGE, "SELECT id FROM page WHERE hash = ?", c, 1, id);
        p->again = *id != 0;
        if (code == SQLITE_OK && p->again) code = touch_page(p, *id);
        if (code == SQLITE_OK) code = ask(p, S_DROP_REJECT, "DELETE FROM reject WHERE hash = ?", c, 1, NULL);
        break;
    case CHY_ROW_EVENT:
        code = find_event(p, c, id);
        p->when[p->in.n_rows] = chy_record_when_of(c[9].s, c[10].s);
        p->kept[p->in.n_rows] = *id != 0;
        p->fresh[p->in.n_rows] = *id == 0;
        p->done.kept += *id != 0;
        p->done.added += *id == 0;
        break;
    case CHY_ROW_SKETCH: return chy_record_copies(p->r, p->id[c[0].i], c[1].s);
    case CHY_ROW_PARTICIPANT:
    case CHY_ROW_CLAIM:
        if (c[0].tag == CHY_CELL_REF && p->kept[c[0].i]) return SQLITE_OK;
        break;
    default: break;
    }
    if (code == SQLITE_OK && !*id) code = write_row(p, kind, c, n, id);
    if (code != SQLITE_OK) return code;
    if (kind == CHY_ROW_PAGE) p->page = *id;
    if (kind == CHY_ROW_DISPATCH) {
        cell d = {.tag = CHY_CELL_INT, .i = *id};
        p->n_stories++;
        if (p->again) code = ask(p, S_DROP_AGENCIES, "DELETE FROM dispatch_agency WHERE dispatch = ?", &d, 1, NULL);
    }
    if (kind == CHY_ROW_EVENT) p->event[p->n_events++] = *id;
    return code;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Of a page read again: what it told before and tells no more. */
static int withdraw_rest(putter *p)
{
    sqlite3_stmt *s = chy_record_stmt(p->r, S_PAGE_EVENTS, "SELECT e.id FROM event e JOIN dispatch d ON d.id = e.dispatch WHERE d.page = ? AND e.withdrawn_utc IS NULL");
    if (!s) return sqlite3_errcode(p->r->db);
    if (p->n_events) qsort(p->event, p->n_events, sizeof *p->event, by_id);
    sqlite3_bind_int64(s, 1, p->page);
    int code, rc = SQLITE_OK;
    while ((code = sqlite3_step(s)) == SQLITE_ROW && rc == SQLITE_OK) {
        int64_t id = sqlite3_column_int64(s, 0);
        if (!p->n_events || !bsearch(&id, p->event, p->n_events, sizeof id, by_id)) rc = withdraw(p, id);
    }
    sqlite3_reset(s);
    if (rc != SQLITE_OK || code != SQLITE_DONE) return rc != SQLITE_OK ? rc : code;
    cell c[3] = {{.tag = CHY_CELL_TEXT, .s = {p->now, 20}}, {.tag = CHY_CELL_INT, .i = p->page}, {.tag = CHY_CELL_INT, .i = p->n_stories}};
    return ask(p, S_DROP_STORIES, "UPDATE dispatch SET withdrawn_utc = ? WHERE page = ? AND article >= ? AND withdrawn_utc IS NULL", c, 3, NULL);
}

static int put_dyads(putter *p, int64_t event)
{
    cell c = {.tag = CHY_CELL_INT, .i = event};
    return ask(p, S_DYADS, "INSERT OR IGNORE INTO dyad SELECT s.country, t.country, s.span, s.day, s.event FROM participant s JOIN participant t ON t.event = s.event "
               "AND t.side = 'target' WHERE s.event = ? AND s.side = 'source'", &c, 1, NULL);
}

static int put_rows(putter *p)
{
    while (p->in.at < p->in.of->n) {
        cell c[CHY_PARCEL_CELLS];
        unsigned kind, n;
        if (!chy_parcel_row(&p->in, &kind, c, &n)) return SQLITE_MISUSE;
        int code = put_row(p, kind, c, n);
        if (code != SQLITE_OK) return code;
        p->in.n_rows++;
    }
    int code = p->again ? withdraw_rest(p) : SQLITE_OK;
    for (uint32_t i = 0; code == SQLITE_OK && i < p->in.n_rows; i++) {
        if (!p->fresh[i]) continue;
        code = put_dyads(p, p->id[i]);
        if (code == SQLITE_OK) code = chy_record_fold(p->r, p->id[i]);
    }
    for (uint32_t i = 0; code == SQLITE_OK && i < p->in.n_rows; i++)
        if (p->fresh[i]) code = chy_record_link(p->r, p->id[i]);
    return code;
}

chy_status chy_record_put(chy_record *r, const chy_parcel *b, chy_put *done, chy_error *err)
{
    putter p = {.r = r, .in = {.of = b}};
    size_t n = (size_t)b->n_rows + 1;
    p.id = malloc(n * (2 * sizeof *p.id + sizeof *p.when + 2));
    if (!p.id) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    p.event = p.id + n;
    p.when = (chy_record_when *)(p.event + n);
    p.kept = (bool *)(p.when + n);
    p.fresh = p.kept + n;
    memset(p.kept, 0, 2 * n);
    chy_record_now(p.now);
    int code = chy_record_exec(r, "SAVEPOINT put");
    if (code == SQLITE_OK) code = put_rows(&p);
    chy_status st = code == SQLITE_OK ? CHY_OK : chy_record_fail(r, code, "writing", err);
    if (st != CHY_OK) {
        chy_record_exec(r, "ROLLBACK TO put");
        chy_record_fold_forget(r); /* ids of events may be given again */
    }
    chy_record_exec(r, "RELEASE put");
    free(p.id);
    if (done && st == CHY_OK) *done = p.done;
    return st;
}
