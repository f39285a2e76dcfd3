/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/tree.h"

chy_status chy_tree_build(chy_work *w)
{
    const chy_dispatch *d = w->d;
    uint32_t n = d->n_tokens;
    w->first_child = chy_arena_alloc(w->arena, (size_t)n * 4);
    w->next_sibling = chy_arena_alloc(w->arena, (size_t)n * 4);
    w->sub_begin = chy_arena_alloc(w->arena, (size_t)n * 4);
    w->sub_end = chy_arena_alloc(w->arena, (size_t)n * 4);
    uint32_t *degree = chy_arena_calloc(w->arena, n, 4), *queue = chy_arena_alloc(w->arena, (size_t)n * 4);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_SYNTAX);
    for (uint32_t i = 0; i < n; i++) {
        w->first_child[i] = w->next_sibling[i] = CHY_NONE;
        w->sub_begin[i] = i;
        w->sub_end[i] = i + 1;
    }
    for (uint32_t i = n; i-- > 0;) {
        uint32_t h = d->tokens[i].head;
        if (h == CHY_NONE || h >= n) continue;
        w->next_sibling[i] = w->first_child[h];
        w->first_child[h] = i;
        degree[h]++;
    }
    /* Spans from the leaves up. */
    uint32_t tail = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!degree[i]) queue[tail++] = i;
    for (uint32_t at = 0; at < tail; at++) {
        uint32_t i = queue[at], h = d->tokens[i].head;
        if (h == CHY_NONE || h >= n) continue;
        if (w->sub_begin[i] < w->sub_begin[h]) w->sub_begin[h] = w->sub_begin[i];
        if (w->sub_end[i] > w->sub_end[h]) w->sub_end[h] = w->sub_end[i];
        if (--degree[h] == 0) queue[tail++] = h;
    }
    return CHY_OK;
}

uint32_t chy_tree_child(const chy_work *w, uint32_t head, chy_deprel rel)
{
    for (CHY_EACH_CHILD(w, head, c))
        if (w->d->tokens[c].deprel == rel) return c;
    return CHY_NONE;
}

uint32_t chy_tree_child_lemma(const chy_work *w, uint32_t head, const char *lemma)
{
    for (CHY_EACH_CHILD(w, head, c))
        if (chy_slice_eqz(w->d->tokens[c].lemma, lemma)) return c;
    return CHY_NONE;
}

chy_slice chy_tree_case(const chy_work *w, uint32_t token)
{
    uint32_t c = chy_tree_child(w, token, CHY_REL_CASE);
    return c == CHY_NONE ? (chy_slice){"", 0} : w->d->tokens[c].lemma;
}

bool chy_tree_under(const chy_work *w, uint32_t token, uint32_t top)
{
    if (top == CHY_NONE) return false;
    for (uint32_t steps = 0; token != CHY_NONE && steps < 4096; steps++, token = w->d->tokens[token].head)
        if (token == top) return true;
    return false;
}

uint32_t chy_sentence_of(const chy_dispatch *d, uint32_t token)
{
    uint32_t lo = 0, hi = d->n_sentences;
    while (hi - lo > 1) {
        uint32_t mid = (lo + hi) / 2;
        if (d->sentences[mid].first_token <= token) lo = mid;
        else hi = mid;
    }
    return lo;
}
