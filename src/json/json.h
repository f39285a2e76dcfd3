/* SPDX-License-Identifier: Apache-2.0
 *
 * json.h - results as JSON: small pieces, and the event object of the JSON Lines contract (chancery-events(5)).
 *
 * Every function gives a new reference; NULL only where memory is out. Text that is no UTF-8 becomes null.
 */
#ifndef CHY_JSON_JSON_H
#define CHY_JSON_JSON_H

#include "base/base.h"

#include <jansson.h>

json_t *chy_json_slice(chy_slice s);
json_t *chy_json_slice_or_null(chy_slice s); /* null where n is 0 */
json_t *chy_json_day(chy_day d);             /* "YYYY-MM-DD" or null */
json_t *chy_json_sectors(uint32_t bits);     /* a list of PLOVER's codes */

static inline chy_slice chy_page_cut(const chy_page *page, chy_range at) { return (chy_slice){page->text.p + at.begin, at.end - at.begin}; }

/* Event `event` of `d`. `id` is the JSON text of the dispatch's id. */
json_t *chy_json_event(const chy_page *page, const chy_dispatch *d, uint32_t event, chy_slice id, const char *data_hash);

#endif
