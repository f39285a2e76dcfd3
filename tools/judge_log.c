/* SPDX-License-Identifier: Apache-2.0
 *
 * judge_log - host program: what the judge of events knows of every reading and of all who could be its sides, for training.
 *
 *     judge_log DATA.dat STORIES.jsonl
 *
 * Prints two lines with the names of the features ("N reading NAME:CODES …", "N option …", CODES 1 where the values have no
 * order), then of each story "D ID", of each reading "R BEGIN END TYPE SOURCE TARGET FEATURES…" (the options chosen) followed by
 * its options "O COUNTRY:BEGIN:END,… FEATURES…". The features are those that the library computes, by the same code.
 */
#include "chancery.h"

#include "events/judge.h"
#include "events/sides.h"

#include <stdio.h>
#include <stdlib.h>

static void names(void)
{
#define NAME(name, codes) " " #name ":" #codes
    puts("N reading" CHY_READING_FEATURES(NAME));
    puts("N option" CHY_OPTION_FEATURES(NAME));
#undef NAME
}

static void print(const chy_page *page, chy_slice id)
{
    printf("D %.*s\n", (int)id.n, id.p);
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_traces; i++) {
            chy_slice s = d->traces[i].reason;
            if (s.n > 2 && (s.p[0] == 'R' || s.p[0] == 'O') && s.p[1] == ' ') printf("%.*s\n", (int)s.n, s.p);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: judge_log DATA.dat STORIES.jsonl\n", stderr);
        return 1;
    }
    chy_error err = {0};
    chy_data *data = NULL;
    chy_session *session = NULL;
    FILE *f = fopen(argv[2], "rb");
    if (!f) {
        perror(argv[2]);
        return 1;
    }
    if (chy_data_open(argv[1], &data, &err) != CHY_OK || chy_session_new(data, &session, &err) != CHY_OK) {
        fprintf(stderr, "judge_log: %s\n", err.message);
        return 1;
    }
    names();
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    int bad = 0;
    while ((n = getline(&line, &room, f)) > 0) {
        chy_input in;
        const chy_page *page;
        chy_slice text = chy_slice_trim((chy_slice){line, (size_t)n});
        if (!text.n) continue;
        char id[256] = "";
        chy_status st = chy_input_from_json(session, text, &in, &err);
        if (st == CHY_OK) {
            snprintf(id, sizeof id, "%.*s", (int)in.id.n, in.id.p);
            st = chy_session_read(session, &in, CHY_STAGE_EVENTS, CHY_READ_JUDGE_LOG, &page, &err);
        }
        if (st == CHY_OK) print(page, chy_slice_z(id));
        else fprintf(stderr, "judge_log: %s\n", err.message), bad = 1;
    }
    free(line);
    fclose(f);
    chy_session_free(session);
    chy_data_close(data);
    return bad;
}
