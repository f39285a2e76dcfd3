/* SPDX-License-Identifier: Apache-2.0
 *
 * file.h - the compiled data file: named sections, either raw bytes or tables with a key index.
 *
 * In: the file that tools/compile_data.c made of data/ and models/, embedded in the library or given by path.
 * Out: views into the mapped file, valid as long as it is open. Layout (all little-endian, sections 64-byte aligned):
 *
 *   header    magic[8] "CHYDATA\3", u32 version, u32 n_sections, u64 size, u64 hash (XXH3-64 of all after the header),
 *             zeros up to 64 bytes
 *   directory n_sections × { char name[32], u64 offset, u64 size, u32 kind, u32 0, u64 0 }
 *   table     u32 n_rows, n_cols, n_slots (a power of two), n_refs, pool_size, 0, 0, 0
 *             u32 columns[n_cols]          pool offsets of the columns' names
 *             u32 cells[n_rows * n_cols]   pool offsets
 *             slots[n_slots]               { u32 hash, u32 key, u32 first, u32 n | flags << 30 }
 *             u32 refs[n_refs]             row numbers, in the order of the source file
 *             char pool[pool_size]         NUL-terminated strings, the last byte a NUL
 */
#ifndef CHY_DATA_FILE_H
#define CHY_DATA_FILE_H

#include "base/base.h"

enum { CHY_FILE_VERSION = 3, CHY_SECTION_RAW = 1, CHY_SECTION_TABLE = 2 };
#define CHY_FILE_MAGIC "CHYDATA\3"

typedef struct chy_file_header {
    char magic[8];
    uint32_t version, n_sections;
    uint64_t size, hash;
    uint8_t zero[32];
} chy_file_header;

typedef struct chy_file_section {
    char name[32];
    uint64_t offset, size;
    uint32_t kind, zero;
    uint64_t zero2;
} chy_file_section;

/* A slot of a table's index. flags: 1 the key of rows, 2 a proper prefix of some key at a word boundary. */
typedef struct chy_slot {
    uint32_t hash; /* the upper half of chy_hash; the lower half chooses the slot */
    uint32_t key;
    uint32_t first;
    uint32_t n : 30, flags : 2; /* from the lowest bit up, as every little-endian ABI has it */
} chy_slot;
enum { CHY_SLOT_KEY = 1, CHY_SLOT_PREFIX = 2 };

typedef struct chy_table {
    uint32_t n_rows, n_cols, n_slots, n_refs, pool_size;
    const uint32_t *columns, *cells, *refs;
    const chy_slot *slots;
    const char *pool;
    const struct chy_table *under; /* the table that this one lies over (chy_table_lay), or NULL */
} chy_table;

typedef struct chy_file {
    const char *bytes;
    size_t n;
    bool mapped; /* to be unmapped on close */
    char hash[17];
} chy_file;

/* Open the file at `path`, or the embedded one (path NULL). Every bound is checked; the content's hash only for a
 * file by path, for the embedded one is part of the program. Errors: CHY_E_IO, CHY_E_DATA. */
chy_status chy_file_open(const char *path, chy_file *out, chy_error *err);
void chy_file_close(chy_file *f);

/* The file that data were read from, users' tables not included. */
const chy_file *chy_data_file(const chy_data *data);

/* A raw section; false where the file has none of that name. */
bool chy_file_raw(const chy_file *f, const char *name, chy_slice *out);
/* A table; every offset in it has been checked. Errors: CHY_E_DATA (missing or damaged). */
chy_status chy_file_table(const chy_file *f, const char *name, chy_table *out, chy_error *err);

/* Number of the column, or CHY_NONE. */
uint32_t chy_table_col(const chy_table *t, const char *name);
/* The cell; empty for row or column out of range (so that an absent optional column reads as empty). */
chy_slice chy_table_cell(const chy_table *t, uint32_t row, uint32_t col);

/* Rows under one key, in the order of the source file. */
typedef struct chy_rows {
    const uint32_t *row;
    uint32_t n;
} chy_rows;

/* Look a folded key up (chy_fold). True where it is a key; *prefix (may be NULL) tells whether longer keys begin with it. */
bool chy_table_find(const chy_table *t, chy_slice key, chy_rows *out, bool *prefix);

/* The longest key that the tokens from `i` on (not beyond `end`) spell, by their `norm`, a space where white space
 * stood between them. Returns the number of tokens, 0 where none. */
uint32_t chy_table_longest(const chy_table *t, const chy_token *tokens, uint32_t i, uint32_t end, chy_rows *out);

/* A folded key of row `row` of an overlay, counted from 0. */
typedef struct chy_overlay_key {
    chy_slice text;
    uint32_t row;
} chy_overlay_key;

/* Lay rows over `base`, which must outlive *out and lie over nothing itself. They have base's columns (cells: n_rows *
 * base->n_cols slices, copied) and are numbered behind base's rows; `keys` come in the order of their rows. A key of both
 * gives the new rows before those below. Look-ups cost twice those of one table. Errors: CHY_E_LIMIT, CHY_E_MEMORY. */
chy_status chy_table_lay(const chy_table *base, chy_arena *arena, const chy_slice *cells, uint32_t n_rows,
                         const chy_overlay_key *keys, uint32_t n_keys, chy_table *out, chy_error *err);

#endif
