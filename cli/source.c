/* SPDX-License-Identifier: Apache-2.0
 *
 * source.c - from files to jobs: a page a file, a record a line of JSON Lines, a batch of sentences of CoNLL-U.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CHUNK = 256 << 10, CONLLU_BATCH = 128 << 10 };

struct source {
    FILE *f;
    const char *path;
    chy_input_kind kind;
    out buf;          /* bytes read and not yet given out, from `at` on */
    size_t at;
    bool eof, done;
    uint64_t line;    /* JSON Lines: number of the last line given out */
};

static const char *shown(const char *path) { return strcmp(path, "-") == 0 ? "stdin" : path; }

/* Read on; false at the end or on an error (then errno is set). */
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
    size_t n = fread(tmp, 1, sizeof tmp, s->f);
    out_put(&s->buf, tmp, n);
    if (n < sizeof tmp) s->eof = true;
    return n > 0;
}

source *source_open(const char *path, const command *c, const options *o, out *err)
{
    bool std = strcmp(path, "-") == 0;
    FILE *f = std ? stdin : fopen(path, "rb");
    struct stat st;
    if (!f) {
        out_f(err, "chancery: %s: %s\n", path, strerror(errno));
        return NULL;
    }
    if (fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
        out_f(err, "chancery: %s: is a folder; name the files in it\n", shown(path));
        if (!std) fclose(f);
        return NULL;
    }
    source *s = xrealloc(NULL, sizeof *s);
    *s = (source){.f = f, .path = path};
    while (s->buf.n < 4096 && fill(s)) {}
    if (ferror(f)) {
        out_f(err, "chancery: %s: %s\n", shown(path), strerror(errno));
        source_close(s);
        return NULL;
    }
    s->kind = o->input;
    if (s->kind == CHY_INPUT_AUTO) {
        chy_slice name = std ? (chy_slice){"", 0} : (chy_slice){path, strlen(path)};
        s->kind = chy_input_guess(name, (chy_slice){s->buf.p ? s->buf.p : "", s->buf.n});
        if (strcmp(c->inputs, "jsonl") == 0) s->kind = CHY_INPUT_JSONL;
    }
    if (s->kind == CHY_INPUT_CONLLU && !strstr(c->inputs, "conllu")) {
        out_f(err, "chancery: %s: CoNLL-U is input for `chancery parse` only\n", shown(path));
        source_close(s);
        return NULL;
    }
    return s;
}

void source_close(source *s)
{
    if (!s) return;
    if (s->f != stdin) fclose(s->f);
    out_free(&s->buf);
    free(s);
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
    if (strcmp(path, "-") == 0) base = "stdin";
    const char *dot = strrchr(base, '.');
    return json_text(base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

static bool next_page(source *s, job *j)
{
    if (s->done) return false;
    s->done = true;
    while (s->buf.n <= CHY_MAX_PAGE_BYTES && fill(s)) {}
    j->name = copy(shown(s->path), strlen(shown(s->path)));
    j->id = file_id(s->path);
    j->kind = s->kind;
    if (ferror(s->f)) {
        j->refused = true;
        job_error(j, "cannot be read: %s", strerror(errno));
    }
    /* One byte over the limit is enough for the library to refuse it by name. */
    j->n = s->buf.n <= CHY_MAX_PAGE_BYTES ? s->buf.n : (size_t)CHY_MAX_PAGE_BYTES + 1;
    j->bytes = s->buf.p ? s->buf.p : copy("", 0);
    s->buf = (out){0};
    return true;
}

static bool next_line(source *s, job *j)
{
    bool too_long = false;
    size_t scanned = 0;
    for (;;) {
        char *p = s->buf.p + s->at;
        size_t n = s->buf.n - s->at;
        char *e = n > scanned ? memchr(p + scanned, '\n', n - scanned) : NULL;
        if (!e && n > 2u * CHY_MAX_PAGE_BYTES) { /* a line that no page could be: drop it as it comes */
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
        char name[64];
        int m = snprintf(name, sizeof name, ":%llu", (unsigned long long)s->line);
        size_t len = strlen(shown(s->path));
        j->name = xrealloc(NULL, len + (size_t)m + 1);
        memcpy(j->name, shown(s->path), len);
        memcpy(j->name + len, name, (size_t)m + 1);
        j->id = json_text(j->name, len + (size_t)m);
        j->kind = CHY_INPUT_JSONL;
        j->bytes = copy(p, too_long ? 0 : n);
        j->n = too_long ? 0 : n;
        if (too_long) {
            j->refused = true;
            job_error(j, "line is longer than %d MiB", 2 * (CHY_MAX_PAGE_BYTES >> 20));
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
    j->name = copy(shown(s->path), strlen(shown(s->path)));
    j->id = file_id(s->path);
    j->kind = CHY_INPUT_CONLLU;
    j->bytes = copy(s->buf.p + s->at, end);
    j->n = end;
    s->at += end;
    return true;
}

bool source_next(source *s, job *j)
{
    *j = (job){0};
    if (s->kind == CHY_INPUT_JSONL) return next_line(s, j);
    if (s->kind == CHY_INPUT_CONLLU) return next_sentences(s, j);
    return next_page(s, j);
}
