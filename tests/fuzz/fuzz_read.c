/* SPDX-License-Identifier: Apache-2.0
 *
 * libFuzzer: the whole way from bytes to claims. The first byte chooses text, HTML, a line of JSON Lines, or text as a whole.
 *     make fuzz && build/fuzz/tests/fuzz_read -max_len=4096 CORPUS
 */
#include "chancery.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    static chy_data *data;
    static chy_session *session;
    chy_error err;
    if (!data && (chy_data_open(NULL, &data, &err) != CHY_OK || chy_session_new(data, &session, &err) != CHY_OK)) abort();
    if (!n) return 0;
    chy_input in = {.bytes = {(const char *)p + 1, n - 1}, .kind = p[0] % 4 == 1 ? CHY_INPUT_HTML : CHY_INPUT_TEXT};
    if (p[0] % 4 == 2 && chy_input_from_json(session, in.bytes, &in, &err) != CHY_OK) return 0;
    const chy_page *page;
    unsigned flags = CHY_READ_TRACE | (p[0] % 4 == 3 ? CHY_READ_WHOLE : 0);
    if (chy_session_read(session, &in, CHY_STAGE_CLAIMS, flags, &page, &err) != CHY_OK) return 0;
    /* Every range handed out lies in the text. */
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_tokens; i++)
            if (d->tokens[i].at.begin > d->tokens[i].at.end || d->tokens[i].at.end > page->text.n) abort();
        for (uint32_t i = 0; i < d->n_events; i++)
            if (d->events[i].trigger.begin >= d->events[i].trigger.end || d->events[i].trigger.end > page->text.n) abort();
        for (uint32_t i = 0; i < d->n_mentions; i++)
            if (d->mentions[i].at.end > page->text.n || d->mentions[i].head_token >= d->n_tokens) abort();
    }
    return 0;
}
