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
    if (st != CHY_OK) return st;
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

chy_status chy_page_read(const chy_page_model *m, const chy_input *in, chy_arena *arena, chy_notes *notes,
                         chy_page_result *out, chy_error *err)
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
        st = chy_page_plain(&p);
    }
    if (st == CHY_OK) st = chy_page_language(&p, p.text);
    if (st == CHY_OK) st = chy_page_stories(&p);
    if (st != CHY_OK) return st;
    if (!p.out.n) return chy_fail(err, CHY_E_EMPTY, CHY_STAGE_PAGE, 0, "page holds no story");
    out->text = p.text;
    out->dispatches.v = p.out.v;
    out->dispatches.n = p.out.n;
    out->dispatches.cap = p.out.cap;
    return chy_work_memory(&p.note, CHY_STAGE_PAGE);
}
