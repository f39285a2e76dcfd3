/* SPDX-License-Identifier: Apache-2.0
 *
 * claims.h - who says so, who denies it, and what status follows.
 *
 * In: everything before. Out: d->attributions, d->spans; for each event its status and d->claims, and d->denials.
 */
#ifndef CHY_CLAIMS_CLAIMS_H
#define CHY_CLAIMS_CLAIMS_H

#include "base/work.h"
#include "data/file.h"

typedef struct chy_claims_model chy_claims_model;

/* Errors: CHY_E_DATA, CHY_E_MEMORY. */
chy_status chy_claims_open(const chy_file *file, chy_arena *arena, const chy_claims_model **out, chy_error *err);
/* Errors: CHY_E_MEMORY. */
chy_status chy_claims_run(const chy_claims_model *m, chy_work *w);

#endif
