/* SPDX-License-Identifier: Apache-2.0
 *
 * look.h - what the endpoints over columns share: a question answered as rows, counting, periods, places in a list.
 */
#ifndef CHY_SERVE_LOOK_H
#define CHY_SERVE_LOOK_H

#include "json/json.h"
#include "serve/rows.h"
#include "serve/serve.h"
#include "serve/store.h"

/* Columns that are held and the rows that `q` finds. Zero it first; close it whatever open returned. */
typedef struct chy_look {
    chy_serve *serve;
    const chy_columns *c;
    chy_bits rows;
} chy_look;

chy_status chy_look_open(chy_look *v, chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err);
void chy_look_close(chy_look *v);
/* Is the answer known? Then it is filled in. */
bool chy_look_known(const chy_look *v, const char *view, const chy_ask *ask, chy_answer *answer);
/* Keep an answer for which `n` rows were gone through, where those are many. */
void chy_look_keep(const chy_look *v, const char *view, const chy_ask *ask, const chy_answer *answer, uint32_t n);

/* ---------------------------------------------------------------------- counting */

/* Hand every row that was found to `each`, by the thing that is counted: rows of one incident come one behind the other with the same unit, or every row is a unit of
 * its own. Units are 1, 2, 3 …; how many there were is returned. */
uint32_t chy_look_units(const chy_look *v, bool incidents, void (*each)(void *ctx, uint32_t row, uint32_t unit), void *ctx);

/* Counts of units by number of a value; a unit counts once for a value. */
typedef struct chy_tally {
    struct {
        uint32_t n, last;
    } *v;
    uint32_t size;
} chy_tally;
bool chy_tally_new(chy_tally *t, size_t size);
void chy_tally_free(chy_tally *t);
/* Did it count? */
static inline bool chy_tally_add(chy_tally *t, uint32_t value, uint32_t unit)
{
    if (t->v[value].last == unit) return false;
    t->v[value].last = unit;
    t->v[value].n++;
    return true;
}
/* The numbers of the `top` values with most, most first, lower numbers before higher ones; *n gets how many there are, *all how many occur. To be freed; NULL: out of memory. */
uint32_t *chy_tally_top(const chy_tally *t, uint32_t top, uint32_t *n, uint32_t *all);

/* ----------------------------------------------------------------------- periods */

typedef enum chy_period { CHY_BY_DAY, CHY_BY_WEEK, CHY_BY_MONTH, CHY_BY_QUARTER, CHY_BY_YEAR } chy_period;

/* The periods in which something was found. */
typedef struct chy_periods {
    chy_period by;
    chy_day first, last;      /* CHY_NO_DAY: nothing has a day */
    int32_t origin;           /* number of the first period */
    uint32_t *index;          /* of a period less origin: its place among those that occur, CHY_NO_ROW */
    chy_day *begin;           /* of those */
    uint32_t n;
} chy_periods;
/* `by`: a name of openapi.json's; auto takes the shortest of which there are not more than 200 from the first day to the last. */
chy_status chy_periods_open(chy_periods *p, const chy_look *v, chy_slice by, chy_error *err);
void chy_periods_close(chy_periods *p);
const char *chy_period_name(chy_period by);
/* The place of a row's first day; CHY_NO_ROW where it has none. */
uint32_t chy_periods_of(const chy_periods *p, const chy_columns *c, uint32_t row);

/* ------------------------------------------------------------------------ lists */

/* A place in a list of rows by day. Opaque to who asks: day and number of the last row. */
typedef struct chy_cursor {
    bool set;
    chy_day day;              /* CHY_NO_DAY: among those without one */
    int64_t id;
} chy_cursor;
chy_status chy_cursor_read(chy_slice text, chy_cursor *out, chy_error *err);
json_t *chy_cursor_write(chy_day day, int64_t id);

/* The rows of `bits` behind the cursor, at most `limit`; how many. *more: there are others behind them. */
uint32_t chy_look_page(const chy_columns *c, const chy_bits *bits, const chy_cursor *after, bool newest, uint32_t limit, uint32_t *rows, bool *more);

/* ---------------------------------------------------------------------- small things */

/* The name of an actor by its key, of a country by its code; the code itself where there is none. */
json_t *chy_look_name(chy_record *r, chy_slice key);
bool chy_ask_is(const chy_ask *ask, const char *name, const char *value);
chy_status chy_look_memory(chy_error *err);

#endif
