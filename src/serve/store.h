/* SPDX-License-Identifier: Apache-2.0
 *
 * store.h - the events of the present as columns in memory, and what an expression finds there as bits.
 *
 *     store.c     keeps the columns of now: loads them, watches the record, swaps
 *     columns.c   columns from a record
 *     find.c      an expression to a set of rows
 *
 * Columns do not change once they are made. Who holds them keeps them, also while newer ones take their place.
 */
#ifndef CHY_SERVE_STORE_H
#define CHY_SERVE_STORE_H

#include "record/record.h"

#include <jansson.h>

#define CHY_NO_ROW UINT32_MAX

/* Texts that occur often, by number. */
typedef struct chy_names {
    chy_slice *v;
    uint32_t n, cap;
    uint32_t *slot, n_slots;  /* hash table of numbers + 1 */
} chy_names;

/* A table's ids, rising, and the way back. */
typedef struct chy_keys {
    int64_t *v;
    uint32_t n, cap;
    uint32_t *direct;         /* index + 1 by id - v[0], where the ids lie close; else NULL */
    uint64_t span;
} chy_keys;
/* The index of an id, or CHY_NO_ROW. */
uint32_t chy_keys_find(const chy_keys *k, int64_t id);
/* The number of a text, or CHY_NO_ROW. */
uint32_t chy_names_find(const chy_names *names, chy_slice s);

/* One bit a row, 64 in a word; those beyond the last row are 0. */
typedef struct chy_bits {
    uint64_t *v;
    uint32_t n_rows;
} chy_bits;

typedef struct chy_columns {
    chy_arena arena;                      /* of names and texts */
    uint64_t generation;                  /* 1, 2 … of the store */
    uint32_t n, n_dated;                  /* rows, by first day and number; those without a day come last */
    /* one a row */
    int64_t *id;
    chy_day *begin, *end;                 /* CHY_NO_DAY: not known */
    uint16_t *type, *mode, *context;      /* cells of the tables below; a list of modes is one cell */
    uint8_t *status, *quad;
    float *intensity;
    uint32_t *place, *incident, *dispatch, *publisher; /* indexes, CHY_NO_ROW: none */
    uint32_t *part;                       /* n + 1: where its participants begin */
    uint32_t *pair;                       /* n + 1: where its pairs begin */
    /* one a participant */
    uint32_t *actor;
    uint16_t *country, *sector;
    uint8_t *target;                      /* 0: source */
    /* one a pair: each source's country with each target's, once an event */
    uint32_t *dyad;
    /* what the numbers stand for */
    chy_names types, modes, contexts, statuses, countries, sectors;
    chy_names dyads;                      /* "USA>IRN" */
    uint16_t *dyad_from, *dyad_to;        /* one a dyad: countries */
    chy_names one_sectors;                /* what the cells `sectors` list: sector_of[sector_at[cell]] to [sector_at[cell + 1]] */
    uint32_t *sector_at, *sector_of;
    chy_names states;                     /* of places; "": of no one state */
    chy_keys actors, dispatches, sources, places, incidents;
    chy_slice *source_name;               /* of publishers and agencies */
    chy_slice *place_name, *place_country;
    uint32_t *place_state;
    double *place_lat, *place_lon;
    uint8_t *contested;                   /* one an incident */
    uint32_t *actor_events, *country_events; /* one an actor, a country: events that it has a part in */
    uint32_t *dispatch_publisher;         /* one a dispatch: index of a source */
    uint32_t *member, *member_at;         /* the rows of each incident: member[member_at[i]] to member[member_at[i + 1]] */
    chy_keys events;
    uint32_t *row;                        /* one an event of `events` */
    uint64_t *alone;                      /* bits: the only event of its incident, or of none */
} chy_columns;

/* Read all of a record, in one state of it. Errors: CHY_E_RECORD, CHY_E_BUSY, CHY_E_MEMORY, CHY_E_LIMIT (more than 2^32 - 2 rows, or 65,535 codes of one kind). */
chy_status chy_columns_load(chy_record *r, chy_columns **out, chy_error *err);
void chy_columns_free(chy_columns *c);
/* The row of an event, or CHY_NO_ROW. */
uint32_t chy_columns_row(const chy_columns *c, int64_t event);

/* ----------------------------------------------------------------------- store */



typedef struct chy_store chy_store;

/* Begin to load the columns of a record, in a thread that also watches it from then on. Errors: CHY_E_RECORD, CHY_E_BUSY, CHY_E_MEMORY. */
chy_status chy_store_open(const char *path, chy_store **out, chy_error *err);
/* Nobody may hold columns any more. NULL is allowed. */
void chy_store_close(chy_store *store);
/* The columns of now; waits for the first. Let go with chy_store_release. Errors: those of loading, where no columns could be made yet. */
chy_status chy_store_hold(chy_store *store, const chy_columns **out, chy_error *err);
void chy_store_release(chy_store *store, const chy_columns *columns);
/* Look now whether the record has changed, and wait until the columns are those of now. The error is that of loading; the older columns then stay. */
chy_status chy_store_refresh(chy_store *store, chy_error *err);
/* 16 hexadecimal digits and a NUL that change when the columns do; of no two stores the same. All zeros before the first are there. Does not wait. */
void chy_store_state(chy_store *store, char out[17]);

/* ------------------------------------------------------------------------ find */

/* What an expression finds among columns that are held; *out is to be freed with chy_bits_free. `r` is asked what columns do not tell. `wrong` as in
 * chy_expression_parse. Errors: CHY_E_ARGUMENT, CHY_E_LIMIT, CHY_E_RECORD, CHY_E_BUSY, CHY_E_MEMORY. */
chy_status chy_store_find(chy_store *store, const chy_columns *c, chy_record *r, chy_slice expression, chy_bits *out, chy_slice *wrong, chy_error *err);
/* The rows where `who`, a country's code or an actor's id, is a source, or a target. */
chy_status chy_columns_side(const chy_columns *c, chy_record *r, chy_slice who, bool target, chy_bits *out, chy_error *err);

/* Answers that took long, kept while the columns are those of now. What is given out is a new reference and must not be changed: others have it too. NULL: not known. */
json_t *chy_store_recall(chy_store *store, const chy_columns *c, chy_slice question);
void chy_store_keep(chy_store *store, const chy_columns *c, chy_slice question, json_t *answer);

chy_status chy_bits_new(chy_bits *b, uint32_t n_rows, chy_error *err); /* all 0 */
void chy_bits_free(chy_bits *b);
uint32_t chy_bits_count(const chy_bits *b);
static inline uint32_t chy_bits_words(uint32_t n_rows) { return n_rows / 64 + (n_rows % 64 != 0); }
static inline bool chy_bits_get(const chy_bits *b, uint32_t row) { return b->v[row >> 6] >> (row & 63) & 1; }
static inline void chy_bits_set(chy_bits *b, uint32_t row) { b->v[row >> 6] |= (uint64_t)1 << (row & 63); }

#endif
