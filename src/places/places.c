/* SPDX-License-Identifier: Apache-2.0 */
#include "places/places.h"

chy_status chy_places_open(const chy_file *file, chy_arena *arena, const chy_places_model **out, chy_error *err)
{
    (void)file, (void)arena, (void)err;
    *out = NULL;
    return CHY_OK;
}

chy_status chy_places_run(const chy_places_model *m, chy_work *w)
{
    (void)m, (void)w;
    return CHY_OK;
}

uint32_t chy_places_of(const chy_work *w, uint32_t token)
{
    (void)w, (void)token;
    return CHY_NONE;
}
