/* SPDX-License-Identifier: Apache-2.0 */
#include "page/page.h"

#include "page/pager.h"

chy_status chy_page_open(const chy_file *file, chy_arena *arena, const chy_page_model **out, chy_error *err)
{
    chy_page_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    chy_status st = chy_file_table(file, "page_furniture", &m->furniture, err);
    if (st == CHY_OK) st = chy_file_table(file, "page_agencies", &m->agencies, err);
    if (st == CHY_OK) st = chy_file_table(file, "page_languages", &m->languages, err);
    if (st == CHY_OK) st = chy_file_table(file, "page_names", &m->names, err);
    if (st != CHY_OK) return st;
    m->col_name_kind = chy_table_col(&m->names, "kind");
    m->col_kind = chy_table_col(&m->furniture, "kind");
    m->col_name = chy_table_col(&m->agencies, "name");
    m->col_language = chy_table_col(&m->languages, "language");
    *out = m;
    return CHY_OK;
}

static bool blank(chy_slice s)
{
    for (size_t i = 0; i < s.n;) {
        unsigned n;
        if (!chy_is_space(chy_utf8_at(s, i, &n))) return false;
        i += n;
    }
    return true;
}

static void put(chy_pager *p, chy_range from, char *to, uint32_t *n)
{
    if (*n) to[(*n)++] = '\n', to[(*n)++] = '\n';
    memcpy(to + *n, p->text.p + from.begin, from.end - from.begin);
    *n += from.end - from.begin;
}

static chy_range moved(chy_range r, int64_t by) { return (chy_range){(uint32_t)(r.begin + by), (uint32_t)(r.end + by)}; }

/* For HTML: the page's text made of the stories' blocks, a blank line between, and all ranges moved to it. */
static bool compose(chy_pager *p)
{
    size_t size = 0;
    for (uint32_t i = 0; i < p->out.n; i++)
        for (uint32_t k = 0; k < p->out.v[i].n_blocks; k++) {
            const chy_block *b = &p->out.v[i].blocks[k];
            size += b->at.end - b->at.begin + 2;
            if (b->at.begin == p->para_end.v[i]) size += p->para_end.v[i] - p->para_begin.v[i];
        }
    char *text = chy_arena_alloc(p->a, size + 1);
    if (!text || size > UINT32_MAX) return false;
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->out.n; i++) {
        chy_dispatch *d = &p->out.v[i];
        chy_block *blocks = chy_arena_calloc(p->a, d->n_blocks, sizeof *blocks);
        if (!blocks) return false;
        memcpy(blocks, d->blocks, d->n_blocks * sizeof *blocks);
        for (uint32_t k = 0; k < d->n_blocks; k++) {
            chy_range from = blocks[k].at;
            bool opened = p->para_begin.v[i] != CHY_NONE && from.begin == p->para_end.v[i];
            if (opened) from.begin = p->para_begin.v[i];
            uint32_t at = n ? n + 2 : 0;
            put(p, from, text, &n);
            int64_t by = (int64_t)at - from.begin;
            if (opened) {
                d->dateline_at = moved(d->dateline_at, by);
                d->dateline.p = text + d->dateline_at.begin;
            }
            blocks[k].at = moved(blocks[k].at, by);
            if (k == 0) d->at.begin = at;
        }
        d->at.end = n;
        d->blocks = blocks;
    }
    p->text = (chy_slice){text, n};
    return true;
}

chy_status chy_page_read(const chy_page_model *m, const chy_input *in, unsigned flags, chy_arena *arena,
                         chy_notes *notes, chy_page_result *out, chy_error *err)
{
    chy_pager p = {.m = m, .in = in, .a = arena, .err = err, .note = {.arena = arena, .err = err, .notes = notes},
                   .meta.published = chy_interval_none()};
    *out = (chy_page_result){.kind = CHY_INPUT_TEXT};
    if (in->kind == CHY_INPUT_JSONL || in->kind == CHY_INPUT_CONLLU)
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_PAGE, 0, "JSON Lines and CoNLL-U are no pages");
    if (in->bytes.n > CHY_MAX_PAGE_BYTES)
        return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_PAGE, CHY_MAX_PAGE_BYTES, "page is larger than %d MiB", CHY_MAX_PAGE_BYTES >> 20);
    if (!in->bytes.n) return chy_fail(err, CHY_E_EMPTY, CHY_STAGE_PAGE, 0, "input is empty");
    p.html = in->kind == CHY_INPUT_HTML || (in->kind == CHY_INPUT_AUTO && chy_input_guess(in->name, in->bytes) == CHY_INPUT_HTML);
    chy_slice text;
    chy_status st = chy_page_decode(&p, in->bytes, &text, &out->charset);
    if (st != CHY_OK) return st;
    if (blank(text)) return chy_fail(err, CHY_E_EMPTY, CHY_STAGE_PAGE, 0, "input is nothing but white space");
    if (p.html) {
        out->kind = CHY_INPUT_HTML;
        st = chy_page_html(&p, text);
    } else {
        p.text = text;
        st = flags & CHY_READ_WHOLE ? chy_page_whole(&p) : chy_page_plain(&p);
    }
    if (st == CHY_OK && !p.out.n) st = chy_page_stories(&p);
    if (st != CHY_OK) return st;
    if (!p.out.n) return chy_fail(err, CHY_E_EMPTY, CHY_STAGE_PAGE, 0, "page holds no story");
    if (p.html && !compose(&p)) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    out->english = chy_page_language(&p, p.text) == CHY_OK;
    if (!out->english) chy_note_add(&p.note, CHY_STAGE_PAGE, 0, "text is in another language than English: it is taken apart, not read");
    out->text = p.text;
    out->dispatches.v = p.out.v;
    out->dispatches.n = p.out.n;
    out->dispatches.cap = p.out.cap;
    return chy_work_memory(&p.note, CHY_STAGE_PAGE);
}
