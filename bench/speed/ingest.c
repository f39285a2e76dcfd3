/* SPDX-License-Identifier: Apache-2.0
 *
 * ingest.c - what each part of adding pages to a record takes, on one thread.
 *
 *     ingest FILE.jsonl RECORD.db
 *
 * CPU seconds: coding; making the rows; copies and incidents (the linker puts the functions here before them, so that the library carries
 * no clocks); commits; the rest is SQLite putting rows. What the kernel does for a commit counts, waiting for the disk does not.
 */
#include "chancery.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COMMIT_PAGES = 512 };

static double in_copies, in_incidents;

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int __real_chy_record_copies(chy_record *r, int64_t dispatch, chy_slice hashes);
int __real_chy_record_fold(chy_record *r, int64_t event);
int __wrap_chy_record_copies(chy_record *r, int64_t dispatch, chy_slice hashes);
int __wrap_chy_record_fold(chy_record *r, int64_t event);

int __wrap_chy_record_copies(chy_record *r, int64_t dispatch, chy_slice hashes)
{
    double from = cpu();
    int code = __real_chy_record_copies(r, dispatch, hashes);
    in_copies += cpu() - from;
    return code;
}

int __wrap_chy_record_fold(chy_record *r, int64_t event)
{
    double from = cpu();
    int code = __real_chy_record_fold(r, event);
    in_incidents += cpu() - from;
    return code;
}

int main(int argc, char **argv)
{
    chy_data *data;
    chy_session *session;
    chy_record *record;
    chy_error err;
    FILE *f = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (!f || chy_data_open(NULL, &data, &err) != CHY_OK || chy_session_new(data, &session, &err) != CHY_OK ||
        chy_record_open(argv[2], CHY_RECORD_CREATE, &record, &err) != CHY_OK || chy_record_begin(record, "add", chy_data_hash(data), &err) != CHY_OK) {
        fprintf(stderr, "usage: ingest FILE.jsonl RECORD.db\n");
        return 2;
    }
    double coding = 0, making = 0, putting = 0, committing = 0;
    unsigned long n_pages = 0, n_line = 0;
    char *line = NULL, name[32];
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&line, &cap, f)) > 0) {
        chy_input in;
        const chy_page *page;
        chy_parcel *parcel;
        int len = snprintf(name, sizeof name, "bench:%lu", ++n_line);
        double at[5] = {cpu()};
        if (chy_input_from_json(session, (chy_slice){line, (size_t)n}, &in, &err) != CHY_OK) continue;
        if (chy_session_read(session, &in, CHY_STAGE_CLAIMS, 0, &page, &err) != CHY_OK) continue;
        at[1] = cpu();
        if (chy_parcel_make(page, &in, in.id, (chy_slice){name, (size_t)len}, &parcel, &err) != CHY_OK) break;
        at[2] = cpu();
        if (chy_record_put(record, parcel, NULL, &err) != CHY_OK) break;
        at[3] = cpu();
        chy_parcel_free(parcel);
        if (++n_pages % COMMIT_PAGES == 0 && chy_record_commit(record, &err) != CHY_OK) break;
        at[4] = cpu();
        coding += at[1] - at[0], making += at[2] - at[1], putting += at[3] - at[2], committing += at[4] - at[3];
    }
    double from = cpu();
    bool ok = feof(f) && chy_record_end(record, &err) == CHY_OK;
    if (!ok) fprintf(stderr, "ingest: %s\n", err.message);
    committing += cpu() - from;
    double all = coding + making + putting + committing;
    printf("pages %lu\nseconds %.3f\ncoding %.4f\nrows_made %.4f\ncopies %.4f\nincidents %.4f\nsqlite_rows %.4f\nsqlite_commits %.4f\n", n_pages, all, coding / all, making / all,
           in_copies / all, in_incidents / all, (putting - in_copies - in_incidents) / all, committing / all);
    free(line);
    fclose(f);
    chy_record_close(record);
    chy_session_free(session);
    chy_data_close(data);
    return !ok;
}
