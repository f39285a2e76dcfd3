/* SPDX-License-Identifier: Apache-2.0 */
#include "events/infer.h"

enum { MAX_SPAN = 60, MAX_BACK = 12, SENTENCES_BACK = 3 };

bool chy_actor_political(const chy_actor *a)
{
    if (a->sectors & CHY_SEC_POLITICAL) return true;
    if (!a->country[0] || !strcmp(a->country, "UNK") || !strcmp(a->country, "MNC")) return false;
    if (a->kind == CHY_ACTOR_STATE || a->kind == CHY_ACTOR_PEOPLE) return true;
    return a->kind == CHY_ACTOR_ORG && !(a->sectors & (CHY_SEC_BUS | CHY_SEC_JRN | CHY_SEC_EDU));
}

static const chy_token *tok(const chy_gram *g, uint32_t t) { return &g->w->d->tokens[t]; }

static bool on_side(const chy_side *s, uint32_t actor)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->v[i].actor == actor) return true;
    return false;
}

/* The political actors of the mention at t that the other side does not hold already. */
static bool take(const chy_gram *g, uint32_t t, chy_side *to, const chy_side *other, const char *how)
{
    const chy_dispatch *d = g->w->d;
    uint32_t m = d->mention_of ? d->mention_of[t] : CHY_NONE;
    if (m == CHY_NONE) return false;
    const chy_mention *x = &d->mentions[m];
    for (uint32_t i = 0; i < x->n_actors && to->n < CHY_MAX_PARTICIPANTS; i++) {
        uint32_t a = d->mention_actors[x->first_actor + i];
        if (!chy_actor_political(&d->actors[a]) || on_side(other, a) || on_side(to, a)) continue;
        if (!to->n) to->how = how;
        to->v[to->n++] = (chy_participant){m, a};
    }
    return to->n > 0;
}

/* The first actor named in what hangs on the predicate behind it. */
static bool in_matter(const chy_gram *g, uint32_t pred, chy_side *to, const chy_side *other)
{
    for (CHY_SOME_CHILDREN(g->w, pred, c, n)) {
        if (c < pred) continue;
        switch (chy_deprel_base((chy_deprel)tok(g, c)->deprel)) {
        case CHY_REL_OBJ: case CHY_REL_OBL: case CHY_REL_NMOD: case CHY_REL_XCOMP: case CHY_REL_CCOMP: break;
        default: continue;
        }
        uint32_t end = g->w->sub_end[c], begin = g->w->sub_begin[c];
        for (uint32_t t = begin; t < end && t < begin + MAX_SPAN; t++)
            if (take(g, t, to, other, "named in what it is about")) return true;
    }
    return false;
}

static bool in_place(const chy_gram *g, uint32_t pred, chy_side *to, const chy_side *other)
{
    uint32_t at = pred;
    for (uint32_t steps = 0; steps < 4; steps++) {
        for (CHY_SOME_CHILDREN(g->w, at, c, n)) {
            chy_deprel b = chy_deprel_base((chy_deprel)tok(g, c)->deprel);
            if ((b == CHY_REL_NSUBJ || b == CHY_REL_OBL || b == CHY_REL_NMOD || b == CHY_REL_OBJ) && c != pred &&
                take(g, chy_gram_resolve(g, c), to, other, "the scene"))
                return true;
        }
        at = tok(g, at)->head;
        if (at == CHY_NONE) return false;
    }
    return false;
}

void chy_infer_sides(const chy_gram *g, chy_match *m)
{
    const chy_side none = {.n = 0};
    switch (m->frame->type) {
    case CHY_REQUEST: case CHY_ACCUSE: case CHY_REJECT: case CHY_THREATEN: case CHY_SUPPORT: case CHY_AGREE:
        if (m->source.n && !m->target.n) in_matter(g, m->pred, &m->target, &m->source);
        if (m->source.n && !m->target.n && m->frame->type == CHY_REJECT) {
            uint32_t speaker = chy_gram_speaker(g, m->pred); /* "…, something Moscow denies": what somebody said */
            if (speaker != CHY_NONE) take(g, speaker, &m->target, &m->source, "who says it");
        }
        break;
    case CHY_PROTEST:
        if (!m->source.n) in_place(g, m->pred, &m->source, &none);
        break;
    default: break;
    }
}

uint32_t chy_infer_answered(const chy_dispatch *d, const chy_event *events, const chy_participant *participants, uint32_t at)
{
    const chy_event *e = &events[at];
    for (uint32_t i = at, n = 0; i-- > 0 && n < MAX_BACK; n++) {
        const chy_event *x = &events[i];
        if (x->sentence + SENTENCES_BACK < e->sentence) break;
        if (x->type != CHY_ACCUSE && x->type != CHY_REQUEST && x->type != CHY_THREATEN) continue;
        if (!x->n_sources || !x->n_targets) continue;
        for (uint32_t k = 0; k < x->n_targets; k++)
            for (uint32_t j = 0; j < e->n_sources; j++) {
                const chy_actor *a = &d->actors[participants[x->first_target + k].actor];
                const chy_actor *b = &d->actors[participants[e->first_source + j].actor];
                if (a == b || (a->country[0] && !strcmp(a->country, b->country) && strcmp(a->country, "UNK"))) return i;
            }
    }
    return CHY_NONE;
}
