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
#include "data/file.h"

/* The tables page_furniture, page_agencies and page_languages. */
typedef struct chy_page_model chy_page_model;

typedef struct chy_page_result {
    chy_slice text, charset;
    chy_input_kind kind; /* TEXT or HTML: what the bytes were read as */
    bool english;        /* false: in another language; the error says which. A page can be taken apart all the same. */
    CHY_VEC(chy_dispatch) dispatches;
} chy_page_result;

/* Errors: CHY_E_DATA, CHY_E_MEMORY. Lives in the arena. */
chy_status chy_page_open(const chy_file *file, chy_arena *arena, const chy_page_model **out, chy_error *err);

/* flags: CHY_READ_*. Errors: CHY_E_BINARY, CHY_E_EMPTY, CHY_E_FORMAT, CHY_E_LIMIT, CHY_E_MEMORY.
 * `notes` gets what was skipped or repaired. Everything lives in the arena; nothing points into in->bytes. */
chy_status chy_page_read(const chy_page_model *m, const chy_input *in, unsigned flags, chy_arena *arena,
                         chy_notes *notes, chy_page_result *out, chy_error *err);

/* A record of JSON Lines as an input; its slices live in the arena. Errors: CHY_E_FORMAT, CHY_E_MEMORY. */
chy_status chy_page_record(chy_slice line, chy_arena *arena, chy_input *out, chy_error *err);

#endif
