/* SPDX-License-Identifier: Apache-2.0
 *
 * refer.c - what pronouns and bare nominals go back to. Rules, in the manner of Lappin and Leass (1994) cut to what a
 * dispatch needs: candidates agree in number and kind, subjects weigh most, sentences further back weigh less.
 */
#include "actors/run.h"

enum { LOOK_BACK = 400, MAX_SENTENCES_BACK = 3 };

/* Weights, tried on the corpus' stories for training and on GUM's. A noun that stands for nobody weighs less than an actor: little
 * less for "it", more for "they", and much less where the pronoun does what somebody does. */
enum {
    A_SENTENCE_BACK = 14, OWN_CLAUSE = 10, IT_THING = 6, IT_MINDED = 30, THEY_THING = 12, THEY_MINDED = 40, OBJECT_OF_THEY = 8,
    SHE_UNKNOWN = 24, QUOTED = 10, OFFICE = 8
};

/* The states that a phrase can mean by its epithets ("the Himalayan kingdom"): those that stand in every list. */
typedef struct limits {
    chy_slice states[4];
    uint32_t n;
} limits;

static uint32_t last_distinct(const chy_run *r, uint32_t token, uint32_t want, bool any, const limits *only, uint32_t *out);

static const chy_actor *first_actor(const chy_run *r, const chy_draft *d)
{
    return &r->actors.v[r->of.v[d->first_actor]];
}

static bool has_country(const chy_actor *a) { return a->country[0] && memcmp(a->country, "UNK", 3) != 0; }

/* ---------------------------------------------------------------- pronouns */

typedef enum pronoun { P_NONE, P_HE, P_SHE, P_IT, P_THEY, P_COUNTRY /* "the country" */ } pronoun;

static pronoun pronoun_of(const chy_token *t)
{
    if (t->upos != CHY_UPOS_PRON && t->upos != CHY_UPOS_DET) return P_NONE;
    chy_slice w = t->norm;
    if (w.n < 2 || w.n > 10) return P_NONE;
    if (chy_slice_in(w, "he|him|his|himself")) return P_HE;
    if (chy_slice_in(w, "she|her|hers|herself")) return P_SHE;
    if (chy_slice_in(w, "it|its|itself")) return P_IT;
    if (chy_slice_in(w, "they|them|their|theirs|themselves")) return P_THEY;
    return P_NONE;
}

static int gender_of_actor(const chy_run *r, uint32_t actor)
{
    for (uint32_t i = r->persons.n; i-- > 0 && i + 64 > r->persons.n;)
        if (r->persons.v[i].actor == actor) return r->persons.v[i].gender;
    return 0;
}

static int gender_of_word(chy_slice w)
{
    if (chy_slice_in(w, "man|husband|father|son|brother|boy|king|prince|emperor|sultan|emir|businessman|policeman|spokesman|chairman|congressman|priest|bishop|imam|pope|cardinal|"
                        "ayatollah|sheikh|fisherman|gunman|cameraman"))
        return 1;
    if (chy_slice_in(w, "woman|wife|mother|daughter|sister|girl|queen|princess|empress|businesswoman|policewoman|spokeswoman|chairwoman|congresswoman|nun|widow|actress|schoolgirl"))
        return -1;
    return 0;
}

/* "our editor" is of the gender of the one who is it, where the dispatch says who. */
static int gender_of_draft(const chy_run *r, const chy_draft *d)
{
    int word = d->shape == CHY_SHAPE_OFFICE ? gender_of_word(r->t[d->core_end - 1].norm) : 0;
    return word ? word : gender_of_actor(r, r->of.v[d->first_actor]);
}

/* Whom the dispatch is about is named over and over. */
static int told_of(const chy_run *r, uint32_t actor)
{
    for (uint32_t i = r->persons.n; i-- > 0 && i + 64 > r->persons.n;)
        if (r->persons.v[i].actor == actor) return r->persons.v[i].mentions > 5 ? 8 : r->persons.v[i].mentions * 8 / 5;
    return 0;
}

static bool singular_person(const chy_run *r, const chy_draft *d)
{
    if (d->n_actors != 1) return false;
    if (d->shape == CHY_SHAPE_PERSON) return true;
    return d->shape == CHY_SHAPE_OFFICE && !d->plural && r->m->office[d->office].kind == CHY_OFFICE_PERSON;
}

/* The head of a coordination of mentions ("Kishida and Martin"). */
static bool coordinated(const chy_run *r, const chy_draft *d)
{
    for (CHY_EACH_CHILD(r->w, d->head, c))
        if (r->t[c].deprel == CHY_REL_CONJ && r->draft_of[c] != CHY_NONE) return true;
    return false;
}

static bool agrees(const chy_run *r, const chy_draft *d, pronoun p)
{
    uint32_t actor = r->of.v[d->first_actor];
    /* A pronoun of the same kind carries its antecedent on from sentence to sentence. */
    if (d->shape == CHY_SHAPE_PRONOUN && p == P_THEY && r->t[d->head].upos == CHY_UPOS_NUM) return true; /* "the four … they" */
    if (d->shape == CHY_SHAPE_PRONOUN) return p != P_COUNTRY && p != P_IT && pronoun_of(&r->t[d->head]) == p;
    switch (p) {
    case P_HE: case P_SHE: {
        if (!singular_person(r, d)) return false;
        int g = gender_of_draft(r, d);
        return g == 0 || g == (p == P_HE ? 1 : -1);
    }
    case P_IT:
        if (d->plural || d->n_actors > 1) return false;
        if (d->shape == CHY_SHAPE_OFFICE) return r->m->office[d->office].kind == CHY_OFFICE_BODY ||
            r->m->office[d->office].kind == CHY_OFFICE_STATE || r->m->office[d->office].kind == CHY_OFFICE_PEOPLE;
        return d->shape == CHY_SHAPE_STATE || d->shape == CHY_SHAPE_ORG;
    case P_THEY:
        if (coordinated(r, d)) return true;
        return d->shape != CHY_SHAPE_PERSON && d->shape != CHY_SHAPE_ADJECTIVE && !singular_person(r, d);
    case P_COUNTRY: return d->shape == CHY_SHAPE_STATE && !d->plural && d->n_actors == 1 &&
        r->actors.v[actor].kind == CHY_ACTOR_STATE;
    default: return false;
    }
}

/* Weight of a word's part in its clause, in tenths. */
static int part_weight(const chy_run *r, uint32_t token)
{
    for (unsigned step = 0; step < 6; step++) {
        const chy_token *t = &r->t[token];
        switch (t->deprel) {
        case CHY_REL_NSUBJ: case CHY_REL_NSUBJ_OUTER: return 30;
        case CHY_REL_NSUBJ_PASS: case CHY_REL_OBL_AGENT: return 26;
        case CHY_REL_ROOT: return 20;
        case CHY_REL_OBJ: case CHY_REL_IOBJ: return 15;
        case CHY_REL_NMOD_POSS: return 10;
        case CHY_REL_CONJ: case CHY_REL_APPOS: case CHY_REL_FLAT:
            if (t->head == CHY_NONE) return 5;
            token = t->head;
            continue;
        default: return 6;
        }
    }
    return 5;
}

/* The verb or noun that a word is an argument of, past coordination. */
static uint32_t governor(const chy_run *r, uint32_t token)
{
    for (unsigned step = 0; step < 6; step++) {
        uint32_t h = r->t[token].head;
        if (h == CHY_NONE) return CHY_NONE;
        if (r->t[token].deprel != CHY_REL_CONJ && r->t[token].deprel != CHY_REL_APPOS) return h;
        token = h;
    }
    return CHY_NONE;
}

/* Nouns that stand for nobody: what "it" or "they" can mean as well, and then no actor is meant. */
static bool rival(const chy_run *r, uint32_t i, pronoun p)
{
    const chy_token *t = &r->t[i];
    if (t->upos == CHY_UPOS_NUM && p == P_THEY) return i && chy_token_is(t - 1, "the"); /* "the four" */
    if (t->upos != CHY_UPOS_NOUN && !(t->upos == CHY_UPOS_PROPN && p == P_IT)) return false;
    switch (chy_deprel_base((chy_deprel)t->deprel)) {
    case CHY_REL_NSUBJ: case CHY_REL_OBJ: case CHY_REL_IOBJ: case CHY_REL_ROOT: case CHY_REL_CONJ: case CHY_REL_APPOS: break;
    case CHY_REL_OBL: case CHY_REL_NMOD: break;
    default: return false;
    }
    if (p == P_HE || p == P_SHE) return gender_of_word(t->lemma) == (p == P_HE ? 1 : -1);
    if (p == P_THEY) return (t->feats & CHY_FEAT_PLUR) && !chy_slice_in(t->lemma, "day|week|month|year|hour|minute|time|percent|per cent|dollar|euro|talk|relation|tie|reason|term");
    return p == P_IT && !(t->feats & CHY_FEAT_PLUR) && !gender_of_word(t->lemma) &&
           !chy_slice_in(t->lemma, "day|week|month|year|time|today|yesterday|people|percent|morning|night|evening|afternoon");
}

/* Verbs whose subject has a mind. */
static bool minded(const chy_token *t)
{
    return t->upos == CHY_UPOS_VERB &&
           chy_slice_in(t->lemma, "say|tell|add|state|announce|note|warn|stress|claim|insist|argue|explain|ask|reply|deny|admit|accuse|blame|demand|"
                                  "want|hope|believe|think|know|fear|agree|refuse|reject|promise|pledge|vow|threaten|call|urge|decide|plan|intend|welcome|"
                                  "condemn|express|discuss|meet|negotiate|sign|visit|support|oppose|seek|accept|confirm|acknowledge|concede|withdraw|recognise|recognize|emphasize|emphasise|reiterate|affirm|assert|stress|underline|note|declare|vote|launch");
}

static bool within(const limits *l, const char *country)
{
    chy_slice rest, one;
    bool in = true;
    for (uint32_t i = 0; l && in && i < l->n; i++)
        for (in = false, rest = l->states[i]; !in && chy_slice_split(&rest, ' ', &one);) in = chy_slice_eqz(one, country);
    return in;
}

typedef struct search {
    const limits *only;
    uint32_t token, here, mine;
    uint32_t speaker, self; /* actors or CHY_NONE: in whose words the pronoun stands; the subject that it is an object beside */
    pronoun p;
    bool possessive, minded;
    bool judged; /* "it is true", "it was a lie": seldom of an actor of another sentence */
} search;

static bool begins_block(const chy_run *r, uint32_t token)
{
    const chy_sentence *s = &r->w->d->sentences[chy_sentence_of(r->w->d, token)];
    return s->first_token == token && r->w->d->blocks[s->block].first_sentence == (uint32_t)(s - r->w->d->sentences);
}

/* What an earlier noun is worth as the antecedent; false where it cannot be. */
static bool worth(const chy_run *r, const search *q, uint32_t i, uint32_t sentence, int *score)
{
    pronoun p = q->p;
    uint32_t token = q->token, k = r->draft_of[i], back = q->here - sentence;
    int part = part_weight(r, i);
    *score = part + 20 - A_SENTENCE_BACK * (int)back;
    if (p == P_THEY && !q->possessive && !chy_is_rel(&r->t[token], CHY_REL_NSUBJ) &&
        (part == 15 || r->t[i].deprel == CHY_REL_NSUBJ_PASS))
        *score += OBJECT_OF_THEY; /* "arrested two men and beat them" */
    if (k == CHY_NONE) {
        if (!rival(r, i, p) || r->atom_of[i] != CHY_NONE) return false;
        if (!back && governor(r, i) == q->mine && q->mine != CHY_NONE && !q->possessive) return false;
        if (p == P_THEY) *score -= q->minded ? THEY_MINDED : THEY_THING;
        if (p == P_IT) *score -= q->minded ? IT_MINDED : IT_THING;
        return p != P_IT || !back || part >= 15;
    }
    const chy_draft *d = &r->drafts.v[k];
    if (!d->n_actors || !agrees(r, d, p) || (d->begin <= token && token < d->end)) return false;
    uint32_t actor = r->of.v[d->first_actor];
    if (!within(q->only, r->actors.v[actor].country)) return false;
    if (p != P_COUNTRY && d->end < r->n && r->t[d->end].norm.n == 1 && r->t[d->end].norm.p[0] == ':' && begins_block(r, d->begin))
        return false; /* "SPOKESMAN: He …": who says it */
    if (q->self == actor && d->n_actors == 1) return false; /* "Iran … Iran rejected it" */
    if (q->speaker == actor && p != P_COUNTRY && d->n_actors == 1) return false;
    /* A subject would be "its own": "the country" is the one named last. */
    if (p == P_COUNTRY && !back) *score = 70 - (token - i > 40 ? 40 : (int)(token - i));
    if (!back && p != P_COUNTRY) {
        uint32_t its = governor(r, d->head);
        if (!q->possessive && its == q->mine && q->mine != CHY_NONE && r->t[d->head].deprel != CHY_REL_DISLOCATED)
            return false; /* "Iran told it": another one */
        if (q->possessive && its == q->mine) *score += OWN_CLAUSE;
        if (p == P_IT && r->t[d->head].deprel == CHY_REL_NMOD_POSS) *score -= 4;
    }
    bool all = coordinated(r, d);
    if (p == P_THEY && !d->plural && d->n_actors == 1 && !all) *score -= 20;
    if (p == P_THEY && d->shape == CHY_SHAPE_STATE && !d->plural && d->n_actors == 1 && back && !all) return false;
    /* a city; an agency in a dateline */
    if (p == P_IT && part < 26 && ((r->actors.v[actor].sectors & CHY_SEC_JRN) ||
        (r->actors.v[actor].id.n > 3 && d->shape == CHY_SHAPE_STATE)))
        return false;
    /* Most of what "it" stands for is a thing: an actor only where it was or is what the clause is about. */
    bool met = chy_is_rel(&r->t[token], CHY_REL_NSUBJ) || (q->self != CHY_NONE && !back); /* "blamed Iran and said it would punish it" */
    if (p == P_IT && !q->possessive && part < (met ? 15 : 26)) return false;
    if (p == P_IT && back && (part < 15 || q->judged)) return false;
    if (r->t[i].quote != CHY_NONE && r->t[token].quote != r->t[i].quote) *score -= QUOTED;
    if (d->shape == CHY_SHAPE_OFFICE && (p == P_HE || p == P_SHE)) *score -= OFFICE;
    if (d->shape == CHY_SHAPE_PRONOUN) *score += 3;
    if (d->shape == CHY_SHAPE_PERSON) *score += 3 + told_of(r, actor);
    if (p == P_SHE || p == P_HE) {
        int g = gender_of_draft(r, d);
        if (!g && p == P_SHE) *score -= SHE_UNKNOWN; /* most who go unsaid are men */
    }
    return true;
}

/* "It is clear that …", "it was said that …": where the tree has it as a common subject. */
static bool expletive(const chy_run *r, uint32_t token)
{
    const chy_token *t = &r->t[token];
    if (!chy_is_rel(t, CHY_REL_NSUBJ) || t->head == CHY_NONE) return false;
    bool judged = chy_tree_child(r->w, t->head, CHY_REL_COP) != CHY_NONE || t->deprel == CHY_REL_NSUBJ_PASS;
    return judged && (chy_tree_child(r->w, t->head, CHY_REL_CCOMP) != CHY_NONE || chy_tree_child(r->w, t->head, CHY_REL_CSUBJ) != CHY_NONE);
}

/* "In his speech, Macron said …": the subject, by name, of the clause that the pronoun's phrase opens; CHY_NONE where there is none. */
static uint32_t cataphoric(chy_run *r, uint32_t token, pronoun p)
{
    uint32_t v = token, begin = r->w->d->sentences[chy_sentence_of(r->w->d, token)].first_token;
    if (token - begin > 12) return CHY_NONE;
    for (unsigned step = 0; step < 8 && v != CHY_NONE; step++) {
        bool opens = chy_is_rel(&r->t[v], CHY_REL_OBL) || chy_is_rel(&r->t[v], CHY_REL_ADVCL);
        v = r->t[v].head;
        if (opens) break;
    }
    if (v == CHY_NONE || v <= token) return CHY_NONE;
    for (CHY_EACH_CHILD(r->w, v, c)) {
        uint32_t k = c > token && chy_is_rel(&r->t[c], CHY_REL_NSUBJ) ? r->draft_of[c] : CHY_NONE;
        if (k == CHY_NONE) continue;
        chy_draft *d = &r->drafts.v[k];
        if (d->shape == CHY_SHAPE_PERSON && !d->n_actors && p != P_IT) chy_actors_person(r, k);
        return r->drafts.v[k].n_actors && agrees(r, &r->drafts.v[k], p) ? k : CHY_NONE;
    }
    return CHY_NONE;
}

/* The one actor that is the subject of a verb, or of the verb that it is joined to ("arrested them and held them"); CHY_NONE. */
static uint32_t subject_of(const chy_run *r, uint32_t verb)
{
    for (unsigned step = 0; step < 4 && verb != CHY_NONE; step++, verb = r->t[verb].head) {
        for (CHY_EACH_CHILD(r->w, verb, c)) {
            if (!chy_is_rel(&r->t[c], CHY_REL_NSUBJ)) continue;
            uint32_t k = r->draft_of[c];
            return k != CHY_NONE && r->drafts.v[k].n_actors == 1 ? r->of.v[r->drafts.v[k].first_actor] : CHY_NONE;
        }
        if (r->t[verb].deprel != CHY_REL_CONJ && r->t[verb].deprel != CHY_REL_XCOMP) return CHY_NONE;
    }
    return CHY_NONE;
}

/* The best antecedent before `token`, or CHY_NONE. */
static uint32_t antecedent(chy_run *r, uint32_t token, pronoun p, const limits *only)
{
    uint32_t here = chy_sentence_of(r->w->d, token), best = CHY_NONE, sentence = here,
        sentence_begin = r->w->d->sentences[here].first_token;
    const chy_token *t = &r->t[token];
    search q = {.only = only, .token = token, .here = here, .p = p, .mine = governor(r, token), .speaker = CHY_NONE, .self = CHY_NONE};
    q.possessive = (t->feats & CHY_FEAT_POSS) || t->deprel == CHY_REL_NMOD_POSS;
    q.judged = !q.possessive && t->head != CHY_NONE && chy_tree_child(r->w, t->head, CHY_REL_COP) != CHY_NONE;
    /* Who does something to something, or is told, helped or blamed, is more often somebody. */
    q.minded = !q.possessive && t->deprel == CHY_REL_NSUBJ && t->head != CHY_NONE &&
               (minded(&r->t[t->head]) || chy_tree_child(r->w, t->head, CHY_REL_OBJ) != CHY_NONE);
    if (p == P_THEY && (t->deprel == CHY_REL_OBJ || t->deprel == CHY_REL_IOBJ) && t->head != CHY_NONE) q.minded = minded(&r->t[t->head]);
    if (t->quote != CHY_NONE && (p == P_HE || p == P_SHE)) {
        uint32_t k = chy_actors_speaker(r, &r->w->d->quotes[t->quote]);
        if (k != CHY_NONE && r->drafts.v[k].n_actors == 1) q.speaker = r->of.v[r->drafts.v[k].first_actor];
        else if (k != CHY_NONE && r->drafts.v[k].shape == CHY_SHAPE_PERSON) {
            const chy_atom *a = &r->atoms.v[r->drafts.v[k].atom];
            uint32_t person = chy_actors_known_person(r, a->begin, a->end);
            if (person != CHY_NONE) q.speaker = r->persons.v[person].actor;
        }
    }
    if (p == P_IT && expletive(r, token)) return CHY_NONE;
    if (!q.possessive && p != P_COUNTRY && !chy_is_rel(t, CHY_REL_NSUBJ)) q.self = subject_of(r, q.mine);
    int best_score = 0, score;
    for (uint32_t i = token, seen = 0; i-- > 0 && seen < LOOK_BACK; seen++) {
        while (i < sentence_begin && sentence > 0) sentence_begin = r->w->d->sentences[--sentence].first_token;
        if (here - sentence > MAX_SENTENCES_BACK) break;
        if (!worth(r, &q, i, sentence, &score)) continue;
        if (best == CHY_NONE || score > best_score) best = i, best_score = score;
    }
    uint32_t after = (p == P_HE || p == P_SHE || p == P_IT) && (best == CHY_NONE || best < r->w->d->sentences[here].first_token)
        ? cataphoric(r, token, p) : CHY_NONE;
    if (after != CHY_NONE) return after;
    return best == CHY_NONE ? CHY_NONE : r->draft_of[best];
}

static void copy_actors(chy_run *r, uint32_t to, uint32_t from)
{
    const chy_draft d = r->drafts.v[from];
    for (uint32_t i = 0; i < d.n_actors; i++) chy_actors_give(r, to, r->of.v[d.first_actor + i]);
}

static uint32_t pronoun_draft(chy_run *r, uint32_t token)
{
    return chy_actors_one_word(r, token, CHY_SHAPE_PRONOUN);
}

/* "who", "which", "that" as an argument of a relative clause: the noun that the clause hangs on. */
static uint32_t relative(const chy_run *r, uint32_t token)
{
    const chy_token *t = &r->t[token];
    if (!chy_slice_in(t->norm, "who|which|that|whom|whose")) return CHY_NONE;
    uint32_t v = t->head;
    for (unsigned step = 0; v != CHY_NONE && step < 8; step++, v = r->t[v].head) {
        if (r->t[v].deprel == CHY_REL_ACL_RELCL) {
            uint32_t h = r->t[v].head;
            return h == CHY_NONE || h >= token ? CHY_NONE : r->draft_of[h];
        }
        if (r->t[v].deprel == CHY_REL_CCOMP || r->t[v].deprel == CHY_REL_ADVCL) return CHY_NONE;
    }
    return CHY_NONE;
}

/* The draft that the possessive's noun is joined to ("Kishida and his wife"). */
static uint32_t conjunct(const chy_run *r, uint32_t token)
{
    uint32_t noun = r->t[token].head;
    if (noun == CHY_NONE || r->t[noun].deprel != CHY_REL_CONJ || r->t[noun].head == CHY_NONE ||
        r->t[noun].head > token)
        return CHY_NONE;
    uint32_t k = r->draft_of[r->t[noun].head];
    return k != CHY_NONE && r->drafts.v[k].n_actors ? k : CHY_NONE;
}

/* "The two also called …", "both agreed": the last two persons, or else states. */
static bool pair(chy_run *r, uint32_t token)
{
    const chy_token *t = &r->t[token];
    bool word = chy_slice_in(t->norm, "two|both|pair|duo") && chy_is_rel(t, CHY_REL_NSUBJ);
    if (!word || (chy_slice_in(t->norm, "pair|duo|two") && !(token &&
        chy_token_is(&r->t[token - 1], "the"))))
        return false;
    uint32_t found[2], n = 0;
    for (uint32_t i = token, seen = 0; i-- > 0 && seen < LOOK_BACK / 4 && n < 2; seen++) {
        uint32_t c = r->draft_of[i];
        if (c == CHY_NONE || r->drafts.v[c].shape != CHY_SHAPE_PERSON || r->drafts.v[c].n_actors != 1) continue;
        uint32_t a = r->of.v[r->drafts.v[c].first_actor];
        if (!n || found[0] != a) found[n++] = a;
    }
    if (n < 2) n = last_distinct(r, token, 2, false, NULL, found);
    uint32_t k = n < 2 ? CHY_NONE : pronoun_draft(r, token);
    if (k == CHY_NONE) return false;
    r->draft_of[token] = k;
    r->drafts.v[k].plural = 1;
    if (token && r->t[token - 1].upos == CHY_UPOS_DET) r->drafts.v[k].begin = token - 1;
    while (n-- > 0) chy_actors_give(r, k, found[n]);
    return true;
}

/* "Five were charged", "some fled", "the two others": of the people named last in the plural. */
static bool quantity(chy_run *r, uint32_t token)
{
    const chy_token *t = &r->t[token];
    if (t->deprel != CHY_REL_NSUBJ && t->deprel != CHY_REL_NSUBJ_PASS) return false;
    bool number = t->upos == CHY_UPOS_NUM && !(t->norm.n == 4 && t->norm.p[0] >= '1' && t->norm.p[0] <= '2');
    if (!number && !(t->norm.n < 8 && chy_slice_in(t->norm, "some|others|many|several|most|dozens"))) return false;
    if (r->atom_of[token] != CHY_NONE || t->head == CHY_NONE) return false;
    uint32_t here = chy_sentence_of(r->w->d, token), sentence = here;
    for (uint32_t i = token, seen = 0; i-- > 0 && seen < LOOK_BACK / 4; seen++) {
        while (i < r->w->d->sentences[sentence].first_token && sentence > 0) sentence--;
        if (here - sentence > 2) return false;
        uint32_t c = r->draft_of[i];
        if (c == CHY_NONE || !r->drafts.v[c].plural || !r->drafts.v[c].n_actors) continue;
        const chy_draft *d = &r->drafts.v[c];
        bool people = d->shape == CHY_SHAPE_PRONOUN || (d->shape == CHY_SHAPE_OFFICE && r->m->office[d->office].kind == CHY_OFFICE_PERSON);
        if (!people || governor(r, d->head) == t->head) continue;
        uint32_t k = pronoun_draft(r, token);
        if (k == CHY_NONE) return false;
        r->draft_of[token] = k;
        r->drafts.v[k].plural = 1;
        if (token && chy_token_is(&r->t[token - 1], "the")) r->drafts.v[k].begin = token - 1;
        copy_actors(r, k, c);
        return true;
    }
    return false;
}

/* "AMLO himself", "Iran defends itself": the noun it stands beside, or the subject of its clause. */
static uint32_t reflexive(const chy_run *r, uint32_t token)
{
    chy_slice w = r->t[token].norm;
    uint32_t h = r->t[token].head;
    if (w.n < 6 || !chy_slice_in(w, "himself|herself|itself|themselves") || h == CHY_NONE) return CHY_NONE;
    uint32_t k = r->draft_of[h];
    if (k != CHY_NONE && r->drafts.v[k].n_actors) return k;
    for (CHY_EACH_CHILD(r->w, h, c))
        if (chy_is_rel(&r->t[c], CHY_REL_NSUBJ) && r->draft_of[c] != CHY_NONE &&
            r->drafts.v[r->draft_of[c]].n_actors)
            return r->draft_of[c];
    return CHY_NONE;
}

void chy_actors_pronoun(chy_run *r, uint32_t token)
{
    const chy_token *t = &r->t[token];
    if (t->upos != CHY_UPOS_VERB && t->norm.n >= 3 && t->norm.n <= 4 && pair(r, token)) return;
    if (t->upos != CHY_UPOS_VERB && quantity(r, token)) return;
    if (t->upos != CHY_UPOS_PRON && t->upos != CHY_UPOS_DET) return;
    uint32_t from = CHY_NONE;
    pronoun p = pronoun_of(t);
    uint32_t joined = (t->feats & CHY_FEAT_POSS) || t->deprel == CHY_REL_NMOD_POSS ? conjunct(r, token) : CHY_NONE;
    if (p != P_NONE && p != P_THEY && joined != CHY_NONE && agrees(r, &r->drafts.v[joined], p)) from = joined;
    else if (p == P_IT && joined != CHY_NONE && has_country(first_actor(r, &r->drafts.v[joined]))) {
        /* "President Putin and its central bank": of his state. */
        uint32_t k = pronoun_draft(r, token);
        if (k == CHY_NONE) return;
        r->draft_of[token] = k;
        chy_actors_give(r, k, chy_actors_state(r, first_actor(r, &r->drafts.v[joined])->country));
        return;
    } else if (p != P_NONE && t->deprel != CHY_REL_EXPL) {
        from = reflexive(r, token);
        if (from == CHY_NONE) from = antecedent(r, token, p, NULL);
    }
    else if (p == P_NONE) from = relative(r, token);
    if (from == CHY_NONE || !r->drafts.v[from].n_actors) return;
    uint32_t k = pronoun_draft(r, token);
    if (k == CHY_NONE) return;
    r->draft_of[token] = k;
    copy_actors(r, k, from);
    if (p == P_THEY || p == P_NONE) {
        /* "Britain and France …, they": the whole coordination. */
        uint32_t head = r->drafts.v[from].head;
        for (CHY_EACH_CHILD(r->w, head, c))
            if (r->t[c].deprel == CHY_REL_CONJ && r->draft_of[c] != CHY_NONE &&
                c < token)
                copy_actors(r, k, r->draft_of[c]);
    }
    if (r->drafts.v[from].plural || r->drafts.v[k].n_actors > 1) r->drafts.v[k].plural = 1;
    if ((p == P_HE || p == P_SHE) && r->drafts.v[k].n_actors == 1)
        for (uint32_t i = 0; i < r->persons.n; i++)
            if (r->persons.v[i].actor == r->of.v[r->drafts.v[k].first_actor] &&
                !r->persons.v[i].gender)
                r->persons.v[i].gender = p == P_HE ? 1 : -1;
}

/* ---------------------------------------------------------------- nominals */

/* The last `want` states (or, with `any`, actors of different states) before `token`, newest first. */
static uint32_t last_distinct(const chy_run *r, uint32_t token, uint32_t want, bool any, const limits *only, uint32_t *out)
{
    uint32_t n = 0;
    for (uint32_t i = token, seen = 0; i-- > 0 && seen < LOOK_BACK && n < want; seen++) {
        uint32_t k = r->draft_of[i];
        if (k == CHY_NONE || !r->drafts.v[k].n_actors) continue;
        const chy_draft *d = &r->drafts.v[k];
        chy_slice prep = d->shape == CHY_SHAPE_STATE ? chy_tree_case(r->w, i) : (chy_slice){"", 0};
        if (prep.n && chy_slice_in(prep, "in|at|near|inside|outside|across")) continue; /* where, not who */
        if (d->shape == CHY_SHAPE_PRONOUN || (!any && d->shape != CHY_SHAPE_STATE &&
            d->shape != CHY_SHAPE_ADJECTIVE))
            continue;
        for (uint32_t j = d->n_actors; j-- > 0 && n < want;) {
            uint32_t a = r->of.v[d->first_actor + j];
            const chy_actor *x = &r->actors.v[a];
            const uint32_t aside = CHY_SEC_JRN | CHY_SEC_JUD | CHY_SEC_CVL | CHY_SEC_BUS | CHY_SEC_EDU | CHY_SEC_MED;
            bool fits = any ? has_country(x) && (x->sectors & aside) == 0 : x->kind == CHY_ACTOR_STATE;
            fits = fits && within(only, x->country);
            for (uint32_t q = 0; fits && q < n; q++) fits = memcmp(r->actors.v[out[q]].country, x->country, 3) != 0;
            if (fits) out[n++] = a;
        }
    }
    return n;
}

static chy_slice last_word(chy_slice s)
{
    size_t i = s.n;
    while (i && s.p[i - 1] != ' ') i--;
    return i ? (chy_slice){s.p + i, s.n - i} : s;
}

static bool word_in(chy_slice s, chy_slice word)
{
    chy_slice rest = s, one;
    while (chy_slice_split(&rest, ' ', &one))
        if (chy_slice_eq(one, word)) return true;
    return false;
}

/* An unlisted organisation of the kind that the word says. */
static bool word_fits(const chy_actor *a, chy_slice word)
{
    uint32_t s = a->sectors;
    if (chy_slice_in(word, "company|firm|bank")) return !s || (s & CHY_SEC_BUS);
    return !(s & CHY_SEC_BUS);
}

/* Could the nominal (its head word `word`, its office row) mean this earlier actor? */
static bool means(const chy_run *r, const chy_draft *d, chy_slice word, const chy_draft *c)
{
    const chy_actor *a = first_actor(r, c);
    const chy_office_row *o = &r->m->office[d->office];
    if (c->shape == CHY_SHAPE_PRONOUN || c->shape == CHY_SHAPE_ADJECTIVE || c->shape == CHY_SHAPE_STATE) return false;
    /* a guess is nothing to go back to */
    if (c->shape == CHY_SHAPE_OFFICE && c->guessed) return false;
    if (c->shape == CHY_SHAPE_OFFICE && c->office == d->office && c->plural == d->plural && has_country(a)) return true;
    if (o->kind == CHY_OFFICE_PERSON && !d->plural) {
        if (a->kind != CHY_ACTOR_PERSON || c->n_actors != 1 || (d->former && !a->former)) return false;
        if (a->role.n && chy_slice_eq(last_word(a->role), word)) return true;
        if (chy_slice_in(word, "official|politician|diplomat|statesman")) return (a->sectors & (CHY_SEC_GOV | CHY_SEC_LEG)) != 0;
        if (chy_slice_in(word, "leader|ruler|strongman")) return a->role.n && chy_slice_in(last_word(a->role),
            "president|king|minister|chancellor|leader|premier|emir|prince");
        if (chy_slice_in(word, "lawmaker|legislator|parliamentarian")) return (a->sectors & CHY_SEC_LEG) != 0;
        if (chy_slice_in(word, "commander|officer")) return (a->sectors & CHY_SEC_MIL) != 0;
        return o->sectors && o->sectors != CHY_SEC_GOV && o->sectors != CHY_SEC_CVL &&
               (a->sectors & o->sectors) == o->sectors;
    }
    if (o->kind == CHY_OFFICE_BODY && !d->plural) {
        if (c->shape == CHY_SHAPE_OFFICE) return r->m->office[c->office].kind == CHY_OFFICE_BODY && !c->plural &&
            chy_slice_eq(last_word(a->role), word) && has_country(a);
        if (c->shape != CHY_SHAPE_ORG || c->n_actors != 1) return false;
        if (c->atom == CHY_NONE || r->atoms.v[c->atom].kind != CHY_ATOM_NAME) return chy_slice_in(word,
            "group|organization|organisation|company|firm|agency") && word_fits(a, word);
        unsigned what = r->m->name[r->atoms.v[c->atom].row].what;
        if (chy_slice_in(word, "group|movement|organization|organisation|militia|faction")) return what == CHY_WHAT_ARMED || what == CHY_WHAT_ORG || what == CHY_WHAT_NGO;
        if (chy_slice_in(word, "party")) return what == CHY_WHAT_PARTY;
        if (chy_slice_in(word, "company|firm|bank|airline|conglomerate|giant")) return what == CHY_WHAT_COMPANY ||
            what == CHY_WHAT_MNC;
        if (chy_slice_in(word, "agency|newspaper|network|broadcaster|channel")) return what == CHY_WHAT_AGENCY ||
            (what == CHY_WHAT_ORG && word.p[0] == 'a');
        if (chy_slice_in(word, "bloc|alliance|union|body|court|council|tribunal")) return what == CHY_WHAT_ORG;
        chy_slice name = chy_fold(r->w->arena, a->name);
        return word_in(name, word);
    }
    return false;
}

bool chy_actors_last_persons(chy_run *r, uint32_t k, uint32_t want, const char *country)
{
    chy_draft *d = &r->drafts.v[k];
    uint32_t found[8], n = 0, mask = r->m->office[d->office].sectors;
    if (want > 8) return false;
    /* Those who meet are of different states: two of one state only where there are no others. */
    for (int round = country ? 1 : 0; round < 2 && n < want; round++) {
        n = 0;
        for (uint32_t i = d->begin, seen = 0; i-- > 0 && seen < LOOK_BACK && n < want; seen++) {
            uint32_t c = r->draft_of[i];
            if (c == CHY_NONE || r->drafts.v[c].shape != CHY_SHAPE_PERSON || r->drafts.v[c].n_actors != 1) continue;
            uint32_t a = r->of.v[r->drafts.v[c].first_actor];
            const chy_actor *x = &r->actors.v[a];
            bool fits = (!mask || (x->sectors & (mask | CHY_SEC_GOV))) && (!country || !memcmp(x->country, country, 3));
            for (uint32_t q = 0; q < n && fits; q++) fits = found[q] != a && (round ||
                memcmp(r->actors.v[found[q]].country, x->country, 3) != 0);
            if (fits) found[n++] = a;
        }
    }
    if (n < want) return false;
    while (n-- > 0) chy_actors_give(r, k, found[n]);
    return true;
}

static bool go_back(chy_run *r, uint32_t k, chy_slice word)
{
    chy_draft *d = &r->drafts.v[k];
    uint32_t want = d->plural && d->number > 1 ? d->number : 1;
    if (want > 1 && r->m->office[d->office].kind == CHY_OFFICE_PERSON) return chy_actors_last_persons(r, k, want, NULL);
    for (uint32_t i = d->begin, seen = 0; i-- > 0 && seen < LOOK_BACK; seen++) {
        uint32_t c = r->draft_of[i];
        if (c == CHY_NONE || c == k || !r->drafts.v[c].n_actors || !means(r, d, word, &r->drafts.v[c])) continue;
        copy_actors(r, k, c);
        return true;
    }
    return false;
}

static bool owner(chy_run *r, const chy_draft *d, const chy_actor **out)
{
    uint32_t k = d->possessor != CHY_NONE ? r->draft_of[d->possessor] : d->poss == CHY_NONE ? CHY_NONE
        : r->draft_of[d->poss];
    if (k == CHY_NONE || !r->drafts.v[k].n_actors) return false;
    *out = first_actor(r, &r->drafts.v[k]);
    return true;
}

/* The epithets among the words of a phrase: "Gulf" and "kingdom", "West African" and "nation". */
static limits limits_of(const chy_run *r, const chy_draft *d)
{
    limits l = {.n = 0};
    for (uint32_t i = d->begin, n; i < d->core_end && l.n < 4; i += n ? n : 1)
        if (chy_actors_epithet(r->m, r->t, i, d->core_end, r->w->d->published.begin, &l.states[l.n], &n)) l.n++;
    return l;
}

/* The only state that all lists have in common. */
static bool the_one(const limits *l, char out[4])
{
    chy_slice rest = l->states[0], one;
    uint32_t n = 0;
    while (n < 2 && chy_slice_split(&rest, ' ', &one)) {
        char c[4] = {0};
        if (one.n != 3) continue;
        memcpy(c, one.p, 3);
        if (within(l, c)) memcpy(out, c, 4), n++;
    }
    return n == 1;
}

static bool state_word(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_actor *of;
    uint32_t found[4];
    if (d->plural && d->n_countries == 1 && !(d->countries[0] & CHY_CITY_BIT) &&
            !memcmp(r->m->name[d->countries[0]].country, "UNK", 3)) {
        /* "European countries": some states, which ones nobody says. */
        chy_slice part = chy_table_cell(&r->m->names, d->countries[0], r->m->name_name),
            slug = chy_actors_slug(r, part);
        chy_actor a = {.country = "UNK", .kind = CHY_ACTOR_UNKNOWN, .basis = CHY_LIT("name before the office")};
        a.name = chy_arena_printf(r->w->arena, "%.*s countries", (int)part.n, part.p);
        return chy_actors_give(r, k, chy_actors_get(r, chy_arena_printf(r->w->arena, "UNK.%.*s-countries",
               (int)slug.n, slug.p), &a));
    }
    if (d->number > 1 || (d->plural && d->definite && !d->n_countries)) {
        uint32_t n = last_distinct(r, d->begin, d->number ? d->number : 2, d->number > 1, NULL, found);
        if (n < 2) return false;
        while (n-- > 0) {
            const chy_actor *x = &r->actors.v[found[n]];
            chy_actors_give(r, k, chy_actors_state(r, x->country));
        }
        return true;
    }
    if (d->plural) return false;
    if (owner(r, d, &of)) return has_country(of) && chy_actors_give(r, k, chy_actors_state(r, of->country));
    if (!d->definite) return false;
    limits only = limits_of(r, d);
    uint32_t z = antecedent(r, d->begin, P_COUNTRY, &only);
    if (z != CHY_NONE) return chy_actors_give(r, k, chy_actors_state(r, first_actor(r, &r->drafts.v[z])->country));
    if (last_distinct(r, d->begin, 1, false, &only, found)) return chy_actors_give(r,
        k, chy_actors_state(r, r->actors.v[found[0]].country));
    char one[4];
    if (only.n && the_one(&only, one)) return chy_actors_give(r, k, chy_actors_state(r, one));
    return r->home[0] && within(&only, r->home) && chy_actors_give(r, k, chy_actors_state(r, r->home));
}

bool chy_actors_epithet_refers(chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    limits only = limits_of(r, d);
    if (!only.n) return false;
    uint32_t z = antecedent(r, d->begin, P_COUNTRY, &only), found;
    if (z != CHY_NONE) return chy_actors_give(r, k, chy_actors_state(r, first_actor(r, &r->drafts.v[z])->country));
    return last_distinct(r, d->begin, 1, false, &only, &found) && chy_actors_give(r, k, chy_actors_state(r, r->actors.v[found].country));
}

bool chy_actors_refer(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_office_row *o = &r->m->office[d->office];
    chy_slice word = r->t[d->core_end - 1].lemma;
    if (!word.n) word = r->t[d->core_end - 1].norm;
    if (o->kind == CHY_OFFICE_STATE) return state_word(r, k);
    bool sides = o->kind == CHY_OFFICE_SIDE || (d->number == 2 && chy_slice_eqz(word, "party"));
    if (sides) {
        uint32_t found[3];
        if (!d->plural && !chy_slice_in(r->t[d->core_end - 1].norm, "sides|parties|belligerents")) return false;
        uint32_t n = last_distinct(r, d->begin, d->number == 3 ? 3 : 2, true, NULL, found);
        if (n < 2) return false;
        while (n-- > 0) chy_actors_give(r, k, found[n]);
        return true;
    }
    bool pair = d->number > 1 && d->plural && (o->kind == CHY_OFFICE_BODY || (d->definite && o->sectors == CHY_SEC_GOV));
    if (pair && o->kind == CHY_OFFICE_PERSON && go_back(r, k, word)) return true;
    if (pair) {
        /* "the two governments", "the two ministers": of the two states named last. */
        uint32_t found[4], n = last_distinct(r, d->begin, d->number, false, NULL, found);
        for (uint32_t i = n; n > 1 && i-- > 0;) chy_actors_give(r, k, chy_actors_office_in(r,
            k, r->actors.v[found[i]].country, CHY_LIT("states named before")));
        if (n > 1) return true;
    }
    const chy_actor *of;
    char country[4] = {0};
    if (owner(r, d, &of)) {
        const uint32_t armed = CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_OPP | CHY_SEC_CRM;
        if (of->sectors & armed) d->owner = of->sectors;
        if (o->kind == CHY_OFFICE_COUNTERPART) memcpy(country, "UNK", 3);
        else if (has_country(of)) memcpy(country, of->country, 3);
        if (country[0]) return chy_actors_give(r, k, chy_actors_office_in(r, k, country, CHY_LIT("whose it is")));
    }
    bool bare = d->begin == d->core_begin || d->definite;
    if (bare && d->definite && go_back(r, k, word)) return true;
    if (o->kind == CHY_OFFICE_COUNTERPART) return chy_actors_give(r, k, chy_actors_office_in(r, k, "UNK",
        CHY_LIT("none")));
    if (o->country[0]) return chy_actors_give(r, k, chy_actors_office_in(r, k, o->country, CHY_LIT("offices table")));
    chy_actors_in_context(r, k, d, chy_actors_asked(r, d), country);
    return chy_actors_give(r, k, chy_actors_office_in(r, k, country, chy_actors_context_basis(country)));
}
