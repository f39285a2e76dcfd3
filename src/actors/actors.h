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
/* Errors: CHY_E_MEMORY. */
chy_status chy_actors_run(const chy_actors_model *m, chy_work *w);

#endif
