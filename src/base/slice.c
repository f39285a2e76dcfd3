/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static bool ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

chy_slice chy_slice_trim(chy_slice a)
{
    while (a.n && ascii_space(a.p[0])) a.p++, a.n--;
    while (a.n && ascii_space(a.p[a.n - 1])) a.n--;
    return a;
}

bool chy_slice_split(chy_slice *rest, char sep, chy_slice *piece)
{
    if (!rest->p) return false;
    const char *e = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    if (!e) {
        *piece = *rest;
        *rest = (chy_slice){NULL, 0};
        return true;
    }
    size_t n = (size_t)(e - rest->p);
    *piece = (chy_slice){rest->p, n};
    *rest = (chy_slice){e + 1, rest->n - n - 1};
    return true;
}

size_t chy_slice_find(chy_slice hay, chy_slice needle)
{
    if (!needle.n) return 0;
    const char *p = hay.p;
    size_t left = hay.n;
    while (left >= needle.n) {
        const char *q = memchr(p, needle.p[0], left - needle.n + 1);
        if (!q) break;
        if (memcmp(q, needle.p, needle.n) == 0) return (size_t)(q - hay.p);
        left -= (size_t)(q - p) + 1;
        p = q + 1;
    }
    return SIZE_MAX;
}

bool chy_slice_in(chy_slice a, const char *list)
{
    chy_slice rest = chy_slice_z(list), piece;
    while (chy_slice_split(&rest, '|', &piece))
        if (chy_slice_eq(piece, a)) return true;
    return false;
}

chy_status chy_fail(chy_error *err, chy_status code, chy_stage stage, uint64_t offset, const char *fmt, ...)
{
    if (!err) return code;
    err->code = code;
    err->stage = stage;
    err->offset = offset;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(err->message, sizeof err->message, fmt, ap);
    va_end(ap);
    for (char *p = err->message; *p; p++)
        if ((unsigned char)*p < 32) *p = ' ';
    return code;
}

uint64_t chy_hash(const void *p, size_t n, uint64_t seed) { return XXH3_64bits_withSeed(n ? p : "", n, seed); }

void chy_hex16(uint64_t h, char out[17])
{
    static const char digit[] = "0123456789abcdef";
    for (int i = 15; i >= 0; i--, h >>= 4) out[i] = digit[h & 15];
    out[16] = 0;
}
