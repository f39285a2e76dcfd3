/* SPDX-License-Identifier: Apache-2.0 */
#include "events/grammar.h"

enum { MAX_STEPS = 16 }; /* of a climb for a subject */

/* A verb whose lemma nobody knows, from its form: a lemmatiser guesses wrong where it has never seen the verb ("acced"). */
static chy_word verb_by_form(const chy_frames *f, chy_slice s)
{
    static const struct {
        const char *end, *put;
    } rules[] = {{"ed", "e"}, {"ed", ""}, {"ing", "e"}, {"ing", ""}, {"ies", "y"}, {"ied", "y"}, {"es", "e"}, {"s", ""}};
    char buf[40];
    if (s.n < 4 || s.n > 36) return CHY_NONE;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        chy_slice end = chy_slice_z(rules[i].end);
        if (!chy_slice_ends(s, end)) continue;
        size_t n = s.n - end.n;
        memcpy(buf, s.p, n);
        if (*rules[i].put) buf[n++] = *rules[i].put;
        chy_word w = chy_frames_word(f, (chy_slice){buf, n});
        if (w != CHY_NONE && (chy_frames_of(f, w, CHY_PRED_VERB).n || chy_frames_literal_of(f, w).n)) return w;
    }
    return CHY_NONE;
}

static chy_word word_of(const chy_frames *f, const chy_token *t)
{
    char buf[64];
    if (t->lemma.n && t->lemma.n < sizeof buf) {
        for (size_t i = 0; i < t->lemma.n; i++) {
            char c = t->lemma.p[i];
            buf[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
        chy_word w = chy_frames_word(f, (chy_slice){buf, t->lemma.n});
        if (w != CHY_NONE) return w;
    }
    chy_word w = chy_frames_word(f, t->norm);
    if (w == CHY_NONE && t->upos == CHY_UPOS_VERB) return verb_by_form(f, t->norm);
    if (w != CHY_NONE || (t->upos != CHY_UPOS_NOUN && t->upos != CHY_UPOS_PROPN)) return w;
    /* A plural that was taken for a name ("Talks") is its own lemma. */
    if (t->norm.n > 3 && t->norm.p[t->norm.n - 1] == 's') return chy_frames_word(f, (chy_slice){t->norm.p, t->norm.n - 1});
    return w;
}

chy_status chy_gram_open(chy_gram *g, const chy_work *w, const chy_frames *f)
{
    const chy_dispatch *d = w->d;
    *g = (chy_gram){.w = w, .f = f};
    g->word = chy_arena_alloc(w->arena, (size_t)d->n_tokens * sizeof *g->word);
    g->cover = chy_arena_alloc(w->arena, (size_t)d->n_tokens * sizeof *g->cover);
    g->subject = chy_arena_alloc(w->arena, (size_t)d->n_tokens * sizeof *g->subject);
    g->object = chy_arena_alloc(w->arena, (size_t)d->n_tokens * sizeof *g->object);
    g->passive = chy_arena_calloc(w->arena, d->n_tokens, 1);
    g->when = chy_arena_calloc(w->arena, d->n_tokens, 1);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_EVENTS);
    for (uint32_t t = 0; t < d->n_tokens; t++) {
        g->word[t] = word_of(f, &d->tokens[t]);
        g->cover[t] = CHY_NONE;
        g->subject[t] = g->object[t] = CHY_UNASKED;
    }
    for (uint32_t i = 0; i < d->n_timexes; i++)
        if (d->timexes[i].head_token < d->n_tokens && (d->timexes[i].type == CHY_TIMEX_DATE || d->timexes[i].type == CHY_TIMEX_TIME)) g->when[d->timexes[i].head_token] = 1;
    uint64_t budget = (uint64_t)d->n_tokens * 8; /* nested mentions */
    for (uint32_t m = 0; m < d->n_mentions; m++) {
        const chy_mention *x = &d->mentions[m];
        if (x->kind == CHY_MENTION_ADJECTIVE || x->kind == CHY_MENTION_PRONOUN || !x->n_actors) continue;
        for (uint32_t t = x->first_token; t < x->end_token && t < d->n_tokens && budget; t++, budget--) {
            const chy_mention *old = g->cover[t] == CHY_NONE ? NULL : &d->mentions[g->cover[t]];
            if (!old || x->end_token - x->first_token < old->end_token - old->first_token) g->cover[t] = m;
        }
    }
    g->light = chy_frames_class(f, "light");
    g->quantity = chy_frames_class(f, "quantity");
    g->human = chy_frames_class(f, "human");
    g->subject_control = chy_frames_class(f, "subject_control");
    g->future = chy_frames_class(f, "future");
    g->plan = chy_frames_class(f, "plan");
    g->speech = chy_frames_class(f, "speech");
    g->of = chy_frames_word(f, CHY_LIT("of"));
    g->by = chy_frames_word(f, CHY_LIT("by"));
    g->between = chy_frames_word(f, CHY_LIT("between"));
    g->to = chy_frames_word(f, CHY_LIT("to"));
    g->on = chy_frames_word(f, CHY_LIT("on"));
    g->against = chy_frames_word(f, CHY_LIT("against"));
    g->with = chy_frames_word(f, CHY_LIT("with"));
    return CHY_OK;
}

/* ----------------------------------------------------------------- pieces */

static const chy_token *tok(const chy_gram *g, uint32_t t) { return &g->w->d->tokens[t]; }
static bool verbal(const chy_token *t) { return chy_gram_verbal(t); }

uint32_t chy_gram_child(const chy_gram *g, uint32_t t, chy_deprel rel)
{
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (tok(g, c)->deprel == rel) return c;
    return CHY_NONE;
}

static bool past_participle(const chy_token *t)
{
    return (t->feats & CHY_FEAT_PASS) || ((t->feats & CHY_FEAT_PART) && (t->feats & CHY_FEAT_PAST));
}

static bool ing(const chy_token *t)
{
    return (t->feats & CHY_FEAT_GER) || ((t->feats & CHY_FEAT_PART) && !past_participle(t));
}

chy_word chy_gram_prep(const chy_gram *g, uint32_t t)
{
    chy_word mark = CHY_NONE;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        if (tok(g, c)->deprel == CHY_REL_CASE) return g->word[c];
        if (tok(g, c)->deprel == CHY_REL_MARK && mark == CHY_NONE) mark = g->word[c];
    }
    return mark;
}

static bool relative(const chy_token *t)
{
    return (t->upos == CHY_UPOS_PRON || t->upos == CHY_UPOS_DET || t->upos == CHY_UPOS_SCONJ) &&
           chy_slice_in(t->norm, "who|which|that|whom|whose");
}

/* The clause's relative-clause root at or above t, short of another clause. */
static uint32_t relcl_above(const chy_gram *g, uint32_t t)
{
    for (uint32_t steps = 0; t != CHY_NONE && steps < MAX_STEPS; steps++, t = tok(g, t)->head)
        if (tok(g, t)->deprel == CHY_REL_ACL_RELCL || tok(g, t)->deprel == CHY_REL_ADVCL_RELCL) return t;
    return CHY_NONE;
}

uint32_t chy_gram_resolve(const chy_gram *g, uint32_t t)
{
    for (uint32_t steps = 0; t != CHY_NONE && relative(tok(g, t)) && steps < 4; steps++) {
        uint32_t root = relcl_above(g, t);
        if (root == CHY_NONE || tok(g, root)->head == CHY_NONE) return t;
        t = tok(g, root)->head;
    }
    return t;
}

static bool in_title(const chy_gram *g, uint32_t t)
{
    const chy_dispatch *d = g->w->d;
    const chy_sentence *s = &d->sentences[chy_sentence_of(d, t)];
    if (s->n_tokens && chy_slice_eqz(d->tokens[s->first_token + s->n_tokens - 1].form, ".")) return false; /* no headline */
    return s->block < d->n_blocks && d->blocks[s->block].kind == CHY_BLOCK_TITLE;
}

/* "come after Kiev and its allies accused …": the subject of a clause behind a conjunction that was read as a preposition
 * hangs, with it, on the verb before, and ends right where this verb begins. */
static uint32_t torn_subject(const chy_gram *g, uint32_t v)
{
    const chy_token *t = tok(g, v);
    if (t->deprel != CHY_REL_CONJ || !verbal(t) || v == 0 || t->head == CHY_NONE || t->head >= v) return CHY_NONE;
    for (CHY_SOME_CHILDREN(g->w, v, c, n))
        if (c < v && tok(g, c)->deprel == CHY_REL_CC) return CHY_NONE;
    uint32_t at = v - 1;
    for (uint32_t steps = 0; steps < MAX_STEPS && at != CHY_NONE && tok(g, at)->head != t->head; steps++) at = tok(g, at)->head;
    if (at == CHY_NONE || tok(g, at)->head != t->head || !chy_is_rel(tok(g, at), CHY_REL_OBL) || g->w->sub_end[at] != v) return CHY_NONE;
    uint32_t k = chy_gram_child(g, at, CHY_REL_CASE);
    return k != CHY_NONE && chy_slice_in(tok(g, k)->norm, "after|before|since|as|until|once|while") ? at : CHY_NONE;
}

/* The clause's own subject, as it stands. */
uint32_t chy_gram_own_subject(const chy_gram *g, uint32_t v)
{
    uint32_t s = CHY_NONE; /* of two ("something Moscow denies") the one next to the verb */
    for (CHY_SOME_CHILDREN(g->w, v, c, n))
        if (chy_is_rel(tok(g, c), CHY_REL_NSUBJ) &&
            (s == CHY_NONE || (c < v && !chy_slice_in(tok(g, c)->norm, "both|all|each"))))
            s = c;
    if (s != CHY_NONE) return s;
    const chy_token *t = tok(g, v);
    if ((s = torn_subject(g, v)) != CHY_NONE) return s;
    if (verbal(t) && (t->feats & CHY_FEAT_FIN)) /* a bare noun that was hung on a finite verb before it: "Ukraine fights Russia" */
        for (CHY_SOME_CHILDREN(g->w, v, c, n)) {
            chy_deprel r = (chy_deprel)tok(g, c)->deprel;
            if (c < v && (r == CHY_REL_COMPOUND || r == CHY_REL_NMOD) && tok(g, c)->upos == CHY_UPOS_PROPN &&
                chy_gram_child(g, c, CHY_REL_CASE) == CHY_NONE)
                return c;
        }
    if (t->deprel != CHY_REL_AMOD || !verbal(t) || t->head == CHY_NONE || v == 0) return CHY_NONE;
    /* "Egypt shared views": a name before a participle is no part of the noun phrase behind it. */
    const chy_token *before = tok(g, v - 1);
    return before->upos == CHY_UPOS_PROPN && before->head == t->head && v < t->head ? v - 1 : CHY_NONE;
}

/* A verb that was taken for the adjective of its object ("Russia proposed talks"): it has a subject. */
static bool misplaced(const chy_gram *g, uint32_t v)
{
    return tok(g, v)->deprel == CHY_REL_AMOD && chy_gram_own_subject(g, v) != CHY_NONE;
}

static bool is_passive(const chy_gram *g, uint32_t v)
{
    if (misplaced(g, v)) return false;
    for (uint32_t steps = 0; steps < MAX_STEPS; steps++) {
        const chy_token *t = tok(g, v);
        bool aux = false, subject = false, object = false;
        for (CHY_SOME_CHILDREN(g->w, v, c, n)) {
            switch (tok(g, c)->deprel) {
            case CHY_REL_NSUBJ_PASS: case CHY_REL_AUX_PASS: case CHY_REL_CSUBJ_PASS: case CHY_REL_OBL_AGENT: return true;
            case CHY_REL_AUX: case CHY_REL_COP: aux = true; break;
            case CHY_REL_NSUBJ: subject = true; break;
            case CHY_REL_OBJ: object = true; break;
            default: break;
            }
        }
        if (!verbal(t) && t->deprel != CHY_REL_AMOD) return false;
        if (aux || !past_participle(t)) {
            /* Headlines tell the present; a past form without an object there is a participle: "3 killed in strike". */
            return !aux && !object && (t->feats & CHY_FEAT_PAST) && in_title(g, v);
        }
        if (t->deprel == CHY_REL_CONJ && !subject && t->head != CHY_NONE && verbal(tok(g, t->head))) {
            if (object) return false;
            v = t->head;
            continue;
        }
        if (t->deprel == CHY_REL_ACL || t->deprel == CHY_REL_AMOD) return true;
        /* Outside headlines a passive with a subject has its auxiliary: "negotiated" was mistaken for a participle. */
        if (object || (subject && !in_title(g, v))) return false;
        return t->deprel == CHY_REL_ADVCL || t->deprel == CHY_REL_XCOMP || !(t->feats & CHY_FEAT_FIN);
    }
    return false;
}

bool chy_gram_passive(const chy_gram *g, uint32_t v)
{
    if (!g->passive[v]) g->passive[v] = is_passive(g, v) ? 2 : 1;
    return g->passive[v] == 2;
}

static uint32_t agent(const chy_gram *g, uint32_t v)
{
    uint32_t a = chy_gram_child(g, v, CHY_REL_OBL_AGENT);
    if (a != CHY_NONE) return a;
    for (CHY_SOME_CHILDREN(g->w, v, c, n)) {
        if (chy_is_rel(tok(g, c), CHY_REL_OBL) && chy_gram_prep(g, c) == g->by) return c;
        /* "was arrested and jailed by police" */
        if (tok(g, c)->deprel == CHY_REL_CONJ && (a = chy_gram_child(g, c, CHY_REL_OBL_AGENT)) != CHY_NONE) return a;
    }
    return CHY_NONE;
}

static uint32_t w_begin(const chy_gram *g, uint32_t t) { return g->w->sub_begin[t]; }

uint32_t chy_gram_own_object(const chy_gram *g, uint32_t v)
{
    uint32_t o = chy_gram_child(g, v, CHY_REL_OBJ);
    if (o != CHY_NONE) return o;
    const chy_token *t = tok(g, v);
    if (misplaced(g, v)) return t->head;
    if (t->deprel == CHY_REL_ACL_RELCL && t->head != CHY_NONE) {
        uint32_t s = chy_gram_own_subject(g, v);
        if (s != CHY_NONE && !relative(tok(g, s))) return t->head; /* "something Moscow denies" */
    }
    /* "condemned and denounced the attack" */
    for (CHY_SOME_CHILDREN(g->w, v, c, n))
        if (tok(g, c)->deprel == CHY_REL_CONJ && verbal(tok(g, c)) && chy_gram_own_subject(g, c) == CHY_NONE &&
            (o = chy_gram_child(g, c, CHY_REL_OBJ)) != CHY_NONE && c < v + 4)
            return o;
    /* ... where the tree has the object on the first of the two */
    if (t->deprel == CHY_REL_CONJ && t->head != CHY_NONE && t->head < v && verbal(tok(g, t->head)) &&
        (o = chy_gram_child(g, t->head, CHY_REL_OBJ)) != CHY_NONE && o > v && v < t->head + 4)
        return o;
    /* A noun without a preposition close behind the verb that was taken for an adverbial: "picked up the activist". */
    for (CHY_SOME_CHILDREN(g->w, v, c, n))
        if (tok(g, c)->deprel == CHY_REL_OBL && c > v && w_begin(g, c) <= v + 2 && chy_gram_prep(g, c) == CHY_NONE &&
            chy_gram_child(g, c, CHY_REL_CASE) == CHY_NONE && (tok(g, c)->upos == CHY_UPOS_NOUN || tok(g, c)->upos == CHY_UPOS_PROPN))
            return c;
    return CHY_NONE;
}

/* -------------------------------------------------------- subject, object */

/* Does the clause `v`, below `u`, take u's object for its subject ("urged Iran to halt", "accused Russia of shelling")? */
static bool object_controls(const chy_gram *g, uint32_t u, uint32_t v)
{
    const chy_token *t = tok(g, v);
    if (t->deprel == CHY_REL_XCOMP) return !chy_gram_is(g, u, g->subject_control);
    uint32_t mark = CHY_NONE;
    for (CHY_SOME_CHILDREN(g->w, v, c, n))
        if (tok(g, c)->deprel == CHY_REL_MARK || tok(g, c)->deprel == CHY_REL_CASE) {
            mark = c;
            break;
        }
    if (mark == CHY_NONE) return false;
    if (ing(t)) return chy_slice_in(tok(g, mark)->norm, "of|from|for|over|against|into");
    return false;
}

/* "called on Israel to show restraint": the phrase that controls. */
static uint32_t oblique_controller(const chy_gram *g, uint32_t u)
{
    if (!chy_slice_in(tok(g, u)->lemma, "call|appeal|plead")) return CHY_NONE;
    for (CHY_SOME_CHILDREN(g->w, u, c, n)) {
        if (!chy_is_rel(tok(g, c), CHY_REL_OBL)) continue;
        uint32_t k = chy_gram_child(g, c, CHY_REL_CASE);
        if (k != CHY_NONE && chy_slice_in(tok(g, k)->norm, "on|upon|to")) return c;
    }
    return CHY_NONE;
}

/* Who a noun's infinitive is about: "Iran's decision to withdraw", "made a decision to withdraw". */
static uint32_t noun_controller(const chy_gram *g, uint32_t noun)
{
    if (g->cover[noun] != CHY_NONE || (g->w->d->mention_of && g->w->d->mention_of[noun] != CHY_NONE)) return noun;
    uint32_t p = chy_gram_child(g, noun, CHY_REL_NMOD_POSS);
    if (p != CHY_NONE) return p;
    for (CHY_SOME_CHILDREN(g->w, noun, c, n))
        if ((chy_is_rel(tok(g, c), CHY_REL_AMOD) || chy_is_rel(tok(g, c), CHY_REL_COMPOUND) ||
             (chy_is_rel(tok(g, c), CHY_REL_NMOD) && (chy_gram_prep(g, c) == g->of || chy_gram_prep(g, c) == g->by))) &&
            g->w->d->mention_of && g->w->d->mention_of[c] != CHY_NONE)
            return c;
    return CHY_NONE;
}

static uint32_t find(const chy_gram *g, uint32_t v, bool object)
{
    for (uint32_t steps = 0; steps < MAX_STEPS; steps++) {
        const chy_token *t = tok(g, v);
        bool passive = chy_gram_passive(g, v);
        if (object && !passive) return chy_gram_resolve(g, chy_gram_own_object(g, v));
        if (!object && passive) return chy_gram_resolve(g, agent(g, v));
        uint32_t s = chy_gram_own_subject(g, v), u = t->head;
        if (s != CHY_NONE && !(tok(g, s)->deprel == CHY_REL_NSUBJ_OUTER)) return chy_gram_resolve(g, s);
        if (u == CHY_NONE) return CHY_NONE;
        switch (chy_deprel_base((chy_deprel)t->deprel)) {
        case CHY_REL_CONJ:
            if (!verbal(tok(g, u)) && chy_gram_own_subject(g, u) == CHY_NONE && tok(g, u)->deprel != CHY_REL_XCOMP)
                return CHY_NONE;
            break;
        case CHY_REL_AMOD: return u;
        case CHY_REL_ACL:
            if (t->deprel == CHY_REL_ACL && ing(t) && chy_is_rel(tok(g, u), CHY_REL_OBL) && tok(g, u)->head != CHY_NONE &&
                chy_gram_child(g, v, CHY_REL_MARK) != CHY_NONE &&
                (s = chy_gram_own_object(g, tok(g, u)->head)) != CHY_NONE && s < v)
                return chy_gram_resolve(g, s); /* "accused Russia in recent weeks of using drones" */
            if (t->deprel == CHY_REL_ACL_RELCL || passive || ing(t)) return u;
            s = noun_controller(g, u);
            if (s != CHY_NONE) return s;
            /* "made a decision to": the verb's subject */
            v = tok(g, u)->head;
            if (v == CHY_NONE || !verbal(tok(g, v))) return CHY_NONE;
            object = chy_gram_passive(g, v);
            continue;
        case CHY_REL_XCOMP: case CHY_REL_CCOMP: case CHY_REL_ADVCL: {
            if ((s = oblique_controller(g, u)) != CHY_NONE && t->deprel != CHY_REL_CCOMP) return s;
            if (!verbal(tok(g, u)) && chy_gram_own_subject(g, u) == CHY_NONE) {
                if (tok(g, u)->upos != CHY_UPOS_ADJ && !verbal(tok(g, u))) return noun_controller(g, u);
                v = u; /* an adjective that is itself somebody's complement: "said it is ready to help" */
                object = false;
                continue;
            }
            if (!chy_gram_passive(g, u) && object_controls(g, u, v)) {
                s = chy_gram_child(g, u, CHY_REL_IOBJ);
                if (s == CHY_NONE) s = chy_gram_own_object(g, u);
                if (s != CHY_NONE) return chy_gram_resolve(g, s);
            }
            break;
        }
        default: return CHY_NONE;
        }
        object = chy_gram_passive(g, u);
        v = u;
    }
    return CHY_NONE;
}

uint32_t chy_gram_subject(const chy_gram *g, uint32_t verb)
{
    if (g->subject[verb] == CHY_UNASKED) g->subject[verb] = find(g, verb, false);
    return g->subject[verb];
}

uint32_t chy_gram_object(const chy_gram *g, uint32_t verb)
{
    if (g->object[verb] == CHY_UNASKED) g->object[verb] = find(g, verb, true);
    return g->object[verb];
}

uint32_t chy_gram_doer(const chy_gram *g, uint32_t noun, bool mutual)
{
    /* "attacks carried out by Israel", "the talks they held" */
    for (CHY_SOME_CHILDREN(g->w, noun, c, n))
        if (chy_is_rel(tok(g, c), CHY_REL_ACL) && verbal(tok(g, c)) && chy_gram_is(g, c, g->light)) {
            uint32_t s = chy_gram_subject(g, c);
            if (s != CHY_NONE && s != noun) return s;
        }
    /* "is at war with", "are in talks with" */
    uint32_t own = chy_gram_own_subject(g, noun);
    if (own != CHY_NONE && !chy_slice_in(tok(g, own)->norm, "it|there") && chy_gram_child(g, noun, CHY_REL_CASE) != CHY_NONE)
        return chy_gram_resolve(g, own);
    uint32_t at = noun;
    for (uint32_t steps = 0; steps < 4; steps++) {
        const chy_token *t = tok(g, at);
        uint32_t u = t->head;
        if (u == CHY_NONE) return CHY_NONE;
        chy_deprel rel = chy_deprel_base((chy_deprel)t->deprel);
        bool verb = verbal(tok(g, u));
        if (rel == CHY_REL_CONJ || (rel == CHY_REL_NMOD && !verb && chy_gram_is(g, u, g->quantity))) {
            at = u; /* "talks and consultations"; "a series of attacks" */
            continue;
        }
        if (!verb) {
            /* "on a visit to Tehran for talks": the visit's own doer, found by the same steps */
            /* "is in Cairo for talks" */
            if (mutual && chy_gram_child(g, u, CHY_REL_COP) != CHY_NONE && (own = chy_gram_own_subject(g, u)) != CHY_NONE) return chy_gram_resolve(g, own);
            if (!mutual || rel != CHY_REL_NMOD) return CHY_NONE;
            uint32_t p = noun_controller(g, u);
            if (p != CHY_NONE && p != u) return p;
            at = u;
            continue;
        }
        bool passive = chy_gram_passive(g, u), light = chy_gram_is(g, u, g->light);
        uint32_t s = CHY_NONE;
        if ((rel == CHY_REL_OBJ && !passive) || (rel == CHY_REL_NSUBJ && passive)) {
            if (light || mutual) s = chy_gram_subject(g, u);
        } else if (rel == CHY_REL_OBL && mutual) {
            chy_word p = chy_gram_prep(g, at);
            /* what a passive's subject is at: "was shown at a meeting with" */
            if (p != g->by) s = passive ? chy_gram_object(g, u) : chy_gram_subject(g, u);
        }
        return s == noun ? CHY_NONE : s;
    }
    return CHY_NONE;
}

uint32_t chy_gram_speaker(const chy_gram *g, uint32_t pred)
{
    uint32_t at = pred;
    for (uint32_t steps = 0; steps < MAX_STEPS; steps++) {
        const chy_token *t = tok(g, at);
        uint32_t u = t->head;
        bool said = u != CHY_NONE && chy_is_rel(t, CHY_REL_CCOMP) && chy_gram_is(g, u, g->speech);
        /* "…, the minister said": the verb of speech hangs on what is said, and says nothing else */
        for (CHY_SOME_CHILDREN(g->w, at, c, n))
            if (!said && tok(g, c)->deprel == CHY_REL_PARATAXIS && chy_gram_is(g, c, g->speech) &&
                chy_gram_child(g, c, CHY_REL_OBJ) == CHY_NONE && chy_gram_child(g, c, CHY_REL_CCOMP) == CHY_NONE)
                return chy_gram_subject(g, c);
        if (u == CHY_NONE) return CHY_NONE;
        switch (chy_deprel_base((chy_deprel)t->deprel)) {
        case CHY_REL_CCOMP: case CHY_REL_PARATAXIS:
            if (chy_gram_is(g, u, g->speech)) return chy_gram_subject(g, u);
            break;
        case CHY_REL_CONJ: case CHY_REL_XCOMP: case CHY_REL_ACL: case CHY_REL_ADVCL: case CHY_REL_OBJ: case CHY_REL_OBL:
        case CHY_REL_NMOD: break;
        default: return CHY_NONE;
        }
        at = u;
    }
    return CHY_NONE;
}

bool chy_gram_negated(const chy_gram *g, uint32_t t)
{
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (chy_slice_in(tok(g, c)->norm, "not|n't|never|no")) return true;
    return false;
}

bool chy_gram_future(const chy_gram *g, uint32_t pred)
{
    uint32_t at = pred;
    for (uint32_t steps = 0; steps < 3; steps++) {
        const chy_token *t = tok(g, at);
        bool to = false, subject = false;
        for (CHY_SOME_CHILDREN(g->w, at, c, n)) {
            const chy_token *x = tok(g, c);
            if (chy_is_rel(x, CHY_REL_AUX) && chy_gram_is(g, c, g->future)) return true;
            /* "said it would": the future of the past */
            if (chy_is_rel(x, CHY_REL_AUX) && chy_slice_in(x->norm, "would|'d") && t->head != CHY_NONE &&
                t->deprel == CHY_REL_CCOMP && chy_gram_is(g, t->head, g->speech))
                return true;
            if (x->deprel == CHY_REL_MARK && g->word[c] == g->to) to = true;
            if (chy_is_rel(x, CHY_REL_NSUBJ)) subject = true;
        }
        uint32_t u = t->head;
        if (to && (u == CHY_NONE || (subject && in_title(g, at)))) return true; /* "Putin to meet Xi" */
        if (u == CHY_NONE) return false;
        switch (chy_deprel_base((chy_deprel)t->deprel)) {
        case CHY_REL_XCOMP: case CHY_REL_CCOMP:
            if (chy_gram_is(g, u, g->plan)) return true;
            if (t->deprel == CHY_REL_CCOMP) return false;
            break;
        case CHY_REL_ACL: case CHY_REL_ADVCL: return to && chy_gram_is(g, u, g->plan);
        case CHY_REL_OBJ: case CHY_REL_NSUBJ:
            if (chy_gram_is(g, u, g->plan)) return true;
            if (!chy_gram_is(g, u, g->light)) return false;
            break;
        case CHY_REL_CONJ: break;
        default: return false;
        }
        at = u;
    }
    return false;
}
