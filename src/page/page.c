/* SPDX-License-Identifier: Apache-2.0 */
#include "page/page.h"

chy_status chy_page_read(const chy_input *in, chy_arena *arena, chy_notes *notes, chy_page_result *out, chy_error *err)
{
    (void)notes, (void)err;
    *out = (chy_page_result){.text = in->bytes, .charset = CHY_LIT("UTF-8")};
    chy_block *b = chy_arena_calloc(arena, 1, sizeof *b);
    *b = (chy_block){.at = {0, (uint32_t)in->bytes.n}, .kind = CHY_BLOCK_PARAGRAPH};
    chy_dispatch d = {.at = b->at, .blocks = b, .n_blocks = 1, .published = chy_interval_none()};
    if (in->n_published) d.published = in->published[0], d.published_basis = CHY_BASIS_GIVEN;
    CHY_PUSH(arena, &out->dispatches, d);
    return CHY_OK;
}
