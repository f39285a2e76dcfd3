/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.h - rows of the record as the API has them: EventRow, IncidentRow, ActorRef, PlaceRef of openapi.json.
 *
 * Each takes the number of a row and looks it up with statements that the record keeps. *out is a new reference, NULL where there is no
 * such row. Errors: CHY_E_RECORD, CHY_E_BUSY, CHY_E_MEMORY.
 */
#ifndef CHY_SERVE_ROWS_H
#define CHY_SERVE_ROWS_H

#include "serve/serve.h"

/* Slots of chy_record_stmt: of rows.c and the views that count; of the reader's endpoints. */
enum { CHY_SLOT_ROWS = CHY_STMT_SERVE, CHY_SLOT_VIEWS = CHY_STMT_SERVE + 8, CHY_SLOT_READER = CHY_STMT_SERVE + 24 };

/* An event, of the present or not. */
chy_status chy_rows_event(chy_record *r, int64_t id, json_t **out, chy_error *err);
/* An incident with what its first event says. */
chy_status chy_rows_incident(chy_record *r, int64_t id, json_t **out, chy_error *err);
/* The ActorRefs of one side ("source" or "target") of an event, in its order. */
chy_status chy_rows_side(chy_record *r, int64_t event, const char *side, json_t **out, chy_error *err);
/* The ActorRef of a country's code or an actor's id, without sector or role; of a code that no actor has, its name is the code. */
chy_status chy_rows_actor(chy_record *r, chy_slice code, json_t **out, chy_error *err);

/* The Voices on an incident, one each, those that speak of most of its events first (voices.c); the day on which the first denial was published, empty
 * where it is not known. Of an incident of more than 500 tellings, those. */
chy_status chy_rows_voices(chy_record *r, int64_t incident, json_t **asserted, json_t **denied, char since[11], chy_error *err);

/* A statement of ours: prepared once. NULL with *err filled. */
sqlite3_stmt *chy_rows_stmt(chy_record *r, unsigned slot, const char *sql, chy_error *err);
/* Its end: reset, and an error unless `code`, its last step's, was a row or the end. */
chy_status chy_rows_done(chy_record *r, sqlite3_stmt *s, int code, chy_error *err);

/* Cells as JSON. Bytes that are no UTF-8 become U+FFFD. */
json_t *chy_json_text(chy_slice s);
json_t *chy_json_cell(sqlite3_stmt *s, int column);  /* string, or null where it is NULL */
json_t *chy_json_int(sqlite3_stmt *s, int column);   /* integer or null */
json_t *chy_json_list(sqlite3_stmt *s, int column);  /* "a,b" as an array of strings */
/* [begin, end), or what of it is not below 0. */
json_t *chy_json_range(int64_t begin, int64_t end);
/* PlaceRef from four columns name, country, lat, lon; null where there is no name. */
json_t *chy_json_place(sqlite3_stmt *s, int column);
/* Dated from three columns begin, end, basis; null where there is no day. */
json_t *chy_json_dated(sqlite3_stmt *s, int column);
/* ActorRef from six columns key, name, kind, country, sector, role. */
json_t *chy_json_actor(sqlite3_stmt *s, int column);
static inline chy_slice chy_cell_text(sqlite3_stmt *s, int column)
{
    return (chy_slice){(const char *)sqlite3_column_text(s, column), (size_t)sqlite3_column_bytes(s, column)};
}

#endif
