/* SPDX-License-Identifier: Apache-2.0
 *
 * fill.c - the text of pages that only an import has told of, from somebody's own copy.
 *
 * The page is known by its hash, so that its bytes are the right ones; another engine may still cut stories out of them otherwise. What the record
 * says of a story must stand in the text, else nothing of the page is taken.
 */
#include "record/parcel.h"

#include <stdlib.h>

static const char lacking[] = "SELECT p.id FROM page p WHERE p.hash = ? AND p.raw IS NULL AND EXISTS (SELECT 1 FROM dispatch d WHERE d.page = p.id AND d.text = '')";

typedef struct filler {
    chy_record *r;
    chy_parcel_reader in;
    int64_t *id; /* of each row so far: sources and stories; events that are coded as on record, else 0 */
    int64_t page;
    int64_t stories;
    chy_filled done;
    const char *why; /* what does not fit */
} filler;

typedef chy_parcel_cell cell;

static int ask(filler *f, const char *sql, const cell *c, unsigned n, int64_t *got)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(f->r->db, sql, -1, &s, NULL);
    for (unsigned i = 0; code == SQLITE_OK && i < n; i++) {
        int at = (int)i + 1;
        switch (c[i].tag) {
        case CHY_CELL_INT: sqlite3_bind_int64(s, at, c[i].i); break;
        case CHY_CELL_REF: sqlite3_bind_int64(s, at, f->id[c[i].i]); break;
        case CHY_CELL_TEXT: sqlite3_bind_text(s, at, c[i].s.p, (int)c[i].s.n, SQLITE_STATIC); break;
        case CHY_CELL_BLOB: sqlite3_bind_blob(s, at, c[i].s.p, (int)c[i].s.n, SQLITE_STATIC); break;
        default: sqlite3_bind_null(s, at); break;
        }
    }
    if (code == SQLITE_OK) code = sqlite3_step(s);
    if (got) *got = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static cell number(int64_t v) { return (cell){.tag = CHY_CELL_INT, .i = v}; }

static int page(filler *f, const cell *c)
{
    int code = ask(f, lacking, c, 1, &f->page);
    if (code != SQLITE_OK || !f->page) return code;
    const cell v[] = {number(f->page), c[1], c[2], c[3], c[4], c[5]};
    return ask(f, "UPDATE page SET given_id = ?2, name = ?3, kind = ?4, meta = ?5, raw = ?6 WHERE id = ?1", v, 6, NULL);
}

static int source(filler *f, const cell *c, int64_t *id)
{
    int code = ask(f, "INSERT OR IGNORE INTO source (name) VALUES (?)", c, 1, NULL);
    return code == SQLITE_OK ? ask(f, "SELECT id FROM source WHERE name = ?", c, 1, id) : code;
}

/* Is a byte of the text where a character begins, or its end? */
static bool between(chy_slice text, int64_t at) { return at >= 0 && (size_t)at <= text.n && ((size_t)at == text.n || ((unsigned char)text.p[at] & 0xC0) != 0x80); }

/* Does what the record says of the story's events stand in its text? */
static int fits(filler *f, int64_t dispatch, int64_t begin, chy_slice text)
{
    static const char sql[] = "SELECT evidence_begin, evidence_end, evidence_text FROM event WHERE dispatch = ?1 AND withdrawn_utc IS NULL UNION ALL "
                              "SELECT p.begin, p.\"end\", nullif(p.text, '') FROM participant p JOIN event e ON e.id = p.event WHERE e.dispatch = ?1 AND e.withdrawn_utc IS NULL AND p.\"end\" > 0";
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(f->r->db, sql, -1, &s, NULL);
    if (code == SQLITE_OK) sqlite3_bind_int64(s, 1, dispatch);
    while (code == SQLITE_OK && !f->why && (code = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t from = sqlite3_column_int64(s, 0) - begin, to = sqlite3_column_int64(s, 1) - begin;
        chy_slice words = {(const char *)sqlite3_column_text(s, 2), (size_t)sqlite3_column_bytes(s, 2)};
        if (!between(text, from) || !between(text, to)) f->why = "the words of an event do not stand in the text";
        else if (words.n && (words.n != (size_t)(to - from) || memcmp(words.p, text.p + from, words.n) != 0)) f->why = "other words stand in the text than an event has";
        code = SQLITE_OK;
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* A story of the page as it was read: page, article, title, url, publisher, dateline, published (begin, end, basis), begin, text. */
static int story(filler *f, const cell *c, int64_t *id)
{
    int64_t begin = 0;
    const cell key[] = {number(f->page), c[1]};
    f->stories++;
    int code = ask(f, "SELECT id FROM dispatch WHERE page = ? AND article = ?", key, 2, id);
    if (code == SQLITE_OK) code = ask(f, "SELECT begin FROM dispatch WHERE page = ? AND article = ?", key, 2, &begin);
    if (code != SQLITE_OK) return code;
    cell v[11];
    memcpy(v, c, sizeof v);
    v[0] = number(f->page);
    int64_t told = 0; /* a row, not a mere name of an original */
    if (*id) {
        const cell d = number(*id);
        code = ask(f, "SELECT count(*) FROM event WHERE dispatch = ?", &d, 1, &told);
    }
    if (told && begin != c[9].i) return f->why = "a story begins at another byte", code;
    if (code == SQLITE_OK && told) code = fits(f, *id, begin, c[10].s);
    if (code != SQLITE_OK || f->why) return code;
    if (told) code = ask(f, "UPDATE dispatch SET title = coalesce(title, ?3), dateline = coalesce(dateline, ?6), text = ?11 WHERE page = ?1 AND article = ?2 AND text = ''", v, 11, NULL);
    else
        code = ask(f, "INSERT INTO dispatch (page, article, title, url, publisher, dateline, published_begin, published_end, published_basis, begin, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                      "ON CONFLICT (page, article) DO UPDATE SET title = ?3, url = ?4, publisher = ?5, dateline = ?6, published_begin = ?7, published_end = ?8, published_basis = ?9, begin = ?10, "
                      "text = ?11 RETURNING id", v, 11, id);
    f->done.stories++;
    return code;
}

/* An event as it is coded now: where the record has the same, the words that no offset leads to. */
static int event(filler *f, const cell *c, int64_t *id)
{
    const cell v[] = {c[0], c[1], c[2], c[11], c[14]};
    return ask(f, "UPDATE event SET date_text = coalesce(date_text, ?4), place_text = coalesce(place_text, ?5) WHERE key = ?1 AND revision = ?2 AND dispatch = ?3 AND withdrawn_utc IS NULL "
                  "RETURNING id", v, 5, id);
}

static int row(filler *f, unsigned kind, const cell *c)
{
    int64_t *id = &f->id[f->in.n_rows];
    *id = 0;
    switch (kind) {
    case CHY_ROW_PAGE: return page(f, c);
    case CHY_ROW_SOURCE: return source(f, c, id);
    case CHY_ROW_DISPATCH: return story(f, c, id);
    case CHY_ROW_AGENCY: return ask(f, "INSERT OR IGNORE INTO dispatch_agency (dispatch, agency) VALUES (?, ?)", c, 2, NULL);
    case CHY_ROW_EVENT: return event(f, c, id);
    case CHY_ROW_CLAIM:
        if (!f->id[c[0].i]) return SQLITE_OK;
        const cell v[] = {c[0], c[1], c[7], c[9], c[8]};
        return ask(f, "UPDATE claim SET text = coalesce(text, ?3), cue = CASE cue WHEN '' THEN ?4 ELSE cue END WHERE event = ?1 AND ordinal = ?2 AND stance = ?5", v, 5, NULL);
    case CHY_ROW_SKETCH: return chy_record_copies(f->r, f->id[c[0].i], c[1].s);
    default: return SQLITE_OK;
    }
}

/* The words at the offsets of the page's events, and how many there are. */
static int words(filler *f)
{
#define OF_PAGE "IN (SELECT e.id FROM event e JOIN dispatch d ON d.id = e.dispatch WHERE d.page = ?1)"
#define CUT(from, to, event)                                                                                           \
    "(SELECT CAST(substr(CAST(d.text AS BLOB), " from " - d.begin + 1, " to " - " from ") AS TEXT) FROM event e JOIN dispatch d ON d.id = e.dispatch WHERE e.id = " event ")"
    const cell p = number(f->page);
    int64_t n = 0, same = 0;
    int code = ask(f, "UPDATE participant SET text = " CUT("participant.begin", "participant.\"end\"", "participant.event") " WHERE text = '' AND \"end\" > begin AND event " OF_PAGE, &p, 1, NULL);
    if (code == SQLITE_OK) code = ask(f, "UPDATE claim SET cue = " CUT("claim.cue_begin", "claim.cue_end", "claim.event") " WHERE cue = '' AND cue_end > cue_begin AND event " OF_PAGE, &p, 1, NULL);
    if (code == SQLITE_OK) code = ask(f, "UPDATE event SET evidence_text = NULL WHERE id " OF_PAGE, &p, 1, NULL);
    if (code == SQLITE_OK) code = ask(f, "SELECT count(*) FROM event WHERE withdrawn_utc IS NULL AND id " OF_PAGE, &p, 1, &n);
    if (code == SQLITE_OK) code = ask(f, "SELECT count(*) FROM dispatch WHERE page = ?1 AND text = '' AND withdrawn_utc IS NULL", &p, 1, &same);
    if (code == SQLITE_OK && same) f->why = "a story on record is none of this page";
    f->done.events = (uint32_t)n;
    return code;
}

static int fill(filler *f)
{
    uint32_t as_before = 0;
    while (f->in.at < f->in.of->n && !f->why) {
        cell c[CHY_PARCEL_CELLS];
        unsigned kind, n;
        if (!chy_parcel_row(&f->in, &kind, c, &n)) return SQLITE_MISUSE;
        int code = row(f, kind, c);
        if (code != SQLITE_OK) return code;
        if (kind == CHY_ROW_PAGE && !f->page) return SQLITE_OK;
        as_before += kind == CHY_ROW_EVENT && f->id[f->in.n_rows];
        f->in.n_rows++;
    }
    int code = f->why ? SQLITE_OK : words(f);
    f->done.otherwise = f->done.events - (as_before < f->done.events ? as_before : f->done.events);
    return code;
}

chy_status chy_record_fill(chy_record *r, const chy_parcel *parcel, chy_filled *done, chy_error *err)
{
    filler f = {.r = r, .in = {.of = parcel}};
    f.id = calloc((size_t)parcel->n_rows + 1, sizeof *f.id);
    if (!f.id) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    chy_status st = chy_record_change(r, err);
    if (st == CHY_OK) {
        int code = fill(&f);
        if (code != SQLITE_OK) st = chy_record_fail(r, code, "writing", err);
        else if (!f.page) st = chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "the record lacks nothing of this page");
        else if (f.why) st = chy_fail(err, CHY_E_FORMAT, CHY_STAGE_RECORD, 0, "does not fit what is on record: %s", f.why);
        st = chy_record_changed(r, st, err);
    }
    free(f.id);
    if (done) *done = st == CHY_OK ? f.done : (chy_filled){0};
    return st;
}

int chy_record_lacks(chy_record *r, const char *hash)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(r->db, lacking, -1, &s, NULL) != SQLITE_OK) return 0;
    sqlite3_bind_text(s, 1, hash, -1, SQLITE_STATIC);
    int there = sqlite3_step(s) == SQLITE_ROW;
    sqlite3_finalize(s);
    return there;
}

chy_status chy_record_missing(chy_record *r, int (*each)(void *ctx, const char *hash, uint64_t events), void *ctx, chy_error *err)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, "SELECT p.hash, (SELECT count(*) FROM event e JOIN dispatch d ON d.id = e.dispatch WHERE d.page = p.id AND e.withdrawn_utc IS NULL) FROM page p "
                                         "WHERE p.raw IS NULL AND EXISTS (SELECT 1 FROM dispatch d WHERE d.page = p.id AND d.text = '' AND d.withdrawn_utc IS NULL) ORDER BY p.id", -1, &s, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
        code = each(ctx, (const char *)sqlite3_column_text(s, 0), (uint64_t)sqlite3_column_int64(s, 1)) ? SQLITE_DONE : SQLITE_OK;
    sqlite3_finalize(s);
    return code == SQLITE_OK || code == SQLITE_DONE ? CHY_OK : chy_record_fail(r, code, "reading", err);
}
