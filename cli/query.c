/* SPDX-License-Identifier: Apache-2.0
 *
 * query.c - `chancery query`: rows of a record, for people and for programs.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct printer {
    const options *o;
    out text;
    const char *columns;
    uint64_t n;
    bool broken;
} printer;

/* The name of column i of a list with blanks between. */
static chy_slice column(const char *list, uint32_t i)
{
    for (; i; i--) list += strcspn(list, " ") + 1;
    return (chy_slice){list, strcspn(list, " ")};
}

static chy_slice named(const printer *p, const chy_slice *cells, uint32_t n, const char *name)
{
    for (uint32_t i = 0; i < n; i++) {
        chy_slice c = column(p->columns, i);
        if (c.n == strlen(name) && memcmp(c.p, name, c.n) == 0) return cells[i];
    }
    return (chy_slice){NULL, 0};
}

static void json_row(printer *p, const chy_slice *cells, uint32_t n)
{
    json_t *v = json_object();
    for (uint32_t i = 0; i < n; i++) {
        chy_slice c = column(p->columns, i);
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)c.n, c.p);
        json_object_set_new(v, name, cells[i].p ? json_stringn_nocheck(cells[i].p, cells[i].n) : json_null());
    }
    out_json(&p->text, v);
}

static void csv_row(printer *p, const chy_slice *cells, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i) out_z(&p->text, ",");
        out_csv(&p->text, cells[i]);
    }
    out_z(&p->text, "\r\n");
}

static void table_row(printer *p, const chy_slice *cells, uint32_t n)
{
    chy_slice begin = named(p, cells, n, "date_begin"), end = named(p, cells, n, "date_end"), target = named(p, cells, n, "target");
    chy_slice denied = named(p, cells, n, "denied_by"), said = named(p, cells, n, "asserted_by"), mode = named(p, cells, n, "mode");
    out_f(&p->text, "%s", color_on(p->o, "\033[1m"));
    if (begin.n) out_slice(&p->text, begin);
    else out_z(&p->text, "no date   ");
    if (begin.n && (end.n != begin.n || memcmp(end.p, begin.p, begin.n) != 0)) out_z(&p->text, " … "), out_slice(&p->text, end);
    out_f(&p->text, "%s  ", color_off(p->o));
    out_slice(&p->text, named(p, cells, n, "type"));
    if (mode.n) out_z(&p->text, "."), out_slice(&p->text, mode);
    out_z(&p->text, "  "), out_line(&p->text, named(p, cells, n, "source"), 48);
    if (target.n) out_z(&p->text, " → "), out_line(&p->text, target, 48);
    out_z(&p->text, "  ("), out_slice(&p->text, named(p, cells, n, "status"));
    if (p->o->incidents) {
        out_z(&p->text, "; "), out_slice(&p->text, named(p, cells, n, "dispatches"));
        out_z(&p->text, " dispatches, "), out_slice(&p->text, named(p, cells, n, "voices")), out_z(&p->text, " voices");
    }
    out_z(&p->text, ")\n");
    if (said.n) out_z(&p->text, "    says so: "), out_line(&p->text, said, 90), out_z(&p->text, "\n");
    if (denied.n) out_z(&p->text, "    denies it: "), out_line(&p->text, denied, 90), out_z(&p->text, "\n");
    out_z(&p->text, "    “"), out_line(&p->text, named(p, cells, n, "evidence"), 160), out_z(&p->text, "”\n");
}

static int row(void *ctx, const chy_slice *cells, uint32_t n)
{
    printer *p = ctx;
    p->n++;
    if (p->o->format[0] == 'j') json_row(p, cells, n);
    else if (p->o->format[0] == 'c') csv_row(p, cells, n);
    else table_row(p, cells, n);
    if (p->text.n > 1 << 16) {
        p->broken = fwrite(p->text.p, 1, p->text.n, stdout) != p->text.n;
        p->text.n = 0;
    }
    return p->broken;
}

static int run_query(const options *o)
{
    chy_record *r;
    chy_error err = {0};
    const char *what = o->incidents ? "incidents" : "events";
    out expression = words_of(o);
    if (chy_record_open(o->record, CHY_RECORD_READ, &r, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        out_free(&expression);
        return EXIT_REFUSED;
    }
    printer p = {.o = o, .columns = chy_record_columns(what)};
    if (o->format[0] == 'c') {
        for (const char *c = p.columns; *c; c++) out_put(&p.text, *c == ' ' ? "," : c, 1);
        out_z(&p.text, "\r\n");
    }
    chy_status st = chy_record_select(r, what, (chy_slice){expression.p, expression.n}, o->as_of, o->limit, row, &p, &err);
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    else if (o->format[0] == 't') out_f(&p.text, "%llu %s\n", (unsigned long long)p.n, what);
    if (p.text.n && st == CHY_OK) fwrite(p.text.p, 1, p.text.n, stdout);
    out_free(&p.text);
    out_free(&expression);
    chy_record_close(r);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

const command cmd_query = {
    .name = "query", .summary = "search a record: who, to whom, what, when, where, who says so",
    .formats = "table jsonl csv", .inputs = "", .options = "incidents as-of limit", .record = true, .rest = " [TERM…]", .run = run_query,
    .help = "A TERM is FIELD:VALUE; all must hold. Values with commas are alternatives, a minus before the term turns it round; bare words are\n"
            "looked for in the text. Fields: actor source target dyad sector type mode context quad status from to place voice denier\n"
            "publisher agency text incident dispatch event contested (docs/query.md).\n\n"
            "    chancery query record.db dyad:IRN-UKR from:2022-10 status:claimed,disputed\n"
            "    chancery query record.db type:PROTEST place:FRA -sector:GOV pensions\n",
};
