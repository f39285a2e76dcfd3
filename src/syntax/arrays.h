/* SPDX-License-Identifier: Apache-2.0
 *
 * arrays.h - the container of weights: named arrays in one section of the data file, checked and pointed into.
 *
 *   magic (8 bytes), u32 version, u32 size of the file, u32 number of arrays, u32 0
 *   an entry an array: name (12 bytes, NUL padded), u8 kind, u8 shift, u16 0, u32 rows, u32 columns, u32 offset, u32 bytes
 *   the arrays, each at a multiple of 64
 *
 * All little-endian. The first thing amiss is kept in `status` (and *err); after it every call gives nothing.
 */
#ifndef CHY_SYNTAX_ARRAYS_H
#define CHY_SYNTAX_ARRAYS_H

#include "syntax/model.h"

enum { CHY_ARRAY_I8 = 1, CHY_ARRAY_I16, CHY_ARRAY_I32, CHY_ARRAY_F32, CHY_ARRAY_U64, CHY_ARRAY_U8, CHY_ARRAY_U32, CHY_ARRAY_U16 };

typedef struct chy_array {
    const uint8_t *p;
    uint32_t rows, cols;
    unsigned shift;
} chy_array;

typedef struct chy_arrays {
    const uint8_t *bytes;
    size_t n;
    const char *what; /* for messages: "syntax weights" */
    chy_stage stage;
    uint32_t n_arrays;
    chy_error *err;
    chy_status status;
} chy_arrays;

/* Fill *out over n bytes, 8-byte aligned. Errors: CHY_E_DATA. */
chy_status chy_arrays_open(const void *bytes, size_t n, const char magic[8], uint32_t version, const char *what, chy_stage stage,
                           chy_arrays *out, chy_error *err);
void chy_arrays_fail(chy_arrays *r, const char *name, const char *amiss);
uint32_t chy_arrays_u32(const uint8_t *p);
/* The array of that name and kind; p NULL where it is missing or damaged. */
chy_array chy_arrays_take(chy_arrays *r, const char *name, unsigned kind);
/* ... and of these dimensions. */
chy_array chy_arrays_expect(chy_arrays *r, const char *name, unsigned kind, uint32_t rows, uint32_t cols);
/* rows 0: any number. */
chy_syn_table chy_arrays_table(chy_arrays *r, const char *name, uint32_t rows, uint32_t cols);
chy_syn_dense chy_arrays_dense(chy_arrays *r, const char *what, uint32_t outputs, uint32_t cols);
/* Products with 8-bit input, of one row or of two neighbours (`in` columns or twice as many). */
chy_syn_dense8 chy_arrays_dense8(chy_arrays *r, const char *what, uint32_t outputs, uint32_t in);
/* Every value under `limit`, and at least one slot empty, so that a search ends. kind: CHY_ARRAY_U16 or _U32. */
chy_syn_map chy_arrays_map(chy_arrays *r, const char *what, unsigned kind, uint32_t limit);

#endif
