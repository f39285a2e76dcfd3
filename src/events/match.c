/* SPDX-License-Identifier: Apache-2.0 */
#include "events/plover.h"
#include "events/match.h"

#include <stdio.h>

enum { WHY = 120 };

static const char *const fn_names[] = {"subj", "obj", "iobj", "prt", "mod", "poss", "xcomp", "ccomp", "adv", "comp",
                                       "aux", "speaker", "first", "last", "next", "phrase"};

static const chy_token *tok(const chy_gram *g, uint32_t t) { return &g->w->d->tokens[t]; }

static unsigned pos_of(const chy_gram *g, uint32_t t)
{
    switch (tok(g, t)->upos) {
    case CHY_UPOS_VERB: case CHY_UPOS_AUX: return CHY_PRED_VERB;
    case CHY_UPOS_ADJ: return CHY_PRED_ADJ;
    default: return CHY_PRED_NOUN;
    }
}

static bool room(const chy_found *f) { return f->n < CHY_MAX_FOUND; }

/* The phrase behind a quantity's "of" ("a series of strikes", "tens of thousands of reservists"), or CHY_NONE. */
static uint32_t counted(const chy_gram *g, uint32_t t)
{
    uint32_t found = CHY_NONE;
    for (uint32_t steps = 0; steps < 3; steps++) {
        if (!chy_gram_is(g, t, g->quantity) && tok(g, t)->upos != CHY_UPOS_NUM && tok(g, t)->upos != CHY_UPOS_SYM) return found;
        uint32_t of = CHY_NONE;
        for (CHY_SOME_CHILDREN(g->w, t, c, n))
            if (of == CHY_NONE && chy_is_rel(tok(g, c), CHY_REL_NMOD) && chy_gram_prep(g, c) == g->of) of = c;
        if (of == CHY_NONE) return found;
        t = found = of;
    }
    return found;
}

/* ------------------------------------------------------------- conditions */

/* A number or pronoun that stands for people without a noun: "took four", "freed others". */
static bool headless(const chy_gram *g, uint32_t t)
{
    const chy_token *x = tok(g, t);
    if (x->upos == CHY_UPOS_NUM) {
        for (CHY_SOME_CHILDREN(g->w, t, c, n))
            if (tok(g, c)->upos == CHY_UPOS_SYM) return false; /* money, shares */
        return x->form.n != 4 || (x->form.p[0] != '1' && x->form.p[0] != '2'); /* no year */
    }
    return (x->upos == CHY_UPOS_PRON || x->upos == CHY_UPOS_DET || x->upos == CHY_UPOS_NOUN || x->upos == CHY_UPOS_ADJ) &&
           chy_slice_in(x->norm, "him|her|me|us|he|she|we|i|others|everyone|everybody|anyone|anybody|someone|somebody|nobody|"
                                 "several|many|dozens|hundreds|scores");
}

/* Is the token of a kind of participant (CHY_WORD_PERSON …)? */
static bool of_kind(const chy_gram *g, uint32_t t, chy_word kind)
{
    const chy_dispatch *d = g->w->d;
    uint32_t m = d->mention_of ? d->mention_of[t] : CHY_NONE;
    const chy_actor *a = m < d->n_mentions && d->mentions[m].n_actors
                             ? &d->actors[d->mention_actors[d->mentions[m].first_actor]] : NULL;
    if (kind == CHY_WORD_PERSON) return a && a->kind == CHY_ACTOR_PERSON;
    if (kind == CHY_WORD_STATE) return a && a->kind == CHY_ACTOR_STATE && a->id.n == 3;
    if (kind != CHY_WORD_PEOPLE) return a && (a->sectors >> (kind - CHY_WORD_SECTOR) & 1);
    if (a && (a->kind == CHY_ACTOR_PERSON || (a->kind == CHY_ACTOR_PEOPLE && (tok(g, t)->upos == CHY_UPOS_PRON || tok(g, t)->upos == CHY_UPOS_PROPN)))) return true;
    return chy_gram_is(g, t, g->human) || headless(g, t);
}

/* The first of the tokens (or of what is coordinated with it) whose word is in the set. */
static uint32_t among(const chy_gram *g, const chy_found *f, chy_words set)
{
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t t = f->v[i];
        if (!set.n || chy_gram_is(g, t, set)) return t;
        for (uint32_t k = 0; k < set.n && set.v[k] < CHY_WORD_FIRST; k++)
            if (of_kind(g, t, set.v[k])) return t;
        uint32_t of = counted(g, t);
        if (of != CHY_NONE && chy_gram_is(g, of, set)) return of;
        for (uint32_t k = 0; of != CHY_NONE && k < set.n && set.v[k] < CHY_WORD_FIRST; k++)
            if (of_kind(g, of, set.v[k])) return of;
        bool sign = tok(g, t)->upos == CHY_UPOS_SYM; /* "$1.7 billion" hangs on its sign */
        for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
            chy_deprel r = (chy_deprel)tok(g, c)->deprel;
            if (sign && chy_gram_is(g, c, set)) return c;
            if ((r == CHY_REL_CONJ || r == CHY_REL_FIXED || r == CHY_REL_FLAT) && chy_gram_is(g, c, set)) return c;
        }
    }
    return CHY_NONE;
}

/* The tokens that a path leads to. */
static void follow(const chy_gram *g, uint32_t pred, unsigned pos, const chy_path *path, bool near, chy_found *out)
{
    chy_gram_function(g, pred, pos, path->step[0], near, out);
    if (path->n < 2) return;
    chy_found first = *out, second;
    out->n = 0;
    for (uint32_t i = 0; i < first.n; i++) {
        uint32_t t = first.v[i], of = counted(g, t);
        if (of != CHY_NONE) t = of;
        chy_gram_function(g, t, pos_of(g, t), path->step[1], near, &second);
        for (uint32_t k = 0; k < second.n && room(out); k++)
            if (second.v[k] != pred) out->v[out->n++] = second.v[k];
    }
}

bool chy_match_conditions(const chy_gram *g, const chy_frame *fr, uint32_t pred, chy_match *out, char *why)
{
    chy_found found;
    out->words.n = 0;
    out->carried = CHY_NONE;
    for (uint32_t i = 0; i < fr->n_conds; i++) {
        const chy_cond *c = &fr->conds[i];
        unsigned fn = c->at.step[0].fn;
        follow(g, pred, fr->pos, &c->at, false, &found);
        uint32_t t = among(g, &found, c->words);
        if ((t == CHY_NONE) != c->negative) {
            out->fate = c->negative ? CHY_FATE_EXCLUDED : CHY_FATE_CONDITION;
            if (!why) return false;
            if (c->negative)
                snprintf(why, WHY, "%s \"%.*s\" is excluded", fn_names[fn], (int)(tok(g, t)->form.n < 40 ? tok(g, t)->form.n : 40),
                         tok(g, t)->form.p);
            else
                snprintf(why, WHY, "condition %u (%s) does not hold", i + 1, fn_names[fn]);
            return false;
        }
        if (c->negative || !c->words.n || c->at.n > 1 || !room(&out->words)) continue;
        if (fn == CHY_FN_PRT || fn == CHY_FN_OBJ || fn == CHY_FN_AUX || (fn == CHY_FN_MOD && fr->pos == CHY_PRED_NOUN))
            out->words.v[out->words.n++] = t;
        if ((fn == CHY_FN_OBJ || fn == CHY_FN_PREP) && out->carried == CHY_NONE) out->carried = t;
    }
    return true;
}

/* ------------------------------------------------------------------ roles */

static void add(chy_side *side, uint32_t mention, uint32_t actor, const char *how)
{
    if (side->n == CHY_MAX_PARTICIPANTS) return;
    for (uint32_t i = 0; i < side->n; i++)
        if (side->v[i].actor == actor && (side->v[i].mention == CHY_MARKED) == (mention == CHY_MARKED)) return;
    if (!side->n) side->how = how;
    side->v[side->n++] = (chy_participant){.mention = mention, .actor = actor};
}

static bool add_mention(const chy_gram *g, uint32_t m, chy_side *side, const char *how)
{
    const chy_dispatch *d = g->w->d;
    if (m == CHY_NONE || m >= d->n_mentions || !d->mentions[m].n_actors) return false;
    for (uint32_t i = 0; i < d->mentions[m].n_actors; i++) add(side, m, d->mention_actors[d->mentions[m].first_actor + i], how);
    return true;
}

/* The actors that the phrase headed by one token stands for. */
static bool add_token(const chy_gram *g, const chy_marks *marks, uint32_t t, chy_side *side, const char *how)
{
    const chy_dispatch *d = g->w->d;
    for (uint32_t k = 0; marks && k < 2; k++)
        if (t >= marks->begin[k] && t < marks->end[k]) {
            add(side, CHY_MARKED, k, how);
            return true;
        }
    if (d->mention_of && add_mention(g, d->mention_of[t], side, how)) return true;
    return add_mention(g, g->cover[t], side, how);
}

/* Do two tokens, one before the other, stand in one organisation's name? "Kenya Airways" is nothing of Kenya's. */
static bool one_name(const chy_gram *g, uint32_t c, uint32_t t)
{
    for (uint32_t i = c + 1; i <= t; i++)
        if (tok(g, i)->name != CHY_NAME_I_ORG) return false;
    return c < t && (tok(g, c)->name == CHY_NAME_B_ORG || tok(g, c)->name == CHY_NAME_I_ORG);
}

/* ... or, where it is a thing, whose thing it is: "Russian missiles", "Tehran's policy". */
static bool add_owner(const chy_gram *g, const chy_marks *marks, uint32_t t, chy_side *side)
{
    uint32_t before = side->n;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        chy_deprel r = (chy_deprel)tok(g, c)->deprel;
        if (r == CHY_REL_NMOD_POSS || r == CHY_REL_AMOD || r == CHY_REL_COMPOUND || r == CHY_REL_NMOD_DESC) {
            if (!marks && one_name(g, c, t)) continue;
            if (add_token(g, marks, c, side, "through its owner")) continue;
            for (CHY_SOME_CHILDREN(g->w, c, e, k)) /* "Iranian-made drones" */
                if (tok(g, c)->upos != CHY_UPOS_NOUN || r == CHY_REL_NMOD_POSS) add_token(g, marks, e, side, "through its owner");
        } else if (r == CHY_REL_APPOS || r == CHY_REL_FLAT) {
            add_token(g, marks, c, side, "by apposition");
        }
    }
    if (side->n > before) return true;
    /* The killing of a man is not his, but "the attacks of Israel on Syria" are. */
    bool deed = chy_frames_of(g->f, g->word[t], CHY_PRED_NOUN).n > 0, on = false;
    uint32_t of = CHY_NONE;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        if (!chy_is_rel(tok(g, c), CHY_REL_NMOD)) continue;
        chy_word prep = chy_gram_prep(g, c);
        if (prep == g->by && deed) add_token(g, marks, c, side, "through its doer");
        if (prep == g->of && of == CHY_NONE) of = c;
        on |= prep == g->on || prep == g->against;
        for (CHY_SOME_CHILDREN(g->w, c, e, k))
            on |= chy_is_rel(tok(g, e), CHY_REL_NMOD) && (chy_gram_prep(g, e) == g->on || chy_gram_prep(g, e) == g->against);
    }
    if (side->n == before && of != CHY_NONE && (!deed || on)) add_token(g, marks, of, side, "through its owner");
    return side->n > before;
}

/* "after Kiev and its allies accused …": the first of two subjects, torn off by the parser. Its sign is a conjunction
 * below a word that is coordinated with nothing. */
static void add_torn(const chy_gram *g, const chy_marks *marks, uint32_t t, chy_side *side, const char *how)
{
    if (tok(g, t)->deprel == CHY_REL_CONJ || !chy_is_rel(tok(g, t), CHY_REL_NSUBJ)) return;
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (tok(g, c)->deprel == CHY_REL_CC && c == g->w->sub_begin[t] && c > 0 && chy_slice_eqz(tok(g, c)->norm, "and") &&
            tok(g, c - 1)->upos != CHY_UPOS_VERB && tok(g, c - 1)->upos != CHY_UPOS_PUNCT)
            add_token(g, marks, c - 1, side, how);
}

/* A phrase and all that is coordinated with it. */
static void collect(const chy_gram *g, const chy_marks *marks, uint32_t t, chy_side *side, const char *how)
{
    uint32_t stack[CHY_MAX_PARTICIPANTS], n = 0, seen = 0;
    add_torn(g, marks, t, side, how);
    stack[n++] = t;
    while (n && seen++ < CHY_MAX_PARTICIPANTS) {
        uint32_t at = stack[--n];
        if (tok(g, at)->deprel == CHY_REL_APPOS && tok(g, at)->head != CHY_NONE && g->w->d->mention_of &&
            g->w->d->mention_of[at] == CHY_NONE)
            at = tok(g, at)->head; /* "Russia, a country that has provided …" */
        if (!add_token(g, marks, at, side, how)) {
            uint32_t of = counted(g, at);
            if (of != CHY_NONE) stack[n++] = of;
            else add_owner(g, marks, at, side);
        }
        uint32_t first = n;
        for (CHY_SOME_CHILDREN(g->w, at, c, k))
            if (tok(g, c)->deprel == CHY_REL_CONJ && n < CHY_MAX_PARTICIPANTS && pos_of(g, c) != CHY_PRED_VERB) stack[n++] = c;
        for (uint32_t i = first, j = n; i + 1 < j; i++, j--) { /* popped in text order */
            uint32_t x = stack[i];
            stack[i] = stack[j - 1], stack[j - 1] = x;
        }
    }
}

static bool fill(const chy_gram *g, const chy_marks *marks, const chy_frame *fr, uint32_t pred, chy_role role,
                 chy_side *side, char *why)
{
    static const char *const how[] = {
        [CHY_FN_SUBJ] = "subject", [CHY_FN_OBJ] = "object", [CHY_FN_IOBJ] = "indirect object", [CHY_FN_PRT] = "particle",
        [CHY_FN_MOD] = "modifier", [CHY_FN_POSS] = "possessor", [CHY_FN_XCOMP] = "complement", [CHY_FN_CCOMP] = "complement",
        [CHY_FN_ADV] = "adverb", [CHY_FN_COMP] = "complement", [CHY_FN_AUX] = "auxiliary",
        [CHY_FN_SPEAKER] = "speaker", [CHY_FN_PREP] = "prepositional phrase",
    };
    const chy_paths *p = &fr->role[role];
    chy_found found;
    bool marked = false, reached = false;
    for (uint32_t n = 0; n < 2 * p->n; n++) { /* all paths close by, then all where phrases may have been hung elsewhere */
        uint32_t i = n % p->n, before = side->n;
        if (n == p->n && before && (!marked || p->must || reached)) break;
        if (before && !p->v[i].must) continue;
        follow(g, pred, fr->pos, &p->v[i], n < p->n, &found);
        chy_side probe = {.n = 0};
        chy_side *to = before ? &probe : side;
        for (uint32_t k = 0; k < found.n; k++) collect(g, marks, found.v[k], to, how[p->v[i].step[0].fn]);
        marked |= p->v[i].must;
        reached |= p->v[i].must && to->n;
    }
    if (p->v && marked && !(p->must ? side->n > 0 : reached)) {
        if (why) snprintf(why, WHY, "no actor in role %c", "STBCMPI"[role]);
        return false;
    }
    return true;
}

/* Mutual events: who is named first acts, the others are acted with; all act where a target is given. */
static void share(const chy_side *both, chy_match *m)
{
    bool one = m->target.n || m->source.n;
    for (uint32_t i = 0; i < both->n; i++)
        add(one || !i ? &m->source : &m->target, both->v[i].mention, both->v[i].actor, both->how);
}

/* Nobody acts on himself: an actor that is source is not target too. */
static void part(chy_match *m)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->target.n; i++) {
        bool also = false;
        for (uint32_t k = 0; k < m->source.n; k++)
            also |= m->source.v[k].actor == m->target.v[i].actor &&
                    (m->source.v[k].mention == CHY_MARKED) == (m->target.v[i].mention == CHY_MARKED);
        if (!also) m->target.v[n++] = m->target.v[i];
    }
    m->bent = m->target.n && !n;
    m->target.n = n;
}

/* Source and target. Where a role that the frame insists on is empty: false, or, `loose`, go on without. */
static bool roles(const chy_gram *g, const chy_marks *marks, const chy_frame *fr, uint32_t pred, chy_match *m, bool loose, char *why)
{
    chy_side both = {.n = 0};
    if ((!fill(g, marks, fr, pred, CHY_ROLE_TARGET, &m->target, why) && !loose) ||
        (!fill(g, marks, fr, pred, CHY_ROLE_SOURCE, &m->source, why) && !loose) ||
        (!fill(g, marks, fr, pred, CHY_ROLE_BOTH, &both, why) && !loose))
        return false;
    if (fr->pos == CHY_PRED_NOUN && !m->source.n && !both.n) {
        uint32_t doer = chy_gram_doer(g, pred, chy_plover_mutual(fr->type));
        if (doer != CHY_NONE) collect(g, marks, doer, fr->role[CHY_ROLE_BOTH].n ? &both : &m->source, "subject of the clause");
    }
    share(&both, m);
    part(m);
    return true;
}

static void content(const chy_gram *g, const chy_frame *fr, uint32_t pred, chy_match *m)
{
    chy_found f;
    for (uint32_t i = 0; i < fr->role[CHY_ROLE_CONTENT].n; i++) {
        follow(g, pred, fr->pos, &fr->role[CHY_ROLE_CONTENT].v[i], false, &f);
        for (uint32_t k = 0; k < f.n && room(&m->content); k++) m->content.v[m->content.n++] = f.v[k];
    }
    if (fr->role[CHY_ROLE_PLACE].n) {
        follow(g, pred, fr->pos, &fr->role[CHY_ROLE_PLACE].v[0], false, &f);
        if (f.n) m->place_token = f.v[0];
    }
}

void chy_match_loosely(const chy_gram *g, const chy_frame *fr, uint32_t pred, chy_match *m)
{
    *m = (chy_match){.frame = fr, .pred = pred, .place_token = CHY_NONE, .carried = CHY_NONE};
    chy_match_conditions(g, fr, pred, m, NULL);
    roles(g, NULL, fr, pred, m, true, NULL);
    content(g, fr, pred, m);
}

void chy_match_collect(const chy_gram *g, uint32_t token, chy_side *side, const char *how) { collect(g, NULL, token, side, how); }

bool chy_match_frame(const chy_gram *g, const chy_marks *marks, const chy_frame *fr, uint32_t pred, chy_match *m, char *why)
{
    *m = (chy_match){.frame = fr, .pred = pred, .place_token = CHY_NONE, .carried = CHY_NONE};
    if (!chy_match_conditions(g, fr, pred, m, why)) return false;
    if (fr->stop) return true;
    m->fate = CHY_FATE_ROLE;
    if (!roles(g, marks, fr, pred, m, false, why)) return false;
    const chy_paths *to = &fr->role[CHY_ROLE_TARGET]; /* "we must help": no demand on anybody */
    if (m->bent && to->n && to->must && to->v[0].step[0].fn == CHY_FN_SUBJ) {
        if (why) snprintf(why, WHY, "the target is the source itself");
        return false;
    }
    content(g, fr, pred, m);
    if (!m->source.n && !m->target.n && fr->type != CHY_PROTEST) { /* a country is rocked by protests: the scene tells whose */
        m->fate = CHY_FATE_NOBODY;
        if (why) snprintf(why, WHY, "no actor in any role");
        return false;
    }
    m->fate = CHY_FATE_FIRED;
    return true;
}
