/* SPDX-License-Identifier: Apache-2.0
 *
 * actors.h - who is meant.
 *
 * In: tokens, trees, name tags, publication. Out: d->actors, d->mentions (in text order by head token),
 * d->mention_actors, d->mention_of.
 */
#ifndef CHY_ACTORS_ACTORS_H
#define CHY_ACTORS_ACTORS_H

#include "base/work.h"
#include "data/file.h"

typedef struct chy_actors_model chy_actors_model;

/* Errors: CHY_E_DATA, CHY_E_MEMORY. */
chy_status chy_actors_open(const chy_file *file, chy_arena *arena, const chy_actors_model **out, chy_error *err);
/* A model with the user's rows (docs/actors.md) before those of `m`, which stays as it is; both live in the arena. Errors:
 * CHY_E_DATA (the first fault of the text), CHY_E_LIMIT, CHY_E_MEMORY. */
chy_status chy_actors_add(const chy_actors_model *m, chy_arena *arena, chy_slice text, chy_slice name,
                          const chy_actors_model **out, chy_error *err);
/* A model that leaves the built-in tables out: who acts is what the user's tables have, with the codes that stand there. */
chy_status chy_actors_only_own(const chy_actors_model *m, chy_arena *arena, const chy_actors_model **out, chy_error *err);
/* Every finding on a user's table, in order of lines, handed to `each`. Errors: CHY_E_LIMIT, CHY_E_MEMORY. */
chy_status chy_actors_check(const chy_actors_model *m, chy_slice text, chy_slice name,
                            void (*each)(void *ctx, const chy_finding *finding), void *ctx, chy_error *err);
/* codes.c: chy_data_state_codes and chy_data_groups of chancery.h. */
bool chy_actors_codes(const chy_actors_model *m, const char *country, chy_day on, chy_state_codes *out);
uint32_t chy_actors_groups(const chy_actors_model *m, const char *country, chy_day on, chy_slice *out, uint32_t max);
/* tenures.c: chy_data_tenures, chy_data_states and chy_data_state_called. */
uint32_t chy_actors_tenures(const chy_actors_model *m, chy_slice id, chy_tenure *out, uint32_t max);
uint32_t chy_actors_states(const chy_actors_model *m, chy_state *out, uint32_t max);
bool chy_actors_state_called(const chy_actors_model *m, chy_slice name, char code[4]);
/* Errors: CHY_E_MEMORY. */
chy_status chy_actors_run(const chy_actors_model *m, chy_work *w);

#endif
