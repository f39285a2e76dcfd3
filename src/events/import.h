/* SPDX-License-Identifier: Apache-2.0
 *
 * import.h - verb dictionaries of TABARI, PETRARCH and PETRARCH2 into frames (docs/frames.md, "Bringing your own verb dictionary").
 */
#ifndef CHY_EVENTS_IMPORT_H
#define CHY_EVENTS_IMPORT_H

#include "base/base.h"
#include "data/file.h"

/* Is the text such a dictionary, not frames of ours? */
bool chy_import_is(chy_slice text);

/* Write the dictionary as frames. `codes` is the table "event_codes". Each finding goes to `each`, errors too (then *out is empty);
 * `each` may be NULL: the first error is returned as CHY_E_DATA, with FILE:LINE. The frames live in the arena.
 * Errors: CHY_E_DATA, CHY_E_LIMIT, CHY_E_MEMORY. */
chy_status chy_import_frames(const chy_table *codes, chy_arena *arena, chy_slice text, chy_slice name,
                             void (*each)(void *ctx, const chy_finding *finding), void *ctx, chy_slice *out, chy_error *err);

#endif
