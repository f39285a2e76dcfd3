/* SPDX-License-Identifier: Apache-2.0
 *
 * filter.h - is what a frame matched an event between political actors at all?
 */
#ifndef CHY_EVENTS_FILTER_H
#define CHY_EVENTS_FILTER_H

#include "events/match.h"

/* NULL where the match is an event between political actors, else what is amiss, in words. */
const char *chy_filter_refuse(const chy_gram *g, const chy_match *m);
/* May an event stand with the sides that it has? `p` is what its sides count in. */
bool chy_filter_stands(const chy_gram *g, const chy_event *e, const chy_participant *p);

#endif
