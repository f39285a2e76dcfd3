/* SPDX-License-Identifier: Apache-2.0
 *
 * relate.c - the PLOVER type that holds between two marked actors: always an answer.
 *
 * Every frame whose conditions hold is a candidate, the political filter apart, and the two marked spans count as
 * actors whatever they are. Candidates are weighed by which roles the spans fill and by how near the predicate stands
 * to the path between them in the tree.
 */
#include "events/plover.h"
#include "events/events.h"

#include "events/match.h"
#include "events/model.h"

#include <stdio.h>

enum { FAR = 9 };

typedef struct relating {
    const chy_events_model *m;
    chy_work *w;
    chy_gram g;
    chy_marks marks;
    uint32_t head[2];
    uint8_t *near;      /* by token: steps up to the path between the heads, 0 on it; FAR: no way */
    int best;           /* score of the best so far */
    uint32_t best_distance;
    const chy_frame *frame;
    uint32_t pred;
    bool both;          /* source and target both filled as marked */
} relating;

static const chy_token *tok(const relating *r, uint32_t t) { return &r->w->d->tokens[t]; }

/* ---------------------------------------------------------------- the path */

static void span_tokens(relating *r, unsigned k, chy_range at)
{
    const chy_dispatch *d = r->w->d;
    uint32_t lo = 0, hi = d->n_tokens;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (d->tokens[mid].at.end <= at.begin) lo = mid + 1;
        else hi = mid;
    }
    uint32_t end = lo;
    while (end < d->n_tokens && d->tokens[end].at.begin < at.end) end++;
    r->marks.begin[k] = lo;
    r->marks.end[k] = end;
    r->head[k] = CHY_NONE;
    for (uint32_t t = lo; t < end && r->head[k] == CHY_NONE; t++) {
        uint32_t h = d->tokens[t].head;
        if (h == CHY_NONE || h < lo || h >= end) r->head[k] = t;
    }
}

static void draw_path(relating *r)
{
    const chy_dispatch *d = r->w->d;
    for (uint32_t t = 0; t < d->n_tokens; t++) r->near[t] = FAR;
    uint32_t a = r->head[0], b = r->head[1], steps = 0;
    if (a == CHY_NONE || b == CHY_NONE) return;
    uint32_t meet = CHY_NONE;
    for (uint32_t t = a; t != CHY_NONE && steps < CHY_MAX_CHAIN; t = d->tokens[t].head, steps++) r->near[t] = 1;
    for (uint32_t t = b, n = 0; t != CHY_NONE && n < CHY_MAX_CHAIN; t = d->tokens[t].head, n++)
        if (r->near[t] == 1) {
            meet = t;
            break;
        }
    for (uint32_t t = a, n = 0; t != CHY_NONE && n < CHY_MAX_CHAIN; t = d->tokens[t].head, n++) r->near[t] = FAR;
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t t = k ? b : a, n = 0; t != CHY_NONE && n < CHY_MAX_CHAIN; t = d->tokens[t].head, n++) {
            r->near[t] = 0;
            if (t == meet) break;
        }
}

static unsigned distance(const relating *r, uint32_t t)
{
    for (unsigned n = 0; t != CHY_NONE && n < FAR; n++, t = tok(r, t)->head)
        if (r->near[t] == 0) return n;
    return FAR;
}

/* ------------------------------------------------------------- candidates */

static bool marked(const chy_side *s, uint32_t who)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->v[i].mention == CHY_MARKED && s->v[i].actor == who) return true;
    return false;
}

/* Does the second span stand in what the predicate is about: its complement or object? */
static bool in_content(const relating *r, uint32_t pred)
{
    for (uint32_t t = r->head[1], n = 0; t != CHY_NONE && n < CHY_MAX_CHAIN; n++) {
        const chy_token *x = tok(r, t);
        if (x->head == pred) {
            chy_deprel b = chy_deprel_base((chy_deprel)x->deprel);
            return b == CHY_REL_XCOMP || b == CHY_REL_CCOMP || b == CHY_REL_OBJ;
        }
        t = x->head;
    }
    return false;
}

/* What filled roles are worth: one who refuses, promises or threatens to do something to the other outweighs the deed;
 * then both as marked, then one of them, then the wrong way round. */
static int fit(const relating *r, const chy_match *m)
{
    bool s0 = marked(&m->source, 0), s1 = marked(&m->source, 1), t0 = marked(&m->target, 0), t1 = marked(&m->target, 1);
    unsigned type = m->frame->type;
    bool word = type == CHY_AGREE || type == CHY_REJECT || type == CHY_THREATEN || type == CHY_ACCUSE || type == CHY_CONCEDE;
    if (s0 && word && m->frame->pos == CHY_PRED_VERB && in_content(r, m->pred)) return 64;
    if (s0 && t1) return 60;
    if (chy_plover_mutual(m->frame->type) && ((s1 && t0) || (s0 && s1))) return 55;
    if (s0) return m->target.n ? 30 : 36;
    if (t1) return m->source.n ? 26 : 34;
    if (s1 && t0) return 24;
    return s1 || t0 ? 10 : 4;
}

static void weigh(relating *r, const chy_frame *f, uint32_t t, int roles)
{
    if (!f) return;
    unsigned far = distance(r, t);
    int score = roles + (far == 0 ? 16 : 10 - 2 * (int)far) + 2 * (int)(f->n_conds < 4 ? f->n_conds : 4) -
                (f->pos == CHY_PRED_VERB ? 0 : 2);
    if (score < r->best || (score == r->best && far >= r->best_distance)) return;
    r->best = score;
    r->best_distance = far;
    r->frame = f;
    r->pred = t;
    r->both = roles >= 55;
}

/* The first frame of the type that most frames of a predicate have; a stop frame where all are. */
static const chy_frame *commonest(chy_frame_list list)
{
    uint32_t count[CHY_N_TYPE] = {0}, best = CHY_NONE;
    for (uint32_t i = 0; i < list.n; i++)
        if (!list.v[i]->stop) count[list.v[i]->type]++;
    for (uint32_t i = 0; i < list.n; i++)
        if (!list.v[i]->stop && (best == CHY_NONE || count[list.v[i]->type] > count[list.v[best]->type])) best = i;
    return best == CHY_NONE ? NULL : list.v[best];
}

static void predicate(relating *r, uint32_t t, unsigned pos, chy_word word)
{
    chy_frame_list list = chy_frames_of(r->m->frames, word, pos);
    chy_match m;
    const chy_frame *loose = NULL;
    for (uint32_t i = 0; i < list.n; i++) {
        const chy_frame *f = list.v[i];
        if (chy_match_frame(&r->g, &r->marks, f, t, &m, NULL)) {
            if (f->stop) return;
            weigh(r, f, t, fit(r, &m));
            loose = NULL;
            break; /* the most particular that fires */
        }
        if (!loose && !f->stop && chy_match_conditions(&r->g, f, t, &m, NULL)) loose = f;
    }
    if (loose) weigh(r, loose, t, 0); /* conditions hold, roles do not */
    else if (list.n && r->best < -40) weigh(r, commonest(list), t, -50);
}

/* ---------------------------------------------------------------- modality */

/* What is to come, or is not so, is another type (the remap of PLOVER's modalities). Between two actors a concession
 * that is only promised is read as AGREE, as those who mark relations do. */
static chy_type remap(const relating *r, chy_type type)
{
    bool coop = chy_type_quad(type) <= 2, force = chy_type_quad(type) == 4;
    if (chy_gram_negated(&r->g, r->pred)) return coop ? CHY_REJECT : type;
    bool promise = type == CHY_CONCEDE && chy_gram_is(&r->g, r->pred, r->g.plan) &&
                   !chy_slice_eqz(tok(r, r->pred)->lemma, "decide"); /* what is decided is granted */
    if (!promise && !chy_gram_future(&r->g, r->pred)) return type;
    return coop ? CHY_AGREE : force ? CHY_THREATEN : type;
}

chy_status chy_events_relate(const chy_events_model *m, chy_work *w, chy_range source, chy_range target,
                             chy_relation *out)
{
    relating r = {.m = m, .w = w, .best = -100, .best_distance = FAR};
    *out = (chy_relation){.type = CHY_ACCUSE, .confidence = 0.1f, .rule = CHY_LIT("no predicate known")};
    chy_status st = chy_gram_open(&r.g, w, m->frames);
    if (st != CHY_OK) return st;
    uint32_t n = w->d->n_tokens;
    r.near = chy_arena_alloc(w->arena, n);
    if (!r.near) return chy_work_memory(w, CHY_STAGE_EVENTS);
    span_tokens(&r, 0, source);
    span_tokens(&r, 1, target);
    draw_path(&r);
    chy_word any = chy_frames_word(m->frames, CHY_LIT("*"));
    for (uint32_t t = 0; t < n; t++) {
        bool inside = (t >= r.marks.begin[0] && t < r.marks.end[0]) || (t >= r.marks.begin[1] && t < r.marks.end[1]);
        if (inside) continue;
        switch (tok(&r, t)->upos) {
        case CHY_UPOS_VERB:
            predicate(&r, t, CHY_PRED_VERB, r.g.word[t]);
            predicate(&r, t, CHY_PRED_VERB, any);
            break;
        case CHY_UPOS_ADJ: predicate(&r, t, CHY_PRED_ADJ, r.g.word[t]); break;
        case CHY_UPOS_NOUN: case CHY_UPOS_PROPN: predicate(&r, t, CHY_PRED_NOUN, r.g.word[t]); break;
        default: break;
        }
    }
    if (!r.frame) return CHY_OK;
    out->type = remap(&r, (chy_type)r.frame->type);
    int c = r.best < 0 ? 0 : r.best > 80 ? 80 : r.best;
    out->confidence = 0.15f + 0.01f * (float)c;
    out->rule = chy_arena_printf(w->arena, "%.*s%s%s", (int)r.frame->name.n, r.frame->name.p,
                                 r.both ? " with both actors in its roles" : "",
                                 out->type != (chy_type)r.frame->type ? ", by modality" : "");
    return chy_work_memory(w, CHY_STAGE_EVENTS);
}
