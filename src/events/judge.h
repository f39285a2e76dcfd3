/* SPDX-License-Identifier: Apache-2.0
 *
 * judge.h - the trained judge: decides among what the frames made of a dispatch and what they refused, who the sides are,
 * and how sure that is.
 *
 * In: events of the frames with their sides, one-sided ones included, in text order; the spare readings. Out: the events that are
 * kept, with `confidence`, their participants, `within`. The models are sums of trees (forest.h), trained by tools/train/judge.py.
 */
#ifndef CHY_EVENTS_JUDGE_H
#define CHY_EVENTS_JUDGE_H

#include "events/run.h"

/* Features of a reading: name, and 1 where the values are codes without an order. Those up to `screen` are known before its
 * sides are chosen. */
#define CHY_READING_FEATURES(X)                                                                                        \
    X(type, 1) X(pos, 1) X(fate, 1) X(rel, 1) X(head_pos, 1) X(passive, 0) X(to_come, 0) X(conditions, 0) X(modes, 0)  \
    X(wordless, 0) X(n_source, 0) X(n_target, 0) X(way_source, 1) X(way_target, 1) X(refusal, 1) X(stands, 0)          \
    X(block, 1) X(quoted, 0) X(sentence, 0) X(length, 0) X(mentions, 0) X(political, 0) X(subject, 0) X(object, 0)     \
    X(det, 1) X(plural, 0) X(form, 1) X(mark, 0) X(modal, 0) X(fired, 0) X(fired_near, 0) X(fired_above, 0)            \
    X(fired_type, 1) X(amount, 0) X(phrase, 0) X(story_events, 0) X(read_any, 0) X(read_type, 0) X(read_gap, 0)                                                     \
    X(screen, 0)                                                                                                       \
    X(source, 0) X(target, 0) X(source_gap, 0) X(target_gap, 0) X(source_own, 0) X(target_own, 0)                      \
    X(s_actors, 0) X(s_kind, 1) X(s_actor, 1) X(s_political, 0) X(s_group, 1) X(s_known, 0) X(s_back, 0) X(s_prep, 1)  \
    X(s_share, 0) X(s_acted, 0) X(s_up, 0) X(s_down, 0)                                                                \
    X(t_actors, 0) X(t_kind, 1) X(t_actor, 1) X(t_political, 0) X(t_group, 1) X(t_known, 0) X(t_back, 0) X(t_prep, 1)  \
    X(t_share, 0) X(t_suffered, 0) X(t_up, 0) X(t_down, 0)                                                             \
    X(home, 0) X(refusal_now, 1)

enum {
#define CHY_READING_ENUM(name, category) CHY_R_##name,
    CHY_READING_FEATURES(CHY_READING_ENUM)
#undef CHY_READING_ENUM
    CHY_N_READING_FEATURES
};

/* Write out what is known of all readings and options as traces, for training. No part of the interface. */
#define CHY_READ_JUDGE_LOG (1u << 30)

/* NULL, with success, where the file has no section "judge". Errors: CHY_E_DATA, CHY_E_MEMORY. */
chy_status chy_judge_open(const chy_file *file, chy_arena *arena, const chy_forests **out, chy_error *err);
/* False where memory is out. */
bool chy_judge_run(const chy_forests *m, chy_event_run *r);

#endif
