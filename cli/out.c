/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void *xrealloc(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    if (!q) {
        fputs("chancery: out of memory\n", stderr);
        exit(EXIT_REFUSED);
    }
    return q;
}

void out_put(out *o, const char *p, size_t n)
{
    if (o->n + n + 1 > o->cap) o->p = xrealloc(o->p, o->cap = (o->n + n + 64) * 2);
    if (n) memcpy(o->p + o->n, p, n);
    o->n += n;
    o->p[o->n] = 0;
}

void out_z(out *o, const char *z) { out_put(o, z, strlen(z)); }
void out_slice(out *o, chy_slice s) { out_put(o, s.p, s.n); }

void out_u(out *o, uint64_t v)
{
    char buf[20];
    size_t i = sizeof buf;
    do buf[--i] = (char)('0' + v % 10);
    while (v /= 10);
    out_put(o, buf + i, sizeof buf - i);
}

void out_f(out *o, const char *fmt, ...)
{
    char buf[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    if (n < 0) return;
    if ((size_t)n < sizeof buf) {
        out_put(o, buf, (size_t)n);
        return;
    }
    char *big = xrealloc(NULL, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(big, (size_t)n + 1, fmt, ap);
    va_end(ap);
    out_put(o, big, (size_t)n);
    free(big);
}

void out_free(out *o)
{
    free(o->p);
    *o = (out){0};
}

static int dump(const char *p, size_t n, void *o)
{
    out_put(o, p, n);
    return 0;
}

void out_json(out *o, json_t *v)
{
    if (json_dump_callback(v, dump, o, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(7)) != 0)
        out_z(o, "null");
    out_z(o, "\n");
    json_decref(v);
}

void out_csv(out *o, chy_slice s)
{
    bool quote = false;
    for (size_t i = 0; i < s.n; i++) quote |= s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quote) {
        out_slice(o, s);
        return;
    }
    out_z(o, "\"");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') out_z(o, "\"");
        out_put(o, s.p + i, 1);
    }
    out_z(o, "\"");
}

void out_csv_safe(out *o, chy_slice s)
{
    size_t k = 0;
    while (k < s.n && s.p[k] == '\'') k++; /* so that it can be told from an apostrophe of ours */
    if (k == s.n || !memchr("=+-@\t\r", s.p[k], 6)) {
        out_csv(o, s);
        return;
    }
    out cell = {0};
    out_z(&cell, "'"), out_slice(&cell, s);
    out_csv(o, (chy_slice){cell.p, cell.n});
    out_free(&cell);
}

void out_line(out *o, chy_slice s, size_t width)
{
    size_t col = 0;
    bool blank = false;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t n = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (n > s.n - i) n = s.n - i;
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            blank = col > 0;
        } else {
            if (width && col + blank + 1 >= width) {
                out_z(o, "\xE2\x80\xA6");
                return;
            }
            if (blank) out_z(o, " "), col++;
            blank = false;
            if (c < ' ') out_z(o, "?"); /* no control bytes on a terminal */
            else out_put(o, s.p + i, n);
            col++;
        }
        i += n;
    }
}

json_t *j_slice(chy_slice s)
{
    json_t *v = json_stringn(s.n ? s.p : "", s.n);
    return v ? v : json_null();
}

json_t *j_slice_or_null(chy_slice s) { return s.n ? j_slice(s) : json_null(); }

json_t *j_day(chy_day d)
{
    if (d == CHY_NO_DAY) return json_null();
    char buf[11];
    chy_day_format(d, buf);
    return json_string(buf);
}

json_t *j_interval(chy_interval i)
{
    if (i.begin == CHY_NO_DAY || i.end == CHY_NO_DAY) return json_null();
    return json_pack("[o,o]", j_day(i.begin), j_day(i.end));
}

json_t *j_dispatch(const char *id, const chy_dispatch *d)
{
    json_t *v = json_object();
    json_object_set_new(v, "id", json_loads(id, JSON_DECODE_ANY, NULL));
    json_object_set_new(v, "article", json_integer(d->article));
    return v;
}

json_t *j_sectors(uint32_t bits)
{
    json_t *v = json_array();
    for (unsigned b = 0; b < CHY_N_SECTOR; b++)
        if (bits >> b & 1) json_array_append_new(v, json_string(chy_sector_name(b)));
    return v;
}

chy_slice cut(const chy_page *page, chy_range r)
{
    return (chy_slice){page->text.p + r.begin, r.end - r.begin};
}

const char *color_on(const options *o, const char *code) { return o->color ? code : ""; }
const char *color_off(const options *o) { return o->color ? "\033[0m" : ""; }

out words_of(const options *o)
{
    out words = {0};
    out_put(&words, "", 0);
    for (unsigned i = 0; i < o->n_files; i++) out_f(&words, "%s%s", i ? " " : "", o->files[i]);
    return words;
}

int end_record(chy_record *r, out *t, chy_status st, const chy_error *err)
{
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err->message);
    else if (t->n) fwrite(t->p, 1, t->n, stdout);
    out_free(t);
    chy_record_close(r);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}
