/* SPDX-License-Identifier: Apache-2.0 */
#include "events/events.h"

#include "events/filter.h"
#include "events/infer.h"
#include "events/judge.h"
#include "events/literal.h"
#include "events/model.h"
#include "events/plover.h"
#include "events/size.h"
#include "events/topic.h"
#include "places/places.h"
#include "time/time.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_TRIGGER = 60, WHY = 160, MAX_EVIDENCE = 2000 };

static chy_status open_with(const chy_file *file, chy_arena *arena, chy_slice added, bool only_own, const chy_events_model **out,
                            chy_error *err)
{
    *out = NULL;
    chy_slice frames, classes;
    if (!chy_file_raw(file, "frames", &frames) || !chy_file_raw(file, "classes", &classes))
        return chy_fail(err, CHY_E_DATA, CHY_STAGE_EVENTS, 0, "the data file has no section \"frames\" or \"classes\"");
    if (only_own) frames.n = 0;
    chy_events_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    char *all = chy_arena_alloc(arena, added.n + frames.n);
    if (!m || !all) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    if (added.n) memcpy(all, added.p, added.n);
    memcpy(all + added.n, frames.p, frames.n);
    m->added = (chy_slice){all, added.n};
    m->only_own = only_own;
    chy_status st = chy_frames_parse(arena, (chy_slice){all, added.n + frames.n}, classes, &m->frames, err);
    if (st == CHY_OK) st = chy_reader_open(file, arena, &m->reader, err);
    if (st == CHY_OK) st = chy_judge_open(file, arena, &m->judge, err);
    if (st == CHY_OK) *out = m;
    return st;
}

chy_status chy_events_open(const chy_file *file, chy_arena *arena, const chy_events_model **out, chy_error *err)
{
    return open_with(file, arena, (chy_slice){"", 0}, false, out, err);
}

chy_status chy_events_only_own(const chy_events_model *m, const chy_file *file, chy_arena *arena, const chy_events_model **out,
                               chy_error *err)
{
    return open_with(file, arena, m->added, true, out, err);
}

chy_status chy_events_add(const chy_events_model *m, const chy_file *file, chy_arena *arena, chy_slice text, chy_slice name,
                          const chy_events_model **out, chy_error *err)
{
    chy_slice added = chy_arena_printf(arena, "#file %.*s\n%.*s\n%.*s", (int)name.n, name.p, (int)text.n, text.p,
                                       (int)m->added.n, m->added.p);
    *out = NULL;
    if (!added.n) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    return open_with(file, arena, added, m->only_own, out, err);
}

typedef chy_event_run run;

static const chy_token *tok(const run *r, uint32_t t) { return &r->w->d->tokens[t]; }

static void trace_as(run *r, uint32_t t, bool fired, chy_slice frame, uint32_t type, const char *reason)
{
    if (!(r->w->flags & CHY_READ_TRACE)) return;
    chy_slice s = chy_arena_copy(r->w->arena, chy_slice_z(reason));
    if (s.p) CHY_PUSH(r->w->arena, &r->traces, (chy_trace){t, fired, frame, s, type});
}

static void trace(run *r, uint32_t t, bool fired, const chy_frame *f, const char *reason)
{
    trace_as(r, t, fired, f->name, f->stop ? CHY_N_TYPE : f->type, reason);
}

/* ---------------------------------------------------------------- emitting */

/* The predicate's own words: with its particle or the noun it carries where they stand close by. */
static chy_range trigger(const run *r, const chy_match *m)
{
    const chy_token *t = tok(r, m->pred);
    chy_range at = t->at;
    for (uint32_t i = 0; i < m->words.n; i++) {
        const chy_token *x = tok(r, m->words.v[i]);
        chy_range both = {x->at.begin < at.begin ? x->at.begin : at.begin, x->at.end > at.end ? x->at.end : at.end};
        uint32_t lo = m->words.v[i] < m->pred ? m->words.v[i] : m->pred, hi = m->words.v[i] < m->pred ? m->pred : m->words.v[i];
        bool clause = both.end - both.begin > MAX_TRIGGER;
        for (uint32_t k = lo + 1; k < hi && !clause; k++) clause = tok(r, k)->upos == CHY_UPOS_PUNCT || tok(r, k)->upos == CHY_UPOS_VERB;
        if (!clause) at = both;
    }
    return at;
}

/* The sentence; of a monstrous one the words around the predicate, so that its events do not each repeat it all. */
static chy_range evidence(const run *r, uint32_t sentence, uint32_t pred)
{
    const chy_sentence *s = &r->w->d->sentences[sentence];
    if (s->at.end - s->at.begin <= MAX_EVIDENCE) return s->at;
    uint32_t b = pred, e = pred + 1, last = s->first_token + s->n_tokens;
    while (b > s->first_token && tok(r, pred)->at.begin - tok(r, b - 1)->at.begin < MAX_EVIDENCE / 2) b--;
    while (e < last && tok(r, e)->at.end - tok(r, pred)->at.end < MAX_EVIDENCE / 2) e++;
    return (chy_range){tok(r, b)->at.begin, tok(r, e - 1)->at.end};
}

static uint32_t store_side(run *r, const chy_side *s)
{
    uint32_t first = r->participants.n;
    for (uint32_t i = 0; i < s->n; i++) CHY_PUSH(r->w->arena, &r->participants, s->v[i]);
    return first;
}

/* What is to come is agreed to, not done (PLOVER: a future meeting, support, cooperation or aid is AGREE), or refused where one will not do it; and harm
 * that one says one will do is a threat. */
static uint32_t type_of(const run *r, const chy_match *m, bool future)
{
    uint32_t t = m->frame->type;
    if (m->frame->literal) return t;
    if (chy_infer_threat(&r->g, m, future)) return CHY_THREATEN;
    bool turns = t == CHY_CONSULT || t == CHY_SUPPORT || t == CHY_COOPERATE || t == CHY_AID;
    if (!future || !turns) return t;
    return m->frame->pos == CHY_PRED_VERB && m->source.n && chy_gram_negated(&r->g, m->pred) ? CHY_REJECT : CHY_AGREE;
}

bool chy_events_future(const run *r, uint32_t pred)
{
    return chy_time_of(r->w, pred).future || chy_gram_future(&r->g, pred);
}

uint32_t chy_events_type(const run *r, const chy_match *m, bool future) { return type_of(r, m, future); }

chy_event chy_events_make(const run *r, const chy_match *m, uint32_t type)
{
    chy_work *w = r->w;
    const chy_frame *f = m->frame;
    uint32_t s = chy_sentence_of(w->d, m->pred);
    chy_when when = chy_time_of(w, m->pred);
    chy_event e = {
        .type = type, .cameo = chy_plover_root(type), .sentence = s, .trigger_token = m->pred,
        .trigger = trigger(r, m), .evidence = evidence(r, s, m->pred), .days = when.days, .timex = when.timex,
        .basis = when.basis, .place = CHY_NONE, .status = CHY_REPORTED, .within = CHY_NONE,
    };
    if (f && type == f->type) {
        memcpy(e.modes, f->modes, sizeof e.modes);
        e.n_modes = f->n_modes, e.cameo = f->cameo;
    } else if (f && type == CHY_REJECT && f->type != CHY_SUPPORT) { /* a meeting or help that will not be */
        e.modes[e.n_modes++] = (uint8_t)chy_plover_mode_of(CHY_REJECT, f->type == CHY_CONSULT ? CHY_LIT("meet") : CHY_LIT("assist"));
    }
    if (f) {
        memcpy(e.contexts, f->contexts, sizeof e.contexts);
        e.n_contexts = f->n_contexts, e.frame = f->name;
    }
    e.intensity = chy_plover_intensity((chy_type)e.type, e.modes, e.n_modes);
    e.place = m->place_token != CHY_NONE ? chy_places_of(w, m->place_token) : CHY_NONE;
    if (e.place == CHY_NONE) e.place = chy_places_of(w, m->pred);
    return e;
}

static void emit(run *r, const chy_match *m)
{
    chy_arena *a = r->w->arena;
    chy_event e = chy_events_make(r, m, type_of(r, m, chy_events_future(r, m->pred)));
    bool turned = e.type != m->frame->type;
    e.n_sources = m->source.n, e.first_source = store_side(r, &m->source);
    e.n_targets = m->target.n, e.first_target = store_side(r, &m->target);
    e.rule = chy_arena_printf(a, "source: %s; target: %s%s", m->source.how ? m->source.how : "none",
                              m->target.how ? m->target.how : "none", turned ? "; still to come" : "");
    for (uint32_t i = 0; i < m->content.n; i++)
        if (r->content_of[m->content.v[i]] == CHY_NONE) r->content_of[m->content.v[i]] = r->events.n, r->content_at[m->content.v[i]] = m->pred;
    CHY_PUSH(a, &r->events, e);
    CHY_PUSH(a, &r->turned, (uint8_t)turned);
    CHY_PUSH(a, &r->bent, (uint8_t)m->bent);
    CHY_PUSH(a, &r->ways, (chy_ways){m->frame, m->source.how, m->target.how});
}

/* --------------------------------------------------------------- matching */

static bool conflict_within(unsigned carrier, unsigned noun)
{
    /* sanctions lifted, a war ended: one event */
    if (carrier == CHY_CONCEDE || carrier == CHY_RETREAT) return false;
    return chy_type_quad((chy_type)noun) == 4 && chy_type_quad((chy_type)carrier) != 4;
}

/* May frames with this predicate on the noun at t still fire, or does a verb's frame already tell it? */
static bool still_free(const run *r, uint32_t t, const chy_frame *f)
{
    uint8_t by = r->taken[t];
    return !by || conflict_within(by - 1u, f->type);
}

/* "a ceasefire and peace": of coordinated nouns of one type the first is enough. */
static bool told_beside(const run *r, uint32_t t, unsigned type)
{
    uint32_t h = tok(r, t)->deprel == CHY_REL_CONJ ? tok(r, t)->head : CHY_NONE;
    if (h == CHY_NONE || h > t || t - h > 5) return false;
    for (uint32_t i = r->events.n, steps = 0; i-- > 0 && steps < 8; steps++)
        if (r->events.v[i].trigger_token == h) return r->events.v[i].type == type;
    return false;
}

/* What was coded of the predicate that this one hangs on, or NULL. */
static const chy_event *above(const run *r, uint32_t t)
{
    chy_deprel rel = chy_deprel_base((chy_deprel)tok(r, t)->deprel);
    uint32_t h = rel == CHY_REL_ADVCL || rel == CHY_REL_ACL ? tok(r, t)->head : CHY_NONE;
    if (h != CHY_NONE && tok(r, h)->upos == CHY_UPOS_NOUN) h = tok(r, h)->head; /* "sanctions targeting …" */
    for (uint32_t i = r->events.n, steps = 0; h != CHY_NONE && i-- > 0 && steps < 8; steps++)
        if (r->events.v[i].trigger_token == h) return &r->events.v[i];
    return NULL;
}

/* "met to discuss trade", "arrived for talks": one meeting, told once. */
static bool meeting_below(const run *r, const chy_match *m)
{
    if (m->frame->type != CHY_CONSULT) return false;
    const chy_token *t = tok(r, m->pred);
    chy_deprel rel = chy_deprel_base((chy_deprel)t->deprel);
    if (rel != CHY_REL_ADVCL && rel != CHY_REL_XCOMP && rel != CHY_REL_OBL) return false;
    for (uint32_t i = r->events.n, steps = 0; t->head != CHY_NONE && i-- > 0 && steps < 8; steps++) {
        const chy_event *e = &r->events.v[i];
        if (e->trigger_token != t->head) continue;
        bool same = e->type == CHY_CONSULT || (e->type == CHY_AGREE && r->turned.v[i]);
        return same && e->n_sources && m->source.n && r->participants.v[e->first_source].actor == m->source.v[0].actor;
    }
    return false;
}

/* Force below sanctions or help: "announced sanctions, targeting three generals" hurts nobody (false); "supplied Russia
 * with drones to bomb Ukraine": it is who is supplied that bombs. */
static bool force_below(const run *r, chy_match *m)
{
    const chy_event *e = m->frame->type == CHY_ASSAULT && m->frame->pos == CHY_PRED_VERB ? above(r, m->pred) : NULL;
    if (!e) return true;
    if (e->type == CHY_SANCTION) return false;
    if (e->type == CHY_AID && e->n_targets && (tok(r, m->pred)->feats & CHY_FEAT_INF)) {
        m->source.n = 0;
        for (uint32_t i = 0; i < e->n_targets; i++) m->source.v[m->source.n++] = r->participants.v[e->first_target + i];
        m->source.how = "who was helped to it";
    }
    return true;
}

enum { MAX_SPARE = 3 }; /* readings of a predicate, each of another type, that are kept for the judge */

typedef struct misses {
    chy_spare v[MAX_SPARE];
    uint32_t n;
} misses;

/* Keep the nearest miss of each type, of equal ones the first. */
static void miss(run *r, misses *x, uint32_t t, const chy_frame *f, chy_fate fate)
{
    if (!r->judge || f->stop || f->name.p[0] == '*') return;
    chy_spare new = {t, f, f->type, (uint8_t)fate};
    uint32_t i = 0;
    while (i < MAX_SPARE && i < x->n && x->v[i].type != f->type) i++;
    if (i == MAX_SPARE || (i < x->n && x->v[i].fate >= fate)) return;
    x->v[i] = new;
    if (i == x->n) x->n++;
}

/* Try the frames of a predicate; true where one fired. */
static bool attempt(run *r, uint32_t t, unsigned pos, chy_word word, misses *x)
{
    if (r->told[t]) return false;
    chy_frame_list list = chy_frames_of(r->m->frames, word, pos);
    chy_match m;
    char why[WHY];
    for (uint32_t i = 0; i < list.n; i++) {
        const chy_frame *f = list.v[i];
        if (!f->stop && !still_free(r, t, f)) {
            trace(r, t, false, f, "told by the verb that carries it");
            miss(r, x, t, f, CHY_FATE_TAKEN);
            continue;
        }
        if (!chy_match_frame(&r->g, NULL, f, t, &m, why)) {
            if (word == r->g.word[t]) trace(r, t, false, f, why);
            miss(r, x, t, f, m.fate);
            continue;
        }
        if (f->stop) {
            trace(r, t, false, f, "no event in this use");
            return false;
        }
        if (meeting_below(r, &m)) {
            trace(r, t, false, f, "told by the verb above");
            miss(r, x, t, f, CHY_FATE_BELOW);
            return false;
        }
        if (!force_below(r, &m)) {
            trace(r, t, false, f, "said of sanctions, no force");
            miss(r, x, t, f, CHY_FATE_BELOW);
            continue;
        }
        chy_infer_sides(&r->g, &m);
        if (pos == CHY_PRED_NOUN && told_beside(r, t, f->type)) {
            trace(r, t, false, f, "told by the word it is coordinated with");
            miss(r, x, t, f, CHY_FATE_BELOW);
            return false;
        }
        const char *no = chy_filter_refuse(&r->g, &m);
        if (no) {
            trace(r, t, false, f, no);
            miss(r, x, t, f, CHY_FATE_REFUSED);
            continue;
        }
        trace(r, t, true, f, f->example.n ? "fired" : "");
        emit(r, &m);
        if (m.carried != CHY_NONE) /* "condemned the attack" is two events, "lodged a protest" one */
            r->taken[m.carried] = (uint8_t)((chy_gram_is(&r->g, t, r->g.light) ? (unsigned)CHY_ASSAULT : f->type) + 1);
        return true;
    }
    return false;
}

static void predicate(run *r, uint32_t t, unsigned pos, chy_word word)
{
    misses x = {.n = 0};
    if (attempt(r, t, pos, word, &x)) return;
    for (uint32_t i = 0; i < x.n; i++) CHY_PUSH(r->w->arena, &r->spares, x.v[i]);
}

static void emit_literal(void *r, const chy_match *m) { emit(r, m); }

static void trace_literal(void *r, uint32_t pred, const chy_frame *f, const char *why)
{
    trace(r, pred, !why, f, why ? why : "fired");
}

static bool in_name(const run *r, uint32_t t)
{
    const chy_dispatch *d = r->w->d;
    if (tok(r, t)->name != CHY_NAME_O) return true;
    uint32_t m = r->g.cover[t];
    return m != CHY_NONE && d->mentions[m].kind == CHY_MENTION_NAME;
}

/* A headline's verb is easily taken for a noun ("Iran backs Hamas"): one with an object of its own is a verb. */
static bool verb_in_disguise(const run *r, uint32_t t)
{
    bool object = false, subject = false;
    for (CHY_SOME_CHILDREN(r->w, t, c, n)) {
        switch (tok(r, c)->deprel) {
        case CHY_REL_OBJ: object = true; break;
        case CHY_REL_NSUBJ: subject = true; break;
        case CHY_REL_COP: case CHY_REL_DET: case CHY_REL_CASE: return false;
        default: break;
        }
    }
    return object && subject;
}

static void candidates(run *r)
{
    uint32_t n = r->w->d->n_tokens;
    chy_word any = chy_frames_word(r->m->frames, CHY_LIT("*"));
    for (uint32_t t = 0; t < n; t++)
        if (tok(r, t)->upos == CHY_UPOS_VERB) {
            predicate(r, t, CHY_PRED_VERB, r->g.word[t]);
            predicate(r, t, CHY_PRED_VERB, any);
        }
    for (uint32_t t = 0; t < n; t++) {
        if (r->g.word[t] == CHY_NONE) continue;
        unsigned u = tok(r, t)->upos;
        if (u == CHY_UPOS_NOUN && verb_in_disguise(r, t)) predicate(r, t, CHY_PRED_VERB, r->g.word[t]);
        else if (u == CHY_UPOS_ADJ) predicate(r, t, CHY_PRED_ADJ, r->g.word[t]);
        else if ((u == CHY_UPOS_NOUN || u == CHY_UPOS_PROPN) && !in_name(r, t)) predicate(r, t, CHY_PRED_NOUN, r->g.word[t]);
    }
}

/* -------------------------------------------------------------- the reader */

enum { PROPOSE = -512 }; /* log-odds of any event from which the judge is asked */

/* What the reader finds and no frame told of as such: spare readings, without a frame. */
static void propose(run *r)
{
    const chy_work *w = r->w;
    uint32_t *told = chy_arena_calloc(w->arena, w->d->n_tokens, sizeof *told); /* types, as bits */
    if (!w->reader || !told) return;
    for (uint32_t i = 0; i < r->events.n; i++) told[r->events.v[i].trigger_token] |= 1u << r->events.v[i].type;
    for (uint32_t i = 0; i < r->spares.n; i++) told[r->spares.v[i].pred] |= 1u << r->spares.v[i].type;
    for (uint32_t t = 0; t < w->d->n_tokens; t++) {
        if (chy_reader_any(w, t) < PROPOSE || r->told[t]) continue;
        unsigned type = chy_reader_best(w, t);
        if (!(told[t] >> type & 1)) CHY_PUSH(w->arena, &r->spares, (chy_spare){t, NULL, (uint8_t)type, CHY_FATE_READ});
    }
}

/* -------------------------------------------------------------- finishing */

int chy_events_by_trigger(const void *a, const void *b)
{
    const chy_event *x = a, *y = b;
    if (x->trigger.begin != y->trigger.begin) return x->trigger.begin < y->trigger.begin ? -1 : 1;
    if (x->trigger.end != y->trigger.end) return x->trigger.end < y->trigger.end ? -1 : 1;
    return x->trigger_token < y->trigger_token ? -1 : x->trigger_token > y->trigger_token;
}

/* The nearest event whose content a predicate stands in, as an index before sorting. */
static void place_within(run *r)
{
    for (uint32_t i = 0; i < r->events.n; i++) {
        uint32_t t = r->events.v[i].trigger_token;
        for (uint32_t steps = 0; t != CHY_NONE && steps < CHY_MAX_CHAIN; steps++, t = tok(r, t)->head)
            if (r->content_of[t] != CHY_NONE && r->content_of[t] != i) {
                r->events.v[i].within = r->content_of[t];
                break;
            }
        /* "pledged to help": the help to come is the pledge, not one more. */
        const chy_event *in = r->events.v[i].within == CHY_NONE ? NULL : &r->events.v[r->events.v[i].within];
        if (in && in->type == CHY_AGREE && r->turned.v[i]) r->events.v[i].n_sources = r->events.v[i].n_targets = 0;
    }
}

static chy_status sort_events(run *r)
{
    uint32_t n = r->events.n;
    uint32_t *new_at = chy_arena_alloc(r->w->arena, (size_t)n * sizeof *new_at);
    if (!new_at) return chy_work_memory(r->w, CHY_STAGE_EVENTS);
    for (uint32_t i = 0; i < n; i++) r->events.v[i].status = i; /* old place, for a moment */
    if (n) qsort(r->events.v, n, sizeof *r->events.v, chy_events_by_trigger);
    for (uint32_t i = 0; i < n; i++) new_at[r->events.v[i].status] = i;
    for (uint32_t i = 0; i < n; i++) {
        chy_event *e = &r->events.v[i];
        e->status = CHY_REPORTED;
        if (e->within != CHY_NONE) e->within = new_at[e->within];
    }
    uint8_t *bent = chy_arena_alloc(r->w->arena, n);
    if (!bent) return chy_work_memory(r->w, CHY_STAGE_EVENTS);
    chy_ways *ways = chy_arena_alloc(r->w->arena, n * sizeof *ways);
    if (!ways) return chy_work_memory(r->w, CHY_STAGE_EVENTS);
    for (uint32_t i = 0; i < n; i++) bent[new_at[i]] = r->bent.v[i], ways[new_at[i]] = r->ways.v[i];
    r->bent.v = bent, r->ways.v = ways;
    r->within = new_at;
    for (uint32_t i = 0; i < n; i++) r->within[i] = r->events.v[i].within;
    return CHY_OK;
}

/* Drop what may not stand; events that lay within a dropped one lie within what that one lay within. */
static bool drop_halves(run *r)
{
    uint32_t n = r->events.n, kept = 0;
    chy_event *v = r->events.v;
    uint32_t *at = chy_arena_alloc(r->w->arena, (size_t)n * sizeof *at);
    if (!at) return false;
    for (uint32_t i = 0; i < n; i++) {
        at[i] = chy_filter_stands(&r->g, &v[i], r->participants.v) ? kept++ : CHY_NONE;
        if (at[i] == CHY_NONE) trace_as(r, v[i].trigger_token, false, v[i].frame, v[i].type, "only one side of it was found");
    }
    for (uint32_t i = 0; i < n; i++) {
        if (at[i] == CHY_NONE) continue;
        chy_event e = v[i];
        for (uint32_t steps = 0; e.within != CHY_NONE && at[e.within] == CHY_NONE && steps < CHY_MAX_CHAIN; steps++)
            e.within = r->within[e.within];
        e.within = e.within == CHY_NONE || at[e.within] == CHY_NONE ? CHY_NONE : at[e.within];
        v[at[i]] = e;
    }
    r->events.n = kept;
    return true;
}

static uint64_t mix(uint64_t h, const void *p, size_t n) { return chy_hash(p, n, h); }
static uint64_t mix_u32(uint64_t h, uint32_t v)
{
    unsigned char b[4] = {(unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16), (unsigned char)(v >> 24)};
    return mix(h, b, sizeof b);
}

static chy_slice hex(chy_arena *a, uint64_t h)
{
    char buf[17];
    chy_hex16(h, buf);
    return chy_arena_copy(a, (chy_slice){buf, 16});
}

static void name_events(run *r)
{
    chy_work *w = r->w;
    const chy_dispatch *d = w->d;
    chy_slice body = chy_text_of(w, d->at);
    uint64_t content = mix_u32(chy_hash(body.p, body.n, 0), d->article);
    uint32_t ordinal = 0;
    for (uint32_t i = 0; i < r->events.n; i++) {
        chy_event *e = &r->events.v[i];
        bool same = i && e->trigger.begin == r->events.v[i - 1].trigger.begin && e->trigger.end == r->events.v[i - 1].trigger.end;
        ordinal = same ? ordinal + 1 : 0;
        uint64_t h = mix_u32(content, e->trigger.begin - d->at.begin);
        h = mix_u32(mix_u32(h, e->trigger.end - d->at.begin), ordinal);
        e->id = hex(w->arena, h);
    }
}

static uint64_t mix_actors(uint64_t h, const chy_dispatch *d, uint32_t first, uint32_t n)
{
    h = mix_u32(h, n);
    for (uint32_t i = 0; i < n; i++) {
        const chy_actor *a = &d->actors[d->participants[first + i].actor];
        h = mix(mix_u32(mix(h, a->country, 3), d->participants[first + i].sectors), a->id.p, a->id.n);
    }
    return h;
}

/* A capital stands for its government where it acts, speaks or is spoken to, and for itself where people come from or go to and bombs fall. */
static bool governs(const chy_work *w, const chy_event *e, uint32_t mention, bool target)
{
    const chy_mention *m = mention < w->d->n_mentions ? &w->d->mentions[mention] : NULL;
    if (!m || !m->government) return false;
    chy_slice prep = chy_tree_case(w, m->head_token);
    if (e->type == CHY_CONSULT && prep.n) return chy_slice_in(prep, "with|between|by|of");
    return !target || !(e->type == CHY_ASSAULT || e->type == CHY_PROTEST || (e->type == CHY_CONSULT && w->tokens[m->head_token].deprel == CHY_REL_OBJ));
}

static void tell_sectors(chy_work *w, const chy_event *e)
{
    const chy_dispatch *d = w->d;
    for (uint32_t i = 0; i < e->n_sources + e->n_targets; i++) {
        bool target = i >= e->n_sources;
        chy_participant *p = &w->participants[target ? e->first_target + i - e->n_sources : e->first_source + i];
        p->sectors = d->actors[p->actor].sectors | (governs(w, e, p->mention, target) ? CHY_SEC_GOV : 0);
    }
    for (uint32_t i = 0; i < e->n_claims; i++) {
        chy_claim *c = &w->claims[e->first_claim + i];
        c->sectors = c->actor == CHY_NONE ? 0 : d->actors[c->actor].sectors | (c->mention < d->n_mentions && d->mentions[c->mention].government ? CHY_SEC_GOV : 0);
    }
}

void chy_events_seal(chy_work *w)
{
    const chy_dispatch *d = w->d;
    for (uint32_t i = 0; i < d->n_events; i++) tell_sectors(w, &w->events[i]);
    for (uint32_t i = 0; i < d->n_events; i++) {
        chy_event *e = &w->events[i];
        if (e->status == CHY_NEGATED || e->status == CHY_POSSIBLE || e->status == CHY_PLANNED) e->size = (chy_size){0};
        uint64_t h = mix_u32(chy_hash(e->modes, e->n_modes, e->type), e->status);
        h = mix(mix(h, e->contexts, e->n_contexts), e->cameo.p, e->cameo.n);
        h = mix_actors(mix_actors(h, d, e->first_source, e->n_sources), d, e->first_target, e->n_targets);
        h = mix(h, &e->size, sizeof e->size);
        h = mix_u32(mix_u32(h, (uint32_t)e->days.begin), (uint32_t)e->days.end);
        if (e->place < d->n_places) h = mix(h, d->places[e->place].name.p, d->places[e->place].name.n);
        for (uint32_t k = 0; k < e->n_claims; k++) {
            const chy_claim *c = &d->claims[e->first_claim + k];
            h = mix(mix_u32(h, c->stance), c->agency.p, c->agency.n);
            if (c->actor < d->n_actors) h = mix(h, d->actors[c->actor].id.p, d->actors[c->actor].id.n);
        }
        e->revision = hex(w->arena, h);
    }
}

chy_status chy_events_run(const chy_events_model *m, chy_work *w)
{
    run r = {.m = m, .w = w, .judge = (w->flags & CHY_READ_FRAMES_ONLY) || m->only_own ? NULL : m->judge};
    chy_status st = chy_gram_open(&r.g, w, m->frames);
    if (st != CHY_OK) return st;
    uint32_t n = w->d->n_tokens;
    r.taken = chy_arena_calloc(w->arena, n, 1);
    r.told = chy_arena_calloc(w->arena, n, 1);
    r.content_of = chy_arena_alloc(w->arena, (size_t)n * sizeof *r.content_of);
    r.content_at = chy_arena_alloc(w->arena, (size_t)n * sizeof *r.content_at);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_EVENTS);
    for (uint32_t t = 0; t < n; t++) r.content_of[t] = r.content_at[t] = CHY_NONE;
    if (chy_frames_literal(m->frames)) {
        chy_literal_sink sink = {emit_literal, w->flags & CHY_READ_TRACE ? trace_literal : NULL, &r};
        if ((st = chy_literal_run(&r.g, &sink, r.told)) != CHY_OK) return st;
    }
    const char *topic = m->only_own ? NULL : chy_topic_off(&r.g);
    if (topic)
        chy_note_add(w, CHY_STAGE_EVENTS, w->d->at.begin, "the story is about %s, not politics: not coded", topic);
    else {
        if (r.judge && (st = chy_reader_run(m->reader, &r.g, w)) != CHY_OK) return st;
        candidates(&r);
        if (r.judge) propose(&r);
    }
    place_within(&r);
    if ((st = sort_events(&r)) != CHY_OK) return st;
    if (!chy_infer_from_before(w->arena, w->d, r.events.v, r.bent.v, r.events.n, &r.participants)) return chy_work_memory(w, CHY_STAGE_EVENTS);
    if (r.judge ? !chy_judge_run(r.judge, &r) : !drop_halves(&r)) return chy_work_memory(w, CHY_STAGE_EVENTS);
    name_events(&r);
    chy_size_fill(&r.g, r.events.v, r.events.n);
    chy_dispatch *d = w->d;
    d->events = w->events = r.events.v, d->n_events = r.events.n;
    d->participants = w->participants = r.participants.v, d->n_participants = r.participants.n;
    d->traces = r.traces.v, d->n_traces = r.traces.n;
    chy_events_seal(w);
    return chy_work_memory(w, CHY_STAGE_EVENTS);
}
