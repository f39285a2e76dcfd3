/* SPDX-License-Identifier: Apache-2.0
 *
 * page.h - from the bytes of a page to its dispatches.
 *
 * In: chy_input (text or HTML, any charset). Out: the page's text in UTF-8, and for each story its blocks (headline,
 * paragraphs, captions) with title, byline, agencies, dateline and publication date; furniture and repeats left out;
 * sentences and tokens still empty.
 */
#ifndef CHY_PAGE_PAGE_H
#define CHY_PAGE_PAGE_H

#include "base/work.h"

typedef struct chy_page_result {
    chy_slice text, charset;
    CHY_VEC(chy_dispatch) dispatches;
} chy_page_result;

/* Errors: CHY_E_BINARY, CHY_E_EMPTY, CHY_E_FORMAT, CHY_E_LIMIT, CHY_E_LANGUAGE, CHY_E_MEMORY.
 * `notes` gets what was skipped or repaired. Everything lives in the arena. */
chy_status chy_page_read(const chy_input *in, chy_arena *arena, chy_notes *notes, chy_page_result *out, chy_error *err);

#endif
