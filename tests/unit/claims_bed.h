/* SPDX-License-Identifier: Apache-2.0
 *
 * claims_bed.h - the claims stage over hand-made trees: CoNLL-U and a few events in, the stage's results out.
 */
#ifndef CHY_TEST_CLAIMS_BED_H
#define CHY_TEST_CLAIMS_BED_H

#include "work_of_conllu.h"

#include "claims/claims.h"
#include "data/file.h"
#include "events/plover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { BED_EVENTS = 8 };

typedef struct claims_bed {
    conllu_work cw;
    chy_file file;
    chy_arena model;
    const chy_claims_model *m;
    chy_event events[BED_EVENTS];
    chy_participant sides[BED_EVENTS * 2];
    uint32_t n_events;
    char buf[512];
} claims_bed;

static void bed_open(claims_bed *b, const char *conllu)
{
    memset(b, 0, sizeof *b);
    chy_error err;
    chy_arena_init(&b->model);
    assert_int_equal(chy_file_open(NULL, &b->file, &err), CHY_OK);
    assert_int_equal(chy_claims_open(&b->file, &b->model, &b->m, &err), CHY_OK);
    conllu_make(&b->cw, conllu);
}

static void bed_close(claims_bed *b)
{
    conllu_free(&b->cw);
    chy_arena_free(&b->model);
    chy_file_close(&b->file);
}

/* The first token of this form from token `from` on. */
static uint32_t bed_token(const claims_bed *b, const char *form, uint32_t from)
{
    for (uint32_t t = from; t < b->cw.d.n_tokens; t++)
        if (chy_slice_eqz(b->cw.d.tokens[t].form, form)) return t;
    fail_msg("no token %s", form);
    return CHY_NONE;
}

/* An event on the first `trigger`, between the actors of two words (NULL: nobody). Add events in text order. */
static chy_event *bed_event(claims_bed *b, chy_type type, const char *trigger, const char *source, const char *target)
{
    chy_dispatch *d = &b->cw.d;
    chy_event *e = &b->events[b->n_events];
    uint32_t t = bed_token(b, trigger, b->n_events ? b->events[b->n_events - 1].trigger_token + 1 : 0), k = b->n_events * 2;
    const char *side[2] = {source, target};
    *e = (chy_event){.type = type, .trigger_token = t, .trigger = d->tokens[t].at, .sentence = chy_sentence_of(d, t),
                     .within = CHY_NONE, .timex = CHY_NONE, .place = CHY_NONE, .first_source = k, .first_target = k + 1};
    for (int i = 0; i < 2; i++) {
        if (!side[i]) continue;
        uint32_t m = d->mention_of[bed_token(b, side[i], 0)];
        assert_int_not_equal(m, CHY_NONE);
        b->sides[k + (uint32_t)i] = (chy_participant){.mention = m, .actor = d->mention_actors[d->mentions[m].first_actor]};
    }
    e->n_sources = source != NULL;
    e->n_targets = target != NULL;
    b->n_events++;
    return e;
}

static const chy_dispatch *bed_run(claims_bed *b)
{
    chy_dispatch *d = &b->cw.d;
    b->cw.w.events = b->events;
    d->events = b->events, d->n_events = b->n_events;
    d->participants = b->sides, d->n_participants = BED_EVENTS * 2;
    assert_int_equal(chy_claims_run(b->m, &b->cw.w), CHY_OK);
    return d;
}

/* Spans as text, " … " between them. */
static const char *bed_spans(claims_bed *b, uint32_t first, uint32_t n)
{
    size_t at = 0;
    b->buf[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        chy_slice s = chy_text_of(&b->cw.w, b->cw.d.spans[first + i]);
        at += (size_t)snprintf(b->buf + at, sizeof b->buf - at, "%s%.*s", i ? " … " : "", (int)s.n, s.p);
    }
    return b->buf;
}

/* Attribution i reads: source | cue | content. */
static inline void bed_reads(claims_bed *b, uint32_t i, const char *source, const char *cue, const char *content)
{
    assert_true(i < b->cw.d.n_attributions);
    const chy_attribution *a = &b->cw.d.attributions[i];
    assert_string_equal(bed_spans(b, a->first_source, a->n_sources), source);
    assert_string_equal(bed_spans(b, a->first_cue, a->n_cues), cue);
    assert_string_equal(bed_spans(b, a->first_content, a->n_contents), content);
}

static inline const char *bed_status(const chy_event *e) { return chy_event_status_name(e->status); }

/* The country of voice k of an event. */
static inline const char *bed_voice(const claims_bed *b, const chy_event *e, uint32_t k)
{
    assert_true(k < e->n_claims);
    const chy_claim *x = &b->cw.d.claims[e->first_claim + k];
    return x->actor == CHY_NONE ? "" : b->cw.d.actors[x->actor].country;
}

#endif
