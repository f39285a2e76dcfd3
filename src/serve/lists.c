/* SPDX-License-Identifier: Apache-2.0
 *
 * lists.c - events and incidents, a page at a time.
 *
 * The columns say which, the record what they are. An incident stands where the first of its events stands.
 */
#include "serve/look.h"

#include <stdlib.h>

enum { MAX_LIMIT = 500 };

/* The rows that stand for the incidents of those found. */
static void firsts(const chy_columns *c, chy_bits *rows, bool contested)
{
    chy_bits all = *rows;
    for (uint32_t w = 0; w < chy_bits_words(c->n); w++)
        for (uint64_t word = all.v[w]; word; word &= word - 1) {
            uint32_t row = w * 64 + (uint32_t)__builtin_ctzll(word), i = c->incident[row];
            uint32_t first = i == CHY_NO_ROW ? CHY_NO_ROW : c->member[c->member_at[i]];
            bool wanted = first != CHY_NO_ROW && (!contested || c->contested[i]);
            if (wanted && first == row) continue;
            rows->v[w] &= ~((uint64_t)1 << (row & 63));
            if (wanted) chy_bits_set(rows, first); /* an earlier row: it has been seen */
        }
}

typedef struct page {
    uint32_t rows[MAX_LIMIT], n;
    bool more;
} page;

static uint32_t limit_of(const chy_ask *ask)
{
    int64_t limit = chy_ask_int(ask, "limit");
    return limit < 1 ? 1 : limit > MAX_LIMIT ? MAX_LIMIT : (uint32_t)limit;
}

/* Which rows the question's limit, cursor and order mean. */
static chy_status turn(const chy_look *v, const chy_ask *ask, page *p, chy_error *err)
{
    chy_cursor at;
    chy_status st = chy_cursor_read(chy_ask_text(ask, "cursor"), &at, err);
    if (st == CHY_OK) p->n = chy_look_page(v->c, &v->rows, &at, !chy_ask_is(ask, "order", "oldest"), limit_of(ask), p->rows, &p->more);
    return st;
}

/* A page of rows with the cursor of the next. `make` gives a row, or NULL where it is no more. */
static chy_status answer_with(const chy_look *v, const page *p, chy_status (*make)(chy_record *r, const chy_columns *c, uint32_t row, json_t **out, chy_error *err),
                              chy_answer *answer, chy_error *err)
{
    json_t *rows = json_array();
    chy_status st = CHY_OK;
    for (uint32_t i = 0; st == CHY_OK && i < p->n; i++) {
        json_t *row = NULL;
        st = make(v->serve->record, v->c, p->rows[i], &row, err);
        if (row) json_array_append_new(rows, row);
    }
    uint32_t last = p->n ? p->rows[p->n - 1] : 0;
    if (st == CHY_OK)
        answer->json = json_pack("{s:o, s:o, s:I}", "rows", rows, "next", p->more ? chy_cursor_write(v->c->begin[last], v->c->id[last]) : json_null(), "total",
                                 (json_int_t)chy_bits_count(&v->rows));
    else json_decref(rows);
    return st == CHY_OK && !answer->json ? chy_look_memory(err) : st;
}

static chy_status event_row(chy_record *r, const chy_columns *c, uint32_t row, json_t **out, chy_error *err) { return chy_rows_event(r, c->id[row], out, err); }

static chy_status incident_row(chy_record *r, const chy_columns *c, uint32_t row, json_t **out, chy_error *err)
{
    return chy_rows_incident(r, c->incidents.v[c->incident[row]], out, err);
}

/* What was on record at a moment is not in the columns. */
static chy_status events_then(chy_serve *serve, const chy_ask *ask, chy_slice moment, chy_answer *answer, chy_error *err)
{
    chy_record_at v[MAX_LIMIT + 1], after;
    chy_cursor at;
    char as_of[32] = "";
    uint32_t n = 0, limit = limit_of(ask);
    uint64_t total = 0;
    json_t *rows = json_array();
    if (moment.n < sizeof as_of) memcpy(as_of, moment.p, moment.n);
    chy_status st = chy_cursor_read(chy_ask_text(ask, "cursor"), &at, err);
    after = (chy_record_at){at.day, at.id};
    if (st == CHY_OK)
        st = chy_record_moment(serve->record, chy_ask_text(ask, "q"), as_of, !chy_ask_is(ask, "order", "oldest"), at.set ? &after : NULL, v, limit + 1, &n, &total, err);
    for (uint32_t i = 0; st == CHY_OK && i < n && i < limit; i++) {
        json_t *row = NULL;
        st = chy_rows_event(serve->record, v[i].id, &row, err);
        if (row) json_array_append_new(rows, row);
    }
    if (st == CHY_OK)
        answer->json = json_pack("{s:O, s:o, s:I}", "rows", rows, "next", n > limit ? chy_cursor_write(v[limit - 1].day, v[limit - 1].id) : json_null(), "total", (json_int_t)total);
    json_decref(rows);
    return st == CHY_OK && !answer->json ? chy_look_memory(err) : st;
}

chy_status chy_serve_events(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    page p = {.n = 0};
    chy_slice moment = chy_ask_text(ask, "as_of");
    if (moment.n) return events_then(serve, ask, moment, answer, err);
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK) st = turn(&v, ask, &p, err);
    if (st == CHY_OK) st = answer_with(&v, &p, event_row, answer, err);
    chy_look_close(&v);
    return st;
}

static chy_status contested_row(chy_record *r, const chy_columns *c, uint32_t row, json_t **out, chy_error *err)
{
    json_t *incident = NULL, *asserted = NULL, *denied = NULL;
    char since[11];
    *out = NULL;
    chy_status st = incident_row(r, c, row, &incident, err);
    if (st != CHY_OK || !incident) return st;
    st = chy_rows_voices(r, c->incidents.v[c->incident[row]], &asserted, &denied, since, err);
    if (st == CHY_OK)
        *out = json_pack("{s:O, s:o, s:O, s:O, s:I, s:I}", "incident", incident, "since", since[0] ? json_string(since) : json_null(), "asserted_by", asserted, "denied_by", denied, "n_for",
                         (json_int_t)json_array_size(asserted), "n_against", (json_int_t)json_array_size(denied));
    json_decref(incident);
    json_decref(asserted);
    json_decref(denied);
    return st == CHY_OK && !*out ? chy_look_memory(err) : st;
}

static chy_status incidents(chy_serve *serve, const chy_ask *ask, bool contested, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    page p = {.n = 0};
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK) {
        firsts(v.c, &v.rows, contested);
        st = turn(&v, ask, &p, err);
    }
    if (st == CHY_OK) st = answer_with(&v, &p, contested ? contested_row : incident_row, answer, err);
    chy_look_close(&v);
    return st;
}

chy_status chy_serve_incidents(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err) { return incidents(serve, ask, false, answer, err); }

chy_status chy_serve_contested(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err) { return incidents(serve, ask, true, answer, err); }
