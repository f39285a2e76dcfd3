/* SPDX-License-Identifier: Apache-2.0 */
#include "data/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Made by the build: the data file, 64-byte aligned. */
extern const char chy_embedded_data[];
extern const char chy_embedded_data_end[];

static chy_status damaged(chy_error *err, uint64_t at, const char *path, const char *what)
{
    return chy_fail(err, CHY_E_DATA, CHY_STAGE_DATA, at, "%s: %s", path ? path : "embedded data", what);
}

static chy_status check(const chy_file *f, const char *path, chy_error *err)
{
    chy_file_header h;
    if (f->n < sizeof h) return damaged(err, 0, path, "too short to be a data file");
    memcpy(&h, f->bytes, sizeof h);
    if (memcmp(h.magic, CHY_FILE_MAGIC, 8) != 0) return damaged(err, 0, path, "not a Chancery data file");
    if (h.version != CHY_FILE_VERSION) return damaged(err, 8, path, "made for another version of Chancery");
    if (h.size != f->n) return damaged(err, 16, path, "truncated, or longer than it says");
    if (h.n_sections > 4096 || h.n_sections * sizeof(chy_file_section) > f->n - sizeof h)
        return damaged(err, 12, path, "more sections than bytes");
    const chy_file_section *s = (const chy_file_section *)(const void *)(f->bytes + sizeof h);
    for (uint32_t i = 0; i < h.n_sections; i++)
        if (s[i].offset > f->n || s[i].size > f->n - s[i].offset || s[i].offset % 64 || s[i].name[31])
            return damaged(err, sizeof h + i * sizeof *s, path, "a section lies outside the file");
    if (path && chy_hash(f->bytes + sizeof h, f->n - sizeof h, 0) != h.hash)
        return damaged(err, 24, path, "its hash does not match its content");
    return CHY_OK;
}

chy_status chy_file_open(const char *path, chy_file *out, chy_error *err)
{
    *out = (chy_file){0};
    if (!path) {
        out->bytes = chy_embedded_data;
        out->n = (size_t)(chy_embedded_data_end - chy_embedded_data);
    } else {
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0) return chy_fail(err, CHY_E_IO, CHY_STAGE_DATA, 0, "%s: %s", path, strerror(errno));
        struct stat st;
        if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
            close(fd);
            return chy_fail(err, CHY_E_IO, CHY_STAGE_DATA, 0, "%s: not a regular file", path);
        }
        out->n = (size_t)st.st_size;
        if (out->n) {
            void *p = mmap(NULL, out->n, PROT_READ, MAP_PRIVATE, fd, 0);
            if (p == MAP_FAILED) {
                close(fd);
                return chy_fail(err, CHY_E_IO, CHY_STAGE_DATA, 0, "%s: %s", path, strerror(errno));
            }
            out->bytes = p;
            out->mapped = true;
        }
        close(fd);
    }
    chy_status st = check(out, path, err);
    if (st != CHY_OK) {
        chy_file_close(out);
        return st;
    }
    chy_file_header h;
    memcpy(&h, out->bytes, sizeof h);
    chy_hex16(h.hash, out->hash);
    return CHY_OK;
}

void chy_file_close(chy_file *f)
{
    if (f->mapped) munmap((void *)(uintptr_t)f->bytes, f->n);
    *f = (chy_file){0};
}

static const chy_file_section *section(const chy_file *f, const char *name)
{
    chy_file_header h;
    memcpy(&h, f->bytes, sizeof h);
    const chy_file_section *s = (const chy_file_section *)(const void *)(f->bytes + sizeof h);
    for (uint32_t i = 0; i < h.n_sections; i++)
        if (strcmp(s[i].name, name) == 0) return &s[i];
    return NULL;
}

bool chy_file_raw(const chy_file *f, const char *name, chy_slice *out)
{
    const chy_file_section *s = section(f, name);
    if (!s) return false;
    *out = (chy_slice){f->bytes + s->offset, s->size};
    return true;
}

chy_status chy_file_table(const chy_file *f, const char *name, chy_table *out, chy_error *err)
{
    const chy_file_section *s = section(f, name);
    if (!s) return chy_fail(err, CHY_E_DATA, CHY_STAGE_DATA, 0, "data file has no table '%s'", name);
    const char *bad = NULL;
    const uint32_t *h = (const uint32_t *)(const void *)(f->bytes + s->offset);
    if (s->kind != CHY_SECTION_TABLE || s->size < 32) {
        bad = "is no table";
        goto fail;
    }
    chy_table t = {.n_rows = h[0], .n_cols = h[1], .n_slots = h[2], .n_refs = h[3], .pool_size = h[4]};
    if (t.n_cols == 0 || t.n_cols > 256 || t.n_rows > (1u << 26) || t.n_slots > (1u << 28) || t.n_slots == 0 ||
        (t.n_slots & (t.n_slots - 1)) || t.pool_size == 0) {
        bad = "has dimensions out of range";
        goto fail;
    }
    uint64_t words = 8 + (uint64_t)t.n_cols + (uint64_t)t.n_rows * t.n_cols;
    uint64_t need = words * 4 + (uint64_t)t.n_slots * sizeof(chy_slot) + (uint64_t)t.n_refs * 4 + t.pool_size;
    if (need > s->size) {
        bad = "is shorter than its dimensions say";
        goto fail;
    }
    t.columns = h + 8;
    t.cells = t.columns + t.n_cols;
    t.slots = (const chy_slot *)(const void *)(h + words);
    t.refs = (const uint32_t *)(const void *)(t.slots + t.n_slots);
    t.pool = (const char *)(t.refs + t.n_refs);
    if (t.pool[t.pool_size - 1]) {
        bad = "has an open string";
        goto fail;
    }
    *out = t;
    return CHY_OK;
fail:
    return chy_fail(err, CHY_E_DATA, CHY_STAGE_DATA, s->offset, "table '%s' %s", name, bad);
}

static chy_slice pooled(const chy_table *t, uint32_t off)
{
    /* An offset out of bounds can only come of a damaged file; it reads as empty. */
    return off < t->pool_size ? chy_slice_z(t->pool + off) : (chy_slice){"", 0};
}

uint32_t chy_table_col(const chy_table *t, const char *name)
{
    if (t->under) t = t->under;
    for (uint32_t i = 0; i < t->n_cols; i++)
        if (chy_slice_eqz(pooled(t, t->columns[i]), name)) return i;
    return CHY_NONE;
}

chy_slice chy_table_cell(const chy_table *t, uint32_t row, uint32_t col)
{
    if (t->under) {
        if (row < t->under->n_rows) t = t->under;
        else row -= t->under->n_rows;
    }
    if (row >= t->n_rows || col >= t->n_cols) return (chy_slice){"", 0};
    return pooled(t, t->cells[(size_t)row * t->n_cols + col]);
}

static bool find_in(const chy_table *t, chy_slice key, uint64_t h, chy_rows *out, bool *prefix)
{
    uint32_t mask = t->n_slots - 1;
    for (uint32_t i = (uint32_t)h & mask, k = 0; k < t->n_slots; i = (i + 1) & mask, k++) {
        const chy_slot *s = &t->slots[i];
        if (!s->flags) return false;
        if (s->hash != (uint32_t)(h >> 32) || !chy_slice_eq(pooled(t, s->key), key)) continue;
        if (prefix) *prefix |= (s->flags & CHY_SLOT_PREFIX) != 0;
        if (!(s->flags & CHY_SLOT_KEY) || s->first > t->n_refs || s->n > t->n_refs - s->first) return false;
        *out = (chy_rows){t->refs + s->first, s->n};
        return true;
    }
    return false;
}

bool chy_table_find(const chy_table *t, chy_slice key, chy_rows *out, bool *prefix)
{
    if (prefix) *prefix = false;
    uint64_t h = chy_hash(key.p, key.n, 0);
    bool found = find_in(t, key, h, out, prefix);
    if (!t->under || (found && !prefix)) return found;
    /* The rows below are among an overlay's own; what is left to learn is whether longer keys go on below. */
    chy_rows below;
    bool also = find_in(t->under, key, h, &below, prefix);
    if (!found && also) *out = below;
    return found || also;
}

uint32_t chy_table_longest(const chy_table *t, const chy_token *tokens, uint32_t i, uint32_t end, chy_rows *out)
{
    char key[256];
    size_t n = 0;
    uint32_t best = 0;
    for (uint32_t j = i; j < end && j - i < CHY_MAX_PHRASE_TOKENS * 2; j++) {
        chy_slice w = tokens[j].norm;
        bool space = j > i && (tokens[j - 1].flags & CHY_TOKEN_SPACE_AFTER);
        if (w.n + 1 > sizeof key - n) break;
        if (space) key[n++] = ' ';
        memcpy(key + n, w.p, w.n);
        n += w.n;
        chy_rows rows;
        bool prefix;
        if (chy_table_find(t, (chy_slice){key, n}, &rows, &prefix)) {
            *out = rows;
            best = j - i + 1;
        }
        if (!prefix) break;
    }
    return best;
}
