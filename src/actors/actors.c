/* SPDX-License-Identifier: Apache-2.0 */
#include "actors/actors.h"

chy_status chy_actors_open(const chy_file *file, chy_arena *arena, const chy_actors_model **out, chy_error *err)
{
    (void)file, (void)arena, (void)err;
    *out = NULL;
    return CHY_OK;
}

chy_status chy_actors_run(const chy_actors_model *m, chy_work *w)
{
    (void)m;
    uint32_t *of = chy_arena_alloc(w->arena, w->d->n_tokens * sizeof *of);
    if (!of) return chy_work_memory(w, CHY_STAGE_ACTORS);
    for (uint32_t i = 0; i < w->d->n_tokens; i++) of[i] = CHY_NONE;
    w->d->mention_of = of;
    return CHY_OK;
}
