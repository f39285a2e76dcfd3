/* SPDX-License-Identifier: Apache-2.0
 *
 * overlay.c - rows laid over a table at run time: looked up first, numbered behind the rows below.
 */
#include "data/file.h"

enum { MAX_SLOTS = 1 << 20, MAX_POOL = 1 << 29 };

typedef struct builder {
    chy_arena *arena;
    chy_slot *slots;
    uint32_t n_slots, used;
    CHY_VEC(char) pool;
    bool failed;
} builder;

static bool word_byte(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z');
}

/* A proper prefix ends before byte i: where a word ends, as tools/compile_data.c has it. */
static bool prefix_ends(chy_slice k, size_t i)
{
    return !(word_byte(k.p[i - 1]) && word_byte(k.p[i])) && k.p[i - 1] != ' ';
}

static uint32_t pool_put(builder *b, chy_slice s)
{
    uint32_t at = b->pool.n;
    if (b->pool.n + s.n + 1 > MAX_POOL) b->failed = true;
    while (!b->failed && b->pool.n + s.n + 1 > b->pool.cap)
        if (!chy_vec_grow(b->arena, (void **)&b->pool.v, &b->pool.cap, 1)) b->failed = true;
    if (b->failed) return 0;
    if (s.n) memcpy(b->pool.v + at, s.p, s.n);
    b->pool.v[at + s.n] = 0;
    b->pool.n += (uint32_t)s.n + 1;
    return at;
}

static chy_slot *slot_of(builder *b, chy_slice key)
{
    uint64_t h = chy_hash(key.p, key.n, 0);
    uint32_t mask = b->n_slots - 1, i = (uint32_t)h & mask;
    for (; b->slots[i].key; i = (i + 1) & mask) {
        const chy_slot *s = &b->slots[i];
        const char *p = b->pool.v + s->key;
        if (s->hash == (uint32_t)(h >> 32) && strlen(p) == key.n && memcmp(p, key.p, key.n) == 0) return &b->slots[i];
    }
    b->slots[i].hash = (uint32_t)(h >> 32);
    b->slots[i].key = pool_put(b, key);
    b->used++;
    return &b->slots[i];
}

/* Keys and their prefixes, counted before any memory is taken. */
static bool size_slots(builder *b, const chy_overlay_key *keys, uint32_t n_keys)
{
    uint64_t n = 1;
    for (uint32_t k = 0; k < n_keys; k++) {
        n++;
        for (size_t i = 1; i < keys[k].text.n; i++) n += prefix_ends(keys[k].text, i);
        if (n > MAX_SLOTS) return false;
    }
    for (b->n_slots = 16; b->n_slots < n * 2; b->n_slots *= 2) continue;
    b->slots = chy_arena_calloc(b->arena, b->n_slots, sizeof *b->slots);
    if (!b->slots) b->failed = true;
    return true;
}

/* The user's rows in order, then those that the table below has under the same key. */
static uint32_t *fill_refs(builder *b, const chy_table *base, const chy_overlay_key *keys, uint32_t n_keys, uint32_t *n_refs)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < b->n_slots; i++) {
        chy_slot *s = &b->slots[i];
        if (!(s->flags & CHY_SLOT_KEY)) continue;
        chy_rows below = {0};
        chy_table_find(base, chy_slice_z(b->pool.v + s->key), &below, NULL);
        s->first = (uint32_t)n;
        n += s->n + below.n;
        s->n = 0;
    }
    uint32_t *refs = n < (1u << 30) ? chy_arena_calloc(b->arena, n, sizeof *refs) : NULL;
    if (!refs) return NULL;
    for (uint32_t k = 0; k < n_keys; k++) {
        chy_slot *s = slot_of(b, keys[k].text);
        uint32_t row = base->n_rows + keys[k].row;
        if (!s->n || refs[s->first + s->n - 1] != row) refs[s->first + s->n++] = row;
    }
    for (uint32_t i = 0; i < b->n_slots; i++) {
        chy_slot *s = &b->slots[i];
        if (!(s->flags & CHY_SLOT_KEY)) continue;
        chy_rows below = {0};
        chy_table_find(base, chy_slice_z(b->pool.v + s->key), &below, NULL);
        for (uint32_t j = 0; j < below.n; j++) refs[s->first + s->n++] = below.row[j];
    }
    *n_refs = (uint32_t)n;
    return refs;
}

chy_status chy_table_lay(const chy_table *base, chy_arena *arena, const chy_slice *cells, uint32_t n_rows,
                         const chy_overlay_key *keys, uint32_t n_keys, chy_table *out, chy_error *err)
{
    builder b = {.arena = arena};
    if (!size_slots(&b, keys, n_keys))
        return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_DATA, 0, "more than %d keys and beginnings of keys", MAX_SLOTS);
    pool_put(&b, (chy_slice){"", 0});
    uint32_t *at = chy_arena_calloc(arena, (size_t)n_rows * base->n_cols + 1, sizeof *at);
    for (uint32_t i = 0; at && !b.failed && i < n_rows * base->n_cols; i++)
        if (cells[i].n) at[i] = pool_put(&b, cells[i]);
    for (uint32_t k = 0; !b.failed && k < n_keys; k++) {
        chy_slice key = keys[k].text;
        chy_slot *s = slot_of(&b, key);
        s->flags |= CHY_SLOT_KEY;
        s->n++;
        for (size_t i = 1; !b.failed && i < key.n; i++)
            if (prefix_ends(key, i)) slot_of(&b, (chy_slice){key.p, i})->flags |= CHY_SLOT_PREFIX;
    }
    uint32_t n_refs = 0, *refs = at && !b.failed ? fill_refs(&b, base, keys, n_keys, &n_refs) : NULL;
    if (!refs) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_DATA, 0, "out of memory");
    *out = (chy_table){.n_rows = n_rows, .n_cols = base->n_cols, .n_slots = b.n_slots, .n_refs = n_refs,
                       .pool_size = b.pool.n, .columns = base->columns, .cells = at, .refs = refs, .slots = b.slots,
                       .pool = b.pool.v, .under = base};
    return CHY_OK;
}
