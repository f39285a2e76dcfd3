/* SPDX-License-Identifier: Apache-2.0
 *
 * corrected.c - selections with the latest verdict on each event applied: without those that are wrong, and with what was changed.
 *
 * One way for all selections. The events that a person has changed are few: they are copied, with those on their sides and their places, into temporary tables
 * of the same names, where the changes are made. The statement of the selection, prepared while these stand before the record's own, tells the
 * changed rows; they are held, and handed out where their days put them among the rest, which is selected as always. So the terms see what is changed.
 */
#include "record/record.h"

#include "events/plover.h"

#include <jansson.h>
#include <stdlib.h>

typedef struct judged {
    int64_t id;
    char verdict; /* r, w, c */
} judged;

typedef struct held {
    chy_slice *cell;
    uint32_t n;
} held;

typedef struct corrector {
    chy_record *r;
    chy_arena arena;
    judged *judged; /* by id */
    size_t n_judged, cap_judged;
    held *held;     /* rows that were changed, in order */
    size_t n_held, cap_held, next;
    uint32_t id_at, day_at, verdict_at;
    uint64_t limit, given;
    int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells);
    void *ctx;
    bool failed, ended;
} corrector;

/* -------------------------------------------------------------------- changes */

static const char copy_sql[] =
    "CREATE TEMP TABLE event AS SELECT * FROM main.event WHERE 0; CREATE TEMP TABLE participant AS SELECT * FROM main.participant WHERE 0;"
    "CREATE TEMP TABLE actor AS SELECT * FROM main.actor WHERE 0; CREATE TEMP TABLE place AS SELECT * FROM main.place WHERE 0;"
    "CREATE INDEX temp.corrected_event ON event (id); CREATE INDEX temp.corrected_participant ON participant (event); CREATE INDEX temp.corrected_actor ON actor (id);"
    "CREATE INDEX temp.corrected_place ON place (id); CREATE VIRTUAL TABLE temp.actor_fts USING fts5 (name, content = '', tokenize = 'unicode61 remove_diacritics 2');";
static const char names_sql[] = "INSERT INTO temp.actor_fts (rowid, name) SELECT id, name FROM temp.actor GROUP BY id";
static const char drop_sql[] = "DROP TABLE IF EXISTS temp.event; DROP TABLE IF EXISTS temp.participant; DROP TABLE IF EXISTS temp.actor; DROP TABLE IF EXISTS temp.place; DROP TABLE IF EXISTS temp.actor_fts;";

/* A statement over a number and two texts; p NULL is NULL. */
static int with(chy_record *r, const char *sql, int64_t id, chy_slice a, chy_slice b)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, sql, -1, &s, NULL);
    if (code != SQLITE_OK) return code;
    sqlite3_bind_int64(s, 1, id);
    if (a.p) sqlite3_bind_text(s, 2, a.p, (int)a.n, SQLITE_STATIC);
    if (b.p) sqlite3_bind_text(s, 3, b.p, (int)b.n, SQLITE_STATIC);
    code = sqlite3_step(s);
    sqlite3_finalize(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static chy_slice change(const json_t *changes, const char *field)
{
    const json_t *v = json_object_get(changes, field);
    return json_is_string(v) ? (chy_slice){json_string_value(v), json_string_length(v)} : (chy_slice){NULL, 0};
}

/* What follows from another type or mode: class, code and score are those that the codebook gives them. */
static int change_type(chy_record *r, int64_t id, chy_slice type, chy_slice mode)
{
    static const chy_slice none = {NULL, 0};
    int code = SQLITE_OK;
    if (type.p) {
        char quad[8];
        uint32_t t = chy_plover_type(type);
        sqlite3_snprintf(sizeof quad, quad, "%d", t == CHY_NONE ? 0 : chy_type_quad((chy_type)t));
        code = with(r, "UPDATE temp.event SET type = ?2, quad = CAST(?3 AS INTEGER), mode = '' WHERE id = ?1", id, type, chy_slice_z(quad));
        if (code == SQLITE_OK) code = with(r, "UPDATE temp.event SET cameo = ?2 WHERE id = ?1", id, t == CHY_NONE ? CHY_LIT("") : chy_plover_root(t), none);
    }
    if (mode.p && code == SQLITE_OK) code = with(r, "UPDATE temp.event SET mode = ?2 WHERE id = ?1", id, mode, none);
    if ((!type.p && !mode.p) || code != SQLITE_OK) return code;
    sqlite3_stmt *s = NULL;
    char score[32] = "0";
    code = sqlite3_prepare_v2(r->db, "SELECT type, mode FROM temp.event WHERE id = ?", -1, &s, NULL);
    if (code == SQLITE_OK) sqlite3_bind_int64(s, 1, id);
    if (code == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
        uint32_t t = chy_plover_type(chy_slice_z((const char *)sqlite3_column_text(s, 0)));
        chy_slice list = chy_slice_z((const char *)sqlite3_column_text(s, 1)), one = {NULL, 0};
        uint32_t m = t != CHY_NONE && list.n && chy_slice_split(&list, ',', &one) ? chy_plover_mode_of((chy_type)t, one) : CHY_NONE;
        uint8_t modes[1] = {(uint8_t)m};
        if (t != CHY_NONE) sqlite3_snprintf(sizeof score, score, "%.3f", (double)chy_plover_intensity((chy_type)t, modes, m != CHY_NONE));
    }
    sqlite3_finalize(s);
    return with(r, "UPDATE temp.event SET intensity = CAST(?2 AS REAL) WHERE id = ?1", id, chy_slice_z(score), none);
}

/* The i-th of a list with "; " between; the last one stands for those behind it. */
static chy_slice nth(chy_slice list, unsigned i)
{
    for (;;) {
        size_t at = chy_slice_find(list, CHY_LIT("; "));
        chy_slice one = {list.p, at == SIZE_MAX ? list.n : at};
        if (!i-- || at == SIZE_MAX) return one;
        list.p += at + 2, list.n -= at + 2;
    }
}

static unsigned length(chy_slice list)
{
    unsigned n = 1;
    for (size_t at; (at = chy_slice_find(list, CHY_LIT("; "))) != SIZE_MAX; n++) list.p += at + 2, list.n -= at + 2;
    return n;
}

/* Another name on a side is another actor: the record's own of that key or name, else one that is known by its name only. Where only the countries are changed
 * those on the side stay who they are. */
static int change_side(chy_record *r, int64_t id, const char *side, chy_slice names, chy_slice countries)
{
    char sql[900], at[12];
    int code = SQLITE_OK;
    if (names.p) {
        sqlite3_snprintf(sizeof sql, sql, "DELETE FROM temp.participant WHERE event = ?1 AND side = '%s'", side);
        code = with(r, sql, id, (chy_slice){NULL, 0}, (chy_slice){NULL, 0});
        for (unsigned i = 0; code == SQLITE_OK && names.n && i < length(names); i++) {
            int64_t own = -(id * 64 + (side[0] == 't') * 32 + (int64_t)(i < 31 ? i : 31)) - 1;
            sqlite3_snprintf(sizeof sql, sql,
                             "INSERT INTO temp.actor SELECT id, key, name, kind FROM main.actor WHERE id = (SELECT id FROM main.actor WHERE key = ?2 OR name = ?2 ORDER BY key <> ?2, id LIMIT 1) "
                             "UNION ALL SELECT %lld, ?2, ?2, 'unknown' WHERE NOT EXISTS (SELECT 1 FROM main.actor WHERE key = ?2 OR name = ?2)", (long long)own);
            code = with(r, sql, id, nth(names, i), (chy_slice){NULL, 0});
            sqlite3_snprintf(sizeof sql, sql,
                             "INSERT INTO temp.participant (event, side, ordinal, actor, country, sector, text, begin, \"end\", day, span) SELECT ?1, '%s', %u, "
                             "coalesce((SELECT id FROM main.actor WHERE key = ?2 OR name = ?2 ORDER BY key <> ?2, id LIMIT 1), %lld), coalesce(nullif(?3, ''), (SELECT p.country FROM main.participant p "
                             "WHERE p.event = ?1 AND p.side = '%s' ORDER BY abs(p.ordinal - %u), p.ordinal LIMIT 1), 'UNK'), '', '', 0, 0, day, span FROM temp.event WHERE id = ?1",
                             side, i, (long long)own, side, i);
            if (code == SQLITE_OK) code = with(r, sql, id, nth(names, i), countries.p ? nth(countries, i) : CHY_LIT(""));
        }
        return code;
    }
    for (unsigned i = 0; code == SQLITE_OK && countries.p && i < length(countries); i++) {
        sqlite3_snprintf(sizeof at, at, "%u", i);
        sqlite3_snprintf(sizeof sql, sql, "UPDATE temp.participant SET country = ?2 WHERE event = ?1 AND side = '%s' AND ordinal %s ?3", side, i + 1 == length(countries) ? ">=" : "=");
        code = with(r, sql, id, nth(countries, i), chy_slice_z(at));
    }
    return code;
}

/* A place that the record knows has its point; of another nothing but the name is known. */
static int change_place(chy_record *r, int64_t id, chy_slice name, chy_slice country)
{
    if (!name.p && !country.p) return SQLITE_OK;
    int code = with(r,
        "INSERT INTO temp.place SELECT -?1, coalesce(?2, l.name), coalesce(?3, l.country), NULL, NULL FROM (SELECT 1) LEFT JOIN temp.event e ON e.id = ?1 LEFT JOIN main.place l ON l.id = e.place", id, name, country);
    if (code == SQLITE_OK && name.p && !country.p) code = with(r, "UPDATE temp.place SET country = coalesce((SELECT country FROM main.place m WHERE m.name = ?2 ORDER BY id LIMIT 1), country) WHERE id = -?1", id, name, country);
    if (code == SQLITE_OK)
        code = with(r, "UPDATE temp.place AS t SET (lat, lon) = (SELECT m.lat, m.lon FROM main.place m WHERE m.name = t.name AND m.country IS t.country ORDER BY m.id LIMIT 1) WHERE t.id = -?1", id, name, country);
    if (code == SQLITE_OK) code = with(r, "UPDATE temp.event SET place = -?1 WHERE id = ?1", id, name, country);
    if (code == SQLITE_OK && name.p && !name.n) code = with(r, "UPDATE temp.event SET place = NULL WHERE id = ?1", id, name, country);
    return code;
}

static int copy_event(chy_record *r, int64_t id, const json_t *v)
{
    static const char *const sql[] = {
        "INSERT INTO temp.event SELECT * FROM main.event WHERE id = ?1", "INSERT INTO temp.participant SELECT * FROM main.participant WHERE event = ?1",
        "INSERT INTO temp.actor SELECT * FROM main.actor WHERE id IN (SELECT actor FROM main.participant WHERE event = ?1 UNION SELECT actor FROM main.claim WHERE event = ?1 EXCEPT SELECT id FROM temp.actor)",
        "INSERT INTO temp.place SELECT * FROM main.place WHERE id = (SELECT place FROM main.event WHERE id = ?1) AND id NOT IN (SELECT id FROM temp.place)"};
    static const chy_slice none = {NULL, 0};
    int code = SQLITE_OK;
    for (unsigned i = 0; code == SQLITE_OK && i < 4; i++) code = with(r, sql[i], id, none, none);
    if (code == SQLITE_OK) code = change_type(r, id, change(v, "type"), change(v, "mode"));
    if (code == SQLITE_OK) code = with(r, "UPDATE temp.event SET context = coalesce(?2, context), status = coalesce(?3, status) WHERE id = ?1", id, change(v, "context"), change(v, "status"));
    if (code == SQLITE_OK)
        code = with(r, "UPDATE temp.event SET date_begin = coalesce(?2, date_begin, ?3), date_end = coalesce(?3, date_end, ?2) WHERE id = ?1", id, change(v, "date_begin"), change(v, "date_end"));
    if (code == SQLITE_OK)
        code = with(r, "UPDATE temp.event SET date_end = max(date_begin, date_end), span = 2, day = coalesce(CAST(replace(date_begin, '-', '') AS INTEGER), 99999999) WHERE id = ?1", id, none, none);
    if (code == SQLITE_OK) code = change_side(r, id, "source", change(v, "source"), change(v, "source_country"));
    if (code == SQLITE_OK) code = change_side(r, id, "target", change(v, "target"), change(v, "target_country"));
    return code == SQLITE_OK ? change_place(r, id, change(v, "place"), change(v, "place_country")) : code;
}

/* The verdict on each event that counts: the latest, of several at one moment that of the first judge by name. */
static int read_verdicts(corrector *x, const char *as_of)
{
    sqlite3_stmt *s = NULL;
    char sql[700];
    bool then = as_of && *as_of;
    sqlite3_snprintf(sizeof sql, sql,
                     "SELECT e.id, v.verdict, v.changes FROM main.verdict v JOIN main.event e ON e.key = v.key AND e.dispatch = v.dispatch AND e.revision = v.revision WHERE %s "
                     "ORDER BY e.id, v.judged_utc DESC, v.judge",
                     then ? "e.recorded_utc <= ?1 AND (e.withdrawn_utc IS NULL OR e.withdrawn_utc > ?1) AND v.judged_utc <= ?1" : "e.withdrawn_utc IS NULL");
    int code = sqlite3_prepare_v2(x->r->db, sql, -1, &s, NULL);
    if (code == SQLITE_OK && then) sqlite3_bind_text(s, 1, as_of, -1, SQLITE_STATIC);
    while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(s, 0);
        code = SQLITE_OK;
        if (x->n_judged && x->judged[x->n_judged - 1].id == id) continue;
        if (x->n_judged == x->cap_judged) {
            judged *more = realloc(x->judged, (x->cap_judged = x->cap_judged * 2 + 64) * sizeof *more);
            if (!more) code = SQLITE_NOMEM;
            else x->judged = more;
        }
        if (code != SQLITE_OK) break;
        const char *verdict = (const char *)sqlite3_column_text(s, 1);
        x->judged[x->n_judged++] = (judged){id, verdict[0]};
        if (verdict[0] != 'c') continue;
        json_t *v = json_loadb((const char *)sqlite3_column_text(s, 2), (size_t)sqlite3_column_bytes(s, 2), 0, NULL);
        code = copy_event(x->r, id, v);
        json_decref(v);
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* ------------------------------------------------------------------------ rows */

static int64_t id_of(const corrector *x, const chy_slice *cells) { return strtoll(cells[x->id_at].p, NULL, 10); }

/* Does the row come before the other? Days that are not known are last. */
static bool before(const corrector *x, const chy_slice *a, const chy_slice *b)
{
    chy_slice d = a[x->day_at], e = b[x->day_at];
    if (!d.n != !e.n) return d.n != 0;
    int c = d.n ? memcmp(d.p, e.p, d.n < e.n ? d.n : e.n) : 0;
    return c ? c < 0 : id_of(x, a) < id_of(x, b);
}

static int hold(void *ctx, const chy_slice *cells, uint32_t n)
{
    corrector *x = ctx;
    if (x->n_held == x->cap_held) {
        held *more = realloc(x->held, (x->cap_held = x->cap_held * 2 + 64) * sizeof *more);
        if (!more) return x->failed = true;
        x->held = more;
    }
    chy_slice *c = chy_arena_alloc(&x->arena, n * sizeof *c);
    for (uint32_t i = 0; c && i < n; i++) {
        c[i] = cells[i].p ? chy_arena_copy(&x->arena, cells[i]) : cells[i];
        if (cells[i].p && cells[i].n) { /* numbers end with a NUL */
            char *z = chy_arena_alloc(&x->arena, cells[i].n + 1);
            if (z) memcpy(z, cells[i].p, cells[i].n), z[cells[i].n] = 0, c[i].p = z;
        }
    }
    if (c && x->verdict_at != CHY_NONE) c[x->verdict_at] = CHY_LIT("changed");
    x->held[x->n_held++] = (held){c, n};
    return x->failed |= x->arena.failed;
}

static int give(corrector *x, const chy_slice *cells, uint32_t n)
{
    if (x->ended || (x->limit && x->given == x->limit)) return x->ended = true;
    x->given++;
    return x->ended = x->each(x->ctx, cells, n) != 0;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const judged *)a)->id, y = ((const judged *)b)->id;
    return x < y ? -1 : x > y;
}

static int merge(void *ctx, const chy_slice *cells, uint32_t n)
{
    corrector *x = ctx;
    judged key = {id_of(x, cells), 0};
    const judged *j = x->n_judged ? bsearch(&key, x->judged, x->n_judged, sizeof key, by_id) : NULL;
    if (j && j->verdict != 'r') return 0;
    int ended = 0;
    for (; !ended && x->next < x->n_held && before(x, x->held[x->next].cell, cells); x->next++) ended = give(x, x->held[x->next].cell, x->held[x->next].n);
    if (ended || !j || x->verdict_at == CHY_NONE) return ended ? ended : give(x, cells, n);
    chy_slice row[128];
    if (n > 128) return give(x, cells, n);
    memcpy(row, cells, n * sizeof *row);
    row[x->verdict_at] = CHY_LIT("right");
    return give(x, row, n);
}

chy_status chy_record_select_corrected(chy_record *r, const char *what, chy_slice expression, const char *as_of, uint64_t limit, chy_corrections *about,
                                       int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err)
{
    const char *columns = chy_record_columns(what);
    corrector x = {.r = r, .limit = limit, .each = each, .ctx = ctx};
    if (!columns || chy_selection_find(what)->incidents)
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "verdicts are about events: %s cannot be corrected", what);
    x.id_at = chy_selection_column(columns, "id"), x.day_at = chy_selection_column(columns, "date_begin"), x.verdict_at = chy_selection_column(columns, "verdict");
    chy_arena_init(&x.arena);
    chy_status st = CHY_OK;
    int code = chy_record_exec(r, copy_sql);
    if (code == SQLITE_OK) code = read_verdicts(&x, as_of);
    if (code == SQLITE_OK) code = chy_record_exec(r, names_sql);
    if (code != SQLITE_OK) st = chy_record_fail(r, code, "applying verdicts", err);
    else st = chy_record_select_small(r, what, expression, as_of, hold, &x, err);
    if (st == CHY_OK && x.failed) st = chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    chy_record_exec(r, drop_sql);
    if (st == CHY_OK && about) {
        *about = (chy_corrections){0};
        for (size_t i = 0; i < x.n_judged; i++) about->wrong += x.judged[i].verdict == 'w', about->changed += x.judged[i].verdict == 'c', about->right += x.judged[i].verdict == 'r';
    }
    if (st == CHY_OK) st = chy_record_select(r, what, expression, as_of, 0, merge, &x, err);
    for (; st == CHY_OK && !x.ended && x.next < x.n_held; x.next++) give(&x, x.held[x.next].cell, x.held[x.next].n);
    chy_arena_free(&x.arena);
    free(x.judged), free(x.held);
    return st;
}
