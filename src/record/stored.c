/* SPDX-License-Identifier: Apache-2.0
 *
 * stored.c - pages out of the record, as they were put, to be read by another engine.
 */
#include "record/record.h"

#include <jansson.h>
#include <stdlib.h>
#include <zstd.h>

enum { S_NEXT_PAGE = 20, S_PAGE };

/* What is given out stays in one block: the bytes, then the days, then the strings. */
typedef struct stored {
    chy_interval *days;
    char *end;
} stored;

static chy_slice keep(stored *k, const void *p, size_t n)
{
    chy_slice s = {k->end, n};
    if (n) memcpy(k->end, p, n);
    k->end += n;
    return s;
}

static chy_slice field(stored *k, const json_t *meta, const char *name)
{
    const json_t *v = json_object_get(meta, name);
    return v ? keep(k, json_string_value(v), json_string_length(v)) : (chy_slice){NULL, 0};
}

static void read_days(stored *k, const json_t *meta, chy_input *in)
{
    const json_t *list = json_object_get(meta, "published");
    for (size_t i = 0; i < json_array_size(list); i++) {
        chy_interval day = chy_interval_none();
        const char *first = json_string_value(json_array_get(json_array_get(list, i), 0)), *last = json_string_value(json_array_get(json_array_get(list, i), 1));
        if (first && last && (chy_day_parse(chy_slice_z(first), &day.begin) != CHY_OK || chy_day_parse(chy_slice_z(last), &day.end) != CHY_OK))
            day = chy_interval_none();
        k->days[i] = day;
    }
    in->published = k->days;
    in->n_published = (uint32_t)json_array_size(list);
}

/* The page's bytes: kept as they were, or its only story's text. */
static chy_status unpack(chy_record *r, sqlite3_stmt *s, const json_t *meta, size_t rest, stored *k, chy_input *in, chy_error *err)
{
    const void *z = sqlite3_column_blob(s, 5);
    size_t n_z = (size_t)sqlite3_column_bytes(s, 5), n_days = json_array_size(json_object_get(meta, "published"));
    bool packed = sqlite3_column_type(s, 5) != SQLITE_NULL;
    unsigned long long n = packed ? ZSTD_getFrameContentSize(z, n_z) : (unsigned long long)sqlite3_column_bytes(s, 6);
    if (n > CHY_MAX_PAGE_BYTES) return chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "%s: page %lld is damaged", r->path, (long long)sqlite3_column_int64(s, 0));
    free(r->raw);
    r->raw = malloc(n_days * sizeof *k->days + (size_t)n + rest + 1);
    if (!r->raw) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    k->days = (chy_interval *)(void *)r->raw;
    k->end = r->raw + n_days * sizeof *k->days;
    if (!packed) {
        in->bytes = keep(k, sqlite3_column_text(s, 6), (size_t)n);
        return CHY_OK;
    }
    size_t got = ZSTD_decompress(k->end, (size_t)n, z, n_z);
    if (ZSTD_isError(got) || got != n) return chy_fail(err, CHY_E_RECORD, CHY_STAGE_RECORD, 0, "%s: page %lld is damaged", r->path, (long long)sqlite3_column_int64(s, 0));
    in->bytes = (chy_slice){k->end, got};
    k->end += got;
    return CHY_OK;
}

/* What a page's row has, as it was put. */
#define PAGE "SELECT p.id, p.given_id, p.name, p.kind, p.meta, p.raw, (SELECT d.text FROM dispatch d WHERE d.page = p.id AND d.article = 0) FROM page p WHERE "

/* The page that the statement, which is bound, finds. */
static chy_status give_out(chy_record *r, sqlite3_stmt *s, chy_stored_page *out, chy_error *err)
{
    int code = sqlite3_step(s);
    chy_status st = CHY_OK;
    if (code == SQLITE_ROW) {
        json_t *meta = json_loadb((const char *)sqlite3_column_text(s, 4), (size_t)sqlite3_column_bytes(s, 4), 0, NULL);
        size_t n_id = (size_t)sqlite3_column_bytes(s, 1), n_name = (size_t)sqlite3_column_bytes(s, 2);
        stored k = {0};
        st = unpack(r, s, meta, n_id + n_name + (size_t)sqlite3_column_bytes(s, 4), &k, &out->input, err);
        if (st == CHY_OK) {
            out->id = sqlite3_column_int64(s, 0);
            out->given_id = keep(&k, sqlite3_column_text(s, 1), n_id);
            out->name = keep(&k, sqlite3_column_text(s, 2), n_name);
            out->input.kind = strcmp((const char *)sqlite3_column_text(s, 3), "html") == 0 ? CHY_INPUT_HTML : CHY_INPUT_TEXT;
            out->input.title = field(&k, meta, "title"), out->input.url = field(&k, meta, "url"), out->input.publisher = field(&k, meta, "publisher");
            if (json_is_true(json_object_get(meta, "own_id"))) out->input.id = out->given_id;
            read_days(&k, meta, &out->input);
        }
        json_decref(meta);
    } else if (code != SQLITE_DONE) {
        st = chy_record_fail(r, code, "reading", err);
    }
    sqlite3_reset(s);
    return st;
}

chy_status chy_record_next_page(chy_record *r, int64_t after, chy_stored_page *out, chy_error *err)
{
    *out = (chy_stored_page){0};
    sqlite3_stmt *s = chy_record_stmt(r, S_NEXT_PAGE, PAGE "p.id > ? AND p.run <> ? AND (p.raw IS NOT NULL OR EXISTS (SELECT 1 FROM dispatch d WHERE "
                                                      "d.page = p.id AND d.text <> '')) ORDER BY p.id LIMIT 1"); /* not those that only an import tells of */
    if (!s) return chy_record_fail(r, sqlite3_errcode(r->db), "reading", err);
    sqlite3_bind_int64(s, 1, after);
    sqlite3_bind_int64(s, 2, r->run);
    return give_out(r, s, out, err);
}

chy_status chy_record_page(chy_record *r, int64_t page, chy_stored_page *out, chy_error *err)
{
    *out = (chy_stored_page){0};
    sqlite3_stmt *s = chy_record_stmt(r, S_PAGE, PAGE "p.id = ?");
    if (!s) return chy_record_fail(r, sqlite3_errcode(r->db), "reading", err);
    sqlite3_bind_int64(s, 1, page);
    return give_out(r, s, out, err);
}
