/* SPDX-License-Identifier: Apache-2.0
 *
 * dyad.c - `chancery dyad`: what passed between two actors, period by period, as a table and a plot.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LABEL = 16, ROWS = 5 /* of the plot, above the line and below */, N_LAST = 5 };

typedef struct period {
    char name[LABEL];
    uint64_t n[2][5];     /* events by direction and quad class (0: none) */
    double intensity;     /* their sum */
} period;

typedef struct dyad {
    const options *o;
    chy_record *record;
    const char *a, *b;
    const char *by;
    period *v;
    size_t n;
    unsigned way;         /* that is being counted: 0 a to b, 1 b to a, 2 either, for the list of periods */
    size_t at;
    bool broken;
} dyad;

/* The expression of a direction and the command's further terms. */
static out asked(const dyad *d, unsigned way)
{
    out x = {0};
    if (way == 2) out_f(&x, "dyad:\"%s>%s\",\"%s>%s\"", d->a, d->b, d->b, d->a);
    else out_f(&x, "source:\"%s\" target:\"%s\"", way ? d->b : d->a, way ? d->a : d->b);
    for (unsigned i = 2; i < d->o->n_files; i++) out_f(&x, " %s", d->o->files[i]);
    return x;
}

/* period, quad, events, incidents, intensity; in the order of periods. */
static int counted(void *ctx, const chy_slice *cells, uint32_t n)
{
    dyad *d = ctx;
    char name[LABEL];
    snprintf(name, sizeof name, "%.*s", (int)cells[0].n, cells[0].n ? cells[0].p : "");
    if (d->way == 2) {
        d->v = xrealloc(d->v, (d->n + 1) * sizeof *d->v);
        d->v[d->n] = (period){.intensity = 0};
        memcpy(d->v[d->n++].name, name, sizeof name);
        return 0;
    }
    while (d->at < d->n && strcmp(d->v[d->at].name, name) != 0) d->at++;
    if (d->at == d->n || n < 5) return 0;
    uint64_t k = cells[2].n ? strtoull(cells[2].p, NULL, 10) : 0;
    unsigned quad = cells[1].n && cells[1].p[0] >= '0' && cells[1].p[0] <= '4' ? (unsigned)(cells[1].p[0] - '0') : 0;
    d->v[d->at].n[d->way][quad] += k;
    if (cells[4].n) d->v[d->at].intensity += strtod(cells[4].p, NULL) * (double)k;
    return 0;
}

static int take(dyad *d)
{
    static const unsigned order[] = {2, 0, 1};
    chy_status st = CHY_OK;
    chy_error err = {0};
    uint64_t undated = 0;
    for (unsigned i = 0; i < 3 && st == CHY_OK; i++) {
        char by[32];
        chy_counts about;
        d->way = order[i], d->at = 0;
        snprintf(by, sizeof by, d->way == 2 ? "%s" : "%s,quad", d->by);
        out x = asked(d, d->way);
        st = chy_record_counts(d->record, by, (chy_slice){x.p, x.n}, d->o->as_of, &about, counted, d, &err);
        if (d->way != 2) undated += about.undated;
        out_free(&x);
    }
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    else if (undated && !d->o->quiet) fprintf(stderr, "chancery: %llu events without a day in no row\n", (unsigned long long)undated);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

static uint64_t cooperation(const period *p) { return p->n[0][1] + p->n[0][2] + p->n[1][1] + p->n[1][2]; }
static uint64_t conflict(const period *p) { return p->n[0][3] + p->n[0][4] + p->n[1][3] + p->n[1][4]; }
static uint64_t all(const period *p) { return cooperation(p) + conflict(p) + p->n[0][0] + p->n[1][0]; }

/* ---------------------------------------------------------------------- table */

static void csv(const dyad *d, out *t)
{
    out_z(t, "period,a,b,ab_quad1,ab_quad2,ab_quad3,ab_quad4,ba_quad1,ba_quad2,ba_quad3,ba_quad4,cooperation,conflict,events,intensity\r\n");
    for (size_t i = 0; i < d->n; i++) {
        const period *p = &d->v[i];
        out_f(t, "%s,", p->name);
        out_csv_safe(t, (chy_slice){d->a, strlen(d->a)}), out_z(t, ",");
        out_csv_safe(t, (chy_slice){d->b, strlen(d->b)});
        for (unsigned way = 0; way < 2; way++)
            for (unsigned q = 1; q < 5; q++) out_z(t, ","), out_u(t, p->n[way][q]);
        out_f(t, ",%llu,%llu,%llu,", (unsigned long long)cooperation(p), (unsigned long long)conflict(p), (unsigned long long)all(p));
        if (all(p)) out_f(t, "%.2f", p->intensity / (double)all(p));
        out_z(t, "\r\n");
    }
}

static void jsonl(const dyad *d, out *t)
{
    for (size_t i = 0; i < d->n; i++) {
        const period *p = &d->v[i];
        json_t *ways[2];
        for (unsigned way = 0; way < 2; way++) {
            ways[way] = json_array();
            for (unsigned q = 1; q < 5; q++) json_array_append_new(ways[way], json_integer((json_int_t)p->n[way][q]));
        }
        json_t *v = json_pack("{s:s,s:s,s:s,s:o,s:o,s:I,s:I,s:I}", "period", p->name, "a", d->a, "b", d->b, "ab", ways[0], "ba", ways[1], "cooperation", (json_int_t)cooperation(p),
                              "conflict", (json_int_t)conflict(p), "events", (json_int_t)all(p));
        json_object_set_new(v, "intensity", all(p) ? json_real(p->intensity / (double)all(p)) : json_null());
        out_json(t, v);
    }
}

static void table(const dyad *d, out *t)
{
    out_f(t, "%-10s  %s → %s%*s  %s → %s\n", "", d->a, d->b, (int)(strlen(d->a) + strlen(d->b) < 18 ? 18 - strlen(d->a) - strlen(d->b) : 0), "", d->b, d->a);
    out_f(t, "%s%-10s  %5s%5s%5s%5s   %5s%5s%5s%5s   %11s %8s %9s%s\n", color_on(d->o, "\033[1m"), d->by, "q1", "q2", "q3", "q4", "q1", "q2", "q3", "q4", "cooperation", "conflict", "intensity",
          color_off(d->o));
    for (size_t i = 0; i < d->n; i++) {
        const period *p = &d->v[i];
        out_f(t, "%-10s", p->name);
        for (unsigned way = 0; way < 2; way++) {
            out_z(t, way ? "   " : "  ");
            for (unsigned q = 1; q < 5; q++) {
                if (p->n[way][q]) out_f(t, "%5llu", (unsigned long long)p->n[way][q]);
                else out_z(t, "    .");
            }
        }
        out_f(t, "   %11llu %8llu", (unsigned long long)cooperation(p), (unsigned long long)conflict(p));
        if (all(p)) out_f(t, " %9.2f", p->intensity / (double)all(p));
        out_z(t, "\n");
    }
}

/* ----------------------------------------------------------------------- plot */

static bool unicode(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (unsigned i = 0; i < 3; i++) {
        const char *v = getenv(names[i]);
        if (v && *v) return strstr(v, "UTF-8") || strstr(v, "utf8") || strstr(v, "UTF8") || strstr(v, "utf-8");
    }
    return false;
}

static size_t width(void)
{
    const char *columns = getenv("COLUMNS");
    long n = columns ? strtol(columns, NULL, 10) : 0;
    struct winsize w;
    if (n < 1 && ioctl(1, TIOCGWINSZ, &w) == 0) n = w.ws_col;
    return n < 1 ? 80 : n < 24 ? 24 : n > 400 ? 400 : (size_t)n;
}

/* The part of a bar of `value` that row k (0: next to the line) shows, in eighths. */
static unsigned eighths(uint64_t value, uint64_t most, unsigned k)
{
    uint64_t full = (value * ROWS * 8 + most - 1) / most; /* what is not 0 is seen */
    return full <= 8u * k ? 0 : full >= 8u * (k + 1) ? 8 : (unsigned)(full - 8u * k);
}

static void plot(const dyad *d, out *t)
{
    static const char *const up[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    bool fine = unicode();
    size_t room = width() - 9, bin = (d->n + room - 1) / room, n = (d->n + bin - 1) / bin, wide = room / n > 3 ? 3 : room / n;
    uint64_t *bar[2], most = 1;
    for (unsigned s = 0; s < 2; s++) bar[s] = xrealloc(NULL, n * sizeof **bar), memset(bar[s], 0, n * sizeof **bar);
    for (size_t i = 0; i < d->n; i++) bar[0][i / bin] += cooperation(&d->v[i]), bar[1][i / bin] += conflict(&d->v[i]);
    for (size_t i = 0; i < n; i++)
        for (unsigned s = 0; s < 2; s++) most = bar[s][i] > most ? bar[s][i] : most;
    for (unsigned line = 0; line < 2 * ROWS + 1; line++) {
        unsigned below = line > ROWS, k = below ? line - ROWS - 1 : ROWS - 1 - line;
        if (line == 0 || line == 2 * ROWS) out_f(t, "%7llu ", (unsigned long long)most);
        else out_f(t, "%7s ", line == ROWS ? "0" : "");
        if (line == ROWS) {
            for (size_t i = 0; i < n * wide; i++) out_z(t, fine ? "─" : "-");
            out_z(t, "\n");
            continue;
        }
        out_z(t, color_on(d->o, below ? "\033[31m" : "\033[32m"));
        size_t last = n;
        while (last && !eighths(bar[below][last - 1], most, k)) last--;
        for (size_t i = 0; i < last; i++) {
            unsigned e = eighths(bar[below][i], most, k);
            const char *sign = !fine ? (e ? "#" : " ") : below ? (e > 4 ? "█" : e ? "▀" : " ") : up[e];
            for (size_t w = 0; w < wide; w++) out_z(t, w && w + 1 == wide ? " " : sign);
        }
        out_f(t, "%s\n", color_off(d->o));
    }
    out_f(t, "%7s %s", "", d->v[0].name);
    if (d->n > 1) out_f(t, " %s %s", fine ? "…" : "-", d->v[d->n - 1].name);
    out_z(t, "; above the line cooperation, below it conflict, events");
    if (bin > 1) out_f(t, "; a column is %zu periods", bin);
    out_z(t, "\n");
    free(bar[0]), free(bar[1]);
}

/* ------------------------------------------------------------------ the command */

static int incident(void *ctx, const chy_slice *cells, uint32_t n)
{
    rows_incident(ctx, cells, n);
    return 0;
}

static int last(const dyad *d, out *t)
{
    chy_error err = {0};
    row_out p = {.o = d->o, .record = d->record, .columns = chy_record_columns("latest")};
    out x = asked(d, 2);
    chy_status st = chy_record_select(d->record, "latest", (chy_slice){x.p, x.n}, d->o->as_of, d->o->limit ? d->o->limit : N_LAST, incident, &p, &err);
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    else if (p.text.n) out_f(t, "\n%sThe last incidents%s\n\n", color_on(d->o, "\033[1m"), color_off(d->o)), out_put(t, p.text.p, p.text.n);
    out_free(&x);
    out_free(&p.text);
    return st == CHY_OK ? EXIT_DONE : EXIT_REFUSED;
}

static int run_dyad(const options *o)
{
    chy_error err = {0};
    if (o->n_files < 2 || strpbrk(o->files[0], "\">") || strpbrk(o->files[1], "\">")) {
        fputs("chancery dyad: two actors are wanted: codes of states, ids or names\n", stderr);
        return EXIT_USAGE;
    }
    dyad d = {.o = o, .a = o->files[0], .b = o->files[1], .by = o->by ? o->by : "month"};
    if (strchr(d.by, ',') || (strcmp(d.by, "day") != 0 && strcmp(d.by, "week") != 0 && strcmp(d.by, "month") != 0 && strcmp(d.by, "quarter") != 0 && strcmp(d.by, "year") != 0)) {
        fprintf(stderr, "chancery dyad: --by is one of day week month quarter year, not %s\n", d.by);
        return EXIT_USAGE;
    }
    if (chy_record_open(o->record, CHY_RECORD_READ, &d.record, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return EXIT_REFUSED;
    }
    out t = {0};
    int status = take(&d);
    if (status == EXIT_DONE) {
        if (o->format[0] == 'c') csv(&d, &t);
        else if (o->format[0] == 'j') jsonl(&d, &t);
        else if (!d.n) out_f(&t, "nothing between %s and %s\n", d.a, d.b);
        else {
            table(&d, &t);
            if (o->plot ? strcmp(o->plot, "on") == 0 : isatty(1)) out_z(&t, "\n"), plot(&d, &t);
            status = last(&d, &t);
        }
    }
    if (status == EXIT_DONE && t.n && fwrite(t.p, 1, t.n, stdout) != t.n) status = EXIT_REFUSED;
    out_free(&t);
    free(d.v);
    chy_record_close(d.record);
    return status;
}

const command cmd_dyad = {
    .name = "dyad", .summary = "what passed between two actors, period by period: a table and a plot",
    .formats = "table jsonl csv", .inputs = "", .options = "by as-of limit plot", .record = true, .rest = " A B [TERM…]", .run = run_dyad,
    .help = "A and B are codes of states (IRN), ids or pieces of names, as after actor: in `chancery query`, and so are the TERMs. For each period (--by; month)\n"
            "the events in each direction by quad class (1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict), what is\n"
            "cooperation and what conflict in all, and their mean intensity on Goldstein's scale; then the plot and the last incidents between them (--limit; 5).\n\n"
            "    chancery dyad record.db IRN ISR from:2023-10 --by week\n",
};
