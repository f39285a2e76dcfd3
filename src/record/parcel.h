/* SPDX-License-Identifier: Apache-2.0
 *
 * parcel.h - a parcel's rows, read one after the other (record.h says how they are laid out).
 */
#ifndef CHY_RECORD_PARCEL_H
#define CHY_RECORD_PARCEL_H

#include "record/record.h"

enum { CHY_PARCEL_CELLS = 32 };

typedef struct chy_parcel_cell {
    uint8_t tag;  /* chy_cell */
    int64_t i;    /* of a reference: the row's number */
    double r;
    chy_slice s;
} chy_parcel_cell;

typedef struct chy_parcel_reader {
    const chy_parcel *of;
    size_t at;
    uint32_t n_rows; /* read so far */
} chy_parcel_reader;

static inline bool chy_parcel_bytes(chy_parcel_reader *p, void *out, size_t n)
{
    if (n > p->of->n - p->at) return false;
    memcpy(out, p->of->p + p->at, n);
    p->at += n;
    return true;
}

static inline bool chy_parcel_cell_next(chy_parcel_reader *p, chy_parcel_cell *c)
{
    *c = (chy_parcel_cell){0};
    uint32_t n;
    if (!chy_parcel_bytes(p, &c->tag, 1)) return false;
    switch (c->tag) {
    case CHY_CELL_NULL: return true;
    case CHY_CELL_INT: return chy_parcel_bytes(p, &c->i, sizeof c->i);
    case CHY_CELL_REAL: return chy_parcel_bytes(p, &c->r, sizeof c->r);
    case CHY_CELL_REF:
        if (!chy_parcel_bytes(p, &n, sizeof n) || n >= p->n_rows) return false;
        c->i = n;
        return true;
    default:
        if (!chy_parcel_bytes(p, &n, sizeof n) || n > p->of->n - p->at) return false;
        c->s = (chy_slice){p->of->p + p->at, n};
        p->at += n;
        return true;
    }
}

/* The next row's kind and cells; false where the parcel is not in order. To be asked while `at` is before the parcel's end; n_rows is counted by
 * the caller, when the row has been dealt with. */
static inline bool chy_parcel_row(chy_parcel_reader *p, unsigned *kind, chy_parcel_cell c[CHY_PARCEL_CELLS], unsigned *n)
{
    uint8_t head[2];
    if (!chy_parcel_bytes(p, head, 2) || head[0] >= CHY_N_ROW || head[1] > CHY_PARCEL_CELLS || p->n_rows == p->of->n_rows) return false;
    for (unsigned i = 0; i < head[1]; i++)
        if (!chy_parcel_cell_next(p, &c[i])) return false;
    *kind = head[0];
    *n = head[1];
    return true;
}

#endif
