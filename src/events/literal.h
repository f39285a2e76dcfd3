/* SPDX-License-Identifier: Apache-2.0
 *
 * literal.h - literal frames: coded by the words that stand before and behind a verb, as pattern dictionaries ask, not by
 * what the sentence means.
 */
#ifndef CHY_EVENTS_LITERAL_H
#define CHY_EVENTS_LITERAL_H

#include "events/match.h"

/* What is to be done with a match, and with a frame that did not fire (`why`; only where `trace` is not NULL). */
typedef struct chy_literal_sink {
    void (*emit)(void *ctx, const chy_match *m);
    void (*trace)(void *ctx, uint32_t pred, const chy_frame *frame, const char *why);
    void *ctx;
} chy_literal_sink;

/* Try the literal frames on every verb of the dispatch, in text order. told[t] is set for verbs that have been coded, and for
 * all below them. A mutual event has the same actors on both sides; one with an answer (032:033) is two. Errors: CHY_E_MEMORY. */
chy_status chy_literal_run(const chy_gram *g, const chy_literal_sink *sink, uint8_t *told);

#endif
