/* SPDX-License-Identifier: Apache-2.0
 *
 * libFuzzer: users' tables. The first byte chooses what the rest is: frames or a verb dictionary, actors or agents, with the built-in
 * ones or without; then a story is read with them.
 *     make fuzz && build/fuzz/tests/fuzz_own -max_len=4096 CORPUS
 */
#include "chancery.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void hear(void *ctx, const chy_finding *f)
{
    if (f->text.n > 4096) abort();
    (void)ctx;
}

static void take(void *ctx, chy_slice frames) { *(chy_slice *)ctx = (chy_slice){memcpy(malloc(frames.n + 1), frames.p, frames.n), frames.n}; }

/* What the import writes can be read. */
static void import(chy_data *data, chy_slice text)
{
    chy_error err;
    chy_slice frames = {NULL, 0};
    if (chy_data_import_frames(data, text, (chy_slice){"own", 3}, hear, take, &frames, &err) == CHY_OK &&
        chy_data_add_frames(data, frames, (chy_slice){"out", 3}, &err) != CHY_OK && err.code != CHY_E_LIMIT)
        abort();
    free((void *)(uintptr_t)frames.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    static const char story[] = "Quonia and Velland agreed with Marrow to give two gold marks to Tilda Brant. The president of Quonia said on Tuesday "
                                "that he would not visit Velland soldiers.\n";
    chy_data *data;
    chy_session *session;
    chy_error err;
    if (!n) return 0;
    if (chy_data_open(NULL, &data, &err) != CHY_OK) abort();
    chy_slice text = {(const char *)p + 1, n - 1}, name = {"own", 3};
    if (p[0] & 1) {
        chy_data_add_actors(data, (chy_slice){"QUONIA_ [QUO]\nVELLAND_ [VEL]\nMARROW_ [MRW]\n", 41}, name, &err);
        if (p[0] & 4) import(data, text);
        else chy_data_add_frames(data, text, name, &err);
    } else {
        chy_data_check_actors(data, text, name, hear, NULL, &err);
        chy_data_add_actors(data, text, name, &err);
    }
    if (p[0] & 2 && chy_data_only_own(data, p[0] & 1 ? CHY_OWN_FRAMES | CHY_OWN_ACTORS : CHY_OWN_ACTORS, &err) != CHY_OK) abort();
    if (chy_session_new(data, &session, &err) != CHY_OK) abort();
    chy_input in = {.bytes = {story, sizeof story - 1}, .kind = CHY_INPUT_TEXT};
    const chy_page *page;
    if (chy_session_read(session, &in, CHY_STAGE_CLAIMS, CHY_READ_TRACE, &page, &err) != CHY_OK) abort();
    for (uint32_t i = 0; i < page->dispatches[0].n_events; i++)
        if (page->dispatches[0].events[i].trigger.end > page->text.n) abort();
    chy_session_free(session);
    chy_data_close(data);
    return 0;
}
