/* SPDX-License-Identifier: Apache-2.0
 *
 * libFuzzer: users' tables. The first byte chooses what the rest is, frames or a verb dictionary, actors or agents, and whether the
 * built-in ones are left out; then a story is coded with them. The story is parsed once; nothing that is added stays.
 *     make fuzz && build/fuzz/tests/fuzz_own -max_len=4096 CORPUS
 */
#include "actors/actors.h"
#include "events/events.h"
#include "events/import.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "time/time.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { IS_FRAMES = 1, ONLY_OWN = 2, IMPORT = 4 };

static const char story[] = "Quonia and Velland agreed with Marrow to give two gold marks to Tilda Brant. The president of Quonia said on Tuesday "
                            "that he would not visit Velland soldiers.\n";

static chy_file file;
static chy_arena base;
static chy_dispatch parsed;
static chy_block block;
static chy_work work;
static chy_notes notes;
static chy_error err;
static chy_table codes;
static const chy_actors_model *actors, *own_actors;
static const chy_events_model *events, *own_events;

static void must(chy_status st)
{
    if (st != CHY_OK) abort();
}

static void open_once(void)
{
    static const char names[] = "QUONIA_ [QUO]\nVELLAND_ [VEL]\nMARROW_ [MRW]\nPRESIDENT [~GOV]\n";
    const chy_text_model *text;
    const chy_syntax_model *syntax;
    const chy_time_model *time;
    chy_arena_init(&base);
    must(chy_file_open(NULL, &file, &err));
    must(chy_file_table(&file, "event_codes", &codes, &err));
    must(chy_text_open(&file, &base, &text, &err));
    must(chy_syntax_open(&file, &base, &syntax, &err));
    must(chy_time_open(&file, &base, &time, &err));
    must(chy_actors_open(&file, &base, &actors, &err));
    must(chy_actors_add(actors, &base, (chy_slice){names, sizeof names - 1}, (chy_slice){"names", 5}, &own_actors, &err));
    must(chy_actors_only_own(own_actors, &base, &own_actors, &err));
    must(chy_events_open(&file, &base, &events, &err));
    must(chy_events_only_own(events, &file, &base, &own_events, &err));
    block = (chy_block){.at = {0, sizeof story - 1}, .kind = CHY_BLOCK_PARAGRAPH};
    parsed = (chy_dispatch){.at = block.at, .blocks = &block, .n_blocks = 1, .published = {18400, 18400}};
    work = (chy_work){.arena = &base, .err = &err, .notes = &notes, .flags = CHY_READ_TRACE, .text = {story, sizeof story - 1}, .d = &parsed};
    must(chy_text_run(text, &work));
    must(chy_syntax_run(syntax, &work));
    must(chy_time_run(time, &work));
}

static void hear(void *ctx, const chy_finding *f)
{
    (void)ctx;
    if (f->text.n > 4096) abort();
}

/* Frames as they are, or of a dictionary: what the import writes can be read. */
static const chy_events_model *frames_of(chy_arena *arena, chy_slice text, unsigned how)
{
    const chy_events_model *m = how & ONLY_OWN ? own_events : events;
    chy_slice name = {"own", 3}, frames = text;
    size_t bad;
    bool dictionary = (how & IMPORT) || chy_import_is(text);
    if (dictionary && chy_import_frames(&codes, arena, text, name, how & IMPORT ? hear : NULL, NULL, &frames, &err) != CHY_OK) return m;
    if (!chy_utf8_valid(frames, &bad) || memchr(frames.p, 0, frames.n)) return m; /* refused before it gets here */
    const chy_events_model *more;
    chy_status st = chy_events_add(m, &file, arena, frames, name, &more, &err);
    if (dictionary && st != CHY_OK) abort();
    return st == CHY_OK ? more : m;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    if (!base.head) open_once();
    if (n < 2) return 0;
    chy_slice text = {(const char *)p + 1, n - 1};
    chy_arena arena;
    chy_arena_init(&arena);
    chy_dispatch d = parsed;
    chy_work w = work;
    w.arena = &arena, w.d = &d, w.tokens = (chy_token *)(uintptr_t)d.tokens;
    notes.n = 0;
    const chy_actors_model *who = own_actors, *more;
    const chy_events_model *what = own_events;
    if (p[0] & IS_FRAMES) {
        what = frames_of(&arena, text, p[0]);
    } else {
        who = p[0] & ONLY_OWN ? own_actors : actors;
        chy_actors_check(who, text, (chy_slice){"own", 3}, hear, NULL, &err);
        if (chy_actors_add(who, &arena, text, (chy_slice){"own", 3}, &more, &err) == CHY_OK) who = more;
    }
    must(chy_actors_run(who, &w));
    must(chy_events_run(what, &w));
    for (uint32_t i = 0; i < d.n_events; i++)
        if (d.events[i].trigger.end > sizeof story || d.events[i].first_source + d.events[i].n_sources > d.n_participants) abort();
    for (uint32_t i = 0; i < d.n_mentions; i++)
        if (d.mentions[i].head_token >= d.n_tokens || d.mentions[i].end_token > d.n_tokens) abort();
    chy_arena_free(&arena);
    return 0;
}
