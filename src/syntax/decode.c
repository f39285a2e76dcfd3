/* SPDX-License-Identifier: Apache-2.0
 *
 * decode.c - the best tree over all arc scores, with exactly one root.
 *
 * Each word's best head is tried first; where that is no tree, or has several roots, the maximum spanning arborescence
 * is found by contraction (Chu and Liu 1965, Edmonds 1967; O(n^2) on a dense matrix as in Tarjan 1977). One root: all
 * arcs from the root are made dearer by more than any tree can differ, so that the fewest of them are used, which is one.
 */
#include "syntax/model.h"

typedef struct arc {
    uint16_t dep, head;
} arc;

typedef struct node {
    uint32_t parent; /* the node that it was contracted into, or CHY_NONE */
    arc best;        /* the words' arc that enters it */
} node;

typedef struct space {
    int64_t *score;         /* [slot][slot]: dependent, head */
    arc *orig;              /* the words' arc that a score stands for */
    uint32_t *slot_node;    /* node of a slot */
    uint32_t *slots;        /* slots in use, root excluded */
    uint32_t *best;         /* slot of the best head of a slot */
    uint32_t *mark;
    node *nodes;
} space;

enum { PENALTY_BITS = 44 };

static size_t up16(size_t n) { return (n + 15) / 16 * 16; }

size_t chy_syn_tree_size(uint32_t n)
{
    size_t m = (size_t)n + 1;
    return up16(m * m * 8) + up16(m * m * sizeof(arc)) + 4 * up16(m * 4) + up16(2 * m * sizeof(node)) + 64;
}

static space lay_out(uint32_t n, void *memory)
{
    size_t m = (size_t)n + 1;
    unsigned char *p = memory;
    space s;
    s.score = (int64_t *)(void *)p, p += up16(m * m * 8);
    s.orig = (arc *)(void *)p, p += up16(m * m * sizeof(arc));
    s.slot_node = (uint32_t *)(void *)p, p += up16(m * 4);
    s.slots = (uint32_t *)(void *)p, p += up16(m * 4);
    s.best = (uint32_t *)(void *)p, p += up16(m * 4);
    s.mark = (uint32_t *)(void *)p, p += up16(m * 4);
    s.nodes = (node *)(void *)p;
    return s;
}

/* Is every word under the root, and the root over one word? mark: [n + 1] */
static bool is_tree(const uint32_t *heads, uint32_t n, uint32_t *mark)
{
    uint32_t roots = 0;
    for (uint32_t i = 0; i <= n; i++) mark[i] = 0;
    for (uint32_t i = 1; i <= n; i++) {
        if (heads[i - 1] == 0) roots++;
        uint32_t at = i;
        while (at && !mark[at]) {
            mark[at] = i;
            at = heads[at - 1];
        }
        if (at && mark[at] == i) return false;
    }
    return roots == 1;
}

static void greedy(const int32_t *scores, size_t stride, uint32_t n, uint32_t *heads)
{
    for (uint32_t i = 0; i < n; i++) {
        const int32_t *row = scores + i * stride;
        uint32_t at = 0;
        for (uint32_t h = 1; h <= n; h++)
            if (h != i + 1 && row[h] > row[at]) at = h;
        heads[i] = at;
    }
}

static uint32_t best_head(const space *s, uint32_t n_slots, size_t m, uint32_t slot)
{
    const int64_t *row = s->score + slot * m;
    uint32_t at = 0;
    for (uint32_t k = 0; k < n_slots; k++) {
        uint32_t h = s->slots[k];
        if (h != slot && row[h] > row[at]) at = h;
    }
    return at;
}

/* A slot on a cycle of best heads, or 0. */
static uint32_t find_cycle(const space *s, uint32_t n_slots, uint32_t m)
{
    for (uint32_t i = 0; i < m; i++) s->mark[i] = 0;
    for (uint32_t k = 0; k < n_slots; k++) {
        uint32_t at = s->slots[k];
        while (at && !s->mark[at]) {
            s->mark[at] = k + 1;
            at = s->best[at];
        }
        if (at && s->mark[at] == k + 1) return at;
    }
    return 0;
}

/* Contract the cycle through `top` into the slot `top`, as a new node. */
static void contract(space *s, uint32_t *n_slots, size_t m, uint32_t top, uint32_t new_node)
{
    s->nodes[new_node] = (node){.parent = CHY_NONE};
    for (uint32_t i = 0; i < m; i++) s->mark[i] = 0;
    uint32_t at = top;
    do {
        s->mark[at] = 1;
        node *member = &s->nodes[s->slot_node[at]];
        member->best = s->orig[at * m + s->best[at]];
        member->parent = new_node;
        at = s->best[at];
    } while (at != top);

    /* An arc into the cycle gains its score less that of the arc it displaces; among equals the first seen wins. */
    int64_t top_base = s->score[top * m + s->best[top]];
    for (uint32_t k = 0; k <= *n_slots; k++) {
        uint32_t h = k < *n_slots ? s->slots[k] : 0;
        if (s->mark[h]) continue;
        int64_t in = s->score[top * m + h] - top_base, out = s->score[h * m + top];
        arc in_arc = s->orig[top * m + h], out_arc = s->orig[h * m + top];
        for (at = s->best[top]; at != top; at = s->best[at]) {
            int64_t v = s->score[at * m + h] - s->score[at * m + s->best[at]];
            if (v > in) in = v, in_arc = s->orig[at * m + h];
            if (h && s->score[h * m + at] > out) out = s->score[h * m + at], out_arc = s->orig[h * m + at];
        }
        /* Kept in row 0, which the root does not use, until the old scores are no longer needed. */
        s->score[0 * m + h] = in;
        s->orig[0 * m + h] = in_arc;
        if (h) {
            s->score[h * m + top] = out;
            s->orig[h * m + top] = out_arc;
        }
    }
    uint32_t kept = 0;
    for (uint32_t k = 0; k < *n_slots; k++) {
        uint32_t h = s->slots[k];
        if (!s->mark[h] || h == top) s->slots[kept++] = h;
    }
    *n_slots = kept;
    for (uint32_t k = 0; k <= kept; k++) {
        uint32_t h = k < kept ? s->slots[k] : 0;
        if (h == top) continue;
        s->score[top * m + h] = s->score[0 * m + h];
        s->orig[top * m + h] = s->orig[0 * m + h];
        if (h && s->mark[s->best[h]]) s->best[h] = top;
    }
    s->slot_node[top] = new_node;
    s->best[top] = best_head(s, kept, m, top);
}

static void spanning(const int32_t *scores, size_t stride, uint32_t n, uint32_t *heads, void *memory)
{
    space s = lay_out(n, memory);
    size_t m = (size_t)n + 1;
    uint32_t n_slots = n, n_nodes = n + 1;
    for (uint32_t d = 0; d <= n; d++) {
        for (uint32_t h = 0; h <= n; h++) {
            s.score[d * m + h] = d ? scores[(d - 1) * stride + h] : 0;
            s.orig[d * m + h] = (arc){(uint16_t)d, (uint16_t)h};
        }
        if (d) s.score[d * m] -= (int64_t)1 << PENALTY_BITS;
        s.slot_node[d] = d;
        s.nodes[d] = (node){.parent = CHY_NONE};
        if (d) s.slots[d - 1] = d;
    }
    for (uint32_t d = 1; d <= n; d++) s.best[d] = best_head(&s, n_slots, m, d);
    for (uint32_t top; (top = find_cycle(&s, n_slots, (uint32_t)m)) != 0;) contract(&s, &n_slots, m, top, n_nodes++);

    for (uint32_t k = 0; k < n_slots; k++) {
        uint32_t slot = s.slots[k];
        s.nodes[s.slot_node[slot]].best = s.orig[slot * m + s.best[slot]];
    }
    /* Undo the contractions, newest first: the arc that enters a node enters the member that holds its word. */
    for (uint32_t i = n_nodes; i-- > n + 1;) {
        arc in = s.nodes[i].best;
        uint32_t member = in.dep;
        while (s.nodes[member].parent != i) member = s.nodes[member].parent;
        s.nodes[member].best = in;
    }
    for (uint32_t d = 1; d <= n; d++) heads[d - 1] = s.nodes[d].best.head;
}

void chy_syn_tree(const int32_t *scores, size_t stride, uint32_t n, uint32_t *heads, void *memory)
{
    if (n == 0) return;
    greedy(scores, stride, n, heads);
    if (is_tree(heads, n, (uint32_t *)memory)) return;
    spanning(scores, stride, n, heads, memory);
}
