/* SPDX-License-Identifier: Apache-2.0
 *
 * events.h - who did what to whom.
 *
 * In: everything before. Out: d->events (status still CHY_REPORTED, no claims), d->participants, d->traces.
 */
#ifndef CHY_EVENTS_EVENTS_H
#define CHY_EVENTS_EVENTS_H

#include "base/work.h"
#include "data/file.h"

typedef struct chy_events_model chy_events_model;

/* Reads the sections "frames" and "classes". Errors: CHY_E_DATA (names file section and line), CHY_E_MEMORY. */
chy_status chy_events_open(const chy_file *file, chy_arena *arena, const chy_events_model **out, chy_error *err);
/* The model with a user's frames before its own; `name` is for messages. Errors: CHY_E_DATA (names line), CHY_E_MEMORY. */
chy_status chy_events_add(const chy_events_model *m, const chy_file *file, chy_arena *arena, chy_slice text, chy_slice name,
                          const chy_events_model **out, chy_error *err);
/* The model without the built-in frames: those that were added are all. Errors: CHY_E_MEMORY. */
chy_status chy_events_only_own(const chy_events_model *m, const chy_file *file, chy_arena *arena, const chy_events_model **out,
                               chy_error *err);
/* Errors: CHY_E_MEMORY. */
chy_status chy_events_run(const chy_events_model *m, chy_work *w);

/* Fill `revision` of every event from what is coded; the claims stage calls it again once the status is known. */
void chy_events_seal(chy_work *w);

/* The type between two marked actors (chy_session_relate); w's dispatch has been through the stages up to events. */
chy_status chy_events_relate(const chy_events_model *m, chy_work *w, chy_range source, chy_range target,
                             chy_relation *out);

#endif
