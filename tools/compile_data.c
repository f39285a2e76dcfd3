/* SPDX-License-Identifier: Apache-2.0
 *
 * compile_data - host program: makes the data file of the tables under data/ and the weights under models/.
 *
 *     compile_data MANIFEST ROOT OUT
 *
 * MANIFEST has a line a section:   NAME  raw    PATH [PATH …]
 *                                  NAME  table  KEYCOLUMN[,KEYCOLUMN …]  PATH [PATH …]
 *                                  NAME  map    KEYCOLUMN[,KEYCOLUMN …]  PATH [PATH …]
 * Paths are relative to ROOT. Raw sections are the files' bytes, one behind the other; text the same with a line
 * "#file PATH" before each, for messages. A table is a TSV: '#' opens a
 * comment line, the first other line names the columns; several files of one table have the same columns. A key cell
 * holds one or more keys between '|'; keys are folded (chy_fold) and indexed with all their prefixes at word ends. A map
 * is a table without the prefixes, for keys that no text spells (ids).
 * Errors name file and line; exit status 1.
 */
#include "base/base.h"
#include "data/file.h"

#include <stdio.h>
#include <stdlib.h>

static const char *root;

static _Noreturn void die(const char *file, unsigned line, const char *what)
{
    if (line) fprintf(stderr, "%s:%u: %s\n", file, line, what);
    else fprintf(stderr, "%s: %s\n", file, what);
    exit(1);
}

static void *grow(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    if (!q) die("compile_data", 0, "out of memory");
    return q;
}

typedef struct bytes {
    char *p;
    size_t n, cap;
} bytes;

static void put(bytes *b, const void *p, size_t n)
{
    if (b->n + n > b->cap) b->p = grow(b->p, b->cap = (b->n + n) * 2);
    if (n) memcpy(b->p + b->n, p, n);
    b->n += n;
}

static void put_u32(bytes *b, uint32_t v) { put(b, &v, 4); }

static void pad(bytes *b, size_t to)
{
    static const char zero[64];
    while (b->n % to) put(b, zero, to - b->n % to);
}

static void read_file(const char *rel, bytes *out)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", root, rel);
    FILE *f = fopen(path, "rb");
    if (!f) die(path, 0, "cannot be opened");
    char buf[65536];
    size_t n;
    while ((n = fread(buf, 1, sizeof buf, f)) > 0) put(out, buf, n);
    fclose(f);
}

/* -------------------------------------------------------------- strings */

typedef struct pool {
    bytes text;
    uint32_t *slot; /* offset + 1, open addressing */
    size_t n, cap;
} pool;

static uint32_t intern(pool *p, chy_slice s)
{
    if (p->n * 2 >= p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 1024;
        uint32_t *slot = calloc(cap, sizeof *slot);
        if (!slot) die("compile_data", 0, "out of memory");
        for (size_t i = 0; i < p->cap; i++) {
            if (!p->slot[i]) continue;
            const char *z = p->text.p + p->slot[i] - 1;
            size_t j = chy_hash(z, strlen(z), 1) & (cap - 1);
            while (slot[j]) j = (j + 1) & (cap - 1);
            slot[j] = p->slot[i];
        }
        free(p->slot);
        p->slot = slot;
        p->cap = cap;
    }
    size_t j = chy_hash(s.p, s.n, 1) & (p->cap - 1);
    for (; p->slot[j]; j = (j + 1) & (p->cap - 1)) {
        const char *z = p->text.p + p->slot[j] - 1;
        if (strlen(z) == s.n && memcmp(z, s.p, s.n) == 0) return p->slot[j] - 1;
    }
    uint32_t off = (uint32_t)p->text.n;
    put(&p->text, s.p, s.n);
    put(&p->text, "", 1);
    p->slot[j] = off + 1;
    p->n++;
    return off;
}

/* --------------------------------------------------------------- tables */

typedef struct key {
    uint32_t off; /* in the pool */
    uint32_t row; /* CHY_NONE: only a prefix */
    uint32_t order;
} key;

static int by_key(const void *a, const void *b)
{
    const key *x = a, *y = b;
    if (x->off != y->off) return x->off < y->off ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool word_byte(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z');
}

typedef struct table {
    pool pool;
    uint32_t cols[256], n_cols, key_col[8], n_key_cols;
    bytes cells, keys;
    uint32_t n_rows;
    bool whole; /* no prefixes of keys */
} table;

static void add_key(table *t, chy_slice raw, uint32_t row)
{
    chy_arena a;
    chy_arena_init(&a);
    chy_slice k = chy_fold(&a, chy_slice_trim(raw));
    if (k.n) {
        key e = {intern(&t->pool, k), row, (uint32_t)(t->keys.n / sizeof(key))};
        put(&t->keys, &e, sizeof e);
        for (size_t i = 1; i < k.n && !t->whole; i++) {
            if ((word_byte(k.p[i - 1]) && word_byte(k.p[i])) || k.p[i - 1] == ' ') continue;
            e = (key){intern(&t->pool, (chy_slice){k.p, i}), CHY_NONE, (uint32_t)(t->keys.n / sizeof(key))};
            put(&t->keys, &e, sizeof e);
        }
    }
    chy_arena_free(&a);
}

static void read_table(table *t, const char *rel, chy_slice key_names)
{
    bytes text = {0};
    read_file(rel, &text);
    size_t bad;
    if (!chy_utf8_valid((chy_slice){text.p, text.n}, &bad)) die(rel, 0, "is not valid UTF-8");
    if (text.n && memchr(text.p, 0, text.n)) die(rel, 0, "holds a NUL byte");
    chy_slice rest = {text.p ? text.p : "", text.n}, line;
    bool header = false;
    for (unsigned no = 1; chy_slice_split(&rest, '\n', &line); no++) {
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!line.n || line.p[0] == '#') continue;
        chy_slice cells = line, cell;
        uint32_t n = 0;
        if (!header) {
            header = true;
            for (; chy_slice_split(&cells, '\t', &cell); n++) {
                if (n == 256) die(rel, no, "more than 256 columns");
                uint32_t off = intern(&t->pool, cell);
                if (t->n_rows && (n >= t->n_cols || t->cols[n] != off)) die(rel, no, "columns differ from the first file's");
                t->cols[n] = off;
            }
            t->n_cols = n;
            t->n_key_cols = 0;
            chy_slice names = key_names, name;
            while (chy_slice_split(&names, ',', &name)) {
                uint32_t i = 0;
                for (; i < n; i++)
                    if (chy_slice_eqz(name, t->pool.text.p + t->cols[i])) break;
                if (i == n) die(rel, no, "has no column of the name that the manifest gives for the key");
                if (t->n_key_cols == 8) die(rel, no, "more than eight key columns");
                t->key_col[t->n_key_cols++] = i;
            }
            continue;
        }
        for (; chy_slice_split(&cells, '\t', &cell); n++) {
            if (n == t->n_cols) die(rel, no, "more cells than columns");
            put_u32(&t->cells, intern(&t->pool, chy_slice_trim(cell)));
            for (uint32_t k = 0; k < t->n_key_cols; k++) {
                if (t->key_col[k] != n) continue;
                chy_slice keys = cell, one;
                while (chy_slice_split(&keys, '|', &one)) add_key(t, one, t->n_rows);
            }
        }
        if (n < t->n_cols) die(rel, no, "fewer cells than columns");
        t->n_rows++;
    }
    if (!header) die(rel, 0, "has no line of column names");
    free(text.p);
}

static void write_table(table *t, bytes *out)
{
    key *k = (key *)(void *)t->keys.p;
    size_t n = t->keys.n / sizeof(key), distinct = 0;
    if (n) qsort(k, n, sizeof *k, by_key);
    for (size_t i = 0; i < n; i++) distinct += i == 0 || k[i].off != k[i - 1].off;
    uint32_t n_slots = 16;
    while (n_slots < distinct * 2) n_slots *= 2;
    chy_slot *slots = calloc(n_slots, sizeof *slots);
    if (!slots) die("compile_data", 0, "out of memory");
    bytes refs = {0};
    for (size_t i = 0, j; i < n; i = j) {
        const char *z = t->pool.text.p + k[i].off;
        uint64_t hash = chy_hash(z, strlen(z), 0);
        chy_slot s = {.hash = (uint32_t)(hash >> 32), .key = k[i].off, .first = (uint32_t)(refs.n / 4)};
        uint32_t last = CHY_NONE;
        for (j = i; j < n && k[j].off == k[i].off; j++) {
            if (k[j].row == CHY_NONE) {
                s.flags |= CHY_SLOT_PREFIX;
            } else if (k[j].row != last) {
                s.flags |= CHY_SLOT_KEY;
                s.n++;
                put_u32(&refs, last = k[j].row);
            }
        }
        size_t at = hash & (n_slots - 1);
        while (slots[at].flags) at = (at + 1) & (n_slots - 1);
        slots[at] = s;
    }
    if (!t->pool.text.n) put(&t->pool.text, "", 1);
    uint32_t head[8] = {t->n_rows, t->n_cols, n_slots, (uint32_t)(refs.n / 4), (uint32_t)t->pool.text.n};
    put(out, head, sizeof head);
    put(out, t->cols, t->n_cols * 4);
    put(out, t->cells.p, t->cells.n);
    put(out, slots, n_slots * sizeof *slots);
    put(out, refs.p, refs.n);
    put(out, t->pool.text.p, t->pool.text.n);
    free(slots), free(refs.p), free(t->pool.text.p), free(t->pool.slot), free(t->cells.p), free(t->keys.p);
}

/* ------------------------------------------------------------- manifest */

static bool word(chy_slice *rest, chy_slice *w)
{
    *rest = chy_slice_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t') n++;
    *w = (chy_slice){rest->p, n};
    rest->p += n, rest->n -= n;
    return n > 0;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: compile_data MANIFEST ROOT OUT\n");
        return 2;
    }
    root = argv[2];
    FILE *m = fopen(argv[1], "r");
    if (!m) die(argv[1], 0, "cannot be opened");
    bytes body = {0}, dir = {0};
    char line[8192];
    uint32_t n = 0;
    for (unsigned no = 1; fgets(line, sizeof line, m); no++) {
        chy_slice rest = chy_slice_z(line), name, kind, keys = {NULL, 0}, path;
        if (line[0] == '#' || !word(&rest, &name)) continue;
        chy_file_section s = {.offset = body.n};
        if (!word(&rest, &kind) || name.n > 31) die(argv[1], no, "wants: NAME raw|text|table|map …");
        memcpy(s.name, name.p, name.n);
        bool is_map = chy_slice_eqz(kind, "map"), is_table = is_map || chy_slice_eqz(kind, "table"), is_text = chy_slice_eqz(kind, "text");
        if (!is_table && !is_text && !chy_slice_eqz(kind, "raw")) die(argv[1], no, "a section is raw, text, table or map");
        if (is_table && !word(&rest, &keys)) die(argv[1], no, "a table wants its key columns");
        table t = {.whole = is_map};
        for (unsigned files = 0;; files++) {
            if (!word(&rest, &path)) {
                if (!files) die(argv[1], no, "names no file");
                break;
            }
            char rel[2048];
            snprintf(rel, sizeof rel, "%.*s", (int)path.n, path.p);
            if (is_text) {
                put(&body, "#file ", 6);
                put(&body, path.p, path.n);
                put(&body, "\n", 1);
            }
            if (is_table) read_table(&t, rel, keys);
            else read_file(rel, &body);
        }
        if (is_table) write_table(&t, &body);
        s.kind = is_table ? CHY_SECTION_TABLE : CHY_SECTION_RAW;
        s.size = body.n - s.offset;
        pad(&body, 64);
        put(&dir, &s, sizeof s);
        n++;
    }
    fclose(m);
    size_t shift = (sizeof(chy_file_header) + dir.n + 63) / 64 * 64;
    for (uint32_t i = 0; i < n; i++) ((chy_file_section *)(void *)dir.p)[i].offset += shift;
    bytes file = {0};
    chy_file_header h = {.version = CHY_FILE_VERSION, .n_sections = n, .size = shift + body.n};
    memcpy(h.magic, CHY_FILE_MAGIC, 8);
    put(&file, &h, sizeof h);
    put(&file, dir.p, dir.n);
    pad(&file, 64);
    put(&file, body.p, body.n);
    h.hash = chy_hash(file.p + sizeof h, file.n - sizeof h, 0);
    memcpy(file.p, &h, sizeof h);
    FILE *f = fopen(argv[3], "wb");
    if (!f || fwrite(file.p, 1, file.n, f) != file.n || fclose(f) != 0) die(argv[3], 0, "cannot be written");
    free(body.p), free(dir.p), free(file.p);
    return 0;
}
