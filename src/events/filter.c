/* SPDX-License-Identifier: Apache-2.0 */
#include "events/filter.h"

#include "events/infer.h"
#include "events/plover.h"

static const chy_token *tok(const chy_gram *g, uint32_t t) { return &g->w->d->tokens[t]; }

static bool has_politics(const chy_gram *g, const chy_side *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (chy_actor_political(&g->w->d->actors[s->v[i].actor])) return true;
    return false;
}

static const chy_actor *only(const chy_gram *g, const chy_side *s) { return s->n == 1 ? &g->w->d->actors[s->v[0].actor] : NULL; }

/* One country on both sides, and the state as such is the target (of mutual acts, either): a misreading, mostly of whose
 * thing it is. Those who rise against their state are not misread. */
static bool to_itself(const chy_gram *g, const chy_match *m)
{
    enum { AGAINST = CHY_SEC_REB | CHY_SEC_OPP | CHY_SEC_PRM | CHY_SEC_UAF | CHY_SEC_CRM | CHY_SEC_CVL };
    const chy_actor *a = only(g, &m->source), *b = only(g, &m->target);
    if (!a || !b || !a->country[0] || strcmp(a->country, b->country) != 0) return false;
    unsigned t = m->frame->type;
    for (uint32_t i = 0; a->kind != CHY_ACTOR_STATE && i < m->frame->n_contexts; i++)
        if (chy_slice_eqz(chy_slice_z(chy_context_name(m->frame->contexts[i])), "pro_autocracy")) return false; /* who takes power takes it at home */
    bool word = chy_type_quad((chy_type)t) == 3 && t != CHY_ACCUSE; /* nor does it refuse or threaten its own government */
    if (word && a->kind == CHY_ACTOR_STATE && (b->sectors & CHY_SEC_GOV)) return true;
    return (b->kind == CHY_ACTOR_STATE && !(a->sectors & AGAINST)) || (chy_plover_mutual(t) && a->kind == CHY_ACTOR_STATE);
}

static bool kindness(unsigned type)
{
    return chy_type_quad((chy_type)type) <= 2 || type == CHY_REQUEST;
}

/* All of one country. Inside it, words and cooperation are events between those in politics only; arrests and force
 * are events whoever suffers them. */
static bool at_home(const chy_gram *g, const chy_match *m)
{
    const chy_actor *first = NULL;
    const chy_side *sides[2] = {&m->source, &m->target};
    for (unsigned k = 0; k < 2; k++)
        for (uint32_t i = 0; i < sides[k]->n; i++) {
            const chy_actor *a = &g->w->d->actors[sides[k]->v[i].actor];
            if (first && strcmp(first->country, a->country) != 0) return false;
            first = a;
        }
    return m->source.n && m->target.n;
}

/* Is every actor of a side, of which there is one, of some of these sectors and of no other? */
static bool all_in(const chy_gram *g, const chy_side *s, uint32_t some, uint32_t set)
{
    for (uint32_t i = 0; i < s->n; i++) {
        const chy_actor *a = &g->w->d->actors[s->v[i].actor];
        if (a->kind == CHY_ACTOR_STATE || (some && !(a->sectors & some)) || (a->sectors & ~set)) return false;
    }
    return s->n > 0;
}

/* Is somebody on the side many, or one who protests? Those the police do not seize for a theft. */
static bool crowd(const chy_gram *g, const chy_side *s)
{
    chy_words protester = chy_frames_class(g->f, "protester");
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t m = s->v[i].mention, t = m < g->w->d->n_mentions ? g->w->d->mentions[m].head_token : CHY_NONE;
        if (t < g->w->d->n_tokens && ((tok(g, t)->feats & CHY_FEAT_PLUR) || chy_gram_is(g, t, protester))) return true;
    }
    return false;
}

/* Police and courts among the common people of one country: crime and lawsuits. Those who protest, report or oppose are
 * no common people, nor is a crowd that is shot at or rounded up. */
static bool ordinary_justice(const chy_gram *g, const chy_match *m)
{
    enum { LAW = CHY_SEC_COP | CHY_SEC_JUD, COMMON = CHY_SEC_CRM | CHY_SEC_BUS | CHY_SEC_EDU | CHY_SEC_MED | CHY_SEC_AGR };
    unsigned t = m->frame->type;
    bool words = t == CHY_ACCUSE || t == CHY_REJECT || t == CHY_RETREAT || t == CHY_CONSULT;
    bool one = (t == CHY_SANCTION || t == CHY_COERCE) && !crowd(g, &m->target);
    uint32_t common = COMMON | (words || one ? CHY_SEC_CVL : 0);
    if (at_home(g, m) && all_in(g, &m->source, CHY_SEC_JUD, CHY_SEC_JUD) && all_in(g, &m->target, CHY_SEC_JUD, CHY_SEC_JUD)) return true;
    return at_home(g, m) && ((all_in(g, &m->source, LAW, LAW | CHY_SEC_GOV) && all_in(g, &m->target, 0, common)) ||
                             (all_in(g, &m->target, LAW, LAW | CHY_SEC_GOV) && all_in(g, &m->source, 0, common)));
}

/* Acts that only somebody in politics can do; what tourists, firms and thieves do under these words is something else. */
static bool of_office(const chy_match *m)
{
    const chy_frame *f = m->frame;
    const char *mode = f->n_modes ? chy_mode_name(f->modes[0]) : "";
    if (f->type == CHY_COERCE) return strcmp(mode, "cyber") != 0 && strcmp(mode, "misinformation") != 0;
    if (f->type == CHY_CONSULT) return !strcmp(mode, "visit");
    return f->type == CHY_SANCTION || f->type == CHY_MOBILIZE || f->type == CHY_CONCEDE;
}

/* A frame without a word of its own: who says that another must, has to or needs to do something. */
static bool wordless_frame(const chy_frame *f)
{
    return f->name.p[0] == '*' || (f->name.n > 9 && !memcmp(f->name.p, "have|need", 9));
}

/* "should the court set it aside": a condition, no duty. */
static bool inverted(const chy_gram *g, const chy_match *m)
{
    uint32_t aux = CHY_NONE, subj = CHY_NONE;
    for (CHY_SOME_CHILDREN(g->w, m->pred, c, n)) {
        if (chy_is_rel(tok(g, c), CHY_REL_AUX) && aux == CHY_NONE) aux = c;
        if (chy_is_rel(tok(g, c), CHY_REL_NSUBJ) && subj == CHY_NONE) subj = c;
    }
    return aux != CHY_NONE && subj != CHY_NONE && aux < subj;
}

/* Force, arrest, release of many, or of those who write, work or learn: by nobody named, it is somebody's in power. */
static bool suffered(const chy_gram *g, const chy_match *m)
{
    enum { SINGLED = CHY_SEC_JRN | CHY_SEC_LAB | CHY_SEC_EDU | CHY_SEC_MED | CHY_SEC_REL | CHY_SEC_REF | CHY_SEC_SOC };
    unsigned t = m->frame->type;
    if ((t != CHY_COERCE && t != CHY_ASSAULT && t != CHY_RETREAT) || m->source.n || !m->target.n || m->frame->pos != CHY_PRED_VERB) return false;
    const chy_actor *a = &g->w->d->actors[m->target.v[0].actor];
    return (a->sectors & SINGLED) || crowd(g, &m->target);
}

/* NULL where the match is an event between political actors, else what is amiss. */
const char *chy_filter_refuse(const chy_gram *g, const chy_match *m)
{
    bool from = has_politics(g, &m->source), to = has_politics(g, &m->target);
    if (m->frame->type == CHY_PROTEST && m->source.n) from = true; /* whoever protests */
    /* A frame without a word of its own says little: both must be in politics. */
    bool wordless = wordless_frame(m->frame);
    if (wordless ? !from || !to : !from && !to && !suffered(g, m)) return "no political actor";
    if (wordless && inverted(g, m)) return "a condition";
    if (wordless && all_in(g, &m->source, 0, CHY_SEC_ELI | CHY_SEC_EDU | CHY_SEC_BUS | CHY_SEC_JRN)) return "an expert's advice";
    if (m->source.n && !from && of_office(m) && all_in(g, &m->source, 0, ~(uint32_t)CHY_SEC_REL)) /* a sheikh may rule */
        return "not done by anybody in politics";
    if (ordinary_justice(g, m)) return "ordinary justice";
    if (m->frame->type != CHY_PROTEST && to_itself(g, m)) return "a state does not act on itself";
    /* ... but a state that pardons or lets go one of its own does so to whomever it held */
    bool freed = from && (m->frame->type == CHY_CONCEDE || m->frame->type == CHY_RETREAT);
    if (kindness(m->frame->type) && m->frame->type != CHY_REQUEST && !freed && (!from || !to) && at_home(g, m))
        return "a country's people among themselves";
    return NULL;
}

/* A curfew, martial law, censorship: of a government over its own people, whom the news seldom names. */
static bool over_own_people(const chy_event *e)
{
    const char *mode = e->n_modes ? chy_mode_name(e->modes[0]) : "";
    return e->type == CHY_COERCE && e->n_sources && (!strcmp(mode, "curfew") || !strcmp(mode, "martial-law") || !strcmp(mode, "censor") ||
                                                        !strcmp(mode, "restrict"));
}

/* Is one of the sources in politics, and known whose? "As foreign governments demand" is nobody's demand. */
static bool somebody(const chy_gram *g, const chy_event *e, const chy_participant *p)
{
    const chy_dispatch *d = g->w->d;
    for (uint32_t i = 0; i < e->n_sources; i++) {
        const chy_actor *a = &d->actors[p[e->first_source + i].actor];
        if (chy_actor_political(a) && a->country[0] && strcmp(a->country, "UNK") != 0) return true;
    }
    return false;
}

/* May an event stand with one side only? Of acts of force and posture the news often does not say who or against
 * whom; a demand, a threat or a protest may be addressed to all. What else has one side is mostly misread. */
bool chy_filter_stands(const chy_gram *g, const chy_event *e, const chy_participant *p)
{
    if ((e->n_sources && e->n_targets) || over_own_people(e)) return true;
    switch (e->type) {
    case CHY_ASSAULT: return e->n_targets > 0;
    case CHY_COERCE: case CHY_SANCTION: return e->n_targets && tok(g, e->trigger_token)->upos == CHY_UPOS_VERB;
    case CHY_THREATEN:
        if (tok(g, e->trigger_token)->upos == CHY_UPOS_NOUN && e->n_modes == 0) return false; /* "the threats of the modern world" */
        return e->n_sources > 0 && somebody(g, e, p);
    case CHY_REQUEST: return e->n_sources > 0 && somebody(g, e, p);
    case CHY_MOBILIZE: case CHY_PROTEST: return e->n_sources > 0;
    case CHY_RETREAT: return e->n_sources && e->n_modes; /* withdraws, disarms, resigns */
    default: return false;
    }
}
