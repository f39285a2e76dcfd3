/* SPDX-License-Identifier: Apache-2.0
 *
 * diff.c - `chancery diff` and `chancery incident`: what coding again changed; how events were folded, and setting one apart.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct printer {
    const options *o;
    out text;
    uint64_t added, withdrawn, changed;
    int64_t last;
} printer;

static bool number(const char *z, long long *v)
{
    char *end;
    errno = 0;
    *v = strtoll(z, &end, 10);
    return !errno && end != z && !*end && *v > 0;
}

static int change(void *ctx, const chy_change *c)
{
    printer *p = ctx;
    if (!c->before) p->added++;
    else if (!c->after) p->withdrawn++;
    else p->changed += p->last != c->after;
    p->last = c->after;
    if (p->o->format[0] == 'j') {
        json_t *v = json_pack("{s:s%,s:I,s:s%}", "key", c->key.p, c->key.n, "dispatch", (json_int_t)c->dispatch, "field", c->field.p, c->field.n);
        json_object_set_new(v, "was", j_slice_or_null(c->was));
        json_object_set_new(v, "is", j_slice_or_null(c->is));
        out_json(&p->text, v);
    } else if (p->o->format[0] == 'c') {
        out_csv(&p->text, c->key);
        out_f(&p->text, ",%lld,", (long long)c->dispatch);
        out_csv(&p->text, c->field), out_z(&p->text, ",");
        out_csv(&p->text, c->was), out_z(&p->text, ",");
        out_csv(&p->text, c->is), out_z(&p->text, "\r\n");
    } else {
        out_slice(&p->text, c->key);
        out_f(&p->text, "@%lld  ", (long long)c->dispatch);
        out_z(&p->text, !c->before ? "+ " : !c->after ? "- " : "");
        if (c->before && c->after) out_slice(&p->text, c->field), out_z(&p->text, ": ");
        out_line(&p->text, c->was, 60);
        if (c->before && c->after) out_z(&p->text, " → ");
        out_line(&p->text, c->is, 60), out_z(&p->text, "\n");
    }
    if (p->text.n < 1 << 16) return 0;
    bool broken = fwrite(p->text.p, 1, p->text.n, stdout) != p->text.n;
    p->text.n = 0;
    return broken;
}

static int run_diff(const options *o)
{
    long long run = 0;
    chy_record *r;
    chy_error err = {0};
    printer p = {.o = o};
    if (o->n_files > 1 || (o->n_files && !number(o->files[0], &run))) {
        fputs("chancery diff: the number of one run is wanted, or none; see `chancery diff --help`\n", stderr);
        return EXIT_USAGE;
    }
    if (o->format[0] == 'c') out_z(&p.text, "key,dispatch,field,was,is\r\n");
    chy_status st = chy_record_open(o->record, CHY_RECORD_READ, &r, &err);
    if (st == CHY_OK) st = chy_record_diff(r, run, change, &p, &err);
    if (st == CHY_OK && o->format[0] == 't')
        out_f(&p.text, "%llu events added, %llu withdrawn, %llu changed\n", (unsigned long long)p.added, (unsigned long long)p.withdrawn, (unsigned long long)p.changed);
    return end_record(r, &p.text, st, &err);
}

const command cmd_diff = {
    .name = "diff", .summary = "what a run of `chancery recode` changed, event by event",
    .formats = "table jsonl csv", .inputs = "", .record = true, .rest = " [RUN]", .run = run_diff,
    .help = "RUN is a number of the record's table `run`; where none is given, the last time that it was coded again.\n",
};

static int member(void *ctx, const chy_slice *cells, uint32_t n)
{
    static const char *const shown[] = {"date_begin", "type", "status", "source", "target", "publisher"};
    out *t = ctx;
    chy_slice cell[32] = {{0}};
    const char *columns = chy_record_columns("events");
    out_slice(t, cells[1]);
    for (uint32_t i = 0; i < n && i < 32; i++, columns += strcspn(columns, " "), columns += *columns == ' ') {
        size_t k = strcspn(columns, " ");
        if (k == 8 && memcmp(columns, "dispatch", k) == 0) out_z(t, "@"), out_slice(t, cells[i]);
        if (k == 8 && memcmp(columns, "evidence", k) == 0) cell[6] = cells[i];
        for (unsigned f = 0; f < 6; f++)
            if (strlen(shown[f]) == k && memcmp(columns, shown[f], k) == 0) cell[f] = cells[i];
    }
    for (unsigned f = 0; f < 6; f++) out_z(t, f == 4 ? " → " : "  "), out_line(t, cell[f], 40);
    out_z(t, "\n    “"), out_line(t, cell[6], 160), out_z(t, "”\n");
    return 0;
}

static int run_incident(const options *o)
{
    long long id = 0, dispatch = 0;
    int64_t apart = 0;
    chy_record *r;
    chy_error err = {0};
    out text = {0};
    chy_slice key = {o->split, o->split ? strlen(o->split) : 0};
    const char *at = o->split ? strrchr(o->split, '@') : NULL;
    if (at) key.n = (size_t)(at - o->split);
    if (o->n_files != 1 || !number(o->files[0], &id) || (at && !number(at + 1, &dispatch))) {
        fputs("chancery incident: the number of one incident is wanted, and with --split an event's key; see `chancery incident --help`\n", stderr);
        return EXIT_USAGE;
    }
    char expression[40];
    snprintf(expression, sizeof expression, "incident:%lld", id);
    chy_status st = chy_record_open(o->record, o->split ? 0 : CHY_RECORD_READ, &r, &err);
    if (st == CHY_OK && o->split) st = chy_record_split(r, id, key, dispatch, &apart, &err);
    if (st == CHY_OK && apart) out_f(&text, "incident %lld now\n", (long long)apart);
    if (st == CHY_OK && !apart) {
        st = chy_record_select(r, "events", (chy_slice){expression, strlen(expression)}, NULL, 0, member, &text, &err);
        if (st == CHY_OK && !text.n) {
            fprintf(stderr, "chancery: there is no incident %lld\n", id);
            chy_record_close(r);
            return EXIT_REFUSED;
        }
    }
    return end_record(r, &text, st, &err);
}

const command cmd_incident = {
    .name = "incident", .summary = "the events that were folded into one incident; one of them set apart",
    .formats = "text", .inputs = "", .options = "split", .record = true, .rest = " N", .run = run_incident,
    .help = "With --split KEY[@DISPATCH] that event becomes an incident of its own, to which nothing is folded.\n",
};
