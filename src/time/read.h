/* SPDX-License-Identifier: Apache-2.0
 *
 * read.h - between the files that read expressions off atoms: calendar.c (dates, years, quarters, seasons) and parse.c (the rest,
 * and the whole). Each reader takes the atom to begin at and gives the atom behind what it has read into *x, or 0.
 */
#ifndef CHY_TIME_READ_H
#define CHY_TIME_READ_H

#include "time/expr.h"

typedef struct reader {
    const chy_time_model *m;
    const chy_work *w;
    const chy_time_atom *v;
    uint32_t n;
} reader;

static inline const chy_time_atom *at(const reader *r, uint32_t i)
{
    static const chy_time_atom none = {.cls = T_NONE, .token = CHY_NONE, .row = CHY_NONE};
    return i < r->n ? &r->v[i] : &none;
}
static inline bool is(const reader *r, uint32_t i, unsigned cls) { return i < r->n && r->v[i].cls == cls; }
static inline chy_slice norm(const reader *r, uint32_t i)
{
    return i < r->n ? r->w->d->tokens[r->v[i].token].norm : (chy_slice){"", 0};
}
static inline uint32_t skip(const reader *r, uint32_t i, unsigned cls) { return i + is(r, i, cls); }
static inline chy_slice cell(const reader *r, uint32_t row) { return chy_table_cell(&r->m->words, row, r->m->value_col); }

/* Does the word before atom i set a time ("in", "since")? */
static inline bool led(const reader *r, uint32_t i, const char *words)
{
    if (!i) return false;
    return chy_slice_in(norm(r, i - 1), words);
}
#define TEMPORAL "in|since|by|until|till|from|to|of|during|before|after|through|throughout|between|and|around|about|for|mid|late|early|on"

bool chy_time_read_is_year(const reader *r, uint32_t i);
uint32_t chy_time_read_count(const reader *r, uint32_t i, int32_t *tenths, bool *vague);
bool chy_time_read_strong_weekday(const reader *r, uint32_t i);
uint32_t chy_time_read_trailing_year(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_trailing_day(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_month_first(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_day_first(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_bare_day(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_ordinal_day(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_numeric(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_lone_year(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_decade(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_quarter(const reader *r, uint32_t i, chy_time_expr *x);
uint32_t chy_time_read_season(const reader *r, uint32_t i, chy_time_expr *x, bool the);

#endif
