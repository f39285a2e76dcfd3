/* SPDX-License-Identifier: Apache-2.0
 *
 * match.h - one frame against one predicate: do the conditions hold, and who fills the roles.
 */
#ifndef CHY_EVENTS_MATCH_H
#define CHY_EVENTS_MATCH_H

#include "events/grammar.h"

typedef struct chy_side {
    chy_participant v[CHY_MAX_PARTICIPANTS];
    uint32_t n;
    const char *how;   /* the way the first was come by, in words; NULL while empty */
} chy_side;

/* How a frame fared on a predicate. In the order in which the nearest miss is chosen: later is nearer. */
typedef enum chy_fate {
    CHY_FATE_READ,      /* no frame: the reader of triggers proposes it */
    CHY_FATE_EXCLUDED,  /* a word is there that must not be */
    CHY_FATE_CONDITION, /* a word is missing */
    CHY_FATE_TAKEN,     /* told by the verb that carries it */
    CHY_FATE_BELOW,     /* told by the predicate above or beside */
    CHY_FATE_NOBODY,    /* nobody in any role */
    CHY_FATE_ROLE,      /* nobody in a role that must be filled */
    CHY_FATE_REFUSED,   /* by the political filter */
    CHY_FATE_FIRED,
    CHY_N_FATE
} chy_fate;

typedef struct chy_match {
    const chy_frame *frame;
    uint32_t pred;
    chy_side source, target;
    chy_found content;      /* heads of what the predicate is about */
    bool bent;              /* the target was the source itself ("it will punish it"): a pronoun gone wrong */
    uint32_t place_token;   /* what role P leads to, or CHY_NONE */
    chy_found words;        /* words that conditions asked for and that belong to the predicate */
    uint32_t carried;       /* the noun a light verb carries, matched by the frame, or CHY_NONE */
    uint8_t fate;           /* chy_fate: what it failed by */
} chy_match;

/* Two spans that count as actors whatever they are (chy_session_relate): participants of them have the mention
 * CHY_MARKED and the actor 0 or 1. */
#define CHY_MARKED 0xfffffff0u
typedef struct chy_marks {
    uint32_t begin[2], end[2]; /* tokens */
} chy_marks;

/* True where the frame fires; else `why` (at least 120 bytes, may be NULL) says what failed. */
bool chy_match_frame(const chy_gram *g, const chy_marks *marks, const chy_frame *frame, uint32_t pred, chy_match *out,
                     char *why);
/* The roles as far as they go, whether or not the frame fires. */
void chy_match_loosely(const chy_gram *g, const chy_frame *frame, uint32_t pred, chy_match *out);
/* The actors of a phrase and of all that is coordinated with it, or of whose thing it is. */
void chy_match_collect(const chy_gram *g, uint32_t token, chy_side *side, const char *how);
/* Do the conditions alone hold? */
bool chy_match_conditions(const chy_gram *g, const chy_frame *frame, uint32_t pred, chy_match *out, char *why);

#endif
