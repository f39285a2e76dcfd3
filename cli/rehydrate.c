/* SPDX-License-Identifier: Apache-2.0
 *
 * rehydrate.c - `chancery rehydrate`: texts into a record that an import has told of its pages only, from the user's own copies of them.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct filling {
    chy_record *r;
    chy_session *s;
    const options *o;
    uint64_t pages, stories, events, otherwise, refused, others, missing, missing_events;
} filling;

/* A page of the user's: passed over where the record does not lack it, refused where it does not fit. */
static void take(filling *x, job *j)
{
    chy_input in;
    chy_error err = {0};
    chy_parcel *parcel = NULL;
    chy_filled done;
    const chy_page *page = NULL;
    char *id = NULL, hash[33];
    if (!j->refused && job_input(j, x->o, x->s, &in, &id)) {
        chy_input_hash(&in, hash);
        if (!chy_record_lacks(x->r, hash)) {
            x->others++;
            free(id);
            return;
        }
        const char *given = id ? id : j->id;
        chy_status st = chy_session_read(x->s, &in, CHY_STAGE_CLAIMS, 0, &page, &err);
        if (st == CHY_OK) st = chy_parcel_make(page, &in, (chy_slice){given, strlen(given)}, (chy_slice){j->name, strlen(j->name)}, &parcel, &err);
        if (st == CHY_OK) st = chy_record_fill(x->r, parcel, &done, &err);
        if (st == CHY_OK) x->pages++, x->stories += done.stories, x->events += done.events, x->otherwise += done.otherwise;
        else j->refused = true, job_error(j, "%s", err.message);
        chy_parcel_free(parcel);
    }
    free(id);
    x->refused += j->refused;
    if (j->errors.n) fwrite(j->errors.p, 1, j->errors.n, stderr);
}

static void read_file(filling *x, const char *path)
{
    static const command self = {.name = "rehydrate", .inputs = "text html jsonl"};
    out err = {0};
    source *s = source_open(path, &self, x->o, &err);
    if (!s) {
        x->refused++;
        fputs(err.p, stderr);
        out_free(&err);
        return;
    }
    for (job j; source_next(s, &j);) {
        take(x, &j);
        out_free(&j.text), out_free(&j.errors);
        free(j.bytes), free(j.name), free(j.id), free(j.url);
    }
    source_close(s);
}

static int tell_missing(void *ctx, const char *hash, uint64_t events)
{
    filling *x = ctx;
    x->missing++, x->missing_events += events;
    if (!x->o->quiet) printf("missing %s, %llu events\n", hash, (unsigned long long)events);
    return 0;
}

static int run_rehydrate(const options *o)
{
    filling x = {.o = o};
    chy_data *data = NULL;
    chy_error err = {0};
    if (!o->n_files) {
        fputs("chancery rehydrate: name the files\n", stderr);
        return EXIT_USAGE;
    }
    chy_status st = chy_record_open(o->record, 0, &x.r, &err);
    if (st == CHY_OK) st = chy_data_open(o->data, &data, &err);
    if (st == CHY_OK) st = chy_session_new(data, &x.s, &err);
    if (st == CHY_OK) {
        unsigned n;
        char **files = source_files(o, &n);
        for (unsigned i = 0; i < n; i++) read_file(&x, files[i]), free(files[i]);
        free(files);
        st = chy_record_missing(x.r, tell_missing, &x, &err);
    }
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    else if (!o->quiet)
        printf("%llu pages filled, with %llu stories and %llu events; %llu refused, %llu not asked for; %llu pages with %llu events missing\n", (unsigned long long)x.pages,
               (unsigned long long)x.stories, (unsigned long long)x.events, (unsigned long long)x.refused, (unsigned long long)x.others, (unsigned long long)x.missing,
               (unsigned long long)x.missing_events);
    if (st == CHY_OK && x.otherwise && !o->quiet)
        fprintf(stderr, "chancery: note: %llu events are coded otherwise by this engine: their words for day and place, and their voices' names, are not known\n", (unsigned long long)x.otherwise);
    if (x.s) chy_session_free(x.s);
    if (data) chy_data_close(data);
    if (x.r) chy_record_close(x.r);
    return st != CHY_OK || x.refused ? EXIT_REFUSED : EXIT_DONE;
}

const command cmd_rehydrate = {
    .name = "rehydrate", .summary = "fill the texts into a record that was imported, from one's own copies of the pages",
    .formats = "text", .inputs = "text html jsonl", .record = true, .rest = " FILE…", .run = run_rehydrate,
    .help = "FILEs are those that the record was made of: the same bytes, and in JSON Lines and CSV the same metadata. A page is known by its hash; others\n"
            "are passed over. One in which the words of its events do not stand is refused. What is still missing is listed, by hash (docs/export.md).\n",
};
