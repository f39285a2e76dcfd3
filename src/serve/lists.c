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

/* Which rows the question's limit, cursor and order mean. */
static chy_status turn(const chy_look *v, const chy_ask *ask, page *p, chy_error *err)
{
    chy_cursor at;
    chy_status st = chy_cursor_read(chy_ask_text(ask, "cursor"), &at, err);
    int64_t limit = chy_ask_int(ask, "limit");
    if (st == CHY_OK) p->n = chy_look_page(v->c, &v->rows, &at, !chy_ask_is(ask, "order", "oldest"), limit < 1 ? 1 : limit > MAX_LIMIT ? MAX_LIMIT : (uint32_t)limit, p->rows, &p->more);
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

chy_status chy_serve_events(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    page p = {.n = 0};
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK) st = turn(&v, ask, &p, err);
    if (st == CHY_OK) st = answer_with(&v, &p, event_row, answer, err);
    chy_look_close(&v);
    return st;
}

chy_status chy_serve_incidents(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    chy_look v = {0};
    page p = {.n = 0};
    chy_status st = chy_look_open(&v, serve, ask, answer, err);
    if (st == CHY_OK) {
        firsts(v.c, &v.rows, false);
        st = turn(&v, ask, &p, err);
    }
    if (st == CHY_OK) st = answer_with(&v, &p, incident_row, answer, err);
    chy_look_close(&v);
    return st;
}
