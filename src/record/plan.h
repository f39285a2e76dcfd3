/* SPDX-License-Identifier: Apache-2.0
 *
 * plan.h - where to begin looking for the events of an expression.
 *
 * The condition on events (query.c) decides what is shown; a plan only says which events to try, and must leave none out. Where an index
 * holds them in the order of days, looking stops at the limit.
 */
#ifndef CHY_RECORD_PLAN_H
#define CHY_RECORD_PLAN_H

#include "record/expression.h"
#include "record/record.h"

enum { CHY_PLAN_ARMS = 40 };

/* A stretch of an index: `table q` or `table e`, and what holds of it. */
typedef struct chy_plan_arm {
    char *from, *where;
    char *set;                 /* stories that the events are of: the statement, to be counted; else NULL */
    const char *day, *event; /* the columns */
} chy_plan_arm;

typedef struct chy_plan {
    chy_plan_arm arm[CHY_PLAN_ARMS];
    uint32_t n;
    bool ordered;        /* each arm comes in the order of day and event */
    int64_t rows;        /* of all arms, counted up to CHY_PLAN_MANY */
    bool few;            /* so few, in so large a record, that sorting them is less work than reading all events by their days up to the limit */
    bool probe_text;     /* the words searched for are in so many stories that a story is better looked at when it comes up */
} chy_plan;

enum { CHY_PLAN_MANY = 20000 };

/* `present`: only rows that are not withdrawn are asked for; limit 0: all. Strings are in the arena. An SQLite code. */
int chy_plan_make(chy_record *r, chy_arena *arena, const chy_expression *x, bool present, uint64_t limit, chy_plan *out);

#endif
