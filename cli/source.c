/* SPDX-License-Identifier: Apache-2.0
 *
 * source.c - from files to jobs: a page a file, a record a line of JSON Lines or a row of CSV, a response of a WARC, a batch of sentences
 * of CoNLL-U. An archive's members are files.
 */
#include "stream.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { CHUNK = 256 << 10, CONLLU_BATCH = 128 << 10, MAX_LINE = 2 * CHY_MAX_PAGE_BYTES, MAX_DEPTH = 64, N_COLUMNS = 7 };

/* What the members of a source are; the library's kinds, and two more. */
typedef enum form { FORM_PAGE, FORM_LINES, FORM_SENTENCES, FORM_ROWS, FORM_WARC } form;

static const char *const column_names[N_COLUMNS] = {"id", "text", "html", "title", "url", "publisher", "published"};

struct source {
    stream *st;
    const command *c;
    const options *o;
    const char *name; /* of the member */
    bool open, done;  /* a member is; nothing more can be had */
    form form;
    chy_input_kind kind;
    out buf;          /* bytes read and not yet given out, from `at` on */
    size_t at;
    bool eof, failed;
    uint64_t line;    /* the last that was given out */
    char separator;   /* CSV */
    int column[N_COLUMNS]; /* where the columns stand, -1: nowhere */
    bool ready;       /* the row of names has been read */
};

/* Read on; false at the end or where it fails. */
static bool fill(source *s)
{
    if (s->eof) return false;
    if (s->at && s->at == s->buf.n) s->at = s->buf.n = 0;
    if (s->at > CHUNK) {
        memmove(s->buf.p, s->buf.p + s->at, s->buf.n - s->at);
        s->buf.n -= s->at;
        s->at = 0;
    }
    char tmp[32768];
    long n = stream_read(s->st, tmp, sizeof tmp);
    if (n > 0) out_put(&s->buf, tmp, (size_t)n);
    s->failed |= n < 0;
    s->eof = n <= 0;
    return n > 0;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), k = strlen(ending);
    return n > k && strcasecmp(name + n - k, ending) == 0;
}

source *source_open(const char *path, const command *c, const options *o, out *err)
{
    stream *st = stream_open(path, err);
    if (!st) return NULL;
    source *s = xrealloc(NULL, sizeof *s);
    *s = (source){.st = st, .c = c, .o = o};
    return s;
}

void source_close(source *s)
{
    if (!s) return;
    stream_close(s->st);
    out_free(&s->buf);
    free(s);
}

/* Look at a member's first bytes to see what it is. */
static void begin_member(source *s)
{
    s->at = s->buf.n = 0;
    s->eof = s->failed = s->ready = false;
    s->line = 0;
    s->open = true;
    while (s->buf.n < 4096 && fill(s)) {}
    bool std = strcmp(s->name, "stdin") == 0 || strcmp(s->name, "-") == 0;
    if (std) s->name = "stdin";
    chy_slice name = std ? (chy_slice){"", 0} : (chy_slice){s->name, strlen(s->name)};
    s->kind = s->o->input;
    s->form = FORM_PAGE;
    if (s->o->csv || (s->kind == CHY_INPUT_AUTO && (ends_in(s->name, ".csv") || ends_in(s->name, ".tsv")))) s->form = FORM_ROWS;
    else if (s->kind == CHY_INPUT_AUTO && s->buf.n > 5 && memcmp(s->buf.p, "WARC/", 5) == 0) s->form = FORM_WARC;
    else if (s->kind == CHY_INPUT_AUTO) s->kind = chy_input_guess(name, (chy_slice){s->buf.p ? s->buf.p : "", s->buf.n});
    if (strcmp(s->c->inputs, "jsonl") == 0) s->kind = CHY_INPUT_JSONL, s->form = FORM_LINES;
    if (s->form == FORM_PAGE && s->kind == CHY_INPUT_JSONL) s->form = FORM_LINES;
    if (s->form == FORM_PAGE && s->kind == CHY_INPUT_CONLLU) s->form = FORM_SENTENCES;
}

static char *copy(const char *p, size_t n)
{
    char *q = xrealloc(NULL, n + 1);
    if (n) memcpy(q, p, n);
    q[n] = 0;
    return q;
}

static char *json_text(const char *z, size_t n)
{
    json_t *v = json_stringn(z, n);
    char *t = v ? json_dumps(v, JSON_ENCODE_ANY) : NULL;
    json_decref(v);
    return t ? t : copy("\"?\"", 3);
}

/* The id of a page without one: the file's name less its last ending. */
static char *file_id(const char *path)
{
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    const char *dot = strrchr(base, '.');
    return json_text(base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

static bool next_page(source *s, job *j)
{
    if (s->ready) return false;
    s->ready = true;
    while (s->buf.n <= CHY_MAX_PAGE_BYTES && fill(s)) {}
    j->name = copy(s->name, strlen(s->name));
    j->id = file_id(s->name);
    j->kind = s->kind;
    /* One byte over the limit is enough for the library to refuse it by name. */
    j->n = s->buf.n <= CHY_MAX_PAGE_BYTES ? s->buf.n : (size_t)CHY_MAX_PAGE_BYTES + 1;
    j->bytes = s->buf.p ? s->buf.p : copy("", 0);
    s->buf = (out){0};
    if (s->failed) {
        j->refused = true;
        job_error(j, "cannot be read: %s", stream_error(s->st));
        s->failed = false;
    }
    return true;
}

/* FILE:LINE, as the job's name and as its id where the record has none. */
static void name_line(const source *s, job *j)
{
    out name = {0};
    out_f(&name, "%s:%llu", s->name, (unsigned long long)s->line);
    j->id = json_text(name.p, name.n);
    j->name = copy(name.p, name.n);
    out_free(&name);
}

static bool next_line(source *s, job *j)
{
    bool too_long = false;
    size_t scanned = 0;
    for (;;) {
        char *p = s->buf.p + s->at;
        size_t n = s->buf.n - s->at;
        char *e = n > scanned ? memchr(p + scanned, '\n', n - scanned) : NULL;
        if (!e && n > MAX_LINE) { /* a line that no page could be: drop it as it comes */
            too_long = true;
            s->at = s->buf.n = 0;
            scanned = 0;
            if (fill(s)) continue;
            n = 0;
        }
        if (!e) {
            scanned = n;
            if (fill(s)) {
                continue;
            }
            p = s->buf.p + s->at;
            n = s->buf.n - s->at;
            if (!n && !too_long) return false;
        } else {
            n = (size_t)(e - p);
        }
        s->line++;
        s->at += e ? n + 1 : n;
        scanned = 0;
        size_t k = 0;
        while (k < n && (p[k] == ' ' || p[k] == '\t' || p[k] == '\r')) k++;
        if (k == n && !too_long) {
            if (!e) return false;
            continue;
        }
        name_line(s, j);
        j->kind = CHY_INPUT_JSONL;
        j->bytes = copy(p, too_long ? 0 : n);
        j->n = too_long ? 0 : n;
        if (too_long) {
            j->refused = true;
            job_error(j, "line is longer than %d MiB", MAX_LINE >> 20);
        }
        return true;
    }
}

/* Whole sentences, some at a time. A sentence however long stays whole. */
static bool next_sentences(source *s, job *j)
{
    size_t end = 0;
    for (;;) {
        char *p = s->buf.p + s->at;
        size_t n = s->buf.n - s->at;
        for (size_t i = end; i + 1 < n; i++) {
            if (p[i] != '\n') continue;
            size_t k = i + 1 + (p[i + 1] == '\r' && i + 2 < n);
            if (p[k] != '\n') continue;
            if (k + 1 >= CONLLU_BATCH || s->eof) end = k + 1;
            if (end >= CONLLU_BATCH) break;
        }
        if (end >= CONLLU_BATCH) break;
        size_t had = n;
        if (!fill(s)) {
            end = s->buf.n - s->at;
            break;
        }
        end = had > 3 ? had - 3 : 0;
    }
    if (!end) return false;
    j->name = copy(s->name, strlen(s->name));
    j->id = file_id(s->name);
    j->kind = CHY_INPUT_CONLLU;
    j->bytes = copy(s->buf.p + s->at, end);
    j->n = end;
    s->at += end;
    return true;
}

/* ------------------------------------------------------------------------ CSV */

/* The end of the record at `at`: behind its line feed, quoted ones passed over; 0 where the buffer does not hold it. */
static size_t record_end(const source *s, size_t at, uint64_t *lines)
{
    bool quoted = false;
    *lines = 0;
    for (size_t i = at; i < s->buf.n; i++) {
        if (s->buf.p[i] == '"') quoted = !quoted;
        *lines += s->buf.p[i] == '\n';
        if (s->buf.p[i] == '\n' && !quoted) return i + 1;
    }
    return 0;
}

/* The next field of a record, its quotation marks taken off (RFC 4180). */
static bool field(const char **p, const char *end, char separator, out *v)
{
    v->n = 0;
    if (!*p) return false;
    bool quoted = *p < end && **p == '"';
    const char *q = *p + quoted;
    for (; q < end; q++) {
        if (quoted && *q == '"') {
            if (q + 1 < end && q[1] == '"') q++;
            else {
                quoted = false;
                continue;
            }
        } else if (!quoted && *q == separator) {
            break;
        }
        out_put(v, q, 1);
    }
    *p = q < end ? q + 1 : NULL;
    return true;
}

static void read_names(source *s, const char *p, const char *end)
{
    size_t commas = 0, tabs = 0, semicolons = 0;
    for (const char *q = p; q < end; q++) commas += *q == ',', tabs += *q == '\t', semicolons += *q == ';';
    s->separator = tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
    for (unsigned k = 0; k < N_COLUMNS; k++) s->column[k] = -1;
    if (end - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) p += 3;
    out v = {0};
    for (int i = 0; field(&p, end, s->separator, &v); i++)
        for (unsigned k = 0; k < N_COLUMNS; k++)
            if (v.n == strlen(column_names[k]) && strncasecmp(v.p ? v.p : "", column_names[k], v.n) == 0) s->column[k] = i;
    out_free(&v);
}

/* A row as a record of JSON Lines. */
static void row_to_json(const source *s, job *j, const char *p, const char *end)
{
    json_t *o = json_object();
    out v = {0};
    for (int i = 0; field(&p, end, s->separator, &v); i++)
        for (unsigned k = 0; v.n && k < N_COLUMNS; k++) {
            if (s->column[k] != i) continue;
            json_t *text = json_stringn(v.p, v.n);
            if (!text && !j->refused) {
                j->refused = true;
                job_error(j, "column %s is not valid UTF-8", column_names[k]);
            }
            if (text) json_object_set_new(o, column_names[k], text);
        }
    out_free(&v);
    j->bytes = json_dumps(o, JSON_COMPACT);
    j->n = j->bytes ? strlen(j->bytes) : 0;
    json_decref(o);
}

static bool next_row(source *s, job *j)
{
    for (;;) {
        uint64_t lines;
        size_t end;
        while (!(end = record_end(s, s->at, &lines)) && s->buf.n - s->at <= MAX_LINE && fill(s)) {}
        if (!end) end = s->buf.n;
        if (end == s->at) return false;
        const char *p = s->buf.p + s->at, *e = s->buf.p + end;
        bool too_long = end - s->at > MAX_LINE;
        s->at = end;
        uint64_t first = s->line + 1;
        s->line += lines;
        while (e > p && (e[-1] == '\n' || e[-1] == '\r')) e--;
        if (e == p) continue;
        bool names = !s->ready;
        if (names) {
            read_names(s, p, e);
            s->ready = true;
            if (s->column[1] >= 0 || s->column[2] >= 0) continue;
        }
        uint64_t last = s->line;
        s->line = first;
        name_line(s, j);
        s->line = last;
        j->kind = CHY_INPUT_JSONL;
        if (!names && !too_long) {
            row_to_json(s, j, p, e);
            return true;
        }
        /* Nothing of it can be read: the rows that follow would be no better. */
        j->refused = true;
        job_error(j, "%s", names ? "no column is named text or html" : "row is too long, or a quotation mark is never closed");
        s->at = s->buf.n;
        s->eof = true;
        return true;
    }
}

/* ----------------------------------------------------------------------- WARC */

/* The value of a header field, white space taken off; n = 0 where there is none. */
static chy_slice header(chy_slice block, const char *name)
{
    size_t k = strlen(name);
    for (const char *p = block.p, *end = block.p + block.n; p < end;) {
        const char *e = memchr(p, '\n', (size_t)(end - p));
        if (!e) e = end;
        if ((size_t)(e - p) > k && p[k] == ':' && strncasecmp(p, name, k) == 0) {
            const char *v = p + k + 1, *w = e;
            while (v < w && (*v == ' ' || *v == '\t')) v++;
            while (w > v && (w[-1] == '\r' || w[-1] == ' ')) w--;
            if (w - v > 1 && *v == '<' && w[-1] == '>') v++, w--;
            return (chy_slice){v, (size_t)(w - v)};
        }
        p = e + 1;
    }
    return (chy_slice){"", 0};
}

/* The end of a block of header lines at p: behind its empty line; 0 where it is not there. */
static size_t block_end(const char *p, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        if (p[i] != '\n') continue;
        if (p[i + 1] == '\n') return i + 2;
        if (i + 2 < n && p[i + 1] == '\r' && p[i + 2] == '\n') return i + 3;
    }
    return 0;
}

/* The body of a chunked answer, moved together in place; its length. */
static size_t dechunk(char *p, size_t n)
{
    size_t from = 0, to = 0;
    while (from < n) {
        char *e;
        unsigned long size = strtoul(p + from, &e, 16);
        size_t at = (size_t)(e - p);
        while (at < n && p[at] != '\n') at++;
        at++;
        if (!size || at >= n || size > n - at) break;
        memmove(p + to, p + at, size);
        to += size;
        from = at + size;
        while (from < n && (p[from] == '\r' || p[from] == '\n')) from++;
    }
    return to;
}

/* Is the answer a page of text that was found? Takes the HTTP header off. */
static bool take_page(job *j)
{
    if (j->n < 9 || memcmp(j->bytes, "HTTP/", 5) != 0) return true; /* a `resource` record is the thing itself */
    size_t head = block_end(j->bytes, j->n);
    const char *status = memchr(j->bytes, ' ', j->n);
    if (!head || !status || strncmp(status + 1, "200", 3) != 0) return false;
    chy_slice block = {j->bytes, head}, type = header(block, "Content-Type"), coding = header(block, "Content-Encoding"), transfer = header(block, "Transfer-Encoding");
    if (type.n && strncasecmp(type.p, "text/html", 9) != 0 && strncasecmp(type.p, "text/plain", 10) != 0 && strncasecmp(type.p, "application/xhtml", 17) != 0) return false;
    bool chunked = transfer.n && strncasecmp(transfer.p, "chunked", 7) == 0;
    if (coding.n && strncasecmp(coding.p, "identity", 8) != 0) {
        j->refused = true;
        job_error(j, "the answer is packed inside the record (%.*s)", (int)coding.n, coding.p);
    }
    memmove(j->bytes, j->bytes + head, j->n - head);
    j->n -= head;
    j->bytes[j->n] = 0;
    if (chunked) j->n = dechunk(j->bytes, j->n);
    return true;
}

/* Bytes of the record behind what is in the buffer are read, or passed over. */
static bool pass(source *s, uint64_t n)
{
    while (n > s->buf.n - s->at) {
        n -= s->buf.n - s->at;
        s->at = s->buf.n;
        if (!fill(s)) return false;
    }
    s->at += (size_t)n;
    return true;
}

static bool next_response(source *s, job *j)
{
    for (;;) {
        size_t head;
        while (s->at < s->buf.n && (s->buf.p[s->at] == '\r' || s->buf.p[s->at] == '\n')) s->at++;
        while (!(head = block_end(s->buf.p + s->at, s->buf.n - s->at)) && s->buf.n - s->at < 65536 && fill(s)) {}
        if (!head) return false;
        chy_slice block = {s->buf.p + s->at, head}, type = header(block, "WARC-Type"), uri = header(block, "WARC-Target-URI"), length = header(block, "Content-Length");
        char digits[24] = "";
        memcpy(digits, length.p, length.n < 23 ? length.n : 23);
        uint64_t n = strtoull(digits, NULL, 10);
        bool wanted = (type.n == 8 && strncasecmp(type.p, "response", 8) == 0) || (type.n == 8 && strncasecmp(type.p, "resource", 8) == 0);
        char *url = copy(uri.p, uri.n);
        s->at += head;
        s->line++;
        if (!wanted || n > MAX_LINE) {
            free(url);
            if (!pass(s, n)) return false;
            continue;
        }
        while (s->buf.n - s->at < n && fill(s)) {}
        size_t got = s->buf.n - s->at < n ? s->buf.n - s->at : (size_t)n;
        out name = {0};
        out_f(&name, "%s: %s", s->name, url);
        *j = (job){.bytes = copy(s->buf.p + s->at, got), .n = got, .kind = CHY_INPUT_AUTO, .url = url, .id = json_text(url, strlen(url)), .name = copy(name.p, name.n)};
        out_free(&name);
        s->at += got;
        if (got < n) {
            j->refused = true;
            job_error(j, "the archive ends in the middle of the page");
            return true;
        }
        if (take_page(j)) return true;
        free(j->bytes), free(j->url), free(j->id), free(j->name);
        *j = (job){0};
    }
}

/* ------------------------------------------------------------------------- all */

static bool refuse(source *s, job *j, const char *why)
{
    *j = (job){.name = copy(s->name, strlen(s->name)), .id = file_id(s->name), .refused = true};
    job_error(j, "%s", why);
    return true;
}

bool source_next(source *s, job *j)
{
    for (;;) {
        *j = (job){0};
        if (!s->open) {
            if (s->done) return false;
            out err = {0};
            int code = stream_member(s->st, &s->name, &err);
            s->done = code <= 0;
            if (code < 0) {
                *j = (job){.name = copy("", 0), .id = copy("null", 4), .refused = true, .errors = err};
                return true;
            }
            if (!code) return false;
            begin_member(s);
            if (s->form == FORM_SENTENCES && !strstr(s->c->inputs, "conllu")) {
                s->open = false;
                return refuse(s, j, "CoNLL-U is input for `chancery parse` only");
            }
        }
        bool more = s->form == FORM_LINES ? next_line(s, j) : s->form == FORM_ROWS ? next_row(s, j) : s->form == FORM_WARC ? next_response(s, j)
                    : s->form == FORM_SENTENCES ? next_sentences(s, j) : next_page(s, j);
        if (more) return true;
        s->open = false;
        if (s->failed) {
            s->failed = false;
            return refuse(s, j, stream_error(s->st));
        }
    }
}

/* --------------------------------------------------------------------- folders */

static bool known_ending(const char *name)
{
    static const char *const endings[] = {".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".warc", ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_in(name, endings[i])) return true;
    return false;
}

static void push(char ***v, unsigned *n, char *path)
{
    *v = xrealloc(*v, (*n + 1) * sizeof **v);
    (*v)[(*n)++] = path;
}

/* The files of a folder, by name, then those of its folders. Links to folders are not followed. */
static void walk(const char *folder, unsigned depth, char ***v, unsigned *n, uint64_t *passed)
{
    struct dirent **entry;
    int k = scandir(folder, &entry, NULL, alphasort);
    for (int i = 0; i < k; i++) {
        struct stat st;
        out path = {0};
        out_f(&path, "%s/%s", folder, entry[i]->d_name);
        bool hidden = entry[i]->d_name[0] == '.';
        free(entry[i]);
        if (hidden || lstat(path.p, &st) != 0 || (S_ISLNK(st.st_mode) && (stat(path.p, &st) != 0 || S_ISDIR(st.st_mode)))) {
            out_free(&path);
            continue;
        }
        if (S_ISDIR(st.st_mode) && depth < MAX_DEPTH) walk(path.p, depth + 1, v, n, passed);
        if (S_ISREG(st.st_mode) && known_ending(path.p)) {
            push(v, n, path.p);
            continue;
        }
        *passed += S_ISREG(st.st_mode);
        out_free(&path);
    }
    if (k >= 0) free(entry);
}

char **source_files(const options *o, unsigned *n)
{
    char **v = NULL;
    *n = 0;
    for (unsigned i = 0; i < o->n_files; i++) {
        struct stat st;
        if (strcmp(o->files[i], "-") == 0 || stat(o->files[i], &st) != 0 || !S_ISDIR(st.st_mode)) {
            push(&v, n, copy(o->files[i], strlen(o->files[i])));
            continue;
        }
        uint64_t passed = 0;
        size_t len = strlen(o->files[i]);
        while (len > 1 && o->files[i][len - 1] == '/') len--;
        char *folder = copy(o->files[i], len);
        walk(folder, 0, &v, n, &passed);
        free(folder);
        if (passed && !o->quiet)
            fprintf(stderr, "chancery: %s: note: %llu files passed over for their endings\n", o->files[i], (unsigned long long)passed);
    }
    return v;
}
