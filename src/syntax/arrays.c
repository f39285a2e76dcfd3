/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/arrays.h"

#include <stdio.h>

enum { HEADER = 24, ENTRY = 32 };
static const uint32_t width_of[] = {0, 1, 2, 4, 4, 8, 1, 4, 2};

uint32_t chy_arrays_u32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

void chy_arrays_fail(chy_arrays *r, const char *name, const char *amiss)
{
    if (r->status == CHY_OK) r->status = chy_fail(r->err, CHY_E_DATA, r->stage, 0, "%s, %s: %s", r->what, name, amiss);
}

chy_array chy_arrays_take(chy_arrays *r, const char *name, unsigned kind)
{
    chy_array out = {0};
    if (r->status != CHY_OK) return out;
    for (uint32_t i = 0; i < r->n_arrays; i++) {
        const uint8_t *e = r->bytes + HEADER + (size_t)ENTRY * i;
        size_t len = strlen(name);
        if (len > 12 || memcmp(e, name, len) != 0 || (len < 12 && e[len] != 0)) continue;
        uint32_t rows = chy_arrays_u32(e + 16), cols = chy_arrays_u32(e + 20), offset = chy_arrays_u32(e + 24), size = chy_arrays_u32(e + 28);
        if (e[12] != kind) {
            chy_arrays_fail(r, name, "another kind of value");
        } else if (rows == 0 || cols == 0 || rows > (1u << 28) || cols > (1u << 28)) {
            chy_arrays_fail(r, name, "empty or too large");
        } else if ((uint64_t)rows * cols * width_of[kind] != size) {
            chy_arrays_fail(r, name, "dimensions and size disagree");
        } else if (e[13] > 12) {
            chy_arrays_fail(r, name, "shift over 12");
        } else {
            out = (chy_array){r->bytes + offset, rows, cols, e[13]};
        }
        return out;
    }
    chy_arrays_fail(r, name, "missing");
    return out;
}

/* The arrays lie one behind the other, each at the next multiple of 64, and end where the file ends. */
static bool laid_out(const chy_arrays *r)
{
    uint64_t at = HEADER + (uint64_t)ENTRY * r->n_arrays;
    for (uint32_t i = 0; i < r->n_arrays; i++) {
        const uint8_t *e = r->bytes + HEADER + (size_t)ENTRY * i;
        at = (at + 63) / 64 * 64;
        if (chy_arrays_u32(e + 24) != at) return false;
        at += chy_arrays_u32(e + 28);
        if (at > r->n) return false;
    }
    return at == r->n;
}

chy_array chy_arrays_expect(chy_arrays *r, const char *name, unsigned kind, uint32_t rows, uint32_t cols)
{
    chy_array a = chy_arrays_take(r, name, kind);
    if (a.p && (a.rows != rows || a.cols != cols)) {
        chy_arrays_fail(r, name, "other dimensions than expected");
        a.p = NULL;
    }
    return a;
}

chy_syn_table chy_arrays_table(chy_arrays *r, const char *name, uint32_t rows, uint32_t cols)
{
    chy_array a = chy_arrays_take(r, name, CHY_ARRAY_I8);
    if (a.p && ((rows && a.rows != rows) || a.cols != cols)) chy_arrays_fail(r, name, "other dimensions than expected");
    return (chy_syn_table){(const int8_t *)a.p, a.rows, a.cols, a.shift};
}

chy_syn_dense chy_arrays_dense(chy_arrays *r, const char *what, uint32_t outputs, uint32_t cols)
{
    char name[24];
    uint32_t rows = (outputs + 15) / 16 * 16;
    chy_syn_dense d = {.rows = rows, .cols = cols};
    if (cols % 2 != 0 || cols > CHY_SYN_MAX_WIDTH) chy_arrays_fail(r, what, "width is odd or too large");
    snprintf(name, sizeof name, "w.%s", what);
    d.w = (const int8_t *)chy_arrays_expect(r, name, CHY_ARRAY_I8, rows, cols).p;
    snprintf(name, sizeof name, "s.%s", what);
    d.scale = (const float *)(const void *)chy_arrays_expect(r, name, CHY_ARRAY_F32, rows, 1).p;
    snprintf(name, sizeof name, "b.%s", what);
    d.bias = (const float *)(const void *)chy_arrays_expect(r, name, CHY_ARRAY_F32, rows, 1).p;
    if (r->status == CHY_OK) {
        for (uint32_t i = 0; i < rows; i++)
            if (!(d.scale[i] >= -1.0f && d.scale[i] <= 1.0f && d.bias[i] >= -1e4f && d.bias[i] <= 1e4f)) {
                chy_arrays_fail(r, what, "a scale or bias is out of range");
                break;
            }
    }
    return d;
}

chy_syn_dense8 chy_arrays_dense8(chy_arrays *r, const char *what, uint32_t outputs, uint32_t in)
{
    char name[24];
    snprintf(name, sizeof name, "w.%s", what);
    chy_array w = chy_arrays_take(r, name, CHY_ARRAY_I8);
    uint32_t cols = w.cols == 2 * in ? 2 * in : in;
    snprintf(name, sizeof name, "z.%s", what);
    chy_array z = chy_arrays_take(r, name, CHY_ARRAY_I32);
    chy_syn_dense d = chy_arrays_dense(r, what, outputs, cols);
    if (r->status != CHY_OK) return (chy_syn_dense8){0};
    if (cols % 32 != 0 || z.rows != d.rows || z.cols != 1) chy_arrays_fail(r, what, "other dimensions than expected");
    unsigned over = 0;
    for (size_t i = 0; i < (size_t)d.rows * cols; i++) over |= (unsigned)(d.w[i] > 64) | (unsigned)(d.w[i] < -64);
    const int32_t *start = (const int32_t *)(const void *)z.p;
    for (uint32_t i = 0; r->status == CHY_OK && i < d.rows; i++) over |= (unsigned)(start[i] > 1 << 23) | (unsigned)(start[i] < -(1 << 23));
    if (over) chy_arrays_fail(r, what, "a weight is out of range");
    return (chy_syn_dense8){d.w, start, d.scale, d.bias, d.rows, cols};
}

chy_syn_map chy_arrays_map(chy_arrays *r, const char *what, unsigned kind, uint32_t limit)
{
    char name[16];
    chy_syn_map m = {0};
    snprintf(name, sizeof name, "k.%s", what);
    chy_array k = chy_arrays_take(r, name, CHY_ARRAY_U64);
    if (!k.p) return m;
    if (k.cols != 1 || (k.rows & (k.rows - 1)) != 0) {
        chy_arrays_fail(r, name, "not a power of two");
        return m;
    }
    snprintf(name, sizeof name, "v.%s", what);
    chy_array v = chy_arrays_expect(r, name, kind, k.rows, 1);
    if (!v.p) return m;
    m.keys = (const uint64_t *)(const void *)k.p;
    m.mask = k.rows - 1;
    if (kind == CHY_ARRAY_U16) m.v16 = (const uint16_t *)(const void *)v.p;
    else m.v32 = (const uint32_t *)(const void *)v.p;
    uint32_t empty = 0;
    for (uint32_t i = 0; i < k.rows; i++) {
        if (m.keys[i] == 0) empty++;
        else if ((m.v16 ? m.v16[i] : m.v32[i]) >= limit) chy_arrays_fail(r, name, "a value is out of range");
    }
    if (empty == 0) chy_arrays_fail(r, name, "no free slot");
    return m;
}

chy_status chy_arrays_open(const void *bytes, size_t n, const char magic[8], uint32_t version, const char *what, chy_stage stage,
                           chy_arrays *out, chy_error *err)
{
    *out = (chy_arrays){.bytes = bytes, .n = n, .what = what, .stage = stage, .err = err};
    const uint16_t one = 1;
    uint8_t low;
    memcpy(&low, &one, 1);
    const char *amiss = NULL;
    if (low != 1) amiss = "this machine is not little-endian";
    else if (n < HEADER || memcmp(bytes, magic, 8) != 0) amiss = "not a weights file";
    else if ((uintptr_t)bytes % 8 != 0) amiss = "not aligned";
    if (amiss) return out->status = chy_fail(err, CHY_E_DATA, stage, 0, "%s: %s", what, amiss);
    uint32_t found = chy_arrays_u32(out->bytes + 8);
    if (found != version)
        return out->status = chy_fail(err, CHY_E_DATA, stage, 8, "%s: version %u, not %u", what, (unsigned)found, (unsigned)version);
    out->n_arrays = chy_arrays_u32(out->bytes + 16);
    if (chy_arrays_u32(out->bytes + 12) != n || out->n_arrays > (n - HEADER) / ENTRY)
        return out->status = chy_fail(err, CHY_E_DATA, stage, 12, "%s: the file's size is not the one it states", what);
    if (!laid_out(out))
        return out->status = chy_fail(err, CHY_E_DATA, stage, HEADER, "%s: the arrays do not fill the file in order", what);
    return CHY_OK;
}
