/* SPDX-License-Identifier: Apache-2.0
 *
 * places.h - where.
 *
 * In: tokens, trees, name tags, mentions. Out: d->places with coordinates; and the place of a predicate.
 */
#ifndef CHY_PLACES_PLACES_H
#define CHY_PLACES_PLACES_H

#include "base/work.h"
#include "data/file.h"

typedef struct chy_places_model chy_places_model;

/* Errors: CHY_E_DATA, CHY_E_MEMORY. */
chy_status chy_places_open(const chy_file *file, chy_arena *arena, const chy_places_model **out, chy_error *err);
/* Errors: CHY_E_MEMORY. */
chy_status chy_places_run(const chy_places_model *m, chy_work *w);

/* The place of what the predicate at `token` tells (index into d->places): of its own clause, not of the dateline;
 * CHY_NONE where the text gives none. */
uint32_t chy_places_of(const chy_work *w, uint32_t token);

#endif
