/* SPDX-License-Identifier: Apache-2.0 */
#include "text/text.h"

#include "text/scan.h"

/* Order of the CHY_W_* bits. */
static const char *const kind_names[] = {"title", "number", "month", "measure", "open", "inner", "prefix",
                                         "unit", "bang", "aphaeresis", "smiley", "starter", "speech", "slash", "file"};

chy_status chy_text_open(const chy_file *file, chy_arena *arena, const chy_text_model **out, chy_error *err)
{
    chy_text_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_TEXT, 0, "out of memory");
    chy_status st = chy_file_table(file, "text_words", &m->words, err);
    if (st == CHY_OK) st = chy_file_table(file, "contraction", &m->contractions, err);
    if (st != CHY_OK) return st;
    m->col_form = chy_table_col(&m->words, "form");
    m->col_first = chy_table_col(&m->contractions, "first");
    m->col_before = chy_table_col(&m->contractions, "before");
    uint32_t col = chy_table_col(&m->words, "kind");
    uint32_t *kinds = chy_arena_calloc(arena, m->words.n_rows, sizeof *kinds);
    if (!kinds) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_TEXT, 0, "out of memory");
    for (uint32_t r = 0; r < m->words.n_rows; r++) {
        chy_slice k = chy_table_cell(&m->words, r, col);
        uint32_t i = 0;
        while (i < sizeof kind_names / sizeof *kind_names && !chy_slice_eqz(k, kind_names[i])) i++;
        if (i == sizeof kind_names / sizeof *kind_names)
            return chy_fail(err, CHY_E_DATA, CHY_STAGE_TEXT, r, "text_words: unknown kind in row %u", r);
        kinds[r] = 1u << i;
    }
    m->kinds = kinds;
    *out = m;
    return CHY_OK;
}

chy_status chy_text_run(const chy_text_model *m, chy_work *w)
{
    chy_dispatch *d = w->d;
    if (!d->n_blocks) return CHY_OK;
    chy_scan s = {.m = m, .w = w, .a = w->arena, .p = w->text.p, .carry = CHY_NONE};
    uint32_t lo = d->blocks[0].at.begin, hi = lo;
    for (uint32_t i = 0; i < d->n_blocks; i++) {
        if (d->blocks[i].at.begin < lo) lo = d->blocks[i].at.begin;
        if (d->blocks[i].at.end > hi) hi = d->blocks[i].at.end;
    }
    s.fold = chy_arena_alloc(w->arena, (size_t)(hi - lo) + 1);
    s.fold_base = lo;
    s.tok.cap = s.mark.cap = (hi - lo) / 5 + 16; /* a word of English and its space take more than five bytes */
    s.tok.v = chy_arena_alloc(w->arena, s.tok.cap * sizeof *s.tok.v);
    s.mark.v = chy_arena_alloc(w->arena, s.mark.cap * sizeof *s.mark.v);
    chy_block *blocks = chy_arena_calloc(w->arena, d->n_blocks, sizeof *blocks);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_TEXT);
    memcpy(blocks, d->blocks, d->n_blocks * sizeof *blocks);
    for (uint32_t i = 0; i < d->n_blocks && !w->arena->failed; i++) {
        uint32_t first = s.tok.n, sentence = s.sent.n;
        s.begin = blocks[i].at.begin;
        s.end = blocks[i].at.end;
        chy_scan_tokens(&s);
        bool goes_on = i + 1 < d->n_blocks && blocks[i].kind == CHY_BLOCK_PARAGRAPH && blocks[i + 1].kind == CHY_BLOCK_PARAGRAPH;
        if (w->arena->failed) break;
        chy_scan_quotes(&s, first, goes_on ? chy_text_of(w, blocks[i + 1].at) : (chy_slice){NULL, 0});
        chy_scan_sentences(&s, first, i);
        blocks[i].first_sentence = sentence;
        blocks[i].n_sentences = s.sent.n - sentence;
    }
    d->blocks = blocks;
    d->tokens = w->tokens = s.tok.v;
    d->n_tokens = s.tok.n;
    d->sentences = s.sent.v;
    d->n_sentences = s.sent.n;
    d->quotes = s.quote.v;
    d->n_quotes = s.quote.n;
    return chy_work_memory(w, CHY_STAGE_TEXT);
}
