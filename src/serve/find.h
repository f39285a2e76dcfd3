/* SPDX-License-Identifier: Apache-2.0
 *
 * find.h - one term to a set of rows; what store.c keeps of it.
 */
#ifndef CHY_SERVE_FIND_H
#define CHY_SERVE_FIND_H

#include "serve/store.h"

/* The rows where a term holds; *out is to be freed. */
chy_status chy_find_term(const chy_columns *c, chy_record *r, const chy_term *t, chy_bits *out, chy_error *err);

#endif
