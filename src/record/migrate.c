/* SPDX-License-Identifier: Apache-2.0
 *
 * migrate.c - a record of an earlier layout brought up to this one.
 *
 * A step says what becomes of the tables and of what is in them. Indexes, triggers and views hold nothing of their own: those that are not as the
 * schema has them are made anew from it, so that no step repeats them.
 */
#include "record/record.h"

extern const char chy_embedded_schema[];

static const char *const steps[CHY_RECORD_VERSION] = {
    [1] = "DROP TRIGGER actor_fts_insert; DROP TRIGGER actor_fts_delete; DROP TABLE actor_fts;"
          "CREATE VIRTUAL TABLE actor_fts USING fts5 (name, content = 'actor', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');"
          "INSERT INTO actor_fts (actor_fts) VALUES ('rebuild');"
          "ALTER TABLE event ADD COLUMN publisher INTEGER REFERENCES source;"
          "UPDATE event SET publisher = (SELECT publisher FROM dispatch WHERE id = event.dispatch);"
          "DROP INDEX incident_span; DROP INDEX incident_contested;"
          "ALTER TABLE incident DROP COLUMN span; ALTER TABLE incident DROP COLUMN last;"
          "ALTER TABLE incident_event ADD COLUMN contested INTEGER NOT NULL DEFAULT 0;"
          "UPDATE incident_event SET contested = 1 WHERE incident IN (SELECT id FROM incident WHERE contested);"
          "CREATE TABLE facet (field TEXT NOT NULL CHECK (field IN ('mode', 'context', 'sector')), value TEXT NOT NULL, span INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL, "
          "PRIMARY KEY (field, value, span, day, event)) STRICT, WITHOUT ROWID;"
          "INSERT OR IGNORE INTO facet SELECT 'mode', j.value, e.span, e.day, e.id FROM event e JOIN json_each('[' || replace(json_quote(e.mode), ',', '\",\"') || ']') j WHERE e.mode <> '' UNION ALL "
          "SELECT 'context', j.value, e.span, e.day, e.id FROM event e JOIN json_each('[' || replace(json_quote(e.context), ',', '\",\"') || ']') j WHERE e.context <> '' UNION ALL "
          "SELECT 'sector', j.value, p.span, p.day, p.event FROM participant p JOIN json_each('[' || replace(json_quote(p.sector), ',', '\",\"') || ']') j WHERE p.sector <> '' ORDER BY 1, 2, 3, 4, 5;"
          "DELETE FROM sqlite_stat1 WHERE idx IN ('incident_span', 'incident_contested', 'event_date') OR tbl GLOB '*_fts_*'",
};

/* Run what a statement gives, row by row, all of it being found before any is run. */
static int exec_each(chy_record *r, const char *sql)
{
    sqlite3_stmt *s = NULL;
    sqlite3_str *all = sqlite3_str_new(r->db);
    int code = sqlite3_prepare_v2(r->db, sql, -1, &s, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        sqlite3_str_appendf(all, "%s;\n", (const char *)sqlite3_column_text(s, 0));
        code = SQLITE_OK;
    }
    sqlite3_finalize(s);
    char *text = sqlite3_str_finish(all);
    if (code == SQLITE_DONE) code = text ? chy_record_exec(r, text) : SQLITE_OK;
    sqlite3_free(text);
    return code;
}

/* The rows of a statement of one database into a table of another. */
static int carry(sqlite3 *from, const char *select, sqlite3 *to, const char *insert)
{
    sqlite3_stmt *in = NULL, *out = NULL;
    int code = sqlite3_prepare_v2(from, select, -1, &in, NULL);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(to, insert, -1, &out, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(in)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(in); i++) sqlite3_bind_value(out, i + 1, sqlite3_column_value(in, i));
        code = chy_record_done(out, sqlite3_step(out));
    }
    sqlite3_finalize(in), sqlite3_finalize(out);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* What the schema makes, into temporary tables. */
static int lay_out(chy_record *r)
{
    sqlite3 *fresh = NULL;
    int code = sqlite3_open(":memory:", &fresh);
    if (code == SQLITE_OK) code = sqlite3_exec(fresh, chy_embedded_schema, NULL, NULL, NULL);
    if (code == SQLITE_OK) code = chy_record_exec(r, "CREATE TEMP TABLE fresh (type TEXT, name TEXT, sql TEXT); CREATE TEMP TABLE fresh_stat (tbl, idx, stat)");
    if (code == SQLITE_OK)
        code = carry(fresh, "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger', 'view') AND sql IS NOT NULL ORDER BY rowid", r->db, "INSERT INTO temp.fresh VALUES (?, ?, ?)");
    if (code == SQLITE_OK) code = carry(fresh, "SELECT tbl, idx, stat FROM sqlite_stat1", r->db, "INSERT INTO temp.fresh_stat VALUES (?, ?, ?)");
    sqlite3_close(fresh);
    return code;
}

/* Indexes, triggers and views as the schema has them. */
static int derive(chy_record *r)
{
    int code = exec_each(r, "SELECT 'DROP ' || type || ' main.' || name FROM main.sqlite_schema WHERE type IN ('index', 'trigger', 'view') AND sql IS NOT NULL "
                            "AND (name, sql) NOT IN (SELECT name, sql FROM temp.fresh)");
    if (code == SQLITE_OK) code = exec_each(r, "SELECT sql FROM temp.fresh WHERE name NOT IN (SELECT name FROM main.sqlite_schema) ORDER BY rowid");
    return code != SQLITE_OK ? code : chy_record_exec(r, "INSERT INTO main.sqlite_stat1 (tbl, idx, stat) SELECT tbl, idx, stat FROM temp.fresh_stat f WHERE NOT EXISTS "
                                                 "(SELECT 1 FROM main.sqlite_stat1 o WHERE o.tbl = f.tbl AND o.idx IS f.idx)");
}

chy_status chy_record_migrate(chy_record *r, chy_error *err)
{
    char mark[64];
    int code = chy_record_exec(r, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
    bool open = code == SQLITE_OK;
    int64_t now = 0; /* asked for here, for another process may have been faster */
    if (open) code = chy_record_number(r, "PRAGMA user_version", &now);
    for (int64_t i = now; code == SQLITE_OK && i < CHY_RECORD_VERSION; i++) code = chy_record_exec(r, steps[i]);
    if (code == SQLITE_OK && now < CHY_RECORD_VERSION) code = lay_out(r);
    if (code == SQLITE_OK && now < CHY_RECORD_VERSION) code = derive(r);
    sqlite3_snprintf(sizeof mark, mark, "PRAGMA user_version = %d", CHY_RECORD_VERSION);
    if (code == SQLITE_OK) code = chy_record_exec(r, mark);
    if (code == SQLITE_OK) code = chy_record_exec(r, "COMMIT");
    chy_status st = code == SQLITE_OK ? CHY_OK : chy_record_fail(r, code, "bringing it up to the layout of this version", err);
    if (open && code != SQLITE_OK) chy_record_exec(r, "ROLLBACK");
    chy_record_exec(r, "DROP TABLE IF EXISTS temp.fresh; DROP TABLE IF EXISTS temp.fresh_stat");
    return st;
}
