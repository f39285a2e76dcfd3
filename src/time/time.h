/* SPDX-License-Identifier: Apache-2.0
 *
 * time.h - time expressions, their days, and the days of events.
 *
 * In: tokens, trees, the dispatch's publication (may be unknown). Out: d->timexes; where no publication was given or
 * stated, d->published inferred from the text; and on request the days that a predicate took place in.
 */
#ifndef CHY_TIME_TIME_H
#define CHY_TIME_TIME_H

#include "base/work.h"
#include "data/file.h"

typedef struct chy_time_model chy_time_model;

/* Errors: CHY_E_DATA, CHY_E_MEMORY. */
chy_status chy_time_open(const chy_file *file, chy_arena *arena, const chy_time_model **out, chy_error *err);
/* Errors: CHY_E_MEMORY. */
chy_status chy_time_run(const chy_time_model *m, chy_work *w);

/* The publication that what is told may be counted from: not one inferred no closer than a year. */
static inline chy_interval chy_time_now(const chy_dispatch *d)
{
    return chy_interval_known(d->published) && (int64_t)d->published.end - d->published.begin <= 366 ? d->published : chy_interval_none();
}

typedef struct chy_when {
    chy_interval days;   /* CHY_NO_DAY where unknown */
    uint32_t timex;      /* the expression they rest on, or CHY_NONE */
    uint32_t basis;      /* chy_basis: TEXT, PUBLISHED, CONTEXT, NONE */
    bool future;         /* grammar or expression put it after the publication */
} chy_when;

/* When what the predicate at `token` tells took place, or is to: by the expression that belongs to it in the tree,
 * the clause round it, its tense and aspect, the sentence and the narrative before it. */
chy_when chy_time_of(const chy_work *w, uint32_t token);

#endif
