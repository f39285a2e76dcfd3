/* SPDX-License-Identifier: Apache-2.0
 *
 * size.h - how many were killed, injured, arrested, or protested: the numbers told with an event.
 */
#ifndef CHY_EVENTS_SIZE_H
#define CHY_EVENTS_SIZE_H

#include "events/grammar.h"

/* Fills the `size` of `n` events in the order of the text from their sentences. A number that is not told ("dozens") stays 0. */
void chy_size_fill(const chy_gram *g, chy_event *events, uint32_t n);

#endif
