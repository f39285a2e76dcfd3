/* SPDX-License-Identifier: Apache-2.0 */
#include "events/plover.h"
#include "events/infer.h"

enum { MAX_SPAN = 60, MAX_BACK = 16, RECALL = 3, NEAR_BACK = 5, NEAR_ON = 4, LAST_BACK = 2 };

bool chy_actor_political(const chy_actor *a)
{
    if ((a->sectors & CHY_SEC_POLITICAL) || (a->former && (a->sectors & CHY_SEC_ELI))) return true;
    if (!a->country[0] || !strcmp(a->country, "UNK") || !strcmp(a->country, "MNC")) return false;
    if (a->kind == CHY_ACTOR_STATE) return true;
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
        to->v[to->n++] = (chy_participant){.mention = m, .actor = a};
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
        case CHY_REL_ADVCL:
            if (tok(g, c)->feats & CHY_FEAT_INF) break; /* "called for dialogue to end the war" */
            continue;
        default: continue;
        }
        uint32_t end = g->w->sub_end[c], begin = g->w->sub_begin[c];
        for (uint32_t t = begin; t < end && t < begin + MAX_SPAN; t++)
            if (take(g, t, to, other, "named in what it is about")) return true;
    }
    return false;
}

/* Could those at the scene of a protest be who protests? A country, a crowd, a union; not an office or a force. */
static bool protests(const chy_gram *g, uint32_t t)
{
    enum { NOT = CHY_SEC_GOV | CHY_SEC_LEG | CHY_SEC_JUD | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_SPY };
    const chy_dispatch *d = g->w->d;
    uint32_t m = d->mention_of ? d->mention_of[t] : CHY_NONE;
    if (m == CHY_NONE || !d->mentions[m].n_actors) return false;
    const chy_actor *a = &d->actors[d->mention_actors[d->mentions[m].first_actor]];
    return !(a->sectors & NOT) && a->kind != CHY_ACTOR_PERSON && a->kind != CHY_ACTOR_OFFICE;
}

static bool in_place(const chy_gram *g, uint32_t pred, chy_side *to, const chy_side *other)
{
    uint32_t at = pred;
    for (uint32_t steps = 0; steps < 4; steps++) {
        for (CHY_SOME_CHILDREN(g->w, at, c, n)) {
            chy_deprel b = chy_deprel_base((chy_deprel)tok(g, c)->deprel);
            if ((b == CHY_REL_NSUBJ || b == CHY_REL_OBL || b == CHY_REL_NMOD || b == CHY_REL_OBJ) && c != pred &&
                protests(g, chy_gram_resolve(g, c)) && take(g, chy_gram_resolve(g, c), to, other, "the scene"))
                return true;
        }
        at = tok(g, at)->head;
        if (at == CHY_NONE) return false;
    }
    return false;
}

bool chy_infer_threat(const chy_gram *g, const chy_match *m, bool future)
{
    unsigned type = m->frame->type;
    if (!future || !m->source.n || (type != CHY_SANCTION && type != CHY_COERCE && type != CHY_ASSAULT)) return false;
    uint32_t speaker = chy_gram_speaker(g, m->pred);
    uint32_t says = speaker == CHY_NONE || !g->w->d->mention_of ? CHY_NONE : g->w->d->mention_of[speaker];
    if (says == CHY_NONE) return false;
    const chy_mention *x = &g->w->d->mentions[says];
    for (uint32_t i = 0; i < x->n_actors; i++)
        if (on_side(&m->source, g->w->d->mention_actors[x->first_actor + i])) return true;
    return false;
}

/* A verb that was hung where it has no subject: that of the nearest clause above. */
static void subject_above(const chy_gram *g, chy_match *m)
{
    uint32_t at = m->pred;
    chy_deprel rel = chy_deprel_base((chy_deprel)tok(g, at)->deprel);
    if (rel == CHY_REL_ACL || rel == CHY_REL_AMOD || chy_gram_passive(g, at)) return;
    for (CHY_SOME_CHILDREN(g->w, at, c, n))
        if (chy_is_rel(tok(g, c), CHY_REL_NSUBJ) || chy_is_rel(tok(g, c), CHY_REL_EXPL)) return;
    for (uint32_t steps = 0; steps < 4 && (at = tok(g, at)->head) != CHY_NONE; steps++) {
        for (CHY_SOME_CHILDREN(g->w, at, c, n))
            if (tok(g, c)->deprel == CHY_REL_NSUBJ && c < m->pred) {
                take(g, c, &m->source, &m->target, "subject of the clause above");
                return;
            }
    }
}

/* "Myanmar's executions": of an act of force done to people, the state whose it is has done it. */
static void state_does(const chy_gram *g, chy_match *m)
{
    if (m->frame->type != CHY_ASSAULT || m->frame->pos != CHY_PRED_NOUN || m->source.n || m->target.n != 1) return;
    if (!m->target.how || strcmp(m->target.how, "possessor") != 0) return;
    if (g->w->d->actors[m->target.v[0].actor].kind != CHY_ACTOR_STATE) return;
    m->source = m->target;
    m->target.n = 0;
    m->target.how = NULL;
}

void chy_infer_sides(const chy_gram *g, chy_match *m)
{
    state_does(g, m);
    const chy_side none = {.n = 0};
    bool wants = m->frame->role[CHY_ROLE_SOURCE].n + m->frame->role[CHY_ROLE_BOTH].n > 0;
    if (m->frame->pos == CHY_PRED_VERB && !m->source.n && m->target.n && wants)
        subject_above(g, m);
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

/* ------------------------------------------------------- from what was told */

static bool same_actor(const chy_dispatch *d, uint32_t a, uint32_t b)
{
    const chy_actor *x = &d->actors[a], *y = &d->actors[b];
    return a == b || (x->country[0] && !strcmp(x->country, y->country) && strcmp(x->country, "UNK"));
}

static bool share(const chy_dispatch *d, const chy_participant *p, uint32_t a, uint32_t na, uint32_t b, uint32_t nb)
{
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++)
            if (same_actor(d, p[a + i].actor, p[b + k].actor)) return true;
    return false;
}

/* The same actor, not only the same country's: who did something to one of its people did not do all that was done to others. */
static bool meet(const chy_participant *p, uint32_t a, uint32_t na, uint32_t b, uint32_t nb)
{
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++)
            if (p[a + i].actor == p[b + k].actor) return true;
    return false;
}

/* Copy a side of `from`, less the actors that the event has on its other side. */
static bool copy(chy_arena *arena, const chy_dispatch *d, chy_participants *p, uint32_t from, uint32_t n_from,
                 uint32_t other, uint32_t n_other, uint32_t *first, uint32_t *n)
{
    *first = p->n;
    *n = 0;
    for (uint32_t i = 0; i < n_from && *n < CHY_MAX_PARTICIPANTS; i++) {
        chy_participant x = p->v[from + i];
        bool also = false;
        for (uint32_t k = 0; k < n_other; k++) also |= same_actor(d, x.actor, p->v[other + k].actor);
        if (also) continue;
        if (!CHY_PUSH(arena, p, x)) return false;
        ++*n;
    }
    return true;
}

static bool complete(chy_arena *arena, const chy_dispatch *d, chy_event *e, const chy_event *x, chy_participants *p)
{
    const chy_participant *v = p->v;
    bool answers = x->type == CHY_ACCUSE || x->type == CHY_REQUEST || x->type == CHY_THREATEN;
    bool back = x->type == CHY_ASSAULT || x->type == CHY_SANCTION || x->type == CHY_COERCE || x->type == CHY_ACCUSE;
    bool reply = (e->type == CHY_REJECT && answers) || ((e->type == CHY_SANCTION || e->type == CHY_THREATEN) && back);
    if (reply && e->n_sources && share(d, v, e->first_source, e->n_sources, x->first_target, x->n_targets))
        return !share(d, v, e->first_source, e->n_sources, x->first_target, x->n_targets) ||
               copy(arena, d, p, x->first_source, x->n_sources, e->first_source, e->n_sources, &e->first_target, &e->n_targets);
    /* "condemned the attack": those who made it */
    bool deed = x->type == CHY_ASSAULT || x->type == CHY_COERCE || x->type == CHY_SANCTION;
    if (e->type == CHY_ACCUSE && deed && e->n_sources && x->sentence + RECALL >= e->sentence &&
        !share(d, v, e->first_source, e->n_sources, x->first_source, x->n_sources))
        return copy(arena, d, p, x->first_source, x->n_sources, e->first_source, e->n_sources, &e->first_target, &e->n_targets);
    bool both = chy_plover_mutual(e->type) && chy_plover_mutual(x->type) && e->type != CHY_SUPPORT && x->type != CHY_SUPPORT;
    if (e->type != x->type && !both) return true;
    if (e->n_sources) {
        if (share(d, v, e->first_source, e->n_sources, x->first_source, x->n_sources))
            return copy(arena, d, p, x->first_target, x->n_targets, e->first_source, e->n_sources, &e->first_target, &e->n_targets);
        if (both && share(d, v, e->first_source, e->n_sources, x->first_target, x->n_targets))
            return copy(arena, d, p, x->first_source, x->n_sources, e->first_source, e->n_sources, &e->first_target, &e->n_targets);
    } else {
        if (meet(v, e->first_target, e->n_targets, x->first_target, x->n_targets))
            return copy(arena, d, p, x->first_source, x->n_sources, e->first_target, e->n_targets, &e->first_source, &e->n_sources);
        if (both && share(d, v, e->first_target, e->n_targets, x->first_source, x->n_sources))
            return copy(arena, d, p, x->first_target, x->n_targets, e->first_target, e->n_targets, &e->first_source, &e->n_sources);
    }
    return true;
}

static bool one_sided(const chy_event *e) { return !e->n_sources != !e->n_targets; }

/* Try event k for event i. */
static bool attempt(chy_arena *arena, const chy_dispatch *d, chy_event *e, const chy_event *x, bool bent, chy_participants *p)
{
    if (!x->n_sources || !x->n_targets) return true;
    if (bent && share(d, p->v, e->first_source, e->n_sources, x->first_source, x->n_sources))
        return copy(arena, d, p, x->first_target, x->n_targets, e->first_source, e->n_sources, &e->first_target, &e->n_targets);
    return complete(arena, d, e, x, p);
}

static bool known(const chy_actor *a) { return a->country[0] && strcmp(a->country, "UNK") != 0; }

/* Could the actor be the missing side of the event? Who answers, asks, accuses, promises does so to somebody in politics;
 * who is held or shot is so by a force or an office, and those whom they hold or shoot are people. */
static bool may_be(const chy_event *e, const chy_actor *a)
{
    enum { FORCE = CHY_SEC_COP | CHY_SEC_MIL | CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_UAF | CHY_SEC_CRM,
           POWER = FORCE | CHY_SEC_GOV | CHY_SEC_JUD,
           COMMON = CHY_SEC_CVL | CHY_SEC_LAB | CHY_SEC_EDU | CHY_SEC_AGR | CHY_SEC_SOC | CHY_SEC_REF | CHY_SEC_OPP | CHY_SEC_JRN };
    switch (e->type) {
    case CHY_REJECT: case CHY_ACCUSE: case CHY_AGREE: case CHY_SUPPORT: case CHY_REQUEST: case CHY_CONCEDE:
        return e->n_sources && chy_actor_political(a) && !(a->sectors & CHY_SEC_JRN);
    case CHY_ASSAULT: return a->sectors & (e->n_sources ? COMMON : FORCE);
    case CHY_COERCE:
        if (e->n_sources && e->n_modes && !strcmp(chy_mode_name(e->modes[0]), "restrict")) return false; /* all and sundry */
        return a->sectors & (e->n_sources ? COMMON : POWER);
    case CHY_RETREAT: return a->sectors & (e->n_sources ? COMMON : POWER);
    default: return false;
    }
}

/* Where no word says who the other side is: whom the text named last; of words, of another state only. */
static bool last_named(chy_arena *arena, const chy_dispatch *d, chy_event *e, chy_participants *p)
{
    const chy_sentence *s = &d->sentences[e->sentence];
    uint32_t end = s->first_token + s->n_tokens, first = d->sentences[e->sentence > LAST_BACK ? e->sentence - LAST_BACK : 0].first_token;
    uint32_t have = e->n_sources ? e->first_source : e->first_target, n = e->n_sources + e->n_targets;
    bool deed = e->type == CHY_ASSAULT || e->type == CHY_COERCE || e->type == CHY_RETREAT;
    for (uint32_t m = d->n_mentions; m-- > 0;) {
        const chy_mention *x = &d->mentions[m];
        if (x->head_token >= end) continue;
        if (x->head_token < first) break;
        for (uint32_t i = 0; i < x->n_actors; i++) {
            uint32_t a = d->mention_actors[x->first_actor + i];
            if (!known(&d->actors[a]) || !may_be(e, &d->actors[a])) continue;
            bool own = false;
            for (uint32_t k = 0; k < n; k++)
                own |= p->v[have + k].actor == a || (!deed && !strcmp(d->actors[p->v[have + k].actor].country, d->actors[a].country));
            if (own) continue;
            if (e->n_sources) e->first_target = p->n, e->n_targets = 1;
            else e->first_source = p->n, e->n_sources = 1;
            e->rule = chy_arena_printf(arena, "%.*s; the other side as named last", (int)e->rule.n, e->rule.p);
            return CHY_PUSH(arena, p, ((chy_participant){.mention = m, .actor = a}));
        }
    }
    return true;
}

bool chy_infer_from_before(chy_arena *arena, const chy_dispatch *d, chy_event *events, const uint8_t *bent, uint32_t n,
                           chy_participants *p)
{
    for (uint32_t i = 0; i < n; i++) {
        chy_event *e = &events[i];
        if (!one_sided(e)) continue;
        /* Whom one meets is told far off; what else one does is done to those told of close by. */
        bool far = e->type == CHY_CONSULT;
        for (uint32_t k = i, steps = 0; one_sided(e) && k-- > 0 && steps < MAX_BACK &&
                                        (far || events[k].sentence + NEAR_BACK >= e->sentence); steps++)
            if (!attempt(arena, d, e, &events[k], bent[i] && e->n_sources, p)) return false;
        for (uint32_t k = i + 1; one_sided(e) && e->type != CHY_REJECT && k < n && k <= i + MAX_BACK &&
                                 (far || events[k].sentence <= e->sentence + NEAR_ON); k++)
            if (!attempt(arena, d, e, &events[k], false, p)) return false;
        if (!one_sided(e)) e->rule = chy_arena_printf(arena, "%.*s; the other side as told elsewhere", (int)e->rule.n, e->rule.p);
        else if ((e->n_sources || e->n_targets) && !last_named(arena, d, e, p)) return false;
    }
    return !arena->failed;
}
