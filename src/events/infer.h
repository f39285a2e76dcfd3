/* SPDX-License-Identifier: Apache-2.0
 *
 * infer.h - participants that the predicate's own grammar does not give: named in what it is about, in the clause
 * around it, or in the act that it answers.
 */
#ifndef CHY_EVENTS_INFER_H
#define CHY_EVENTS_INFER_H

#include "events/match.h"

/* A state, an organisation, somebody in office, a force, a party, a movement; not a private person or firm. */
bool chy_actor_political(const chy_actor *a);

/* Fill an empty target (or, of a protest, source) from the clause. Amends m->target, m->source. */
void chy_infer_sides(const chy_gram *g, chy_match *m);

/* Who a denial or refusal answers: the index of the last event before `at` (at most a few sentences back) that accuses,
 * asks or threatens one of its sources; CHY_NONE where there is none. Events 0 … at are in text order. */
uint32_t chy_infer_answered(const chy_dispatch *d, const chy_event *events, const chy_participant *participants, uint32_t at);

#endif
