/* SPDX-License-Identifier: Apache-2.0
 *
 * sides.h - who could be source or target of a reading: the options, and what is known of each, as small integers for the
 * judge's trees. The script that trains them gets the features from here too (chy_judge_run writes them out on request).
 */
#ifndef CHY_EVENTS_SIDES_H
#define CHY_EVENTS_SIDES_H

#include "events/run.h"

/* Features of an option: name, and 1 where the values are codes without an order (0 to 63). */
#define CHY_OPTION_FEATURES(X)                                                                                         \
    /* of the reading */                                                                                               \
    X(type, 1) X(mutual, 0) X(pos, 1) X(passive, 0) X(fate, 1) X(pred_rel, 1) X(mentions, 0) X(n_source, 0)            \
    X(n_target, 0) X(way_source, 1) X(way_target, 1) X(to_come, 0)                                                     \
    /* how the option stands to it */                                                                                  \
    X(nobody, 0) X(as_source, 0) X(as_target, 0) X(subject, 0) X(object, 0) X(speaker, 0) X(doer, 0) X(owner, 0)       \
    X(prep, 1) X(prep_at, 1) X(rel, 1) X(head_rel, 1) X(head_pos, 1) X(joint_rel, 1) X(up, 0) X(down, 0) X(clauses, 0) \
    X(distance, 0) X(between, 0) X(back, 0) X(of_story, 0) X(same_quote, 0)                                            \
    /* the words */                                                                                                    \
    X(kind, 1) X(upos, 1) X(plural, 0) X(title, 0) X(place, 0) X(grouped, 0)                                           \
    /* the actors */                                                                                                   \
    X(actors, 0) X(actor_kind, 1) X(political, 0) X(power, 0) X(force, 0) X(armed, 0) X(common, 0) X(press, 0)         \
    X(party, 0) X(court, 0) X(business, 0) X(known, 0) X(body, 0) X(former, 0) X(basis, 1)                             \
    /* the story */                                                                                                    \
    X(rank, 0) X(share, 0) X(acted, 0) X(suffered, 0) X(home_source, 0) X(home_target, 0) X(first, 0)

enum {
#define CHY_OPTION_ENUM(name, category) CHY_O_##name,
    CHY_OPTION_FEATURES(CHY_OPTION_ENUM)
#undef CHY_OPTION_ENUM
    CHY_N_OPTION_FEATURES
};

enum { CHY_MAX_OPTIONS = 24 };

typedef struct chy_option {
    chy_side who;
    uint32_t head;   /* the word that it was found by, or CHY_NONE */
    const char *way; /* how it was found, in words */
    int16_t x[CHY_N_OPTION_FEATURES];
} chy_option;

typedef struct chy_options {
    chy_option v[CHY_MAX_OPTIONS]; /* the first is: nobody */
    uint32_t n;
} chy_options;

/* What is counted once a dispatch. */
typedef struct chy_story {
    uint16_t *actor;     /* mentions, by actor */
    uint16_t *country;   /* mentions, by code of a country (26 * 26 * 26) */
    uint8_t *acted, *suffered; /* events of the frames with a source or target of the country */
    uint16_t most;
    uint32_t top[3];     /* the mentions of the actors in politics that are told of most, or CHY_NONE */
    uint32_t n_top;
} chy_story;

/* A reading of a predicate with the sides that the frames give it. */
typedef struct chy_reading {
    chy_match m;
    uint32_t type;
    bool future;
    chy_fate fate;
    const chy_event *own; /* the event that a frame made, or NULL */
} chy_reading;

/* False where memory is out. */
bool chy_story_open(chy_story *s, const chy_event_run *r);
void chy_sides_options(const chy_event_run *r, const chy_story *s, const chy_reading *x, chy_options *out);
/* The first mention whose head stands at or behind a token. */
uint32_t chy_sides_mention_from(const chy_dispatch *d, uint32_t token);
/* The number that features have for a way of finding somebody; 0: none. */
int chy_sides_way(const char *how);
/* Groups of sectors, as features of events have them. */
unsigned chy_sides_group(uint32_t sectors);

#endif
