/* SPDX-License-Identifier: Apache-2.0
 *
 * topic.h - is a story about politics at all? England also beats Wales at rugby.
 */
#ifndef CHY_EVENTS_TOPIC_H
#define CHY_EVENTS_TOPIC_H

#include "events/grammar.h"

/* What a dispatch is about where that is not politics ("sport", "show", "gadgets"): static string; NULL otherwise. */
const char *chy_topic_off(const chy_gram *g);

#endif
