/* SPDX-License-Identifier: Apache-2.0
 *
 * check_frames - host program: does every frame of the data file fire on its own example?
 *
 *     check_frames [-v] [PERCENT]
 *
 * The frames are those compiled into the library; a fault of their grammar shows when the data file is opened, by file
 * and line. Each example is read as a page of its own; the frame must be among those that fired, or a more
 * particular one of its type (a stop frame: must be what silenced its predicate). Prints the frames that did not, with what the trace says of them, and exits 1 where
 * fewer than PERCENT (default 100) of them do: trees are a parser's, and parsers err.
 */
#include "chancery.h"

#include "data/file.h"
#include "events/frames.h"

#include <stdio.h>
#include <stdlib.h>

/* Does a frame of that name code the same type? */
static bool same_type(const chy_frame *all, uint32_t n, chy_slice name, const chy_frame *frame)
{
    for (uint32_t i = 0; i < n; i++)
        if (chy_slice_eq(all[i].name, name) && !all[i].stop && all[i].type == frame->type) return true;
    return false;
}

/* What became of `frame` on its example: NULL where it fired, or a more particular one of the same type did. */
static const char *verdict(const chy_page *page, const chy_frame *all, uint32_t n, const chy_frame *frame, char text[200])
{
    const char *why = "predicate not found (lemma or part of speech)";
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_traces; i++) {
            const chy_trace *t = &d->traces[i];
            if (t->fired && !frame->stop && same_type(all, n, t->frame, frame)) return NULL;
            if (!chy_slice_eq(t->frame, frame->name)) continue;
            if (t->fired || (frame->stop && chy_slice_eqz(t->reason, "no event in this use"))) return NULL;
            snprintf(text, 200, "%.*s", (int)t->reason.n, t->reason.p);
            why = text;
        }
        for (uint32_t i = 0; i < d->n_traces && why != text; i++)
            if (d->traces[i].fired) {
                snprintf(text, 200, "another fired: %.*s", (int)d->traces[i].frame.n, d->traces[i].frame.p);
                why = text;
            }
    }
    return why;
}

int main(int argc, char **argv)
{
    bool verbose = argc > 1 && !strcmp(argv[1], "-v");
    double percent = argc > 1 + verbose ? atof(argv[1 + verbose]) : 100.0;
    chy_error err = {0};
    chy_data *data = NULL;
    chy_session *session = NULL;
    chy_file file;
    chy_arena arena;
    chy_slice text, classes;
    const chy_frames *frames;
    chy_arena_init(&arena);
    if (chy_data_open(NULL, &data, &err) != CHY_OK || chy_session_new(data, &session, &err) != CHY_OK ||
        chy_file_open(NULL, &file, &err) != CHY_OK) {
        fprintf(stderr, "check_frames: %s\n", err.message);
        return 1;
    }
    if (!chy_file_raw(&file, "frames", &text) || !chy_file_raw(&file, "classes", &classes) ||
        chy_frames_parse(&arena, text, classes, &frames, &err) != CHY_OK) {
        fprintf(stderr, "check_frames: %s\n", err.message);
        return 1;
    }
    uint32_t n, good = 0, usual = 0;
    const chy_frame *all = chy_frames_all(frames, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (!all[i].example.n && all[i].name.p[0] == '~') { /* a type's usual roles: no text has its predicate */
            usual++;
            continue;
        }
        const chy_page *page;
        chy_input in = {.bytes = all[i].example, .kind = CHY_INPUT_TEXT};
        const char *why;
        char text_of_why[200];
        if (chy_session_read(session, &in, CHY_STAGE_EVENTS, CHY_READ_TRACE | CHY_READ_FRAMES_ONLY, &page, &err) != CHY_OK) why = err.message;
        else why = verdict(page, all, n, &all[i], text_of_why);
        good += !why;
        if (why && (verbose || percent >= 100.0))
            printf("%.*s:%u: %.*s: %s: \"%.*s\"\n", (int)all[i].file.n, all[i].file.p, all[i].line, (int)all[i].name.n,
                   all[i].name.p, why, (int)all[i].example.n, all[i].example.p);
    }
    n -= usual;
    printf("%u of %u frames fire on their examples (%.1f %%)\n", good, n, n ? 100.0 * good / n : 100.0);
    chy_session_free(session);
    chy_data_close(data);
    chy_file_close(&file);
    chy_arena_free(&arena);
    return 100.0 * good < percent * n;
}
