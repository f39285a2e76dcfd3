/* SPDX-License-Identifier: Apache-2.0
 *
 * sample.c - `chancery sample` and `chancery precision`: rows drawn by lot to be judged, and what the verdicts say of all.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static int csv_row(void *ctx, const chy_slice *cells, uint32_t n)
{
    out *t = ctx;
    for (uint32_t i = 0; i < n; i++) out_csv(t, cells[i]), out_z(t, ",");
    out_z(t, ",\r\n"); /* verdict and note are empty */
    return 0;
}

static int run_sample(const options *o)
{
    chy_record *r;
    chy_error err = {0};
    out text = {0}, expression = words_of(o);
    for (const char *c = chy_record_columns("events"); *c; c++) out_put(&text, *c == ' ' ? "," : c, 1);
    out_z(&text, ",verdict,note\r\n");
    chy_status st = chy_record_open(o->record, CHY_RECORD_READ, &r, &err);
    if (st == CHY_OK)
        st = chy_record_sample(r, (chy_slice){expression.p, expression.n}, o->draw ? o->draw : 200, o->by ? o->by : "type,status", o->seed ? o->seed : 1,
                               csv_row, &text, &err);
    out_free(&expression);
    return end_record(r, &text, st, &err);
}

const command cmd_sample = {
    .name = "sample", .summary = "draw events of a record by lot, for people to judge",
    .formats = "csv", .inputs = "", .options = "n by seed", .record = true, .rest = " [TERM…]", .run = run_sample,
    .help = "The terms are those of `chancery query`. Each stratum (--by COLUMN[,COLUMN…], as query's CSV names them; type,status where none is given)\n"
            "gets its share of the --n events (200), the same for the same record and --seed. Write right, wrong or FIELD=VALUE into\n"
            "the column verdict and hand the file to `chancery correct --from`; `chancery precision` adds up.\n",
};

typedef struct printer {
    const options *o;
    out text;
} printer;

static int print(void *ctx, const chy_precision *p)
{
    printer *t = ctx;
    chy_slice name = p->stratum.n ? p->stratum : (chy_slice){"all", 3};
    if (t->o->format[0] == 'j') {
        out_json(&t->text, json_pack("{s:s%,s:i,s:i,s:f,s:f,s:f,s:i}", "stratum", name.p, name.n, "n", (int)p->n, "right", (int)p->right, "share", p->share, "low", p->low,
                                     "high", p->high, "withdrawn", (int)p->withdrawn));
    } else if (t->o->format[0] == 'c') {
        out_csv(&t->text, name);
        out_f(&t->text, ",%u,%u,%.4f,%.4f,%.4f,%u\r\n", p->n, p->right, p->share, p->low, p->high, p->withdrawn);
    } else {
        out_f(&t->text, "%-32.*s %6u judged  %6u right  %.3f (%.3f … %.3f)\n", (int)name.n, name.p, p->n, p->right, p->share, p->low, p->high);
    }
    return 0;
}

static int run_precision(const options *o)
{
    chy_record *r;
    chy_error err = {0};
    printer p = {.o = o};
    if (o->n_files) {
        fprintf(stderr, "chancery precision: %s is one name too many; see `chancery precision --help`\n", o->files[0]);
        return EXIT_USAGE;
    }
    if (o->format[0] == 'c') out_z(&p.text, "stratum,n,right,share,low,high,withdrawn\r\n");
    chy_status st = chy_record_open(o->record, CHY_RECORD_READ, &r, &err);
    if (st == CHY_OK) st = chy_record_precision(r, o->by ? o->by : "type", print, &p, &err);
    if (st == CHY_OK && !p.text.n && o->format[0] == 't') out_z(&p.text, "no event that was drawn has been judged\n");
    return end_record(r, &p.text, st, &err);
}

const command cmd_precision = {
    .name = "precision", .summary = "which share of a record's events is right, by the verdicts on those drawn",
    .formats = "table csv jsonl", .inputs = "", .options = "by", .record = true, .rest = "", .run = run_precision,
    .help = "For each stratum (--by type, mode, status, judge, dispatch, or several with commas between) and for all: how many were judged, how many are right, the\n"
            "share and its 95 % interval (Wilson). Only events that `chancery sample` drew count, with the latest verdict on each; `withdrawn`\n"
            "are those that have been coded otherwise since.\n",
};
