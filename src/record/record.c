/* SPDX-License-Identifier: Apache-2.0
 *
 * record.c - opening a record, its version, runs and transactions.
 */
#include "record/sets.h"

#include <stdlib.h>
#include <time.h>

extern const char chy_embedded_schema[];

enum { BUSY_MS = 5000 };

/* Slots of kept statements that are used here; put.c and stored.c have theirs behind. */
enum { S_RUN_OPEN, S_RUN_NEW, S_RUN_END, S_HAS, S_REJECT };

/* -------------------------------------------------------------------- errors */

chy_status chy_record_fail(chy_record *r, int code, const char *doing, chy_error *err)
{
    const char *why = r->db ? sqlite3_errmsg(r->db) : sqlite3_errstr(code);
    chy_status st = CHY_E_RECORD;
    switch (code & 0xff) {
    case SQLITE_NOMEM: st = CHY_E_MEMORY, why = "out of memory"; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: st = CHY_E_BUSY, why = "another process is writing to it; try again when that is done"; break;
    case SQLITE_FULL: why = "the disk is full; what was committed is safe"; break;
    case SQLITE_READONLY: why = "it may only be read"; break;
    case SQLITE_CORRUPT: why = "it is damaged; `sqlite3 FILE .recover` may save what is left"; break;
    case SQLITE_NOTADB: why = "it is no record, nor any SQLite database"; break;
    case SQLITE_CANTOPEN: why = "cannot be opened"; break;
    default: break;
    }
    return chy_fail(err, st, CHY_STAGE_RECORD, 0, "%s: %s: %s", r->path, doing, why);
}

sqlite3_stmt *chy_record_stmt(chy_record *r, unsigned slot, const char *sql)
{
    if (!r->other[slot] && sqlite3_prepare_v3(r->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &r->other[slot], NULL) != SQLITE_OK) return NULL;
    return r->other[slot];
}

void chy_record_now(char out[21])
{
    time_t t = time(NULL);
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

int32_t chy_record_day_number(chy_day d)
{
    char z[11];
    chy_day_format(d, z);
    int32_t n = 0;
    for (const char *c = z; *c; c++)
        if (*c >= '0' && *c <= '9') n = n * 10 + (*c - '0');
    return n;
}

bool chy_record_word(chy_slice *rest, uint32_t *word)
{
    char stem[CHY_STEM];
    size_t n = 0, i = 0;
    for (; i <= rest->n; i++) {
        unsigned char c = i < rest->n ? (unsigned char)rest->p[i] : ' ';
        if (chy_record_letter(c)) {
            if (n < CHY_STEM) stem[n] = c < 0x80 ? (char)(c | 32) : (char)c;
            n++;
            continue;
        }
        if (n >= 4) break;
        n = 0;
    }
    size_t past = i < rest->n ? i : rest->n;
    if (n >= 4) *word = (uint32_t)chy_hash(stem, n < CHY_STEM ? n : CHY_STEM, 0);
    if (past) *rest = (chy_slice){rest->p + past, rest->n - past};
    return n >= 4;
}

chy_day chy_record_day_cell(sqlite3_stmt *s, int i)
{
    chy_day d = CHY_NO_DAY;
    if (sqlite3_column_type(s, i) == SQLITE_NULL || chy_day_parse(chy_record_cell(s, i), &d) != CHY_OK) return CHY_NO_DAY;
    return d;
}

chy_record_when chy_record_when_of(chy_slice date_begin, chy_slice date_end)
{
    chy_day begin, end;
    if (!date_begin.n || chy_day_parse(date_begin, &begin) != CHY_OK) return (chy_record_when){CHY_NO_DAY_NUMBER, date_end.n ? 2 : 0};
    if (!date_end.n || chy_day_parse(date_end, &end) != CHY_OK) return (chy_record_when){chy_record_day_number(begin), 2};
    int32_t width = end - begin;
    return (chy_record_when){chy_record_day_number(begin), width <= CHY_SPAN_DAYS_0 ? 0 : width <= CHY_SPAN_DAYS_1 ? 1 : 2};
}

/* ------------------------------------------------------------------- opening */

int chy_record_number(chy_record *r, const char *pragma, int64_t *out)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, pragma, -1, &s, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        *out = sqlite3_column_int64(s, 0);
        code = SQLITE_OK;
    }
    sqlite3_finalize(s);
    return code;
}

/* An empty file becomes a record, all at once or not at all. */
static int create(chy_record *r)
{
    int code = chy_record_exec(r, "BEGIN IMMEDIATE");
    int64_t tables = 0;
    if (code == SQLITE_OK) code = chy_record_number(r, "SELECT count(*) FROM sqlite_schema", &tables);
    if (code != SQLITE_OK || tables) { /* another process was faster */
        chy_record_exec(r, "ROLLBACK");
        return code;
    }
    char mark[96];
    sqlite3_snprintf(sizeof mark, mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", CHY_RECORD_APPLICATION, CHY_RECORD_VERSION);
    code = chy_record_exec(r, chy_embedded_schema);
    if (code == SQLITE_OK) code = chy_record_exec(r, mark);
    if (code == SQLITE_OK) code = chy_record_exec(r, "COMMIT");
    if (code != SQLITE_OK) chy_record_exec(r, "ROLLBACK");
    return code;
}

/* An earlier layout. Who only reads leaves the work to a connection that may write. */
static chy_status bring_up(chy_record *r, unsigned flags, chy_error *err)
{
    if (!(flags & CHY_RECORD_READ)) return chy_record_migrate(r, err);
    chy_record *w = NULL;
    chy_status st = chy_record_open(r->path, 0, &w, err);
    chy_record_close(w);
    return st;
}

static chy_status check(chy_record *r, unsigned flags, chy_error *err)
{
    int64_t version = 0, application = 0, tables = 0;
    int code = chy_record_number(r, "SELECT count(*) FROM sqlite_schema", &tables);
    if (code == SQLITE_OK && !tables) {
        if (!(flags & CHY_RECORD_CREATE)) return chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "%s: is empty, and no record", r->path);
        code = create(r);
    }
    if (code == SQLITE_OK) code = chy_record_number(r, "PRAGMA application_id", &application);
    if (code == SQLITE_OK) code = chy_record_number(r, "PRAGMA user_version", &version);
    if (code != SQLITE_OK) return chy_record_fail(r, code, "opening", err);
    if (application != CHY_RECORD_APPLICATION)
        return chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "%s: is an SQLite database, but no record of Chancery", r->path);
    if (version > CHY_RECORD_VERSION)
        return chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "%s: was written by a newer Chancery (layout %d; this one knows %d)", r->path,
                        (int)version, CHY_RECORD_VERSION);
    return version < CHY_RECORD_VERSION ? bring_up(r, flags, err) : CHY_OK;
}

chy_status chy_record_open(const char *path, unsigned flags, chy_record **out, chy_error *err)
{
    *out = NULL;
    chy_record *r = calloc(1, sizeof *r);
    if (!r) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    sqlite3_snprintf(sizeof r->path, r->path, "%s", path);
    int mode = flags & CHY_RECORD_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (flags & CHY_RECORD_CREATE) mode |= SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(path, &r->db, mode | SQLITE_OPEN_NOMUTEX, NULL);
    chy_status st = CHY_OK;
    if (code != SQLITE_OK) {
        st = chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "%s: %s", path,
                      code == SQLITE_CANTOPEN ? "there is no such record, or it may not be opened" : sqlite3_errstr(code));
        goto fail;
    }
    sqlite3_busy_timeout(r->db, BUSY_MS);
    sqlite3_extended_result_codes(r->db, 1);
    if ((code = chy_sets_install(r->db)) != SQLITE_OK) {
        st = chy_record_fail(r, code, "opening", err);
        goto fail;
    }
    if ((st = check(r, flags, err)) != CHY_OK) goto fail;
    /* Write-ahead log: readers go on while one writes, and a commit is one sequential write. A reader that takes long lets it grow; it does not stay so. Who only reads
     * may have millions of rows to sort: those go to a file where they do not fit the cache. */
    if (!(flags & CHY_RECORD_READ))
        code = chy_record_exec(r, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY");
    if (code == SQLITE_OK) code = chy_record_exec(r, "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536");
    if (code != SQLITE_OK) {
        st = chy_record_fail(r, code, "opening", err);
        goto fail;
    }
    *out = r;
    return CHY_OK;
fail:
    chy_record_close(r);
    return st;
}

void chy_record_close(chy_record *r)
{
    if (!r) return;
    for (unsigned i = 0; i < CHY_N_ROW; i++) sqlite3_finalize(r->row[i]);
    for (unsigned i = 0; i < CHY_STMT_OTHER; i++) sqlite3_finalize(r->other[i]);
    if (r->open) chy_record_exec(r, "ROLLBACK");
    sqlite3_close(r->db);
    chy_record_fold_forget(r);
    free(r->stale);
    free(r->raw);
    free(r);
}

/* ---------------------------------------------------------------------- runs */

chy_status chy_record_begin(chy_record *r, const char *kind, const char *data_hash, chy_error *err)
{
    int code = chy_record_exec(r, "BEGIN IMMEDIATE");
    if (code != SQLITE_OK) return chy_record_fail(r, code, "beginning to write", err);
    r->open = true;
    sqlite3_stmt *s = chy_record_stmt(r, S_RUN_OPEN, "SELECT id FROM run WHERE kind = ? AND engine = ? AND data = ? AND finished_utc IS NULL ORDER BY id DESC");
    if (!s) return chy_record_fail(r, sqlite3_errcode(r->db), "beginning to write", err);
    sqlite3_bind_text(s, 1, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, CHY_VERSION, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, data_hash, -1, SQLITE_STATIC);
    code = sqlite3_step(s);
    r->run = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    if (code == SQLITE_ROW) return CHY_OK;
    if (code != SQLITE_DONE) return chy_record_fail(r, code, "beginning to write", err);
    char now[21];
    chy_record_now(now);
    s = chy_record_stmt(r, S_RUN_NEW, "INSERT INTO run (kind, engine, data, started_utc) VALUES (?, ?, ?, ?)");
    if (!s) return chy_record_fail(r, sqlite3_errcode(r->db), "beginning to write", err);
    sqlite3_bind_text(s, 1, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, CHY_VERSION, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, data_hash, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 4, now, -1, SQLITE_STATIC);
    code = sqlite3_step(s);
    sqlite3_reset(s);
    if (code != SQLITE_DONE) return chy_record_fail(r, code, "beginning to write", err);
    r->run = sqlite3_last_insert_rowid(r->db);
    return CHY_OK;
}

/* What is left to the end of a transaction: figures of incidents, and the words of what is new. FTS5 is not written to before, for it puts everything
 * it has been given into a segment of its own at each savepoint, and these have to be joined. */
static int settle(chy_record *r)
{
    int code = chy_record_count_stale(r);
    return code != SQLITE_OK ? code : chy_record_exec(r,
        "INSERT INTO dispatch_fts (rowid, title, text) SELECT id, title, text FROM dispatch WHERE id > (SELECT coalesce(max(id), 0) FROM dispatch_fts_docsize);"
        "INSERT INTO actor_fts (rowid, name) SELECT id, name FROM actor WHERE id > (SELECT coalesce(max(id), 0) FROM actor_fts_docsize)");
}

chy_status chy_record_commit(chy_record *r, chy_error *err)
{
    int code = settle(r);
    if (code == SQLITE_OK) code = chy_record_exec(r, "COMMIT");
    if (code == SQLITE_OK) {
        r->open = false;
        code = chy_record_exec(r, "BEGIN IMMEDIATE");
        r->open = code == SQLITE_OK;
    }
    return code == SQLITE_OK ? CHY_OK : chy_record_fail(r, code, "writing", err);
}

chy_status chy_record_change(chy_record *r, chy_error *err)
{
    int code = chy_record_exec(r, r->open ? "SAVEPOINT change" : "BEGIN IMMEDIATE");
    return code == SQLITE_OK ? CHY_OK : chy_record_fail(r, code, "beginning to write", err);
}

chy_status chy_record_changed(chy_record *r, chy_status st, chy_error *err)
{
    int code = st == CHY_OK ? settle(r) : SQLITE_OK;
    if (st == CHY_OK && code == SQLITE_OK) code = chy_record_exec(r, r->open ? "RELEASE change" : "COMMIT");
    if (code != SQLITE_OK) st = chy_record_fail(r, code, "writing", err);
    if (st != CHY_OK) chy_record_exec(r, r->open ? "ROLLBACK TO change; RELEASE change" : "ROLLBACK");
    return st;
}

chy_status chy_record_end(chy_record *r, chy_error *err)
{
    char now[21];
    chy_record_now(now);
    sqlite3_stmt *s = chy_record_stmt(r, S_RUN_END, "UPDATE run SET finished_utc = ? WHERE id = ?");
    if (!s) return chy_record_fail(r, sqlite3_errcode(r->db), "writing", err);
    sqlite3_bind_text(s, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, r->run);
    int code = sqlite3_step(s);
    sqlite3_reset(s);
    if (code == SQLITE_DONE) code = settle(r);
    if (code == SQLITE_OK) code = chy_record_exec(r, "COMMIT");
    if (code != SQLITE_OK) return chy_record_fail(r, code, "writing", err);
    r->open = false;
    return CHY_OK;
}

int chy_record_has(chy_record *r, const char *hash)
{
    sqlite3_stmt *s = chy_record_stmt(r, S_HAS, "SELECT 1 FROM page WHERE hash = ?1 UNION ALL SELECT 2 FROM forgotten WHERE hash = ?1");
    if (!s) return 0;
    sqlite3_bind_text(s, 1, hash, -1, SQLITE_STATIC);
    int there = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
    sqlite3_reset(s);
    return there;
}

chy_status chy_record_reject(chy_record *r, const char *hash, chy_slice name, chy_slice reason, chy_error *err)
{
    char now[21];
    chy_record_now(now);
    sqlite3_stmt *s = chy_record_stmt(r, S_REJECT, "INSERT INTO reject (hash, name, reason, run, added_utc) VALUES (?, ?, ?, ?, ?) "
                                                   "ON CONFLICT (hash) DO UPDATE SET reason = excluded.reason, run = excluded.run");
    if (!s) return chy_record_fail(r, sqlite3_errcode(r->db), "writing", err);
    sqlite3_bind_text(s, 1, hash, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, name.p, (int)name.n, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, reason.p, (int)reason.n, SQLITE_STATIC);
    sqlite3_bind_int64(s, 4, r->run);
    sqlite3_bind_text(s, 5, now, -1, SQLITE_STATIC);
    int code = sqlite3_step(s);
    sqlite3_reset(s);
    return code == SQLITE_DONE ? CHY_OK : chy_record_fail(r, code, "writing", err);
}
