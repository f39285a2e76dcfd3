/* SPDX-License-Identifier: Apache-2.0
 *
 * counts.c - `chancery counts`: how much happened between whom and when, for statistics.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct counter {
    const options *o;
    const chy_counts *about;
    FILE *file;
    out text;
    bool headed, broken;
} counter;

static void flush(counter *c)
{
    if (c->text.n) c->broken |= fwrite(c->text.p, 1, c->text.n, c->file) != c->text.n;
    c->text.n = 0;
}

static void head(counter *c)
{
    c->headed = true;
    if (c->o->format[0] != 'c') return;
    for (const char *p = c->about->columns; *p; p++) out_put(&c->text, *p == ' ' ? "," : p, 1);
    out_z(&c->text, "\r\n");
}

/* The class of quad and the counts are numbers, the rest is text. */
static bool is_number(chy_slice name)
{
    static const char *const numbers[] = {"quad", "events", "incidents", "dispatches"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (name.n == strlen(numbers[i]) && memcmp(name.p, numbers[i], name.n) == 0) return true;
    return false;
}

static int row(void *ctx, const chy_slice *cells, uint32_t n)
{
    counter *c = ctx;
    if (!c->headed) head(c);
    json_t *v = c->o->format[0] == 'j' ? json_object() : NULL;
    const char *name = c->about->columns;
    for (uint32_t i = 0; i < n; i++) {
        chy_slice key = {name, strcspn(name, " ")};
        if (v) {
            char z[32];
            snprintf(z, sizeof z, "%.*s", (int)key.n, key.p);
            if (strcmp(z, "intensity") == 0) json_object_set_new(v, z, cells[i].n ? json_real(strtod(cells[i].p, NULL)) : json_null());
            else json_object_set_new(v, z, is_number(key) ? json_integer(strtoll(cells[i].p, NULL, 10)) : j_slice_or_null(cells[i]));
        } else {
            if (i) out_z(&c->text, ",");
            out_csv_safe(&c->text, cells[i]);
        }
        name += key.n + (name[key.n] == ' ');
    }
    if (v) out_json(&c->text, v);
    else out_z(&c->text, "\r\n");
    if (c->text.n > 1 << 16) flush(c);
    return c->broken;
}

/* One table; false, with a message, where it cannot be made. */
static chy_status table(const options *o, chy_record *r, const char *by, chy_slice expression, FILE *file, chy_error *err)
{
    chy_counts about;
    counter c = {.o = o, .about = &about, .file = file};
    chy_status st = chy_record_counts(r, by, expression, o->as_of, &about, row, &c, err);
    if (st == CHY_OK) {
        if (!c.headed) head(&c);
        flush(&c);
        if (c.broken) {
            st = CHY_E_IO;
            snprintf(err->message, sizeof err->message, "cannot write");
        }
        if (about.undated && !o->quiet)
            fprintf(stderr, "chancery: %llu %s without a day in no row\n", (unsigned long long)about.undated, strstr(by, "publisher") ? "dispatches" : "events");
    }
    out_free(&c.text);
    return st;
}

/* "month,publisher" where the events are counted by month. */
static bool denominators_by(const char *by, char list[32])
{
    static const char *const periods[] = {"day", "week", "month", "quarter", "year"};
    for (const char *p = by;;) {
        size_t n = strcspn(p, ",");
        for (unsigned i = 0; i < 5; i++)
            if (n == strlen(periods[i]) && memcmp(p, periods[i], n) == 0) return snprintf(list, 32, "%s,publisher", periods[i]) > 0;
        if (!p[n]) return false;
        p += n + 1;
    }
}

static int run_counts(const options *o)
{
    const char *by = o->by ? o->by : "month,dyad,quad";
    char publishers[32];
    if (o->denominators && !denominators_by(by, publishers)) {
        fputs("chancery counts: --denominators wants a period in --by\n", stderr);
        return EXIT_USAGE;
    }
    chy_record *r;
    chy_error err = {0};
    if (chy_record_open(o->record, CHY_RECORD_READ, &r, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return EXIT_REFUSED;
    }
    out expression = words_of(o);
    chy_slice x = {expression.p, expression.n};
    chy_status st = table(o, r, by, strstr(by, "publisher") ? (chy_slice){"", 0} : x, stdout, &err);
    if (st == CHY_OK && o->denominators) {
        FILE *f = fopen(o->denominators, "w");
        if (f) st = table(o, r, publishers, (chy_slice){"", 0}, f, &err);
        if (!f || (fclose(f) != 0 && st == CHY_OK)) {
            st = CHY_E_IO;
            snprintf(err.message, sizeof err.message, "%s: cannot be written", o->denominators);
        }
    }
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    out_free(&expression);
    chy_record_close(r);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

const command cmd_counts = {
    .name = "counts", .summary = "count a record's events by period, dyad and class",
    .formats = "csv jsonl", .inputs = "", .options = "by denominators as-of", .record = true, .rest = " [TERM…]", .run = run_counts,
    .help = "TERMs are those of `chancery query`. Every pair of countries has a row in every period from the first to the last, with 0 where nothing\n"
            "happened (docs/export.md).\n\n"
            "    chancery counts record.db --by month,dyad,quad status:reported,admitted --denominators stories.csv\n",
};
