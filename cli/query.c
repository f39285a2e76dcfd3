/* SPDX-License-Identifier: Apache-2.0
 *
 * query.c - `chancery query`: rows of a record, for people and for programs.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static void table_row(row_out *p, const chy_slice *cells, uint32_t n)
{
    chy_slice begin = rows_cell(p, cells, n, "date_begin"), end = rows_cell(p, cells, n, "date_end"), target = rows_cell(p, cells, n, "target");
    chy_slice denied = rows_cell(p, cells, n, "denied_by"), said = rows_cell(p, cells, n, "asserted_by"), mode = rows_cell(p, cells, n, "mode");
    out_f(&p->text, "%s", color_on(p->o, "\033[1m"));
    if (begin.n) out_slice(&p->text, begin);
    else out_z(&p->text, "no date   ");
    if (begin.n && (end.n != begin.n || memcmp(end.p, begin.p, begin.n) != 0)) out_z(&p->text, " … "), out_slice(&p->text, end);
    out_f(&p->text, "%s  ", color_off(p->o));
    out_slice(&p->text, rows_cell(p, cells, n, "type"));
    if (mode.n) out_z(&p->text, "."), out_slice(&p->text, mode);
    out_z(&p->text, "  "), out_line(&p->text, rows_cell(p, cells, n, "source"), 48);
    if (target.n) out_z(&p->text, " → "), out_line(&p->text, target, 48);
    out_z(&p->text, "  ("), out_slice(&p->text, rows_cell(p, cells, n, "status"));
    if (p->o->incidents) {
        out_z(&p->text, "; "), out_slice(&p->text, rows_cell(p, cells, n, "dispatches"));
        out_z(&p->text, " dispatches, "), out_slice(&p->text, rows_cell(p, cells, n, "voices")), out_z(&p->text, " voices");
    }
    out_z(&p->text, ")\n");
    if (said.n) out_z(&p->text, "    says so: "), out_line(&p->text, said, 90), out_z(&p->text, "\n");
    if (denied.n) out_z(&p->text, "    denies it: "), out_line(&p->text, denied, 90), out_z(&p->text, "\n");
    out_z(&p->text, "    “"), out_line(&p->text, rows_cell(p, cells, n, "evidence"), 160), out_z(&p->text, "”\n");
}

static int row(void *ctx, const chy_slice *cells, uint32_t n)
{
    row_out *p = ctx;
    p->n++;
    if (p->o->format[0] == 'j') rows_json(p, cells, n);
    else if (p->o->format[0] == 'c') rows_csv(p, cells, n);
    else table_row(p, cells, n);
    return p->text.n > 1 << 16 && !rows_flush(p);
}

static int run_query(const options *o)
{
    const char *what = o->incidents ? "incidents" : "events";
    row_out p = {.o = o, .columns = chy_record_columns(what)};
    int status = rows_open(&p);
    if (status != EXIT_DONE) return status;
    rows_head(&p);
    status = rows_ask(&p, what, row, o->limit);
    if (status == EXIT_DONE && o->format[0] == 't') out_f(&p.text, "%llu %s\n", (unsigned long long)p.n, what);
    return rows_close(&p, status);
}

const command cmd_query = {
    .name = "query", .summary = "search a record: who, to whom, what, when, where, who says so",
    .formats = "table jsonl csv", .inputs = "", .options = "incidents corrected as-of limit", .record = true, .rest = " [TERM…]", .run = run_query,
    .help = "A TERM is FIELD:VALUE; all must hold. Values with commas are alternatives, a minus before the term turns it round; bare words are\n"
            "looked for in the text. Fields: actor source target dyad sector type mode context quad status from to place voice denier\n"
            "publisher agency text incident dispatch event contested (docs/query.md).\n\n"
            "    chancery query record.db dyad:IRN-UKR from:2022-10 status:claimed,disputed\n"
            "    chancery query record.db type:PROTEST place:FRA -sector:GOV pensions\n",
};
