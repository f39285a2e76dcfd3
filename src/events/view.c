/* SPDX-License-Identifier: Apache-2.0 */
#include "events/infer.h"
#include "events/view.h"

enum { MAX_FRAMES = 64, TO_WORDS = 64 };

static const chy_token *tok(const chy_gram *g, uint32_t t) { return &g->w->d->tokens[t]; }

static void put(chy_view *v, unsigned feature)
{
    if (v->n_features < CHY_MAX_FEATURES) v->feature[v->n_features++] = (uint16_t)feature;
}

bool chy_view_candidate(const chy_gram *g, uint32_t t)
{
    const chy_token *x = tok(g, t);
    if (x->upos == CHY_UPOS_VERB) return true;
    if (x->upos != CHY_UPOS_NOUN && x->upos != CHY_UPOS_ADJ && x->upos != CHY_UPOS_PROPN) return false;
    if (x->name != CHY_NAME_O || !x->lemma.n) return false;
    return g->cover[t] == CHY_NONE || g->w->d->mentions[g->cover[t]].kind != CHY_MENTION_NAME;
}

chy_status chy_view_open(const chy_gram *g, chy_work *w, chy_view_counts *out)
{
    const chy_dispatch *d = w->d;
    (void)g;
    out->sentence = chy_arena_calloc(w->arena, d->n_sentences, 1);
    out->density = 0;
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_EVENTS);
    uint64_t all = 0;
    for (uint32_t i = 0, s = 0; i < d->n_mentions; i++) {
        const chy_mention *m = &d->mentions[i];
        if (!m->n_actors || !chy_actor_political(&d->actors[d->mention_actors[m->first_actor]])) continue;
        while (s + 1 < d->n_sentences && d->sentences[s + 1].first_token <= m->head_token) s++;
        if (s < d->n_sentences && out->sentence[s] < 4) out->sentence[s]++;
        all++;
    }
    uint64_t density = d->n_tokens ? all * TO_WORDS / d->n_tokens : 0;
    out->density = density < 4 ? (unsigned)density : 4;
    return CHY_OK;
}

/* 0 no such word, 1 a word that is no actor, else by kind of actor and whether it is in politics. */
static unsigned kind(const chy_gram *g, uint32_t t)
{
    if (t == CHY_NONE) return 0;
    const chy_dispatch *d = g->w->d;
    uint32_t m = d->mention_of && d->mention_of[t] != CHY_NONE ? d->mention_of[t] : g->cover[t];
    if (m == CHY_NONE || !d->mentions[m].n_actors) return tok(g, t)->upos == CHY_UPOS_PRON ? 2 : 1;
    const chy_actor *a = &d->actors[d->mention_actors[d->mentions[m].first_actor]];
    if (!chy_actor_political(a)) return a->kind == CHY_ACTOR_PEOPLE ? 3 : 4;
    switch (a->kind) {
    case CHY_ACTOR_STATE: return 5;
    case CHY_ACTOR_ORG: return 6;
    case CHY_ACTOR_PEOPLE: return 7;
    default: return 8;
    }
}

/* A kind, or that of whoever's the thing is. */
static unsigned owned_kind(const chy_gram *g, uint32_t t)
{
    unsigned k = kind(g, t);
    if (k != 1) return k;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        chy_deprel r = (chy_deprel)tok(g, c)->deprel;
        if (r != CHY_REL_NMOD_POSS && r != CHY_REL_AMOD && r != CHY_REL_COMPOUND && r != CHY_REL_NMOD) continue;
        unsigned own = kind(g, c);
        if (own > 1) return own;
    }
    return k;
}

static unsigned preposition(const chy_gram *g, uint32_t t)
{
    static const char *const preps[CHY_N_PREP] = {"of", "to", "with", "against", "on", "for", "by", "from", "in", "at", "over", "between"};
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (tok(g, c)->deprel == CHY_REL_CASE)
            for (unsigned k = 0; k < CHY_N_PREP; k++)
                if (chy_slice_eqz(tok(g, c)->norm, preps[k])) return k;
    return CHY_N_PREP;
}

static bool is_noun(const chy_token *t) { return t->upos == CHY_UPOS_NOUN || t->upos == CHY_UPOS_PROPN; }

/* The words below a predicate: its phrases, whose a noun is, and what little words say of it. */
static void below(const chy_gram *g, uint32_t t, chy_view *v)
{
    const bool noun = is_noun(tok(g, t));
    uint32_t seen = 0;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        const chy_token *x = tok(g, c);
        switch ((unsigned)x->deprel) {
        case CHY_REL_NMOD_POSS: case CHY_REL_AMOD: case CHY_REL_COMPOUND: case CHY_REL_NMOD_DESC:
            if (noun && (v->word[CHY_VIEW_SUBJECT] == CHY_NONE || x->deprel == CHY_REL_NMOD_POSS) && owned_kind(g, c) > 1) v->word[CHY_VIEW_SUBJECT] = c;
            break;
        case CHY_REL_OBL: case CHY_REL_NMOD: case CHY_REL_OBL_AGENT: {
            unsigned prep = preposition(g, c);
            if (prep == CHY_N_PREP) break;
            bool actor = owned_kind(g, c) > 1;
            if (!(seen >> (2 * prep + actor) & 1)) put(v, CHY_VIEW_PREP + 2 * prep + actor);
            seen |= 1u << (2 * prep + actor);
            if (noun && prep == 0 && v->word[CHY_VIEW_OBJECT] == CHY_NONE) v->word[CHY_VIEW_OBJECT] = c;
            else if (noun && prep == 6) v->word[CHY_VIEW_SUBJECT] = c;
            else if (v->word[CHY_VIEW_OTHER] == CHY_NONE || (actor && owned_kind(g, v->word[CHY_VIEW_OTHER]) < 2)) v->word[CHY_VIEW_OTHER] = c;
            break;
        }
        default: break;
        }
    }
}

/* Types of the frames of a lemma as one part of speech, as bits; bit CHY_N_TYPE where a stop frame is among them. */
static uint32_t types_of(const chy_gram *g, chy_word word, unsigned pos)
{
    uint32_t set = 0;
    chy_frame_list list = chy_frames_of(g->f, word, pos);
    for (uint32_t i = 0; i < list.n && i < MAX_FRAMES; i++) set |= 1u << (list.v[i]->stop ? CHY_N_TYPE : list.v[i]->type);
    return set;
}

static void lexicon(const chy_gram *g, uint32_t t, chy_view *v)
{
    if (g->word[t] == CHY_NONE) {
        put(v, CHY_VIEW_LEXICON + CHY_N_TYPE);
        return;
    }
    unsigned pos = chy_gram_verbal(tok(g, t)) ? CHY_PRED_VERB : tok(g, t)->upos == CHY_UPOS_ADJ ? CHY_PRED_ADJ : CHY_PRED_NOUN;
    uint32_t own = types_of(g, g->word[t], pos), other = types_of(g, g->word[t], pos == CHY_PRED_VERB ? CHY_PRED_NOUN : CHY_PRED_VERB) & ~own;
    for (unsigned k = 0; k < CHY_N_TYPE; k++) {
        if (own >> k & 1) put(v, CHY_VIEW_LEXICON + k);
        if (other >> k & 1) put(v, CHY_VIEW_OTHER_POS + k);
    }
    if (!own) put(v, CHY_VIEW_LEXICON + CHY_N_TYPE);
}

enum {
    BIT_QUOTED, BIT_FIRST, BIT_TITLE, BIT_LIGHT, BIT_CARRIED, BIT_NEGATED, BIT_MODAL, BIT_FUTURE, BIT_IF, BIT_SPOKEN, BIT_SPEECH, BIT_DET, BIT_A,
    BIT_PLAN_ABOVE, BIT_PASSIVE, BIT_COMPOUND, BIT_NUMBER, BIT_CLAUSE, BIT_COPULA, BIT_HEADLESS
};

static void bits(const chy_gram *g, uint32_t t, chy_view *v)
{
    const chy_dispatch *d = g->w->d;
    const chy_token *x = tok(g, t);
    uint32_t s = chy_sentence_of(d, t), h = x->head;
    bool bit[CHY_N_BITS] = {false};
    bit[BIT_QUOTED] = x->quote != CHY_NONE;
    bit[BIT_FIRST] = s < 3;
    bit[BIT_TITLE] = s < d->n_sentences && d->sentences[s].block < d->n_blocks && d->blocks[d->sentences[s].block].kind == CHY_BLOCK_TITLE;
    bit[BIT_LIGHT] = chy_gram_is(g, t, g->light);
    bit[BIT_SPEECH] = chy_gram_is(g, t, g->speech);
    if (h != CHY_NONE) {
        bit[BIT_CARRIED] = (x->deprel == CHY_REL_OBJ || x->deprel == CHY_REL_NSUBJ_PASS || x->deprel == CHY_REL_ACL) && chy_gram_is(g, h, g->light);
        bit[BIT_PLAN_ABOVE] = chy_gram_is(g, h, g->plan);
        bit[BIT_COMPOUND] = x->deprel == CHY_REL_COMPOUND || x->deprel == CHY_REL_AMOD;
    }
    bit[BIT_FUTURE] = chy_gram_future(g, t);
    if (x->upos == CHY_UPOS_VERB) {
        bit[BIT_PASSIVE] = chy_gram_passive(g, t);
        bit[BIT_SPOKEN] = chy_gram_speaker(g, t) != CHY_NONE;
    }
    bit[BIT_HEADLESS] = g->w->first_child[t] == CHY_NONE;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        const chy_token *y = tok(g, c);
        switch (chy_deprel_base((chy_deprel)y->deprel)) {
        case CHY_REL_ADVMOD: bit[BIT_NEGATED] |= chy_slice_eqz(y->lemma, "not") || chy_slice_eqz(y->norm, "never"); break;
        case CHY_REL_AUX: bit[BIT_MODAL] |= !(y->feats & CHY_FEAT_FIN) || y->lemma.n > 4; break;
        case CHY_REL_MARK: bit[BIT_IF] |= chy_slice_eqz(y->norm, "if") || chy_slice_eqz(y->norm, "unless") || chy_slice_eqz(y->norm, "whether"); break;
        case CHY_REL_DET:
            bit[BIT_DET] |= chy_slice_eqz(y->norm, "the") || chy_slice_eqz(y->norm, "this") || chy_slice_eqz(y->norm, "that");
            bit[BIT_A] |= chy_slice_eqz(y->norm, "a") || chy_slice_eqz(y->norm, "an");
            break;
        case CHY_REL_NUMMOD: bit[BIT_NUMBER] = true; break;
        case CHY_REL_CCOMP: case CHY_REL_XCOMP: bit[BIT_CLAUSE] = true; break;
        case CHY_REL_COP: bit[BIT_COPULA] = true; break;
        default: break;
        }
    }
    for (unsigned k = 0; k < CHY_N_BITS; k++)
        if (bit[k]) put(v, CHY_VIEW_BITS + k);
}

void chy_view_of(const chy_gram *g, const chy_view_counts *counts, uint32_t t, chy_view *v)
{
    const chy_token *x = tok(g, t);
    uint32_t h = x->head, s = chy_sentence_of(g->w->d, t);
    *v = (chy_view){.word = {t, h, CHY_NONE, CHY_NONE, CHY_NONE}};
    put(v, CHY_VIEW_UPOS + x->upos);
    put(v, CHY_VIEW_DEPREL + x->deprel);
    put(v, CHY_VIEW_HEAD_UPOS + (h == CHY_NONE ? (unsigned)CHY_N_UPOS : tok(g, h)->upos));
    for (unsigned k = 0; k < 14; k++)
        if (x->feats >> k & 1) put(v, CHY_VIEW_FEATS + k);
    if (x->upos == CHY_UPOS_VERB || x->upos == CHY_UPOS_ADJ) {
        v->word[CHY_VIEW_SUBJECT] = chy_gram_subject(g, t);
        v->word[CHY_VIEW_OBJECT] = chy_gram_object(g, t);
    }
    below(g, t, v);
    put(v, CHY_VIEW_KIND_SUBJECT + owned_kind(g, v->word[CHY_VIEW_SUBJECT]));
    put(v, CHY_VIEW_KIND_OBJECT + owned_kind(g, v->word[CHY_VIEW_OBJECT]));
    put(v, CHY_VIEW_KIND_OTHER + owned_kind(g, v->word[CHY_VIEW_OTHER]));
    put(v, CHY_VIEW_KIND_HEAD + owned_kind(g, h != CHY_NONE && tok(g, h)->upos == CHY_UPOS_VERB ? chy_gram_subject(g, h) : CHY_NONE));
    lexicon(g, t, v);
    bits(g, t, v);
    put(v, CHY_VIEW_POLITICS + (s < g->w->d->n_sentences ? counts->sentence[s] : 0));
    put(v, CHY_VIEW_DENSITY + counts->density);
}
