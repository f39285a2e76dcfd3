/* SPDX-License-Identifier: Apache-2.0
 *
 * timeline.c - `chancery timeline`: a record's incidents in the order of their days, for reading.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL = 16 };

typedef struct line {
    char period[LABEL];   /* that the rows at hand are in */
    out held;             /* they, until it is known how many there are */
    uint64_t n, contested, all_contested;
} line;

static const char *const periods[] = {"day", "week", "month", "quarter", "year"};

/* How the period of an ISO day is written; a week by its Monday. */
static void label(chy_slice day, const char *by, char to[LABEL])
{
    chy_day d;
    snprintf(to, LABEL, "no date");
    if (day.n != 10 || chy_day_parse(day, &d) != CHY_OK) return;
    if (by[0] == 'w') {
        int after = (d % 7 + 10) % 7; /* day 0 was a Thursday */
        char monday[11];
        chy_day_format(d - after, monday);
        snprintf(to, LABEL, "%s", monday);
    } else if (by[0] == 'q') {
        int month = (day.p[5] - '0') * 10 + day.p[6] - '0';
        snprintf(to, LABEL, "%.4s-Q%d", day.p, (month + 2) / 3);
    } else {
        snprintf(to, LABEL, "%.*s", by[0] == 'd' ? 10 : by[0] == 'm' ? 7 : 4, day.p);
    }
}

static void close_period(row_out *p)
{
    line *l = p->more;
    if (!l->n) return;
    out_f(&p->text, "%s%s%s  %llu incident%s", color_on(p->o, "\033[1;4m"), l->period, color_off(p->o), (unsigned long long)l->n, l->n == 1 ? "" : "s");
    if (l->contested) out_f(&p->text, ", %llu contested", (unsigned long long)l->contested);
    out_z(&p->text, "\n\n");
    out_put(&p->text, l->held.p, l->held.n);
    out_z(&p->text, "\n");
    l->held.n = 0;
    l->n = l->contested = 0;
}

static int row(void *ctx, const chy_slice *cells, uint32_t n)
{
    row_out *p = ctx;
    line *l = p->more;
    char period[LABEL] = "";
    p->n++;
    l->all_contested += rows_number(p, cells, n, "contested") != 0;
    if (p->o->by) label(rows_cell(p, cells, n, "date_begin"), p->o->by, period);
    if (p->o->format[0] != 't') {
        chy_slice with[64] = {{period, strlen(period)}};
        unsigned first = p->o->by != NULL;
        for (uint32_t i = 0; i < n && i + first < 64; i++) with[i + first] = cells[i];
        if (p->o->format[0] == 'j') rows_json(p, with, n + first);
        else rows_csv(p, with, n + first);
    } else if (!p->o->by) {
        rows_incident(p, cells, n);
    } else {
        if (strcmp(period, l->period) != 0) close_period(p);
        memcpy(l->period, period, sizeof period);
        l->n++;
        l->contested += rows_number(p, cells, n, "contested") != 0;
        out text = p->text;
        p->text = l->held;
        rows_incident(p, cells, n);
        l->held = p->text;
        p->text = text;
    }
    return p->text.n > 1 << 16 && !rows_flush(p);
}

static int run_timeline(const options *o)
{
    bool known = !o->by;
    for (unsigned i = 0; !known && i < sizeof periods / sizeof *periods; i++) known = strcmp(o->by, periods[i]) == 0;
    if (!known) {
        fprintf(stderr, "chancery timeline: --by is one of day week month quarter year, not %s\n", o->by);
        return EXIT_USAGE;
    }
    line l = {.period = ""};
    row_out p = {.o = o, .more = &l};
    out columns = {0};
    out_f(&columns, "%s%s", o->by && o->format[0] != 't' ? "period " : "", chy_record_columns("timeline"));
    p.columns = columns.p;
    int status = rows_open(&p);
    if (status == EXIT_DONE) {
        rows_head(&p);
        status = rows_ask(&p, "timeline", row, o->limit);
        if (status == EXIT_DONE && o->format[0] == 't') {
            close_period(&p);
            out_f(&p.text, "%llu incidents, %llu contested\n", (unsigned long long)p.n, (unsigned long long)l.all_contested);
        }
        status = rows_close(&p, status);
    }
    out_free(&l.held);
    out_free(&columns);
    return status;
}

const command cmd_timeline = {
    .name = "timeline", .summary = "a record's incidents in the order of their days, for reading",
    .formats = "table jsonl csv", .inputs = "", .options = "by as-of limit", .record = true, .rest = " [TERM…]", .run = run_timeline,
    .help = "One entry an incident: what, then how many dispatches (copies of one wire count once), publishers and independent voices stand behind it,\n"
            "who they are and who denies it, then the words of its first telling. TERMs are those of `chancery query`. --by month puts a heading\n"
            "over each month, with its counts (csv, jsonl: a column period).\n\n"
            "    chancery timeline record.db dyad:IRN-ISR from:2024-04 to:2024-05 --by week\n",
};
