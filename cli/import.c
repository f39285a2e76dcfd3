/* SPDX-License-Identifier: Apache-2.0
 *
 * import.c - `chancery import`: exports of Chancery's own, CSV or JSON Lines, back into a record. A file goes in whole or not at all.
 */
#include "stream.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CHUNK = 64 << 10, MAX_ROW = 4 * CHY_MAX_PAGE_BYTES, MAX_COLUMNS = 128 };

/* A file on its way in. */
typedef struct reader {
    stream *st;
    const char *name;
    out buf;             /* bytes read and not yet taken, from `at` on */
    size_t at;
    bool eof, failed;
    uint64_t line;       /* of the row at hand */
    uint64_t lines;      /* read so far */
    const char *columns[MAX_COLUMNS]; /* names of the library's columns */
    unsigned n_columns;
    int of[MAX_COLUMNS]; /* CSV: what the file's columns are */
    unsigned n_of;
    out cells;           /* the row's values, one behind the other */
    size_t begin[MAX_COLUMNS], end[MAX_COLUMNS];
    out error;           /* where and what */
} reader;

static bool fill(reader *f)
{
    if (f->eof) return false;
    if (f->at > CHUNK) {
        memmove(f->buf.p, f->buf.p + f->at, f->buf.n - f->at);
        f->buf.n -= f->at;
        f->at = 0;
    }
    char tmp[CHUNK];
    long n = stream_read(f->st, tmp, sizeof tmp);
    if (n > 0) out_put(&f->buf, tmp, (size_t)n);
    f->failed |= n < 0;
    f->eof = n <= 0;
    return n > 0;
}

/* FILE:LINE: column N (NAME): … */
static bool wrong(reader *f, int column, const char *name, const char *what)
{
    f->error.n = 0;
    out_f(&f->error, "%s:%llu: ", f->name, (unsigned long long)f->line);
    if (column >= 0) out_f(&f->error, "column %d%s%s%s: ", column + 1, name ? " (" : "", name ? name : "", name ? ")" : "");
    else if (name) out_f(&f->error, "%s: ", name);
    out_z(&f->error, what);
    return false;
}

static int column_named(const reader *f, const char *name, size_t n)
{
    for (unsigned i = 0; i < f->n_columns; i++)
        if (strlen(f->columns[i]) == n && memcmp(f->columns[i], name, n) == 0) return (int)i;
    return -1;
}

/* The bytes of the next row, without its end; for CSV line feeds in quotation marks are passed over. False at the end of the file, or with an error. */
static bool next_row(reader *f, bool csv, const char **p, size_t *n)
{
    f->error.n = 0;
    for (;;) {
        size_t i = 0;
        bool quoted = false, open = true;
        uint64_t feeds = 0;
        for (; open; i++) {
            if (i == f->buf.n - f->at && (i > MAX_ROW || !fill(f))) break;
            char c = f->buf.p[f->at + i];
            if (csv && c == '"') quoted = !quoted;
            feeds += c == '\n';
            if (c == '\n' && !quoted) open = false;
        }
        f->line = f->lines + 1;
        f->lines += feeds;
        *p = f->buf.p ? f->buf.p + f->at : "";
        *n = open ? i : i - 1;
        f->at += i;
        if (open && i > MAX_ROW) return wrong(f, -1, NULL, quoted ? "a quotation mark is never closed" : "the line is too long");
        if (f->failed) return wrong(f, -1, NULL, stream_error(f->st));
        if (open && quoted) return wrong(f, -1, NULL, "a quotation mark is never closed");
        if (open && !i) return false;
        while (*n && (*p)[*n - 1] == '\r') --*n;
        for (i = 0; i < *n; i++) /* an empty line is none */
            if ((*p)[i] != ' ' && (*p)[i] != '\t') return true;
    }
}

/* ------------------------------------------------------------------------- CSV */

/* The next cell of a row into `to`; *p is NULL behind the last. */
static bool csv_cell(reader *f, const char **p, const char *end, unsigned column, const char *name, out *to)
{
    const char *q = *p;
    if (q < end && *q == '"') {
        for (q++;; q++) {
            if (q == end) return wrong(f, (int)column, name, "a quotation mark is never closed");
            if (*q == '"' && (++q == end || *q != '"')) break;
            out_put(to, q, 1);
        }
        if (q < end && *q != ',') return wrong(f, (int)column, name, "something stands behind a closing quotation mark");
    } else {
        const char *e = memchr(q, ',', (size_t)(end - q));
        if (!e) e = end;
        if (memchr(q, '"', (size_t)(e - q))) return wrong(f, (int)column, name, "a quotation mark stands inside a cell that does not begin with one");
        out_put(to, q, (size_t)(e - q));
        q = e;
    }
    *p = q < end ? q + 1 : NULL;
    return true;
}

static bool csv_head(reader *f, const char *p, size_t n)
{
    const char *end = p + n;
    out name = {0};
    bool ok = true, used[MAX_COLUMNS] = {false};
    if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) p += 3;
    for (f->n_of = 0; ok && p; f->n_of++) {
        if (f->n_of == MAX_COLUMNS) ok = wrong(f, -1, NULL, "there are too many columns");
        name.n = 0;
        ok = ok && csv_cell(f, &p, end, f->n_of, NULL, &name);
        if (!ok) break;
        int k = column_named(f, name.p ? name.p : "", name.n);
        if (k < 0 || used[k]) ok = wrong(f, (int)f->n_of, name.n && name.n < 60 ? name.p : NULL, k < 0 ? "is no column of `chancery export --format csv`" : "is there twice");
        else used[k] = true, f->of[f->n_of] = k;
    }
    out_free(&name);
    return ok;
}

/* What a cell was before it was made safe for spreadsheets: an apostrophe goes that stands before what they take for a formula (out_csv_safe). */
static void unguard(reader *f, unsigned column)
{
    size_t i = f->begin[column];
    while (i < f->end[column] && f->cells.p[i] == '\'') i++;
    if (i > f->begin[column] && i < f->end[column] && memchr("=+-@\t\r", f->cells.p[i], 6)) f->begin[column]++;
}

static bool csv_row(reader *f, const char *p, size_t n)
{
    const char *end = p + n;
    unsigned i = 0;
    for (; p; i++) {
        if (i == f->n_of) return wrong(f, (int)i, NULL, "the row has more cells than there are columns");
        size_t from = f->cells.n;
        if (!csv_cell(f, &p, end, i, f->columns[f->of[i]], &f->cells)) return false;
        f->begin[f->of[i]] = from, f->end[f->of[i]] = f->cells.n;
        unguard(f, (unsigned)f->of[i]);
    }
    return i == f->n_of || wrong(f, (int)i, f->columns[f->of[i]], "the row ends before this column");
}

/* ------------------------------------------------------------------ JSON Lines */

static bool json_cell(reader *f, unsigned column, const json_t *v)
{
    out *o = &f->cells;
    f->begin[column] = o->n;
    if (json_is_string(v)) out_put(o, json_string_value(v), json_string_length(v));
    else if (json_is_integer(v)) out_f(o, "%lld", (long long)json_integer_value(v));
    else if (json_is_real(v)) out_f(o, "%.17g", json_real_value(v));
    else if (json_is_array(v) || json_is_object(v)) {
        char *text = json_dumps(v, JSON_COMPACT);
        if (text) out_z(o, text);
        free(text);
    } else if (!json_is_null(v)) {
        return wrong(f, -1, f->columns[column], "is neither text nor a number, a list or null");
    }
    f->end[column] = o->n;
    return true;
}

static bool json_row(reader *f, const char *p, size_t n)
{
    json_error_t e;
    json_t *v = json_loadb(p, n, JSON_REJECT_DUPLICATES, &e), *one;
    if (!json_is_object(v)) {
        out what = {0};
        out_f(&what, "is no JSON object%s%s", v ? "" : ": ", v ? "" : e.text);
        bool ok = wrong(f, v ? -1 : e.position > 0 ? e.position - 1 : 0, NULL, what.p);
        out_free(&what);
        json_decref(v);
        return ok;
    }
    const char *key;
    bool ok = true;
    json_object_foreach(v, key, one)
    {
        int k = column_named(f, key, strlen(key));
        if (ok && k < 0) ok = wrong(f, -1, strlen(key) < 60 ? key : NULL, "is no field of `chancery export --format jsonl`");
        else if (ok) ok = json_cell(f, (unsigned)k, one);
    }
    json_decref(v);
    return ok;
}

/* ------------------------------------------------------------------------ files */

/* The file's form, by its first byte that is no white space. */
static bool is_csv(reader *f)
{
    while (f->buf.n < 64 && fill(f)) {}
    for (size_t i = 0; i < f->buf.n; i++)
        if (!strchr(" \t\r\n", f->buf.p[i])) return f->buf.p[i] != '{';
    return true;
}

/* All rows of an open file into the import; false with an error. */
static bool take_rows(reader *f, chy_import *m, uint64_t *n_rows)
{
    const char *p;
    size_t n;
    bool csv = is_csv(f), head = csv;
    chy_slice cells[MAX_COLUMNS];
    chy_error err = {0};
    while (next_row(f, csv, &p, &n)) {
        if (head) {
            if (!csv_head(f, p, n)) return false;
            head = false;
            continue;
        }
        f->cells.n = 0;
        out_put(&f->cells, "", 0);
        memset(f->begin, 0, sizeof f->begin), memset(f->end, 0, sizeof f->end);
        if (!(csv ? csv_row(f, p, n) : json_row(f, p, n))) return false;
        for (unsigned i = 0; i < f->n_columns; i++) cells[i] = (chy_slice){f->cells.p + f->begin[i], f->end[i] - f->begin[i]};
        uint32_t at;
        if (chy_import_row(m, cells, &at, &err) != CHY_OK) {
            int column = -1;
            for (unsigned i = 0; csv && at != CHY_NONE && i < f->n_of; i++)
                if (f->of[i] == (int)at) column = (int)i;
            return wrong(f, column, at == CHY_NONE ? NULL : f->columns[at], err.message);
        }
        ++*n_rows;
    }
    if (!f->error.n && head) return wrong(f, -1, NULL, "is empty");
    return !f->error.n;
}

/* An export's folder stands for its file of rows. */
static char *rows_of(const char *path)
{
    static const char *const names[] = {"", "/events.jsonl", "/events.csv"};
    struct stat st;
    out v = {0};
    bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    for (unsigned i = folder; i < (folder ? 3u : 1u); i++) {
        v.n = 0;
        out_f(&v, "%s%s", path, names[i]);
        if (folder && stat(v.p, &st) == 0) break;
    }
    return v.p;
}

static bool import_file(chy_record *r, const char *path, const options *o, chy_put *all, uint64_t *n_rows)
{
    char *file = rows_of(path);
    reader f = {.name = file};
    chy_import *m = NULL;
    chy_error err = {0};
    chy_put done = {0};
    char *names = NULL;
    uint64_t n = 0;
    const char *member, *list = chy_record_columns("import");
    bool ok = (f.st = stream_open(file, &f.error)) != NULL && stream_member(f.st, &member, &f.error) > 0;
    if (ok) {
        names = xrealloc(NULL, strlen(list) + 1);
        strcpy(names, list);
        for (char *p = strtok(names, " "); p; p = strtok(NULL, " ")) f.columns[f.n_columns++] = p;
        ok = chy_import_open(r, (chy_slice){file, strlen(file)}, &m, &err) == CHY_OK;
        if (ok && !(ok = take_rows(&f, m, &n))) out_z(&f.error, "; nothing of the file is put");
        if (chy_import_close(m, ok, &done, &err) != CHY_OK && !f.error.n) ok = false, out_z(&f.error, err.message);
    } else if (!f.error.n) {
        out_f(&f.error, "%s: is empty", file);
    }
    if (ok) all->added += done.added, all->withdrawn += done.withdrawn, all->kept += done.kept, all->passed += done.passed, *n_rows += n;
    else {
        while (f.error.n && f.error.p[f.error.n - 1] == '\n') f.error.p[--f.error.n] = 0;
        fprintf(stderr, "%s%s\n", strncmp(f.error.p, "chancery: ", 10) == 0 ? "" : "chancery: ", f.error.p);
    }
    if (ok && done.passed && !o->quiet)
        fprintf(stderr, "chancery: %s: note: %u events passed over, of pages that the record has read itself or forgotten\n", file, done.passed);
    if (f.st) stream_close(f.st);
    out_free(&f.buf), out_free(&f.cells), out_free(&f.error);
    free(names), free(file);
    return ok;
}

static int run_import(const options *o)
{
    chy_record *r = NULL;
    chy_error err = {0};
    chy_put all = {0};
    uint64_t n_rows = 0;
    unsigned refused = 0;
    if (!o->n_files) {
        fputs("chancery import: name the files\n", stderr);
        return EXIT_USAGE;
    }
    if (chy_record_open(o->record, CHY_RECORD_CREATE, &r, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return EXIT_REFUSED;
    }
    for (unsigned i = 0; i < o->n_files; i++) refused += !import_file(r, o->files[i], o, &all, &n_rows);
    chy_record_close(r);
    if (!o->quiet)
        printf("%llu rows read, %u files refused; %u events added, %u withdrawn, %u as before\n", (unsigned long long)n_rows, refused, all.added, all.withdrawn, all.kept);
    return refused ? EXIT_REFUSED : EXIT_DONE;
}

const command cmd_import = {
    .name = "import", .summary = "put exports back into a record: events, and what there is of their stories",
    .formats = "text", .inputs = "", .record = true, .rest = " FILE…", .run = run_import,
    .help = "FILEs are events.csv or events.jsonl as `chancery export` writes them, or its folders. Each goes in whole or not at all; what is in\n"
            "the record already stays. The publishers' texts are no part of an export: `chancery rehydrate` fills them in (docs/export.md).\n\n"
            "    chancery import record.db replication/events.jsonl\n",
};
