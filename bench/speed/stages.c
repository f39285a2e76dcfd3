/* SPDX-License-Identifier: Apache-2.0
 *
 * stages.c - what each stage takes of the whole way, on one thread.
 *
 *     stages FILE.jsonl
 *
 * Every record is read up to each stage in turn; a stage's share is what it adds to the way before it. The best of three rounds.
 */
#include "chancery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    static const char *const name[] = {"page", "text", "syntax", "time", "actors", "places", "events", "claims"};
    enum { N = sizeof name / sizeof *name };
    chy_data *data;
    chy_session *session;
    chy_error err;
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!f || chy_data_open(NULL, &data, &err) != CHY_OK || chy_session_new(data, &session, &err) != CHY_OK) {
        fprintf(stderr, "usage: stages FILE.jsonl\n");
        return 2;
    }
    double best[N];
    for (unsigned k = 0; k < N; k++) best[k] = 1e9;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    for (unsigned round = 0; round < 3; round++) {
        double spent[N] = {0};
        rewind(f);
        while ((n = getline(&line, &cap, f)) > 0)
            for (unsigned k = 0; k < N; k++) {
                chy_input in;
                const chy_page *page;
                if (chy_input_from_json(session, (chy_slice){line, (size_t)n}, &in, &err) != CHY_OK) break;
                double from = cpu();
                if (chy_session_read(session, &in, (chy_stage)(CHY_STAGE_PAGE + k), 0, &page, &err) != CHY_OK) break;
                spent[k] += cpu() - from;
            }
        for (unsigned k = 0; k < N; k++)
            if (spent[k] < best[k]) best[k] = spent[k];
    }
    for (unsigned k = 0; k < N; k++) printf("%s %.4f\n", name[k], (best[k] - (k ? best[k - 1] : 0)) / best[N - 1]);
    free(line);
    fclose(f);
    chy_session_free(session);
    chy_data_close(data);
    return 0;
}
