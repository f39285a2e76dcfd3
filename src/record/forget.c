/* SPDX-License-Identifier: Apache-2.0
 *
 * forget.c - a page taken out of the record for good, with all that was made of it.
 *
 * Nothing of the text is left in the file: what is deleted is overwritten, the index of words is merged, the log is emptied. The hash stays.
 */
#include "record/record.h"

/* The first column of the first row of a statement over one number; *got stays where there is none. */
static int ask(chy_record *r, const char *sql, int64_t with, int64_t *got)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, sql, -1, &s, NULL);
    if (code != SQLITE_OK) return code;
    sqlite3_bind_int64(s, 1, with);
    code = sqlite3_step(s);
    if (code == SQLITE_ROW && got) *got = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Groups of copies live on without the stories that go: the first of the others is their original, and one alone is no group. */
static int leave_groups(chy_record *r, int64_t page)
{
    int code = ask(r, "INSERT INTO temp.gone SELECT 'group', original FROM copy WHERE dispatch IN (SELECT id FROM dispatch WHERE page = ?) GROUP BY 2", page, NULL);
    if (code == SQLITE_OK) /* copies are one voice, by the number of their original */
        code = chy_record_exec(r, "INSERT INTO temp.gone SELECT DISTINCT 'incident', m.incident FROM copy k JOIN event e ON e.dispatch = k.dispatch JOIN incident_event m ON m.event = e.id "
                       "WHERE k.original IN (SELECT id FROM temp.gone WHERE kind = 'group')");
    if (code == SQLITE_OK) code = ask(r, "DELETE FROM copy WHERE dispatch IN (SELECT id FROM dispatch WHERE page = ?)", page, NULL);
    if (code == SQLITE_OK) code = chy_record_exec(r, "DELETE FROM copy WHERE original IN (SELECT id FROM temp.gone WHERE kind = 'group') AND "
                                          "(SELECT count(*) FROM copy k WHERE k.original = copy.original) = 1");
    if (code == SQLITE_OK)
        code = chy_record_exec(r, "UPDATE copy SET original = n.first FROM (SELECT original, min(dispatch) AS first FROM copy WHERE original IN "
                       "(SELECT id FROM temp.gone WHERE kind = 'group') GROUP BY original) n WHERE n.original = copy.original");
    return code;
}

static int drop_keys(chy_record *r, int64_t page)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, "SELECT id FROM dispatch WHERE page = ?", -1, &s, NULL), rc = SQLITE_OK;
    if (code != SQLITE_OK) return code;
    sqlite3_bind_int64(s, 1, page);
    while (rc == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) rc = chy_record_copies_drop(r, sqlite3_column_int64(s, 0));
    sqlite3_finalize(s);
    return rc != SQLITE_OK ? rc : code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Denials in other dispatches that answered what goes look for another claim; what they and those that go deny is counted again. */
static int recount(chy_record *r)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, "SELECT DISTINCT id, kind = 'denial' FROM temp.gone WHERE kind IN ('incident', 'denial') ORDER BY kind", -1, &s, NULL), rc = SQLITE_OK;
    if (code != SQLITE_OK) return code;
    while (rc == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
        rc = sqlite3_column_int(s, 1) ? chy_record_relink(r, sqlite3_column_int64(s, 0)) : chy_record_recount(r, sqlite3_column_int64(s, 0));
    sqlite3_finalize(s);
    if (rc != SQLITE_OK || code != SQLITE_DONE) return rc != SQLITE_OK ? rc : code;
    return chy_record_exec(r, "DELETE FROM incident WHERE n_events = 0 AND id IN (SELECT id FROM temp.gone WHERE kind = 'incident')");
}

static int forget(chy_record *r, int64_t page)
{
    char now[21], sql[200];
    chy_record_now(now);
    int code = chy_record_exec(r, "CREATE TEMP TABLE IF NOT EXISTS gone (kind TEXT, id INTEGER); DELETE FROM temp.gone");
    if (code == SQLITE_OK)
        code = ask(r, "INSERT INTO temp.gone SELECT DISTINCT 'incident', m.incident FROM incident_event m JOIN event e ON e.id = m.event JOIN dispatch d ON d.id = e.dispatch "
                      "WHERE d.page = ?", page, NULL);
    if (code == SQLITE_OK)
        code = ask(r, "INSERT INTO temp.gone SELECT 'incident', m.incident FROM link k JOIN incident_event m ON m.event = k.other JOIN event e ON e.id = k.event JOIN dispatch d ON d.id = e.dispatch WHERE d.page = ?", page, NULL);
    if (code == SQLITE_OK)
        code = ask(r, "INSERT INTO temp.gone SELECT 'denial', k.event FROM event e JOIN dispatch d ON d.id = e.dispatch JOIN link k ON k.other = e.id JOIN event n ON n.id = k.event WHERE d.page = ?1 AND "
                      "n.withdrawn_utc IS NULL AND n.dispatch NOT IN (SELECT id FROM dispatch WHERE page = ?1)", page, NULL);
    if (code == SQLITE_OK)
        code = ask(r, "INSERT INTO temp.gone SELECT 'actor', p.actor FROM participant p JOIN event e ON e.id = p.event JOIN dispatch d ON d.id = e.dispatch WHERE d.page = ?1 UNION "
                      "SELECT 'actor', c.actor FROM claim c JOIN event e ON e.id = c.event JOIN dispatch d ON d.id = e.dispatch WHERE d.page = ?1 AND c.actor IS NOT NULL", page, NULL);
    if (code == SQLITE_OK) code = leave_groups(r, page);
    if (code == SQLITE_OK) code = drop_keys(r, page);
    if (code == SQLITE_OK) {
        sqlite3_snprintf(sizeof sql, sql, "INSERT OR REPLACE INTO forgotten (hash, forgotten_utc) SELECT hash, '%s' FROM page WHERE id = ?", now);
        code = ask(r, sql, page, NULL);
    }
    if (code == SQLITE_OK) code = ask(r, "DELETE FROM page WHERE id = ?", page, NULL);
    if (code == SQLITE_OK) code = recount(r);
    if (code == SQLITE_OK)
        code = chy_record_exec(r, "DELETE FROM actor WHERE id IN (SELECT id FROM temp.gone WHERE kind = 'actor') AND NOT EXISTS (SELECT 1 FROM participant p WHERE p.actor = actor.id) AND "
                       "NOT EXISTS (SELECT 1 FROM claim c WHERE c.actor = actor.id)");
    if (code == SQLITE_OK) code = chy_record_exec(r, "INSERT INTO dispatch_fts (dispatch_fts) VALUES ('optimize'); INSERT INTO actor_fts (actor_fts) VALUES ('optimize')");
    return code;
}

chy_status chy_record_forget(chy_record *r, int64_t dispatch, int whole_page, uint32_t *n_stories, chy_error *err)
{
    int64_t page = 0, stories = 0;
    int code = chy_record_exec(r, "PRAGMA secure_delete = ON");
    chy_status st = code == SQLITE_OK ? chy_record_change(r, err) : chy_record_fail(r, code, "beginning to write", err);
    if (st != CHY_OK) return st;
    code = ask(r, "SELECT page FROM dispatch WHERE id = ?", dispatch, &page);
    if (code == SQLITE_OK && page) code = ask(r, "SELECT count(*) FROM dispatch WHERE page = ?", page, &stories);
    if (code == SQLITE_OK && !page) st = chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "%s: there is no dispatch %lld", r->path, (long long)dispatch);
    else if (code == SQLITE_OK && stories > 1 && !whole_page)
        st = chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "dispatch %lld stands on a page with %lld other%s, which would be forgotten with it", (long long)dispatch,
                      (long long)stories - 1, stories == 2 ? "" : "s");
    if (code == SQLITE_OK && st == CHY_OK) code = forget(r, page);
    if (code != SQLITE_OK) st = chy_record_fail(r, code, "forgetting", err);
    st = chy_record_changed(r, st, err);
    if (st != CHY_OK) return st;
    if (n_stories) *n_stories = (uint32_t)stories;
    if (!r->open) chy_record_exec(r, "PRAGMA wal_checkpoint(TRUNCATE)"); /* a reader may be in the way; the next checkpoint does it then */
    return CHY_OK;
}
