/* SPDX-License-Identifier: Apache-2.0 */
#include "claims/claims.h"

chy_status chy_claims_open(const chy_file *file, chy_arena *arena, const chy_claims_model **out, chy_error *err)
{
    (void)file, (void)arena, (void)err;
    *out = NULL;
    return CHY_OK;
}

chy_status chy_claims_run(const chy_claims_model *m, chy_work *w)
{
    (void)m, (void)w;
    return CHY_OK;
}
