/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence.h - between the files that say when an undated dispatch was written: pieces of evidence, each a curve over the
 * months of 1985 to 2027 in sixteenths of a bit below its best, and their sum. era.c and office.c find pieces, evidence.c
 * weighs them, infer.c gives the days.
 */
#ifndef CHY_TIME_EVIDENCE_H
#define CHY_TIME_EVIDENCE_H

#include "time/expr.h"

enum {
    CHY_FIRST_YEAR = 1985, CHY_N_YEARS = 43, CHY_N_MONTHS = CHY_N_YEARS * 12,
    CHY_BIT = 16,        /* what one bit of evidence counts */
    CHY_MAX_PIECES = 512 /* what comes later in the text is left out */
};

/* How the likelihood of a mention falls off before and after the time that it belongs to. */
typedef enum chy_time_shape {
    CHY_SHAPE_THING,   /* exists from..to: spoken of long after, never before */
    CHY_SHAPE_STATE,   /* the same, and spoken of nearly as much after its end ("Soviet") */
    CHY_SHAPE_EVENT,   /* spoken of above all in the year after, never before */
    CHY_SHAPE_PLANNED, /* an event known of years ahead: a summit, games */
    CHY_SHAPE_PERSON,  /* in public life from..to */
    CHY_SHAPE_WORD,    /* a word in fashion */
    CHY_SHAPE_TOPIC,   /* what the talk was of for some months */
    CHY_SHAPE_ASCII,   /* no letter beyond ASCII: not often on the Web */
    CHY_SHAPE_LEVEL,   /* a price or index that stood there then */
    CHY_SHAPE_OFFICE,  /* told with the title held from..to */
    CHY_SHAPE_FORMER,  /* told as one who held it: from its end on */
    CHY_SHAPE_HOLDER,  /* told without a title: held some office from..to */
    CHY_SHAPE_SURNAME, /* the same, by the surname alone */
    CHY_N_SHAPE,
    CHY_PIECE_YEAR = CHY_N_SHAPE, /* a year: `from` the year, `to` a chy_time_year + 8 * how many of the eight years up to it are named
                        + 128 where a past tense tells it */
    CHY_PIECE_DATE,    /* the latest month of a year: `from` the month, `to` likewise */
    CHY_PIECE_AHEAD,   /* a month of a year still ahead: `from` the month */
    CHY_PIECE_MONTH,   /* a month without its year: `from` 1..12; `to` as above */
    CHY_PIECE_QUARTER, /* a quarter without its year: `from` its last month */
    CHY_PIECE_WEEKDAY, /* a day of a month with its weekday: `from` month * 32 + day, `to` weekday */
    CHY_PIECE_DATELINE,/* the day in the dateline: `from` month * 32 + day; `to` weekday of the first sentences or -1 */
    CHY_PIECE_SPAN,    /* the days from..to in months, evidence from both sides */
} chy_time_shape;

typedef enum chy_time_year { CHY_YEAR_NAMED, CHY_YEAR_IN, CHY_YEAR_AHEAD, CHY_YEAR_DECADE, CHY_YEAR_MEET } chy_time_year;

typedef struct chy_time_piece {
    uint8_t kind;        /* chy_time_shape */
    bool more;           /* another reading of the piece before it: the better of the two counts */
    int32_t from, to;    /* months since January of year 0 for shapes; otherwise as said above */
    chy_slice what;      /* the words */
} chy_time_piece;

typedef struct chy_time_pieces {
    chy_time_piece v[CHY_MAX_PIECES];
    uint32_t n;
} chy_time_pieces;

static inline void chy_time_add(chy_time_pieces *p, chy_time_piece piece)
{
    if (p->n < CHY_MAX_PIECES) p->v[p->n++] = piece;
}

static inline int32_t chy_month_of(chy_day day)
{
    int y;
    unsigned m, d;
    chy_day_civil(day, &y, &m, &d);
    return y * 12 + (int32_t)m - 1;
}

/* Pieces from the people named, with their offices or without. */
void chy_time_people(const chy_time_model *m, const chy_work *w, chy_time_pieces *out);
/* Does the name of one word at token `t` stand for a person, with nothing else of a name beside it but a title? */
bool chy_time_alone(const chy_dispatch *d, uint32_t first, uint32_t end, uint32_t t);
/* Pieces from dated things, events, words and prices, from the letters, and from the expressions and the dateline. */
void chy_time_eras(const chy_time_model *m, const chy_work *w, const chy_time_exprs *x, chy_time_pieces *out);

/* The shortest run of months that holds nine tenths of what the pieces leave, [*first, *last] in months since January of
 * year 0; false where they say nothing. *sure is its share in thousandths. */
bool chy_time_weigh(const chy_time_pieces *p, int32_t *first, int32_t *last, uint32_t *sure);
/* The pieces that did most for the months first..last, as "words; words"; in the arena. */
chy_slice chy_time_reasons(chy_arena *a, const chy_time_pieces *p, int32_t first, int32_t last);

#endif
