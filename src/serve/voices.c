/* SPDX-License-Identifier: Apache-2.0
 *
 * voices.c - who asserts an incident and who denies it, by the view `voices` of the record.
 */
#include "serve/rows.h"

#include <stdlib.h>

enum { S_MEMBERS = CHY_SLOT_ROWS + 4, S_VOICES };
enum { MAX_VOICES = 400, MAX_TELLINGS = 500 };

/* One voice on one side; it counts once however often it speaks. */
typedef struct voice {
    chy_slice who;            /* as the view tells them apart */
    bool denies;
    uint32_t n;
    int64_t last;             /* the event that it was counted for last */
    json_t *row;
} voice;

typedef struct hearing {
    chy_arena arena;
    voice v[MAX_VOICES];
    uint32_t n;
    char since[11];           /* "": not known */
} hearing;

static voice *find(hearing *h, chy_slice who, bool denies)
{
    for (uint32_t i = 0; i < h->n; i++)
        if (h->v[i].denies == denies && chy_slice_eq(h->v[i].who, who)) return &h->v[i];
    return NULL;
}

static void hear(hearing *h, int64_t event, sqlite3_stmt *s)
{
    bool denies = chy_slice_eqz(chy_cell_text(s, 0), "denies");
    chy_slice who = chy_cell_text(s, 1), day = chy_cell_text(s, 5);
    if (denies && day.n == 10 && (!h->since[0] || memcmp(day.p, h->since, 10) < 0)) memcpy(h->since, day.p, 10);
    voice *v = find(h, who, denies);
    if (!v && h->n < MAX_VOICES) {
        bool actor = sqlite3_column_type(s, 4) != SQLITE_NULL;
        v = &h->v[h->n++];
        *v = (voice){.who = chy_arena_copy(&h->arena, who), .denies = denies};
        v->row = json_pack("{s:o, s:s, s:o, s:o, s:s}", "name", chy_json_text(chy_cell_text(s, 2)), "kind", actor || who.n == 0 || who.p[0] == 'a' ? "actor" : "source", "id", chy_json_cell(s, 4),
                           "country", chy_json_cell(s, 3), "stance", denies ? "denies" : "asserts");
    }
    if (!v || v->last == event) return;
    v->last = event;
    v->n++;
}

static chy_status hear_event(chy_record *r, hearing *h, int64_t event, chy_error *err)
{
    sqlite3_stmt *s = chy_rows_stmt(r, S_VOICES, "SELECT v.says, v.voice, v.name, v.country, a.key, (SELECT d.published_end FROM event t JOIN dispatch d ON d.id = t.dispatch WHERE t.id = v.through) "
        "FROM voice v LEFT JOIN actor a ON a.id = CASE WHEN v.voice GLOB 'a[0-9]*' THEN CAST(substr(v.voice, 2) AS INTEGER) END WHERE v.event = ?", err);
    if (!s) return CHY_E_RECORD;
    sqlite3_bind_int64(s, 1, event);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) hear(h, event, s);
    return chy_rows_done(r, s, code, err);
}

static int most_first(const void *a, const void *b)
{
    const voice *x = a, *y = b;
    if (x->n != y->n) return x->n < y->n ? 1 : -1;
    return strcmp(json_string_value(json_object_get(x->row, "name")), json_string_value(json_object_get(y->row, "name")));
}

chy_status chy_rows_voices(chy_record *r, int64_t incident, json_t **asserted, json_t **denied, char since[11], chy_error *err)
{
    hearing *h = calloc(1, sizeof *h);
    int64_t *event = malloc(MAX_TELLINGS * sizeof *event);
    sqlite3_stmt *s = h && event ? chy_rows_stmt(r, S_MEMBERS, "SELECT event FROM incident_event WHERE incident = ? LIMIT 500", err) : NULL;
    chy_status st = s ? CHY_OK : h && event ? CHY_E_RECORD : chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    uint32_t n = 0;
    int code = SQLITE_DONE;
    if (s) {
        sqlite3_bind_int64(s, 1, incident);
        while ((code = sqlite3_step(s)) == SQLITE_ROW && n < MAX_TELLINGS) event[n++] = sqlite3_column_int64(s, 0);
        st = chy_rows_done(r, s, code, err);
    }
    if (h) chy_arena_init(&h->arena);
    for (uint32_t i = 0; st == CHY_OK && i < n; i++) st = hear_event(r, h, event[i], err);
    free(event);
    *asserted = json_array();
    *denied = json_array();
    since[0] = 0;
    if (h) {
        qsort(h->v, h->n, sizeof *h->v, most_first);
        for (uint32_t i = 0; i < h->n; i++) {
            json_object_set_new(h->v[i].row, "n", json_integer(h->v[i].n));
            json_array_append_new(h->v[i].denies ? *denied : *asserted, h->v[i].row);
        }
        memcpy(since, h->since, sizeof h->since);
        if (st == CHY_OK && h->arena.failed) st = chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
        chy_arena_free(&h->arena);
    }
    free(h);
    if (st == CHY_OK) return st;
    json_decref(*asserted);
    json_decref(*denied);
    *asserted = *denied = NULL;
    return st;
}
