/* SPDX-License-Identifier: Apache-2.0
 *
 * run.h - a dispatch's events in the making: what the files of this stage share.
 */
#ifndef CHY_EVENTS_RUN_H
#define CHY_EVENTS_RUN_H

#include "events/events.h"
#include "events/infer.h"
#include "events/model.h"

/* A frame that failed on a predicate. */
typedef struct chy_spare {
    uint32_t pred;
    const chy_frame *frame; /* NULL: none, the type is the reader's */
    uint8_t type, fate;
} chy_spare;

/* By event: its frame, and how its sides were come by, in words; NULL where nobody is there. */
typedef struct chy_ways {
    const chy_frame *frame;
    const char *source, *target;
} chy_ways;

typedef struct chy_event_run {
    const chy_events_model *m;
    const chy_forests *judge; /* NULL: the frames alone */
    chy_work *w;
    chy_gram g;
    CHY_VEC(chy_event) events;
    chy_participants participants;
    CHY_VEC(uint8_t) turned;   /* by event before sorting: became AGREE because it is still to come */
    CHY_VEC(uint8_t) bent;     /* by event: its target was its source */
    CHY_VEC(chy_ways) ways;    /* by event */
    CHY_VEC(chy_spare) spares; /* for the judge, in text order of verbs, then of the rest */
    CHY_VEC(chy_trace) traces;
    uint8_t *taken;       /* tokens whose own frames must not fire: nouns carried by a light verb that has fired */
    uint8_t *told;        /* tokens that a literal frame has coded, and what stands below them */
    uint32_t *within;     /* by event, once sorted */
    uint32_t *content_of; /* by token: the event (index before sorting) whose content it heads, or CHY_NONE */
    uint32_t *content_at; /* by token: the predicate whose content it heads, or CHY_NONE */
} chy_event_run;

/* The event that a match is: all but its participants, `id` and `revision`. `type`: what it is coded as. */
chy_event chy_events_make(const chy_event_run *r, const chy_match *m, uint32_t type);
/* What a match is coded as: what is to come is agreed to or threatened, not done. */
uint32_t chy_events_type(const chy_event_run *r, const chy_match *m, bool future);
bool chy_events_future(const chy_event_run *r, uint32_t pred);
int chy_events_by_trigger(const void *a, const void *b);

#endif
