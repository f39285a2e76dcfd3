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
#include "record/sets.h"

enum { CHY_PLAN_ARMS = 40 };

/* A stretch of an index: `table q` or `table e`, and what holds of it. */
typedef struct chy_plan_arm {
    const char *from, *where;
    const char *day, *event; /* the columns */
    int64_t rows;            /* how many there are; -1: to be counted */
} chy_plan_arm;

typedef struct chy_plan {
    chy_plan_arm arm[CHY_PLAN_ARMS];
    uint32_t n;
    bool ordered;        /* each arm comes in the order of day and event */
    int64_t rows;        /* of all arms, counted up to CHY_PLAN_MANY */
    bool of_event;       /* a column of the event tells whether its term holds; of two terms that hold of many the other one leads */
    bool few;            /* so few, in so large a record, that sorting them is less work than reading all events by their days up to the limit */
} chy_plan;

enum { CHY_PLAN_MANY = 20000 };

/* Members that a set has at most where only `limit` rows are asked for (0: all): what is in so many is met at once, and better looked at when it comes up. */
static inline int64_t chy_plan_set_most(uint64_t limit) { return limit ? 300000 : 0; }

/* Does a column of the event, or a set, tell whether a term of this field holds? Others are looked up in other tables. */
static inline bool chy_plan_of_event(chy_field f)
{
    return f == CHY_FIELD_TYPE || f == CHY_FIELD_MODE || f == CHY_FIELD_CONTEXT || f == CHY_FIELD_QUAD || f == CHY_FIELD_STATUS || f == CHY_FIELD_FROM || f == CHY_FIELD_TO || f == CHY_FIELD_PUBLISHER ||
           f == CHY_FIELD_DISPATCH || f == CHY_FIELD_EVENT;
}

/* `present`: only rows that are not withdrawn are asked for; limit 0: all. Strings are in the arena or constant; where an arm looks into a set it is one of `sets`. An SQLite code. */
int chy_plan_make(chy_sets *sets, chy_arena *arena, const chy_expression *x, bool present, uint64_t limit, chy_plan *out);

#endif
