/* SPDX-License-Identifier: Apache-2.0
 *
 * function.c - which words stand in a function to a predicate.
 */
#include "events/grammar.h"

static const chy_token *tok(const chy_gram *g, uint32_t t) { return &g->w->d->tokens[t]; }
static bool verbal(const chy_token *t) { return chy_gram_verbal(t); }

static void put(chy_found *f, uint32_t t)
{
    if (t == CHY_NONE || f->n == CHY_MAX_FOUND) return;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->v[i] == t) return;
    f->v[f->n++] = t;
}

static bool has_prep(const chy_gram *g, uint32_t t, chy_word prep)
{
    uint32_t cases = 0;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        chy_deprel r = (chy_deprel)tok(g, c)->deprel;
        if (r != CHY_REL_CASE && r != CHY_REL_MARK) continue;
        if (g->word[c] != prep) {
            if (++cases == 2) return false;
            continue;
        }
        return chy_gram_child(g, c, CHY_REL_FIXED) == CHY_NONE; /* not "according to", "because of" */
    }
    /* A preposition that was hung on a noun further in: "visas of almost a hundred officials of the government". */
    uint32_t first = g->w->sub_begin[t];
    return !cases && first < t && tok(g, first)->deprel == CHY_REL_CASE && g->word[first] == prep &&
           chy_is_rel(tok(g, t), CHY_REL_NMOD);
}

/* Phrases with `prep` right below t. `after`: only those behind this token. */
static void phrases(const chy_gram *g, uint32_t t, chy_word prep, uint32_t after, chy_found *out)
{
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        switch (chy_deprel_base((chy_deprel)tok(g, c)->deprel)) {
        case CHY_REL_OBL: case CHY_REL_NMOD: case CHY_REL_ADVCL: case CHY_REL_ACL: case CHY_REL_ADVMOD: case CHY_REL_XCOMP: break;
        default: continue;
        }
        if (after != CHY_NONE && c < after) continue;
        if (prep == g->to && (tok(g, c)->feats & CHY_FEAT_INF)) continue; /* "to help" is no phrase */
        if (!g->when[c] && has_prep(g, c, prep)) put(out, chy_gram_resolve(g, c));
    }
}

/* Phrases below the participles behind a noun, and below what a quantity counts: "a spate of sanctions led by the US
 * against Russia". */
static void phrases_within(const chy_gram *g, uint32_t noun, chy_word prep, chy_found *out)
{
    for (CHY_SOME_CHILDREN(g->w, noun, c, n)) {
        const chy_token *t = tok(g, c);
        if (t->deprel == CHY_REL_ACL && prep != g->by && prep != g->of) phrases(g, c, prep, CHY_NONE, out);
        if (chy_is_rel(t, CHY_REL_NMOD) && chy_gram_is(g, noun, g->quantity) && chy_gram_prep(g, c) == g->of) {
            phrases(g, c, prep, CHY_NONE, out);
            for (CHY_SOME_CHILDREN(g->w, c, e, k))
                if (!out->n && tok(g, e)->deprel == CHY_REL_ACL && prep != g->by) phrases(g, e, prep, CHY_NONE, out);
        }
        if (out->n) return;
    }
}

/* Does a noun of another act stand between a noun and the phrase of their verb? The phrase is its, then: "to end the war in
 * Ukraine during a meeting in Tehran with his counterpart". */
static bool claimed_between(const chy_gram *g, uint32_t verb, uint32_t noun, uint32_t phrase)
{
    for (CHY_SOME_CHILDREN(g->w, verb, c, n))
        if (c > noun && c < phrase && chy_is_rel(tok(g, c), CHY_REL_OBL) && chy_frames_of(g->f, g->word[c], CHY_PRED_NOUN).n) return true;
    return false;
}

/* Attachment of prepositions is what parsers get wrong most: after the predicate's own phrases come those of its
 * object and complements, then, for a noun, those of the verb that carries it. */
static void prepositional(const chy_gram *g, uint32_t pred, unsigned pos, chy_word prep, bool near, chy_found *out)
{
    const chy_token *t = tok(g, pred);
    bool active = pos == CHY_PRED_VERB && prep == g->by && !chy_gram_passive(g, pred);
    phrases(g, pred, prep, active ? pred : CHY_NONE, out); /* "led by Trump, the US left": no doing of leaving */
    if (pos != CHY_PRED_NOUN) /* "asked that", "asked whether": clauses by their marker */
        for (CHY_SOME_CHILDREN(g->w, pred, c, n))
            if (tok(g, c)->deprel == CHY_REL_CCOMP && chy_gram_prep(g, c) == prep) put(out, c);
    if (out->n || near) return;
    if (pos != CHY_PRED_NOUN) {
        /* "ruled out an apology": what one tree calls a preposition is a particle in another */
        for (CHY_SOME_CHILDREN(g->w, pred, c, n))
            if (tok(g, c)->deprel == CHY_REL_COMPOUND_PRT && g->word[c] == prep) put(out, chy_gram_own_object(g, pred));
        if (out->n) return;
        for (CHY_SOME_CHILDREN(g->w, pred, c, n)) {
            chy_deprel rel = chy_deprel_base((chy_deprel)tok(g, c)->deprel);
            if (rel == CHY_REL_OBJ || rel == CHY_REL_XCOMP || rel == CHY_REL_OBL ||
                (rel == CHY_REL_NSUBJ && tok(g, c)->deprel == CHY_REL_NSUBJ_PASS))
                phrases(g, c, prep, CHY_NONE, out);
            if (!out->n && rel == CHY_REL_OBJ) phrases_within(g, c, prep, out);
            if (out->n) return;
        }
        uint32_t u = t->head;
        if (u == CHY_NONE) return;
        if (t->deprel == CHY_REL_XCOMP || t->deprel == CHY_REL_CONJ) {
            if (verbal(tok(g, u)) && prep != g->by) phrases(g, u, prep, pred, out);
        } else if (chy_is_rel(t, CHY_REL_ACL) && chy_gram_child(g, pred, CHY_REL_OBJ) == CHY_NONE && prep != g->of) {
            phrases(g, u, prep, pred, out);
        }
        return;
    }
    phrases_within(g, pred, prep, out);
    /* "the release of prisoners by Iran": hung on the noun before it */
    if (prep != g->of)
        for (CHY_SOME_CHILDREN(g->w, pred, c, n))
            if (chy_is_rel(tok(g, c), CHY_REL_NMOD) && c > pred) phrases(g, c, prep, CHY_NONE, out);
    uint32_t at = pred;
    for (uint32_t steps = 0; steps < 3 && !out->n; steps++) {
        uint32_t u = tok(g, at)->head;
        if (u == CHY_NONE) return;
        chy_deprel rel = chy_deprel_base((chy_deprel)tok(g, at)->deprel);
        bool nominal = rel == CHY_REL_CONJ || (rel == CHY_REL_NMOD && chy_gram_is(g, u, g->quantity));
        if (!nominal && prep == g->of) return;
        if (nominal) {
            phrases(g, u, prep, pred, out);
        } else if (verbal(tok(g, u)) && (rel == CHY_REL_OBJ || rel == CHY_REL_OBL || rel == CHY_REL_NSUBJ)) {
            bool light = chy_gram_is(g, u, g->light);
            if (rel == CHY_REL_NSUBJ && !light) return;
            if (prep == g->by && !light) return;
            phrases(g, u, prep, pred, out);
            if (out->n && claimed_between(g, u, pred, out->v[0])) out->n = 0;
            return;
        } else {
            return;
        }
        at = u;
    }
}

static void particles(const chy_gram *g, uint32_t verb, chy_found *out)
{
    for (CHY_SOME_CHILDREN(g->w, verb, c, n)) {
        chy_deprel r = (chy_deprel)tok(g, c)->deprel;
        if (r == CHY_REL_COMPOUND_PRT || r == CHY_REL_ADVMOD) put(out, c);
        if (r == CHY_REL_OBL && !g->when[c]) put(out, chy_gram_child(g, c, CHY_REL_CASE)); /* "pulled its troops out of Kherson" */
    }
    uint32_t next = verb + 1; /* a particle that was hung on the object */
    if (next >= g->w->d->n_tokens) return;
    if (tok(g, next)->upos == CHY_UPOS_ADP || tok(g, next)->upos == CHY_UPOS_ADV) put(out, next);
}

void chy_gram_function(const chy_gram *g, uint32_t pred, unsigned pos, chy_step step, bool near, chy_found *out)
{
    out->n = 0;
    uint32_t t;
    switch (step.fn) {
    case CHY_FN_SUBJ:
        if (pos != CHY_PRED_NOUN) put(out, chy_gram_subject(g, pred));
        else if ((t = chy_gram_own_subject(g, pred)) != CHY_NONE) put(out, chy_gram_resolve(g, t)); /* "Iran is a backer of …" */
        else put(out, chy_gram_doer(g, pred, false));
        return;
    case CHY_FN_OBJ:
        if (pos == CHY_PRED_NOUN) return;
        put(out, t = chy_gram_object(g, pred));
        if (chy_gram_passive(g, pred)) put(out, chy_gram_child(g, pred, CHY_REL_OBJ)); /* "was given asylum" */
        /* An object that was taken for a bare oblique or second object. */
        if (t == CHY_NONE) put(out, chy_gram_child(g, pred, CHY_REL_IOBJ));
        if (!out->n && (t = chy_gram_child(g, pred, CHY_REL_XCOMP)) != CHY_NONE &&
            (tok(g, t)->upos == CHY_UPOS_PROPN || tok(g, t)->upos == CHY_UPOS_NOUN))
            put(out, t);
        return;
    case CHY_FN_IOBJ:
        if (chy_gram_passive(g, pred) && chy_gram_child(g, pred, CHY_REL_OBJ) != CHY_NONE) {
            put(out, chy_gram_object(g, pred)); /* who is given it is the subject */
            return;
        }
        if ((t = chy_gram_child(g, pred, CHY_REL_IOBJ)) == CHY_NONE && (t = chy_gram_child(g, pred, CHY_REL_OBJ)) != CHY_NONE) {
            /* "gave Ukraine money": the name right behind the verb was taken for a part of the object */
            uint32_t name = pred + 1;
            bool part = name < t && tok(g, name)->head == t && tok(g, name)->deprel == CHY_REL_COMPOUND &&
                        tok(g, name)->upos == CHY_UPOS_PROPN;
            t = part ? name : CHY_NONE;
        }
        put(out, t);
        return;
    case CHY_FN_SPEAKER: put(out, chy_gram_speaker(g, pred)); return;
    case CHY_FN_PRT: particles(g, pred, out); return;
    case CHY_FN_PREP: prepositional(g, pred, pos, step.prep, near, out); return;
    default: break;
    }
    for (CHY_SOME_CHILDREN(g->w, pred, c, n)) {
        chy_deprel r = (chy_deprel)tok(g, c)->deprel, b = chy_deprel_base(r);
        bool fits = false;
        switch (step.fn) {
        case CHY_FN_MOD:
            fits = b == CHY_REL_AMOD || r == CHY_REL_COMPOUND || r == CHY_REL_NMOD_DESC || r == CHY_REL_NMOD_UNMARKED ||
                   b == CHY_REL_NUMMOD;
            break;
        case CHY_FN_POSS: fits = r == CHY_REL_NMOD_POSS; break;
        case CHY_FN_XCOMP:
            fits = b == CHY_REL_XCOMP || ((b == CHY_REL_ADVCL || b == CHY_REL_ACL || b == CHY_REL_CCOMP) &&
                                          (tok(g, c)->feats & CHY_FEAT_INF) && chy_gram_prep(g, c) == g->to);
            break;
        case CHY_FN_CCOMP:
            fits = b == CHY_REL_CCOMP || (b == CHY_REL_ACL && r != CHY_REL_ACL_RELCL && pos == CHY_PRED_NOUN &&
                                          chy_gram_own_subject(g, c) != CHY_NONE);
            break;
        case CHY_FN_ADV: fits = b == CHY_REL_ADVMOD; break;
        case CHY_FN_AUX: fits = b == CHY_REL_AUX; break;
        case CHY_FN_COMP: 
            fits = b == CHY_REL_XCOMP && !verbal(tok(g, c)) && /* "called Macron": an object that was taken for one */
                   (tok(g, c)->upos != CHY_UPOS_PROPN || chy_gram_child(g, pred, CHY_REL_OBJ) != CHY_NONE || chy_gram_passive(g, pred));
            break;
        default: break;
        }
        if (fits) put(out, c);
    }
    /* "ordered the opposition to appear": the infinitive was hung on its subject, the object. */
    if (step.fn == CHY_FN_XCOMP && !out->n && pos == CHY_PRED_VERB && (t = chy_gram_child(g, pred, CHY_REL_OBJ)) != CHY_NONE &&
        (g->cover[t] != CHY_NONE || (g->w->d->mention_of && g->w->d->mention_of[t] != CHY_NONE)))
        for (CHY_SOME_CHILDREN(g->w, t, c, n))
            if (chy_is_rel(tok(g, c), CHY_REL_ACL) && (tok(g, c)->feats & CHY_FEAT_INF)) put(out, c);
    /* Modifiers shared by coordinated nouns stand on the first: "Israeli strikes and raids". */
    if ((step.fn == CHY_FN_MOD || step.fn == CHY_FN_POSS) && !out->n && tok(g, pred)->deprel == CHY_REL_CONJ &&
        tok(g, pred)->head != CHY_NONE && !verbal(tok(g, tok(g, pred)->head)) && tok(g, pred)->head + 4 > pred)
        for (CHY_SOME_CHILDREN(g->w, tok(g, pred)->head, c, n)) {
            chy_deprel b = chy_deprel_base((chy_deprel)tok(g, c)->deprel);
            if (step.fn == CHY_FN_MOD ? b == CHY_REL_AMOD : tok(g, c)->deprel == CHY_REL_NMOD_POSS) put(out, c);
        }
}
