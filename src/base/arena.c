/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct chy_arena_chunk {
    chy_arena_chunk *next;
    size_t size, used; /* of the bytes behind the header */
};

enum { ALIGN = 16, FIRST_CHUNK = 64 << 10, KEEP = 8 << 20 };

static size_t header_size(void) { return (sizeof(chy_arena_chunk) + ALIGN - 1) / ALIGN * ALIGN; }

void chy_arena_init(chy_arena *a) { *a = (chy_arena){0}; }

void *chy_arena_alloc(chy_arena *a, size_t size)
{
    if (size > SIZE_MAX / 4) {
        a->failed = true;
        return NULL;
    }
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (size == 0) size = ALIGN;
    chy_arena_chunk *c = a->head;
    if (!c || c->size - c->used < size) {
        size_t want = c ? c->size * 2 : FIRST_CHUNK;
        if (want > (size_t)KEEP) want = KEEP;
        if (want < size) want = size;
        c = malloc(header_size() + want);
        if (!c) {
            a->failed = true;
            return NULL;
        }
        c->size = want;
        c->used = 0;
        c->next = a->head;
        a->head = c;
    }
    void *p = (char *)c + header_size() + c->used;
    c->used += size;
    a->used += size;
    return p;
}

void *chy_arena_calloc(chy_arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 4 / size) {
        a->failed = true;
        return NULL;
    }
    void *p = chy_arena_alloc(a, n * size);
    if (p) memset(p, 0, n * size);
    return p;
}

chy_slice chy_arena_copy(chy_arena *a, chy_slice s)
{
    char *p = chy_arena_alloc(a, s.n + 1);
    if (!p) return (chy_slice){NULL, 0};
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return (chy_slice){p, s.n};
}

chy_slice chy_arena_printf(chy_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) return (chy_slice){NULL, 0};
    char *p = chy_arena_alloc(a, (size_t)n + 1);
    if (!p) return (chy_slice){NULL, 0};
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (chy_slice){p, (size_t)n};
}

void chy_arena_reset(chy_arena *a)
{
    chy_arena_chunk *keep = NULL;
    for (chy_arena_chunk *c = a->head, *next; c; c = next) {
        next = c->next;
        if (c->size <= (size_t)KEEP && (!keep || c->size > keep->size)) {
            free(keep);
            keep = c;
        } else {
            free(c);
        }
    }
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
    *a = (chy_arena){.head = keep};
}

void chy_arena_free(chy_arena *a)
{
    for (chy_arena_chunk *c = a->head, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    *a = (chy_arena){0};
}

bool chy_vec_grow(chy_arena *a, void **v, uint32_t *cap, size_t size)
{
    uint32_t want = *cap ? *cap * 2 : 8;
    if (want < *cap || (size && want > SIZE_MAX / 4 / size)) {
        a->failed = true;
        return false;
    }
    void *p = chy_arena_alloc(a, want * size);
    if (!p) return false;
    if (*cap) memcpy(p, *v, *cap * size);
    *v = p;
    *cap = want;
    return true;
}
