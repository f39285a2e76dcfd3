/* SPDX-License-Identifier: Apache-2.0
 *
 * views.c - what the reader of triggers is trained on: views STATES < records.jsonl > views.tsv
 *
 * Each line of the output is a word that could head an event: id of the record, token's number in the file STATES (320 bytes a token, as the
 * syntax stage leaves them), bytes begin and end, lemma, part of speech, the type of the frame that fires on it or "-", its
 * sentence, the tokens that it is seen with, the features that hold. Lines "= ID BYTE…" give the ranges of the dispatches.
 */
#include "actors/actors.h"
#include "events/events.h"
#include "events/model.h"
#include "events/view.h"
#include "page/page.h"
#include "places/places.h"
#include "syntax/syntax.h"
#include "text/text.h"
#include "time/time.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct models {
    const chy_page_model *page;
    const chy_text_model *text;
    const chy_syntax_model *syntax;
    const chy_time_model *time;
    const chy_actors_model *actors;
    const chy_places_model *places;
    const chy_events_model *events;
} models;

static chy_status open_all(const chy_file *f, chy_arena *a, models *m, chy_error *err)
{
    chy_status st = chy_page_open(f, a, &m->page, err);
    if (st == CHY_OK) st = chy_text_open(f, a, &m->text, err);
    if (st == CHY_OK) st = chy_syntax_open(f, a, &m->syntax, err);
    if (st == CHY_OK) st = chy_time_open(f, a, &m->time, err);
    if (st == CHY_OK) st = chy_actors_open(f, a, &m->actors, err);
    if (st == CHY_OK) st = chy_places_open(f, a, &m->places, err);
    if (st == CHY_OK) st = chy_events_open(f, a, &m->events, err);
    return st;
}

static chy_status run(const models *m, chy_work *w)
{
    chy_status st = chy_text_run(m->text, w);
    if (st == CHY_OK) st = chy_syntax_run(m->syntax, w);
    if (st == CHY_OK) st = chy_time_run(m->time, w);
    if (st == CHY_OK) st = chy_actors_run(m->actors, w);
    if (st == CHY_OK) st = chy_places_run(m->places, w);
    if (st == CHY_OK) st = chy_events_run(m->events, w);
    return st == CHY_OK ? chy_work_memory(w, CHY_STAGE_EVENTS) : st;
}

static const char *fired(const chy_dispatch *d, uint32_t t)
{
    for (uint32_t i = 0; i < d->n_events; i++)
        if (d->events[i].trigger_token == t) return chy_type_name((chy_type)d->events[i].type);
    return "-";
}

/* One dispatch; `base` is the number of its first token in the file of states. */
static chy_status put(const models *m, chy_work *w, chy_slice id, uint64_t base, FILE *states)
{
    const chy_dispatch *d = w->d;
    chy_gram g;
    chy_view_counts counts;
    chy_view v;
    chy_status st = chy_gram_open(&g, w, m->events->frames);
    if (st == CHY_OK) st = chy_view_open(&g, w, &counts);
    if (st != CHY_OK) return st;
    if (fwrite(w->states, w->state_width, d->n_tokens, states) != d->n_tokens) return CHY_E_IO;
    printf("=\t%.*s\t%u\t%u\n", (int)id.n, id.p, (unsigned)d->at.begin, (unsigned)d->at.end);
    for (uint32_t t = 0; t < d->n_tokens; t++) {
        if (!chy_view_candidate(&g, t)) continue;
        const chy_token *x = &d->tokens[t];
        chy_view_of(&g, &counts, t, &v);
        chy_slice lemma = chy_fold(w->arena, x->lemma);
        printf("%.*s\t%llu\t%u\t%u\t%.*s\t%s\t%s\t%u\t", (int)id.n, id.p, (unsigned long long)(base + t), (unsigned)x->at.begin, (unsigned)x->at.end,
               (int)lemma.n, lemma.p, chy_upos_name(x->upos), fired(d, t), (unsigned)chy_sentence_of(d, t));
        for (unsigned k = 0; k < CHY_N_VIEW; k++) {
            chy_slice l = v.word[k] == CHY_NONE ? CHY_LIT("") : chy_fold(w->arena, d->tokens[v.word[k]].lemma);
            printf("%s%lld:%.*s", k ? "\x1f" : "", v.word[k] == CHY_NONE ? -1LL : (long long)(base + v.word[k]), (int)l.n, l.p);
        }
        putchar('\t');
        for (uint32_t k = 0; k < v.n_features; k++) printf("%s%u", k ? " " : "", v.feature[k]);
        putchar('\n');
    }
    return chy_work_memory(w, CHY_STAGE_EVENTS);
}

int main(int argc, char **argv)
{
    chy_file file;
    chy_error err = {0};
    chy_arena arena, page;
    models m;
    FILE *states = argc == 2 ? fopen(argv[1], "wb") : NULL;
    if (!states) return fprintf(stderr, "usage: views STATES < records.jsonl > views.tsv\n"), 2;
    chy_arena_init(&arena);
    chy_arena_init(&page);
    chy_status st = chy_file_open(NULL, &file, &err);
    if (st == CHY_OK) st = open_all(&file, &arena, &m, &err);
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    uint64_t base = 0;
    while (st == CHY_OK && (n = getline(&line, &cap, stdin)) > 0) {
        chy_input in = {0};
        chy_notes notes = {0};
        chy_page_result r;
        chy_arena_reset(&page);
        st = chy_page_record((chy_slice){line, (size_t)n}, &page, &in, &err);
        if (st == CHY_OK) st = chy_page_read(m.page, &in, 0, &page, &notes, &r, &err);
        if (st != CHY_OK && st != CHY_E_MEMORY) { /* no story */
            fprintf(stderr, "views: %.*s: %s\n", (int)in.id.n, in.id.p, err.message);
            st = CHY_OK;
            continue;
        }
        for (uint32_t i = 0; st == CHY_OK && i < r.dispatches.n; i++) {
            chy_dispatch *d = &r.dispatches.v[i];
            chy_work w = {.arena = &page, .err = &err, .notes = &notes, .text = r.text, .d = d, .whole_states = true};
            d->article = i;
            st = run(&m, &w);
            if (st == CHY_OK) st = put(&m, &w, in.id, base, states);
            base += d->n_tokens;
        }
    }
    free(line);
    if (st != CHY_OK) fprintf(stderr, "views: %s\n", err.message);
    chy_arena_free(&page);
    chy_arena_free(&arena);
    chy_file_close(&file);
    return fclose(states) || fflush(stdout) || st != CHY_OK;
}
