/* SPDX-License-Identifier: Apache-2.0
 *
 * network.c - from the words' input vectors to tags, names, heads and relations. docs/design/syntax.md has the formulas;
 * tools/train/model.py is the same in floating point.
 */
#include "syntax/model.h"

enum { BLOCK = 32 }; /* words whose products are held at once */

static uint32_t max2(uint32_t a, uint32_t b) { return a > b ? a : b; }

static uint32_t width(const chy_syntax_model *m) { return max2(m->input, 2 * m->hidden); }

size_t chy_syn_arc_stride(uint32_t n) { return ((size_t)n + 1 + 15) / 16 * 16; }

bool chy_syn_scratch_new(const chy_syntax_model *m, chy_arena *arena, uint32_t cap, chy_syn_scratch *s)
{
    size_t n = cap ? cap : 1;
    *s = (chy_syn_scratch){.cap = cap};
    uint32_t rows = max2(max2(m->heads.rows, 3 * m->hidden), max2(max2(m->tags.rows, m->rel.rows), max2(m->u.rows, m->project.rows)));
    s->words = chy_arena_calloc(arena, n, sizeof *s->words);
    s->a = chy_arena_calloc(arena, n * width(m), 2);
    s->b = chy_arena_calloc(arena, n * width(m), 2);
    s->narrow = chy_arena_calloc(arena, (n + 2) * width(m), 1);
    s->buf = chy_arena_calloc(arena, (size_t)BLOCK * rows, 4);
    s->ad = chy_arena_calloc(arena, n * m->arc, 2);
    s->ah = chy_arena_calloc(arena, n * m->arc, 2);
    s->ld = chy_arena_calloc(arena, n * m->lab, 2);
    s->lh = chy_arena_calloc(arena, n * m->lab, 2);
    s->tag = chy_arena_calloc(arena, n * m->tag, 2);
    s->name = chy_arena_calloc(arena, n * m->name, 2);
    s->tiles = chy_arena_calloc(arena, chy_syn_arc_stride(cap) * m->arc, 2);
    s->hidden = chy_arena_calloc(arena, (size_t)BLOCK * 2 * m->lab, 2);
    s->arcs = chy_arena_calloc(arena, n * chy_syn_arc_stride(cap), 4);
    s->heads = chy_arena_calloc(arena, n, 4);
    s->tags = chy_arena_calloc(arena, n, 2);
    s->names = chy_arena_calloc(arena, n, 1);
    s->chain = chy_arena_calloc(arena, n * CHY_N_NAME, 4);
    s->back = chy_arena_calloc(arena, n * CHY_N_NAME, 1);
    s->rels = chy_arena_calloc(arena, n, 1);
    s->state = chy_arena_calloc(arena, m->hidden, 4);
    s->tree = chy_arena_alloc(arena, chy_syn_tree_size(cap));
    return !arena->failed;
}

/* ---------------------------------------------------------------- encoder */

/* The 8-bit copy of n rows, a row of noughts on either side. */
static const uint8_t *narrowed(const chy_syn_kernel *k, chy_syn_scratch *s, const int16_t *in, uint32_t w, uint32_t n)
{
    uint8_t *q = s->narrow + w;
    memset(q - w, 128, w);
    k->narrow(in, n * w, q);
    memset(q + (size_t)n * w, 128, w);
    return q;
}

/* One direction of a layer: in [n][in_width], q its 8-bit copy, to out [n][2 * hidden], channels from `at`. Where its products are two
 * words wide, each word is seen with the one that the direction comes from: two neighbouring rows of q are one row of twice the width. */
static void direction(const chy_syntax_model *m, const chy_syn_kernel *k, chy_syn_scratch *s, const chy_syn_dense8 *d, bool back,
                      const int16_t *in, const uint8_t *q, uint32_t in_width, bool residual, int16_t *out, uint32_t n)
{
    uint32_t h = m->hidden, at = back ? h : 0, blocks = (n + BLOCK - 1) / BLOCK;
    if (d->cols == 2 * in_width && !back) q -= in_width;
    memset(s->state, 0, h * sizeof *s->state);
    for (uint32_t b = 0; b < blocks; b++) {
        uint32_t begin = (back ? blocks - 1 - b : b) * BLOCK, count = n - begin < BLOCK ? n - begin : BLOCK;
        k->dense8(d, q + (size_t)begin * in_width, in_width, count, s->buf);
        for (uint32_t j = 0; j < count; j++) {
            uint32_t t = back ? count - 1 - j : j;
            const int16_t *r = residual ? in + (size_t)(begin + t) * in_width + at : NULL;
            k->step(s->buf + (size_t)t * d->rows, h, s->state, r, out + (size_t)(begin + t) * 2 * h + at);
        }
    }
}

/* ------------------------------------------------------------------ heads */

static uint32_t best(const float *v, uint32_t n)
{
    uint32_t at = 0;
    for (uint32_t i = 1; i < n; i++)
        if (v[i] > v[at]) at = i;
    return at;
}

/* The last layer's states in 8 bits, projected unless they are wanted whole, to s->kept. */
static void keep(const chy_syntax_model *m, const chy_syn_kernel *k, chy_syn_scratch *s, const uint8_t *q, uint32_t n)
{
    uint32_t in = 2 * m->hidden, out = m->project.rows;
    if (s->whole) memcpy(s->kept, q, (size_t)n * in);
    for (uint32_t begin = 0; begin < n && !s->whole; begin += BLOCK) {
        uint32_t count = n - begin < BLOCK ? n - begin : BLOCK;
        k->dense8(&m->project, q + (size_t)begin * in, in, count, s->buf);
        k->fix(s->buf, count * out, -7.9f, 7.9f, 4096.0f, s->hidden);
        k->narrow(s->hidden, count * out, s->kept + (size_t)begin * out);
    }
}

static void parts(const chy_syntax_model *m, const chy_syn_kernel *k, chy_syn_scratch *s, const int16_t *h, uint32_t n)
{
    const uint8_t *q = narrowed(k, s, h, 2 * m->hidden, n);
    if (s->kept) keep(m, k, s, q, n);
    for (uint32_t begin = 0; begin < n; begin += BLOCK) {
        uint32_t count = n - begin < BLOCK ? n - begin : BLOCK;
        k->dense8(&m->heads, q + (size_t)begin * 2 * m->hidden, 2 * m->hidden, count, s->buf);
        for (uint32_t j = 0; j < count; j++) {
            const float *v = s->buf + (size_t)j * m->heads.rows;
            size_t t = begin + j;
            k->fix(v, m->arc, 0.0f, 3.99f, 1024.0f, s->ad + t * m->arc), v += m->arc;
            k->fix(v, m->arc, 0.0f, 3.99f, 1024.0f, s->ah + t * m->arc), v += m->arc;
            k->fix(v, m->lab, 0.0f, 7.9f, 4096.0f, s->ld + t * m->lab), v += m->lab;
            k->fix(v, m->lab, 0.0f, 7.9f, 4096.0f, s->lh + t * m->lab), v += m->lab;
            k->fix(v, m->tag, 0.0f, 7.9f, 4096.0f, s->tag + t * m->tag), v += m->tag;
            k->fix(v, m->name, 0.0f, 7.9f, 4096.0f, s->name + t * m->name);
        }
        k->dense(&m->tags, s->tag + (size_t)begin * m->tag, m->tag, count, s->buf);
        for (uint32_t j = 0; j < count; j++) s->tags[begin + j] = (uint16_t)best(s->buf + (size_t)j * m->tags.rows, m->n_tags);
        k->dense(&m->names, s->name + (size_t)begin * m->name, m->name, count, s->buf);
        for (uint32_t j = 0; j < count; j++) memcpy(s->chain + (size_t)(begin + j) * CHY_N_NAME, s->buf + (size_t)j * m->names.rows, CHY_N_NAME * sizeof *s->chain);
        k->dense(&m->u, s->ad + (size_t)begin * m->arc, m->arc, count, s->buf);
        for (uint32_t j = 0; j < count; j++)
            k->fix(s->buf + (size_t)j * m->u.rows, m->arc, -3.99f, 3.99f, 1024.0f, s->ad + (size_t)(begin + j) * m->arc);
    }
}

/* The best chain of name tags (Viterbi), from each word's scores in s->chain; ties go to the lower tag. */
static void names(const chy_syntax_model *m, chy_syn_scratch *s, uint32_t n)
{
    const float *follow = m->follow;
    for (uint32_t i = 0; i < n; i++) {
        float *now = s->chain + (size_t)i * CHY_N_NAME, from[CHY_N_NAME];
        uint8_t *back = s->back + (size_t)i * CHY_N_NAME;
        if (i) memcpy(from, now - CHY_N_NAME, sizeof from);
        for (uint32_t t = 0; t < CHY_N_NAME; t++) {
            uint32_t at = 0;
            float top = i ? from[0] + follow[t] : follow[CHY_N_NAME * CHY_N_NAME + t];
            for (uint32_t f = 1; i && f < CHY_N_NAME; f++) {
                float v = from[f] + follow[f * CHY_N_NAME + t];
                if (v > top) top = v, at = f;
            }
            now[t] += top;
            back[t] = (uint8_t)at;
        }
    }
    uint32_t t = n ? best(s->chain + (size_t)(n - 1) * CHY_N_NAME, CHY_N_NAME) : 0;
    for (uint32_t i = n; i-- > 0;) {
        s->names[i] = (uint8_t)t;
        t = s->back[(size_t)i * CHY_N_NAME + t];
    }
}

/* Row r of the packed heads: 0 the root, else word r - 1. */
static void pack(const chy_syntax_model *m, const int16_t *row, uint32_t r, int16_t *tiles)
{
    int16_t *out = tiles + (size_t)(r / 16) * 16 * m->arc + 2 * (r % 16);
    for (uint32_t k = 0; k < m->arc; k += 2) {
        out[(size_t)k * 16] = row[k];
        out[(size_t)k * 16 + 1] = row[k + 1];
    }
}

static void arcs(const chy_syntax_model *m, const chy_syn_kernel *k, chy_syn_scratch *s, uint32_t n)
{
    size_t stride = chy_syn_arc_stride(n);
    memset(s->tiles + (stride - 16) * m->arc, 0, (size_t)16 * m->arc * sizeof *s->tiles);
    pack(m, m->root_arc, 0, s->tiles);
    for (uint32_t i = 0; i < n; i++) pack(m, s->ah + (size_t)i * m->arc, i + 1, s->tiles);
    k->dots(s->tiles, (uint32_t)(stride / 16), m->arc, s->ad, m->arc, n, s->arcs);
    for (uint32_t i = 0; i < n; i++) {
        int32_t *row = s->arcs + i * stride + 1;
        for (uint32_t j = 0; j < n; j++) {
            int32_t d = (int32_t)j - (int32_t)i;
            d = d < -CHY_SYN_DIST ? -CHY_SYN_DIST : d > CHY_SYN_DIST ? CHY_SYN_DIST : d;
            row[j] += m->dist[d + CHY_SYN_DIST];
        }
    }
}

static void relations(const chy_syntax_model *m, const chy_syn_kernel *k, chy_syn_scratch *s, uint32_t n)
{
    uint32_t w = m->lab;
    for (uint32_t begin = 0; begin < n; begin += BLOCK) {
        uint32_t count = n - begin < BLOCK ? n - begin : BLOCK;
        for (uint32_t j = 0; j < count; j++) {
            uint32_t head = s->heads[begin + j];
            const int16_t *d = s->ld + (size_t)(begin + j) * w, *h = head ? s->lh + (size_t)(head - 1) * w : m->root_lab;
            k->apart(d, h, w, s->hidden + (size_t)j * 2 * w);
        }
        k->dense(&m->rel, s->hidden, 2 * w, count, s->buf);
        for (uint32_t j = 0; j < count; j++) {
            float *v = s->buf + (size_t)j * m->rel.rows;
            if (s->heads[begin + j] == 0) {
                s->rels[begin + j] = (uint8_t)m->root_rel;
            } else {
                v[m->root_rel] = -1e30f;
                s->rels[begin + j] = (uint8_t)best(v, m->n_rels);
            }
        }
    }
}

void chy_syn_network(const chy_syntax_model *m, const chy_syn_kernel *k, chy_syn_scratch *s, uint32_t n)
{
    int16_t *in = s->a, *out = s->b;
    for (uint32_t l = 0; l < m->layers; l++) {
        uint32_t w = l ? 2 * m->hidden : m->input;
        const uint8_t *q = narrowed(k, s, in, w, n);
        direction(m, k, s, &m->fwd[l], false, in, q, w, l > 0, out, n);
        direction(m, k, s, &m->bwd[l], true, in, q, w, l > 0, out, n);
        int16_t *swap = in;
        in = out;
        out = swap;
    }
    parts(m, k, s, in, n);
    names(m, s, n);
    arcs(m, k, s, n);
    chy_syn_tree(s->arcs, chy_syn_arc_stride(n), n, s->heads, s->tree);
    relations(m, k, s, n);
}
