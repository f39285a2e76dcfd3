/* SPDX-License-Identifier: Apache-2.0
 *
 * model.h - the weights of the syntax stage as they lie in the data file, and what the folder's files share.
 *
 * The section "syntax" (models/syntax.bin, written by tools/train/export.py) is little-endian:
 *
 *   "CHYSYNTX", u32 version, u32 size of the file, u32 number of arrays, u32 0
 *   an entry an array: name (12 bytes, NUL padded), u8 kind, u8 shift, u16 0, u32 rows, u32 columns, u32 offset, u32 bytes
 *   the arrays, each at a multiple of 64
 *
 * Nothing is copied: chy_syntax_model points into the section. Dimensions are written beside every array.
 * Fixed point: "Q12" is a 16-bit value times 2^-12 (activations, +-7.9), "Q10" times 2^-10 (arcs, +-3.99); where a layer or the heads take
 * activations up they have 8 bits, 32 to the unit, within +-3.97.
 */
#ifndef CHY_SYNTAX_MODEL_H
#define CHY_SYNTAX_MODEL_H

#include "base/base.h"

enum {
    CHY_SYN_VERSION = 3,
    CHY_SYN_MAX_LAYERS = 4,
    CHY_SYN_MAX_WIDTH = 512,    /* columns of a product: 512 * 127 * 32767 fits 32 bits */
    CHY_SYN_MAX_TAGS = 512,
    CHY_SYN_MAX_RELS = 128,
    CHY_SYN_SUFFIXES = 4,
    CHY_SYN_MAX_FOLDED = 60,
    CHY_SYN_MAX_PIECES = 6,
    CHY_SYN_DIST = 32,
    CHY_READER_VERSION = 1,
    CHY_READER_STATE = 64       /* numbers kept of a word's states; a multiple of 32 */
};

/* q[rows][cols] stands for q / 2^shift. */
typedef struct chy_syn_table {
    const int8_t *q;
    uint32_t rows, cols;
    unsigned shift;
} chy_syn_table;

/* Rows of 16 outputs each: w[rows / 16][cols / 2][16][2]; output = sum * scale[row] + bias[row]. */
typedef struct chy_syn_dense {
    const int8_t *w;
    const float *scale, *bias; /* [rows] */
    uint32_t rows, cols;       /* rows a multiple of 16, cols of 2 */
} chy_syn_dense;

/* Rows of 16 outputs each, four columns together: w[rows / 16][cols / 4][16][4], every weight within +-64. The input is 8 bits, 128
 * standing for nought; start[row] takes the 128s off. output = (start + sum) * scale[row] + bias[row]. */
typedef struct chy_syn_dense8 {
    const int8_t *w;
    const int32_t *start;      /* [rows] */
    const float *scale, *bias; /* [rows] */
    uint32_t rows, cols;       /* rows a multiple of 16, cols of 32 */
} chy_syn_dense8;

/* Open addressing by 64-bit hash, linear probing; key 0 is an empty slot. */
typedef struct chy_syn_map {
    const uint64_t *keys;
    const uint16_t *v16; /* one of the two */
    const uint32_t *v32;
    uint32_t mask;
} chy_syn_map;

typedef struct chy_syntax_model {
    uint32_t n_form, n_affix, n_static;                       /* widths of the three parts of the input */
    uint32_t input, hidden, layers, arc, lab, tag, name;      /* widths; input = n_form + n_affix + n_static */
    uint32_t n_tags, n_rels, n_names;
    chy_syn_table form, prefix, shape, gaz, suffix[CHY_SYN_SUFFIXES], pieces;
    chy_syn_map forms, piece, gazetteer;
    chy_syn_dense8 fwd[CHY_SYN_MAX_LAYERS], bwd[CHY_SYN_MAX_LAYERS]; /* rows: candidate, forget, output, `hidden` each; columns: the input once, or twice (network.c) */
    chy_syn_dense8 project;                                   /* what is kept of a word's states for later stages; rows 0: nothing */
    chy_syn_dense8 heads;                                     /* arc dependent, arc head, label dependent, label head, tag, name */
    chy_syn_dense u, rel, tags, names;
    const int16_t *root_arc, *root_lab;                       /* Q10 [arc], Q12 [lab] */
    const int32_t *dist;                                      /* Q20 [2 * CHY_SYN_DIST + 1] */
    const float *follow;                                      /* [CHY_N_NAME + 1][CHY_N_NAME]: a name tag behind another; the last row opens */
    uint8_t tag_upos[CHY_SYN_MAX_TAGS], tag_class[CHY_SYN_MAX_TAGS];
    uint16_t tag_feats[CHY_SYN_MAX_TAGS];
    uint8_t rel_id[CHY_SYN_MAX_RELS];
    uint32_t root_rel;                                        /* number of "root" among the model's relations */
    chy_syn_map suffix_rule, lemma, cased;
    const uint8_t *scripts;                                   /* [n_scripts][8]: bytes to strip, bytes to append */
    const uint8_t *lemmas;                                    /* length byte, bytes */
    uint32_t n_scripts, n_lemmas;
} chy_syntax_model;

/* Check all of the section and fill *out, which points into it. `bytes` must be 8-byte aligned.
 * Errors: CHY_E_DATA. */
chy_status chy_syn_model_open(const void *bytes, size_t n, chy_syntax_model *out, chy_error *err);

/* ------------------------------------------------------------------ words */

/* What the network sees of a word (tools/train/features.py computes the same). */
typedef struct chy_syn_word {
    uint8_t folded[CHY_SYN_MAX_FOLDED + 4];
    uint8_t n;          /* bytes of folded */
    uint8_t casing;     /* 0 no letter, 1 lower, 2 Capital, 3 single CAPITAL, 4 CAPITALS, 5 mIxed */
    uint8_t kind;       /* 0 plain, 1 digits, 2 digits and others, 3 hyphen or apostrophe */
    bool whole;         /* folded is all of the form */
} chy_syn_word;

void chy_syn_word_of(chy_slice form, chy_syn_word *out);
/* 0 ordinary, 1 Headline Case, 2 CAPITALS, 3 no capital, from the numbers of words by casing. */
unsigned chy_syn_sentence_case(const uint32_t count[6]);
struct chy_syn_kernel;
/* The input vector, Q12 [m->input]. */
void chy_syn_embed(const chy_syntax_model *m, const struct chy_syn_kernel *k, const chy_syn_word *w, bool first,
                   unsigned sentence_case, int16_t *x);

/* FNV-1a, 64 bits, finished; never 0. */
uint64_t chy_syn_hash64(const uint8_t *head, size_t n_head, const uint8_t *p, size_t n);
/* Value of a key, or CHY_NONE. */
uint32_t chy_syn_find(const chy_syn_map *map, uint64_t hash);

/* Lemma of a form under a tag; a slice of the form, of the model, or of the arena (p NULL where memory is out). */
chy_slice chy_syn_lemma(const chy_syntax_model *m, chy_arena *arena, chy_slice form, const chy_syn_word *w, unsigned tag,
                        bool first, unsigned sentence_case);

/* --------------------------------------------------------------- products */

/* All of them give the same bits. */
typedef struct chy_syn_kernel {
    /* y[t][rows] = scale * (W x[t]) + bias, for n rows of x, `stride` values apart */
    void (*dense8)(const chy_syn_dense8 *d, const uint8_t *x, size_t stride, uint32_t n, float *y);
    /* out[i] = 128 + x[i] / 128, rounded half up, within 1..255; n a multiple of 32 */
    void (*narrow)(const int16_t *x, uint32_t n, uint8_t *out);
    /* as dense8, of 16-bit inputs */
    void (*dense)(const chy_syn_dense *d, const int16_t *x, size_t stride, uint32_t n, float *y);
    /* s[t][16 * tiles] = x[t] . h for h packed as tiles of 16 rows: h[tiles][cols / 2][16][2] */
    void (*dots)(const int16_t *h, uint32_t tiles, uint32_t cols, const int16_t *x, size_t stride, uint32_t n, int32_t *s);
    /* One step of a layer for `hidden` channels: gates g[3][hidden], state c, input residual (may be NULL), output y */
    void (*step)(const float *g, uint32_t hidden, float *c, const int16_t *residual, int16_t *y);
    /* out[i] = v[i], held within low..high, times scale, rounded half up; n a multiple of 16 */
    void (*fix)(const float *v, uint32_t n, float low, float high, float scale, int16_t *out);
    /* out[i] = max(0, d[i] - h[i]), out[n + i] = max(0, h[i] - d[i]), at most 32767; n a multiple of 16 */
    void (*apart)(const int16_t *d, const int16_t *h, uint32_t n, int16_t *out);
    /* sum[i] += q[i] * 2^shift; n a multiple of 16 */
    void (*add)(const int8_t *q, uint32_t n, unsigned shift, int32_t *sum);
} chy_syn_kernel;

/* 0 portable, 1 AVX2, 2 AVX-512 VNNI; NULL where this machine (or the build) has it not. */
const chy_syn_kernel *chy_syn_kernel_at(unsigned i);
const chy_syn_kernel *chy_syn_kernel_best(void);

/* ---------------------------------------------------------------- network */

/* Sentences longer than this are parsed in pieces whose trees are joined. */
enum { CHY_SYN_MAX_PIECE = 384 };

/* Working memory for pieces of up to `cap` words; from the arena. */
typedef struct chy_syn_scratch {
    uint32_t cap;
    chy_syn_word *words; /* [cap] */
    int16_t *a, *b;      /* activations [cap][max width] */
    uint8_t *narrow;     /* the same in 8 bits, a spare row on either side */
    float *buf;          /* a block of products */
    int16_t *ad, *ah, *ld, *lh, *tag, *name;
    int16_t *tiles;      /* arc heads with the root, packed */
    int16_t *hidden;     /* label inputs */
    int32_t *arcs;       /* [cap][cap + 16] head scores; column 0 is the root */
    uint32_t *heads;     /* 0 root, else 1-based */
    uint16_t *tags;
    uint8_t *names, *rels, *back;
    float *chain;        /* name scores [cap][CHY_N_NAME]; back: which tag each came from */
    float *state;
    uint8_t *kept;       /* where to leave the piece's states (chy_work.states), or NULL */
    bool whole;          /* leave them whole, not projected */
    void *tree;          /* decode's */
} chy_syn_scratch;

bool chy_syn_scratch_new(const chy_syntax_model *m, chy_arena *arena, uint32_t cap, chy_syn_scratch *out);
size_t chy_syn_arc_stride(uint32_t n);

/* x: inputs of n <= cap words in s->a ([n][m->input]); fills s->tags, names, heads, rels. */
void chy_syn_network(const chy_syntax_model *m, const chy_syn_kernel *k, chy_syn_scratch *s, uint32_t n);

/* The best tree with exactly one root: scores[i * stride + h] of head h (0: the root) for word i + 1.
 * heads[i] gets 0 or the 1-based head. Memory: chy_syn_tree_size(n) bytes at `space`, 16-byte aligned. */
size_t chy_syn_tree_size(uint32_t n);
void chy_syn_tree(const int32_t *scores, size_t stride, uint32_t n, uint32_t *heads, void *space);

#endif
