/* SPDX-License-Identifier: Apache-2.0
 *
 * propose.h - events that the reader finds and no frame tells of.
 */
#ifndef CHY_EVENTS_PROPOSE_H
#define CHY_EVENTS_PROPOSE_H

#include "events/match.h"

/* Would the token head an event of this type, who would do what to whom? By the roles of the lemma's own frame of that type whose conditions hold,
 * else by those that the type usually has (data/events/reader.frames). Nothing of it is judged: any side may be empty. False where
 * the data file has no such frames. */
bool chy_propose(const chy_gram *g, uint32_t token, unsigned type, chy_match *out);

#endif
