/* SPDX-License-Identifier: Apache-2.0
 *
 * verdict.c - what people say of what was coded.
 *
 * A verdict is about one coding of an event: key, dispatch and revision. The engine's row stays as it is.
 */
#include "record/record.h"

#include <jansson.h>
#include <stdlib.h>

/* The row that a verdict is about: what the statements below need of it. */
typedef struct judged {
    int64_t dispatch;
    char revision[64];
} judged;

static int bind_slice(sqlite3_stmt *s, int at, chy_slice v) { return sqlite3_bind_text(s, at, v.p ? v.p : "", (int)v.n, SQLITE_STATIC); }

static chy_status bad(chy_error *err, const chy_verdict *v, const char *what)
{
    return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "%.*s: %s", (int)(v->key.n > 60 ? 60 : v->key.n), v->key.p, what);
}

static chy_status find(chy_record *r, const chy_verdict *v, judged *out, chy_error *err)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, "SELECT dispatch, revision FROM event WHERE key = ?1 AND (?2 = 0 OR dispatch = ?2) AND CASE ?3 WHEN 0 THEN withdrawn_utc IS NULL "
                                         "ELSE id = ?3 END LIMIT 2", -1, &s, NULL);
    if (code != SQLITE_OK) return chy_record_fail(r, code, "reading", err);
    bind_slice(s, 1, v->key);
    sqlite3_bind_int64(s, 2, v->dispatch);
    sqlite3_bind_int64(s, 3, v->event);
    chy_status st = CHY_OK;
    if ((code = sqlite3_step(s)) == SQLITE_ROW) {
        out->dispatch = sqlite3_column_int64(s, 0);
        sqlite3_snprintf(sizeof out->revision, out->revision, "%s", (const char *)sqlite3_column_text(s, 1));
        if ((code = sqlite3_step(s)) == SQLITE_ROW) st = bad(err, v, "several dispatches have an event of this key; say which (KEY@DISPATCH)");
    } else if (code == SQLITE_DONE) {
        st = bad(err, v, "no such event is on record");
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE) st = chy_record_fail(r, code, "reading", err);
    sqlite3_finalize(s);
    return st;
}

static bool is_type(chy_slice v)
{
    for (unsigned i = 0; i < CHY_N_TYPE; i++)
        if (chy_slice_eqz(v, chy_type_name(i))) return true;
    return false;
}

static const char *wrong_value(chy_slice field, chy_slice value)
{
    chy_day day;
    if (!chy_slice_in(field, "date_begin|date_end|type|mode|context|status|source|source_country|target|target_country|place|place_country"))
        return "no such field (date_begin date_end type mode context status source source_country target target_country place place_country)";
    if (chy_slice_eqz(field, "type") && !is_type(value)) return "is no type of PLOVER";
    if (chy_slice_eqz(field, "status") && !chy_slice_in(value, "reported|claimed|admitted|denied|disputed|planned|possible|negated")) return "is no status";
    if (chy_slice_in(field, "date_begin|date_end") && chy_day_parse(value, &day) != CHY_OK) return "is no day (YYYY-MM-DD)";
    return NULL;
}

/* FIELD=VALUE … as JSON, to be freed; NULL, and err, where that is not in order. */
static char *changes_of(const chy_verdict *v, chy_error *err)
{
    json_t *changes = json_object();
    chy_slice t = v->verdict;
    char *text = NULL;
    for (size_t i = 0; i < t.n;) {
        if (t.p[i] == ' ') {
            i++;
            continue;
        }
        size_t from = i, eq;
        while (i < t.n && t.p[i] != '=' && t.p[i] != ' ') i++;
        eq = i;
        chy_slice field = {t.p + from, eq - from}, value = {t.p + eq, 0};
        if (i < t.n && t.p[i] == '=') {
            bool quoted = ++i < t.n && t.p[i] == '"';
            i += quoted;
            value.p = t.p + i;
            while (i < t.n && t.p[i] != (quoted ? '"' : ' ')) i++;
            value.n = (size_t)(t.p + i - value.p);
            i += quoted && i < t.n;
        }
        const char *why = eq == t.n || t.p[eq] != '=' ? "is neither right nor wrong nor FIELD=VALUE" : wrong_value(field, value);
        if (why) {
            chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "%.*s: %.*s: %s", (int)(v->key.n > 60 ? 60 : v->key.n), v->key.p, (int)(i - from > 80 ? 80 : i - from), t.p + from, why);
            json_decref(changes);
            return NULL;
        }
        char name[24];
        sqlite3_snprintf(sizeof name, name, "%.*s", (int)field.n, field.p);
        if (json_object_set_new(changes, name, json_stringn(value.p, value.n)) != 0) {
            bad(err, v, "a value is not UTF-8");
            json_decref(changes);
            return NULL;
        }
    }
    if (!json_object_size(changes)) bad(err, v, "a verdict is right, wrong, or FIELD=VALUE");
    else if (!(text = json_dumps(changes, JSON_COMPACT | JSON_SORT_KEYS))) chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    json_decref(changes);
    return text;
}

static chy_status judge(chy_record *r, const chy_verdict *v, const char *now, chy_error *err)
{
    judged e;
    chy_status st = find(r, v, &e, err);
    if (st != CHY_OK) return st;
    bool plain = chy_slice_in(v->verdict, "right|wrong");
    char *changes = plain ? NULL : changes_of(v, err);
    if (!plain && !changes) return err->code;
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, "INSERT OR REPLACE INTO verdict (key, dispatch, revision, judge, verdict, changes, note, drawn, judged_utc) "
                                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", -1, &s, NULL);
    if (code == SQLITE_OK) {
        bind_slice(s, 1, v->key);
        sqlite3_bind_int64(s, 2, e.dispatch);
        sqlite3_bind_text(s, 3, e.revision, -1, SQLITE_STATIC);
        bind_slice(s, 4, v->judge);
        bind_slice(s, 5, plain ? v->verdict : CHY_LIT("changed"));
        sqlite3_bind_text(s, 6, plain ? "{}" : changes, -1, SQLITE_STATIC);
        bind_slice(s, 7, v->note);
        sqlite3_bind_int(s, 8, v->drawn != 0);
        sqlite3_bind_text(s, 9, now, -1, SQLITE_STATIC);
        code = sqlite3_step(s);
    }
    if (code != SQLITE_DONE) st = chy_record_fail(r, code, "writing", err);
    sqlite3_finalize(s);
    free(changes);
    return st;
}

chy_status chy_record_judge(chy_record *r, const chy_verdict *v, uint32_t n, chy_error *err)
{
    char now[21];
    chy_record_now(now);
    chy_error own;
    if (!err) err = &own;
    chy_status st = chy_record_change(r, err);
    if (st != CHY_OK) return st;
    for (uint32_t i = 0; st == CHY_OK && i < n; i++) st = judge(r, &v[i], now, err);
    return chy_record_changed(r, st, err);
}
