/* SPDX-License-Identifier: Apache-2.0
 *
 * verdict.c - what a person says of an event, kept. The only thing that the server writes, over a connection that lives for that alone.
 */
#include "serve/text.h"

#include <stdlib.h>

enum { S_EVENT_KEY = CHY_SLOT_READER + 12, S_VERDICT };

static chy_slice member(const json_t *body, const char *name)
{
    const json_t *v = json_object_get(body, name);
    return json_is_string(v) ? (chy_slice){json_string_value(v), json_string_length(v)} : (chy_slice){"", 0};
}

/* The changes as chy_verdict has them; n 0, with *err, where they are not in order. */
static chy_slice changes_of(const json_t *changes, chy_arena *arena, chy_error *err)
{
    chy_slice all = {"", 0};
    const char *field;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)changes, field, value)
    {
        if (!json_is_string(value) || field[strspn(field, "abcdefghijklmnopqrstuvwxyz_")] || !*field || strchr(json_string_value(value), '"')) {
            chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "changes: %.40s: is no field, or its value has a quotation mark", field);
            return (chy_slice){"", 0};
        }
        all = chy_arena_printf(arena, "%.*s%s%s=\"%s\"", (int)all.n, all.p, all.n ? " " : "", field, json_string_value(value));
    }
    if (!all.n) chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "changes: what should the event be? (or memory is out)");
    return all;
}

/* Key and story of the event; key n 0 where there is none. */
static chy_status find_event(chy_serve *serve, chy_verdict *v, chy_arena *arena, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_EVENT_KEY, "SELECT key, dispatch FROM event WHERE id = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, v->event);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) v->key = chy_arena_copy(arena, chy_cell_text(s, 0)), v->dispatch = sqlite3_column_int64(s, 1);
    return chy_rows_done(serve->record, s, code, err);
}

static chy_status write_down(chy_serve *serve, const chy_verdict *v, chy_answer *answer, chy_error *err)
{
    chy_record *r;
    chy_status st = chy_record_open(serve->path, 0, &r, err);
    if (st != CHY_OK) return st;
    if (sqlite3_db_readonly(r->db, "main") == 1) {
        answer->status = 403;
        st = chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "the record may only be read");
    } else {
        st = chy_record_judge(r, v, 1, err);
    }
    chy_record_close(r);
    return st;
}

static chy_status read_back(chy_serve *serve, const chy_verdict *v, json_t **out, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(serve->record, S_VERDICT, "SELECT v.verdict, v.changes, v.note, v.judge, v.judged_utc, e.withdrawn_utc IS NULL FROM event e JOIN verdict v "
                                    "ON v.dispatch = e.dispatch AND v.key = e.key AND v.revision = e.revision WHERE e.id = ? AND v.judge = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, v->event);
    sqlite3_bind_text(s, 2, v->judge.p, (int)v->judge.n, SQLITE_STATIC);
    int code = sqlite3_step(s);
    *out = code == SQLITE_ROW ? chy_text_verdict(s, 0) : NULL;
    chy_status st = chy_rows_done(serve->record, s, code, err);
    return st == CHY_OK && !*out ? chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "the verdict is not there; the event has been forgotten") : st;
}

chy_status chy_serve_judge(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_arena arena;
    const json_t *changes = json_object_get(ask->body, "changes");
    chy_verdict v = {.event = json_integer_value(json_object_get(ask->body, "event")), .verdict = member(ask->body, "verdict"), .judge = member(ask->body, "judge"),
                     .note = member(ask->body, "note")};
    bool changed = chy_slice_eqz(v.verdict, "changed");
    if (!serve->token) {
        answer->status = 403;
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "no verdicts are taken here");
    }
    if (!changed && json_object_size(changes)) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "changes go with the verdict \"changed\" only");
    chy_arena_init(&arena);
    chy_status st = CHY_OK;
    if (changed && !(v.verdict = changes_of(changes, &arena, err)).n) st = err->code;
    if (st == CHY_OK) st = find_event(serve, &v, &arena, err);
    if (st == CHY_OK && !v.key.n) st = chy_text_missing(answer, err, "event", v.event);
    if (st == CHY_OK) st = write_down(serve, &v, answer, err);
    if (st == CHY_OK) st = read_back(serve, &v, &answer->json, err);
    if (st == CHY_OK) answer->status = 201;
    chy_arena_free(&arena);
    return st;
}
