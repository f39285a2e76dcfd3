/* SPDX-License-Identifier: Apache-2.0
 *
 * text.h - what the endpoints that show words share: texts read now, and what is found in them.
 *
 * Ranges in answers count from `origin`, a byte of the page's text.
 */
#ifndef CHY_SERVE_TEXT_H
#define CHY_SERVE_TEXT_H

#include "json/json.h"
#include "serve/rows.h"

/* The worker's session. Errors: CHY_E_MEMORY. */
chy_status chy_serve_session(chy_serve *serve, chy_session **out, chy_error *err);

json_t *chy_text_range(chy_range at, uint32_t origin);
json_t *chy_text_engine(const char *version, const char *data); /* {version, data} */
/* {begin, end} or null. */
json_t *chy_text_days(chy_interval days);
json_t *chy_text_actor(const chy_actor *a);

/* What was found in `within`, in the order of the text. Of a voice that reaches further only what lies in there is told. */
json_t *chy_text_marks(const chy_dispatch *d, chy_range within, uint32_t origin);
/* A sentence taken apart: Explanation. It has been read with CHY_READ_TRACE. */
json_t *chy_text_explain(const chy_serve *serve, const chy_page *page, const chy_dispatch *d, const chy_sentence *s);
/* The sentence of `d` that has the byte `at` of the page's text; NULL: none has. */
const chy_sentence *chy_text_sentence(const chy_dispatch *d, uint32_t at);

/* What is read between these two is of one state of the record. */
chy_status chy_text_begin(chy_serve *serve, chy_error *err);
void chy_text_end(chy_serve *serve);
/* A 404: there is no `what` of that number. */
chy_status chy_text_missing(chy_answer *answer, chy_error *err, const char *what, int64_t id);
/* Two columns of days as {begin, end}, or null. */
json_t *chy_text_interval(sqlite3_stmt *s, int column);
/* Verdict of six columns verdict, changes, note, judge, judged_utc, current. */
json_t *chy_text_verdict(sqlite3_stmt *s, int column);
/* The names of the agencies whose wire a story is. */
chy_status chy_text_agencies(chy_serve *serve, int64_t dispatch, json_t **out, chy_error *err);

static inline bool chy_text_in(chy_range a, chy_range b) { return a.begin >= b.begin && a.end <= b.end; }

#endif
