/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/syntax.h"
#include "syntax/tree.h"

chy_status chy_syntax_open(const chy_file *file, chy_arena *arena, const chy_syntax_model **out, chy_error *err)
{
    (void)file, (void)arena, (void)err;
    *out = NULL;
    return CHY_OK;
}

chy_status chy_syntax_parse(const chy_syntax_model *m, chy_arena *arena, chy_token *tokens, uint32_t n, chy_error *err)
{
    (void)m, (void)arena, (void)err;
    for (uint32_t i = 0; i < n; i++) {
        tokens[i].head = i ? 0 : CHY_NONE;
        tokens[i].lemma = tokens[i].norm;
        tokens[i].deprel = i ? CHY_REL_DEP : CHY_REL_ROOT;
        tokens[i].upos = CHY_UPOS_X;
    }
    return CHY_OK;
}

chy_status chy_syntax_run(const chy_syntax_model *m, chy_work *w)
{
    for (uint32_t s = 0; s < w->d->n_sentences; s++) {
        chy_sentence *sent = (chy_sentence *)(uintptr_t)&w->d->sentences[s];
        uint32_t at = sent->first_token;
        chy_status st = chy_syntax_parse(m, w->arena, w->tokens + at, sent->n_tokens, w->err);
        if (st != CHY_OK) return st;
        for (uint32_t i = at; i < at + sent->n_tokens; i++) {
            if (w->tokens[i].head != CHY_NONE) w->tokens[i].head += at;
            else sent->root = i;
        }
    }
    return chy_tree_build(w);
}
