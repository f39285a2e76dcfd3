/* SPDX-License-Identifier: Apache-2.0
 *
 * forest.h - sums of decision trees over small integers: the judge's models (section "judge", made by tools/train/judge.py).
 *
 * Everything is an integer: features, thresholds, leaves. A score is natural-log odds in fixed point, CHY_FOREST_UNIT to the
 * nat, the same on every machine.
 *
 * Layout, little-endian: magic[8] "CHYJUDG1", u32 n_forests, u32 n_steps, i32 keep, i32 add; per forest u32 n_features, n_trees,
 * n_nodes, n_masks, i32 base, u32 0, then u64 masks[n_masks], u32 roots[n_trees], nodes, zeros to 8 bytes; then steps. A node is
 * i16 feature, u16 left, u16 right, i16 value: leaves have feature -1; where feature has bit 14 set, the value names a mask of the
 * values that go left; else values up to `value` do. Children stand behind their parents. A step is i32 score, i32 thousandths: the
 * confidence from this score on.
 */
#ifndef CHY_EVENTS_FOREST_H
#define CHY_EVENTS_FOREST_H

#include "data/file.h"

enum { CHY_FOREST_UNIT = 1024 };

typedef struct chy_forest_node {
    int16_t feature;
    uint16_t left, right;
    int16_t value;
} chy_forest_node;

typedef struct chy_forest {
    uint32_t n_features, n_trees;
    int32_t base;
    const uint64_t *masks;
    const uint32_t *roots;
    const chy_forest_node *nodes;
} chy_forest;

typedef struct chy_step_of {
    int32_t score, thousandths;
} chy_step_of;

enum { CHY_N_FOREST = 4 };
typedef struct chy_forests {
    chy_forest forest[CHY_N_FOREST];
    const chy_step_of *steps;
    uint32_t n_steps;
    int32_t keep;  /* events of the frames below this confidence, in thousandths, are dropped ... */
    int32_t add;   /* ... and other readings from this one on are added */
} chy_forests;

/* Check the section and make views into it. `n_features`: of each forest. Errors: CHY_E_DATA. */
chy_status chy_forests_open(chy_slice section, const uint32_t n_features[CHY_N_FOREST], chy_forests *out, chy_error *err);
int32_t chy_forest_score(const chy_forest *f, const int16_t *x);
/* The confidence that belongs to a score of the last forest, in thousandths. */
int32_t chy_forests_confidence(const chy_forests *f, int32_t score);

#endif
