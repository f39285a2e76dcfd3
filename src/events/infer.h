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

/* Is a threat, though it tells of force: what somebody says he will do. */
bool chy_infer_threat(const chy_gram *g, const chy_match *m, bool future);

/* Fill an empty target (or, of a protest, source) from the clause. Amends m->target, m->source. */
void chy_infer_sides(const chy_gram *g, chy_match *m);

/* Complete one-sided events from those told before: a denial or refusal is directed at whoever accused, asked or
 * threatened; a later mention of an act ("the attack", "we agreed") has the other side of the nearest earlier event of
 * its kind that shares the side it has, else of the nearest later one. `bent[i]`: the target was the source itself, so
 * any event before will do. Events are in text order. False where memory is out. */
typedef CHY_VEC(chy_participant) chy_participants;
bool chy_infer_from_before(chy_arena *arena, const chy_dispatch *d, chy_event *events, const uint8_t *bent, uint32_t n,
                           chy_participants *p);

#endif
