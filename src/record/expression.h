/* SPDX-License-Identifier: Apache-2.0
 *
 * expression.h - the search expression (docs/query.md), taken apart once. query.c turns it into SQL, the server (src/serve/store.h) into
 * sets of events; neither looks at its text.
 */
#ifndef CHY_RECORD_EXPRESSION_H
#define CHY_RECORD_EXPRESSION_H

#include "base/base.h"

typedef enum chy_field {
    CHY_FIELD_ACTOR, CHY_FIELD_SOURCE, CHY_FIELD_TARGET, CHY_FIELD_DYAD, CHY_FIELD_SECTOR, CHY_FIELD_TYPE, CHY_FIELD_MODE, CHY_FIELD_CONTEXT,
    CHY_FIELD_QUAD, CHY_FIELD_STATUS, CHY_FIELD_FROM, CHY_FIELD_TO, CHY_FIELD_PLACE, CHY_FIELD_VOICE, CHY_FIELD_DENIER, CHY_FIELD_PUBLISHER,
    CHY_FIELD_AGENCY, CHY_FIELD_TEXT, CHY_FIELD_INCIDENT, CHY_FIELD_DISPATCH, CHY_FIELD_EVENT, CHY_FIELD_CONTESTED
} chy_field;

/* One alternative of a term. */
typedef struct chy_value {
    chy_slice text;           /* marks taken off; of a dyad: the source */
    chy_slice other;          /* of a dyad: the target */
    bool one_way;             /* of a dyad: A>B */
    chy_day day;              /* of from: the first one meant; of to: the last */
    int64_t number;           /* of quad, incident, dispatch; of contested 1 for yes */
} chy_value;

/* One of these must hold, or none where it is negated. */
typedef struct chy_term {
    chy_field field;
    bool negated;
    const chy_value *value;
    uint32_t n;
    chy_slice text;           /* as it stands in the expression */
} chy_term;

typedef struct chy_expression {
    const chy_term *term;
    uint32_t n;
} chy_expression;

/* Everything is in the arena, which must outlive it. Errors: CHY_E_ARGUMENT, with the term in *wrong (where not NULL); CHY_E_LIMIT; CHY_E_MEMORY. */
chy_status chy_expression_parse(chy_arena *arena, chy_slice text, chy_expression *out, chy_slice *wrong, chy_error *err);

/* Three capitals: a country's code (IRN, also IGO NGO MNC ISM UNK). */
static inline bool chy_expression_code(chy_slice v)
{
    return v.n == 3 && v.p[0] >= 'A' && v.p[0] <= 'Z' && v.p[1] >= 'A' && v.p[1] <= 'Z' && v.p[2] >= 'A' && v.p[2] <= 'Z';
}

#endif
