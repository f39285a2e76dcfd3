/* SPDX-License-Identifier: Apache-2.0
 *
 * corroboration.c - `chancery corroboration`: how many independent voices each incident rests on; and `chancery claims --contested`: who asserts
 * and who denies what somebody denies.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------- corroboration */

static int row(void *ctx, const chy_slice *cells, uint32_t n)
{
    row_out *p = ctx;
    p->n++;
    if (p->o->format[0] == 't') {
        rows_incident(p, cells, n);
    } else {
        bool single = rows_number(p, cells, n, "voices") == 1;
        chy_slice with[64];
        uint32_t k = 0;
        for (; k < n && k < 63; k++) with[k] = cells[k];
        with[k++] = (chy_slice){single ? "1" : "0", 1};
        if (p->o->format[0] == 'j') rows_json(p, with, k);
        else rows_csv(p, with, k);
    }
    return p->text.n > 1 << 16 && !rows_flush(p);
}

typedef struct shares {
    uint64_t n[4]; /* incidents with no voice, one, two, more */
} shares;

static int share(void *ctx, const chy_slice *cells, uint32_t n)
{
    row_out *p = ctx;
    shares *s = p->more;
    uint64_t voices = cells[0].p ? strtoull(cells[0].p, NULL, 10) : 0;
    if (n > 1 && cells[1].p && voices < 4) s->n[voices] += strtoull(cells[1].p, NULL, 10);
    return 0;
}

static int run_corroboration(const options *o)
{
    shares s = {{0}};
    row_out p = {.o = o, .more = &s};
    out columns = {0};
    out_f(&columns, "%s single_source", chy_record_columns("least"));
    p.columns = columns.p;
    int status = rows_open(&p);
    if (status == EXIT_DONE) {
        rows_head(&p);
        status = rows_ask(&p, o->reverse ? "most" : "least", row, o->limit);
        if (status == EXIT_DONE && o->format[0] == 't') {
            status = rows_ask(&p, "corroboration", share, 0);
            uint64_t all = s.n[0] + s.n[1] + s.n[2] + s.n[3];
            double of = all ? 100.0 / (double)all : 0;
            out_f(&p.text, "%llu incidents: %.0f %% with one voice, %.0f %% with two, %.0f %% with three or more", (unsigned long long)all, (double)s.n[1] * of, (double)s.n[2] * of, (double)s.n[3] * of);
            if (s.n[0]) out_f(&p.text, "; %.0f %% that nobody asserts", (double)s.n[0] * of);
            out_z(&p.text, "\n");
        }
        status = rows_close(&p, status);
    }
    out_free(&columns);
    return status;
}

const command cmd_corroboration = {
    .name = "corroboration", .summary = "how many dispatches, publishers and independent voices a record's incidents rest on",
    .formats = "table jsonl csv", .inputs = "", .options = "as-of limit reverse", .record = true, .rest = " [TERM…]", .run = run_corroboration,
    .help = "The least corroborated first. A voice is who asserts it, the nearest one named in each telling, or the outlet where none is; copies of one wire\n"
            "are one outlet. The last line says which share rests on one voice, two, three or more. TERMs are those of `chancery query`.\n\n"
            "    chancery corroboration record.db type:ASSAULT place:SDN -status:planned --limit 20\n",
};

/* ------------------------------------------------------------------- contested */

static void side(row_out *p, const char *who, const chy_slice *cells, uint32_t n, const char *names, const char *count, const char *day, const char *publisher)
{
    uint64_t k = rows_number(p, cells, n, count);
    chy_slice since = rows_cell(p, cells, n, day), by = rows_cell(p, cells, n, publisher);
    out_f(&p->text, "    %s (%llu voice%s): ", who, (unsigned long long)k, k == 1 ? "" : "s");
    rows_names(p, rows_cell(p, cells, n, names));
    if (since.n) out_z(&p->text, "; since "), out_slice(&p->text, since);
    if (by.n) out_z(&p->text, since.n ? ", first in " : "; first in "), out_line(&p->text, by, 40);
    out_z(&p->text, "\n");
}

static int contested_row(void *ctx, const chy_slice *cells, uint32_t n)
{
    row_out *p = ctx;
    p->n++;
    if (p->o->format[0] == 'j') rows_json(p, cells, n);
    else if (p->o->format[0] == 'c') rows_csv(p, cells, n);
    else {
        chy_slice begin = rows_cell(p, cells, n, "date_begin"), target = rows_cell(p, cells, n, "target"), mode = rows_cell(p, cells, n, "mode");
        out_f(&p->text, "%s", color_on(p->o, "\033[1m"));
        if (begin.n) out_slice(&p->text, begin);
        else out_z(&p->text, "no date   ");
        out_f(&p->text, "%s  ", color_off(p->o));
        out_slice(&p->text, rows_cell(p, cells, n, "type"));
        if (mode.n) out_z(&p->text, "."), out_slice(&p->text, mode);
        out_z(&p->text, "  "), out_line(&p->text, rows_cell(p, cells, n, "source"), 48);
        if (target.n) out_z(&p->text, " → "), out_line(&p->text, target, 48);
        out_f(&p->text, "   [incident %llu]\n", (unsigned long long)rows_number(p, cells, n, "id"));
        if (rows_cell(p, cells, n, "asserted_by").n) {
            side(p, "asserted", cells, n, "asserted_by", "voices", "published", "publisher");
            out_z(&p->text, "        “"), out_line(&p->text, rows_cell(p, cells, n, "evidence"), 150), out_z(&p->text, "”\n");
        } else {
            out_z(&p->text, "    nobody on record asserts it\n");
        }
        side(p, "denied", cells, n, "denied_by", "deniers", "denied_since", "denial_publisher");
        chy_slice said = rows_cell(p, cells, n, "evidence"), denial = rows_cell(p, cells, n, "denial");
        if (!rows_cell(p, cells, n, "asserted_by").n || denial.n != said.n || memcmp(denial.p, said.p, said.n) != 0)
            out_z(&p->text, "        “"), out_line(&p->text, denial, 150), out_z(&p->text, "”\n");
    }
    return p->text.n > 1 << 16 && !rows_flush(p);
}

static int run_contested(const options *o)
{
    row_out p = {.o = o, .columns = chy_record_columns("contested")};
    int status = rows_open(&p);
    if (status != EXIT_DONE) return status;
    rows_head(&p);
    status = rows_ask(&p, "contested", contested_row, o->limit);
    if (status == EXIT_DONE && o->format[0] == 't') out_f(&p.text, "%llu contested\n", (unsigned long long)p.n);
    return rows_close(&p, status);
}

const command cmd_contested = {
    .name = "claims", .summary = "what somebody denies, of a record: who asserts it and who denies it, since when",
    .formats = "table jsonl csv", .inputs = "", .options = "contested as-of limit", .record = true, .rest = " [TERM…]", .run = run_contested,
    .help = "One entry an incident that somebody denies, in the same story or in another: who asserts and who denies it, how many independent voices\n"
            "on each side, since when, and the first telling of each. TERMs are those of `chancery query`. Without --contested `chancery claims`\n"
            "takes files.\n\n"
            "    chancery claims --contested record.db actor:RUS from:2024-01\n",
};
