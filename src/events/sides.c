/* SPDX-License-Identifier: Apache-2.0 */
#include "events/sides.h"

#include "events/plover.h"
#include "places/places.h"

enum { COUNTRIES = 26 * 26 * 26, MAX_UP = 14, IN_SENTENCE = 12, BEFORE = 4, SENTENCES_BACK = 2, FAR = 60 };

typedef const chy_gram gram;

static const chy_token *tok(gram *g, uint32_t t) { return &g->w->d->tokens[t]; }
static int16_t cap(uint32_t v, uint32_t most) { return (int16_t)(v < most ? v : most); }

/* -------------------------------------------------------------- the story */

static uint32_t code_of(const char *c)
{
    uint32_t v = 0;
    for (unsigned i = 0; i < 3; i++) {
        if (c[i] < 'A' || c[i] > 'Z') return CHY_NONE;
        v = v * 26 + (uint32_t)(c[i] - 'A');
    }
    return v;
}

static void bump8(uint8_t *v) { *v = (uint8_t)(*v < 255 ? *v + 1 : 255); }
static void bump16(uint16_t *v) { *v = (uint16_t)(*v < UINT16_MAX ? *v + 1 : UINT16_MAX); }

static void tally(const chy_event_run *r, uint8_t *v, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < first + n; i++) {
        uint32_t c = code_of(r->w->d->actors[r->participants.v[i].actor].country);
        if (c != CHY_NONE) bump8(&v[c]);
    }
}

bool chy_story_open(chy_story *s, const chy_event_run *r)
{
    const chy_dispatch *d = r->w->d;
    *s = (chy_story){.actor = chy_arena_calloc(r->w->arena, d->n_actors + 1, sizeof *s->actor),
                     .country = chy_arena_calloc(r->w->arena, COUNTRIES, sizeof *s->country),
                     .acted = chy_arena_calloc(r->w->arena, COUNTRIES, 1), .suffered = chy_arena_calloc(r->w->arena, COUNTRIES, 1)};
    if (r->w->arena->failed) return false;
    for (uint32_t m = 0; m < d->n_mentions; m++)
        for (uint32_t i = 0; i < d->mentions[m].n_actors; i++) {
            uint32_t a = d->mention_actors[d->mentions[m].first_actor + i], c = code_of(d->actors[a].country);
            bump16(&s->actor[a]);
            if (c == CHY_NONE) continue;
            bump16(&s->country[c]);
            if (s->country[c] > s->most && strcmp(d->actors[a].country, "UNK")) s->most = s->country[c];
        }
    for (uint32_t m = 0; m < d->n_mentions; m++) { /* the most mentioned in politics, by their first mention */
        const chy_mention *x = &d->mentions[m];
        uint32_t a = x->n_actors == 1 ? d->mention_actors[x->first_actor] : CHY_NONE;
        if (a == CHY_NONE || !chy_actor_political(&d->actors[a]) || s->actor[a] < 2) continue;
        uint32_t k = s->n_top;
        for (uint32_t i = 0; i < s->n_top; i++)
            if (d->mention_actors[d->mentions[s->top[i]].first_actor] == a) k = CHY_NONE;
        if (k == CHY_NONE) continue;
        while (k > 0 && s->actor[d->mention_actors[d->mentions[s->top[k - 1]].first_actor]] < s->actor[a]) k--;
        if (k >= 3) continue;
        if (s->n_top < 3) s->n_top++;
        for (uint32_t i = s->n_top - 1; i > k; i--) s->top[i] = s->top[i - 1];
        s->top[k] = m;
    }
    for (uint32_t i = 0; i < r->events.n; i++) {
        const chy_event *e = &r->events.v[i];
        tally(r, s->acted, e->first_source, e->n_sources);
        tally(r, s->suffered, e->first_target, e->n_targets);
    }
    return true;
}

/* ------------------------------------------------------------------ codes */

int chy_sides_way(const char *how)
{
    static const char *const ways[] = {
        "subject", "object", "indirect object", "modifier", "possessor", "complement", "adverb", "speaker", "prepositional phrase",
        "through its owner", "by apposition", "through its doer", "subject of the clause", "named in what it is about", "the scene",
        "subject of the clause above", "who says it", "who was helped to it", "told elsewhere", "named last",
    };
    if (!how) return 0;
    for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++)
        if (!strcmp(how, ways[i])) return (int)i + 1;
    return 63;
}

static int basis_code(chy_slice b)
{
    static const char *const names[] = {"actors table", "cities table", "name tag", "words beside the name", "state of the dispatch",
                                        "state before the name", "name", "office-holders table", "state named before",
                                        "name before the office", "office-holders"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (chy_slice_eqz(b, names[i])) return (int)i + 1;
    return 0;
}

static int prep_code(chy_slice s)
{
    static const char *const preps[] = {"of", "in", "to", "by", "with", "on", "for", "from", "at", "against", "between", "over", "about",
                                        "into", "after", "before", "under", "toward", "towards", "through", "during", "without", "as",
                                        "than", "among", "near", "across", "around", "upon", "behind", "amid", "out", "off", "'s"};
    for (unsigned i = 0; s.n && i < sizeof preps / sizeof *preps; i++)
        if (chy_slice_eqz(s, preps[i])) return (int)i + 1;
    return s.n ? 63 : 0;
}

enum { POWER = CHY_SEC_GOV | CHY_SEC_LEG | CHY_SEC_SPY, FORCE = CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_PRM,
       ARMED = CHY_SEC_REB | CHY_SEC_UAF | CHY_SEC_CRM, PARTY = CHY_SEC_PTY | CHY_SEC_OPP,
       COMMON = CHY_SEC_CVL | CHY_SEC_REF | CHY_SEC_LAB | CHY_SEC_EDU | CHY_SEC_MED | CHY_SEC_REL | CHY_SEC_SOC | CHY_SEC_AGR };

unsigned chy_sides_group(uint32_t s)
{
    return s & POWER ? 1 : s & FORCE ? 2 : s & ARMED ? 3 : s & PARTY ? 4 : s & CHY_SEC_JUD ? 5 : s & CHY_SEC_JRN ? 6
         : s & CHY_SEC_BUS ? 7 : s & COMMON ? 8 : s ? 9 : 0;
}

/* ---------------------------------------------------------------- options */

typedef struct making {
    const chy_event_run *r;
    gram *g;
    const chy_story *s;
    const chy_reading *x;
    chy_options *out;
    uint32_t up[MAX_UP], n_up; /* the predicate and what is above it */
    uint32_t subject, object, speaker, doer, owner;
    int16_t shared[CHY_N_OPTION_FEATURES]; /* what all options of the reading have in common */
} making;

static bool same_set(const chy_side *a, const chy_side *b)
{
    if (a->n != b->n) return false;
    for (uint32_t i = 0; i < a->n; i++) {
        bool found = false;
        for (uint32_t k = 0; k < b->n && !found; k++) found = a->v[i].actor == b->v[k].actor;
        if (!found) return false;
    }
    return true;
}

/* The option for these actors, made where there is none yet; NULL where they are nobody or there is no room. */
static chy_option *option(making *k, const chy_side *who, uint32_t head, const char *way)
{
    if (!who->n) return NULL;
    for (uint32_t i = 1; i < k->out->n; i++)
        if (same_set(&k->out->v[i].who, who)) return &k->out->v[i];
    if (k->out->n == CHY_MAX_OPTIONS) return NULL;
    chy_option *o = &k->out->v[k->out->n++];
    o->who = *who, o->head = head, o->way = way;
    memcpy(o->x, k->shared, sizeof o->x);
    if (head == CHY_NONE && who->v[0].mention < k->g->w->d->n_mentions) o->head = k->g->w->d->mentions[who->v[0].mention].head_token;
    return o;
}

static chy_option *at_token(making *k, uint32_t t, const char *way)
{
    if (t == CHY_NONE) return NULL;
    chy_side who = {.n = 0};
    chy_match_collect(k->g, t, &who, way);
    return option(k, &who, t, way);
}

static chy_option *at_mention(making *k, uint32_t m, const char *way)
{
    const chy_dispatch *d = k->g->w->d;
    const chy_mention *x = &d->mentions[m];
    chy_side who = {.how = way};
    for (uint32_t i = 0; i < x->n_actors && who.n < CHY_MAX_PARTICIPANTS; i++)
        who.v[who.n++] = (chy_participant){.mention = m, .actor = d->mention_actors[x->first_actor + i]};
    return option(k, &who, x->head_token, way);
}

static void mark(chy_option *o, unsigned feature)
{
    if (o) o->x[feature] = 1;
}

/* Phrases of the predicate and of its object, with their prepositions. */
static void phrases(making *k, uint32_t at, int where)
{
    for (CHY_SOME_CHILDREN(k->g->w, at, c, n)) {
        chy_deprel b = chy_deprel_base((chy_deprel)tok(k->g, c)->deprel);
        if (b != CHY_REL_OBL && b != CHY_REL_NMOD) continue;
        chy_option *o = at_token(k, c, "prepositional phrase");
        if (!o || o->x[CHY_O_prep_at]) continue;
        o->x[CHY_O_prep_at] = (int16_t)where;
    }
}

uint32_t chy_sides_mention_from(const chy_dispatch *d, uint32_t t)
{
    uint32_t lo = 0, hi = d->n_mentions;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (d->mentions[mid].head_token < t) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* Mentions of the sentence, the nearest first, then a few of the sentences before, then whom the story is about. */
static void mentions(making *k)
{
    const chy_dispatch *d = k->g->w->d;
    uint32_t s = chy_sentence_of(d, k->x->m.pred), begin = d->sentences[s].first_token, end = begin + d->sentences[s].n_tokens;
    uint32_t at = k->x->m.pred, right = chy_sides_mention_from(d, at), left = right;
    for (uint32_t i = 0; i < IN_SENTENCE; i++) {
        bool l = left > 0 && d->mentions[left - 1].head_token >= begin && at - d->mentions[left - 1].head_token < FAR;
        bool r = right < d->n_mentions && d->mentions[right].head_token < end && d->mentions[right].head_token - at < FAR;
        if (!l && !r) break;
        if (l && (!r || at - d->mentions[left - 1].head_token <= d->mentions[right].head_token - at)) at_mention(k, --left, "in the sentence");
        else at_mention(k, right++, "in the sentence");
    }
    uint32_t back = d->sentences[s >= SENTENCES_BACK ? s - SENTENCES_BACK : 0].first_token, m = chy_sides_mention_from(d, begin);
    for (uint32_t i = 0; i < BEFORE && m-- > 0 && d->mentions[m].head_token >= back;) {
        const chy_mention *x = &d->mentions[m];
        if (!x->n_actors || x->kind == CHY_MENTION_ADJECTIVE) continue;
        const chy_actor *a = &d->actors[d->mention_actors[x->first_actor]];
        if (!strcmp(a->country, "UNK")) continue;
        at_mention(k, m, "named before");
        i++;
    }
    for (uint32_t i = 0; i < k->s->n_top; i++) mark(at_mention(k, k->s->top[i], "whom the story tells of"), CHY_O_of_story);
}

/* ---------------------------------------------------------------- features */

static bool clause(const chy_token *t) { return t->upos == CHY_UPOS_VERB; }

/* The way through the tree from the predicate to the option's word. */
static void path(const making *k, chy_option *o)
{
    uint32_t t = o->head, from = CHY_NONE, clauses = 0;
    for (uint32_t down = 0; t != CHY_NONE && down < MAX_UP; down++) {
        for (uint32_t up = 0; up < k->n_up; up++) {
            if (k->up[up] != t) continue;
            for (uint32_t i = 1; i <= up; i++) clauses += clause(tok(k->g, k->up[i]));
            o->x[CHY_O_up] = cap(up, 7), o->x[CHY_O_down] = cap(down, 7), o->x[CHY_O_clauses] = cap(clauses, 5);
            o->x[CHY_O_joint_rel] = from == CHY_NONE ? 63 : tok(k->g, from)->deprel;
            return;
        }
        clauses += down > 0 && clause(tok(k->g, t));
        from = t;
        t = tok(k->g, t)->head;
    }
    o->x[CHY_O_up] = o->x[CHY_O_down] = 8;
}

static void of_words(const making *k, chy_option *o)
{
    gram *g = k->g;
    const chy_dispatch *d = g->w->d;
    uint32_t t = o->head, p = k->x->m.pred, m = o->who.v[0].mention;
    if (m < d->n_mentions) {
        o->x[CHY_O_kind] = (int16_t)(d->mentions[m].kind + 1);
        o->x[CHY_O_title] = chy_sentence_of(d, d->mentions[m].head_token) == 0;
        o->x[CHY_O_grouped] = cap(d->mentions[m].n_actors, 4);
    }
    if (t == CHY_NONE) return;
    uint32_t s = chy_sentence_of(d, t), own = chy_sentence_of(d, p);
    o->x[CHY_O_back] = (int16_t)(s > own ? -1 : (int)cap(own - s, 6));
    o->x[CHY_O_upos] = tok(g, t)->upos, o->x[CHY_O_rel] = tok(g, t)->deprel;
    o->x[CHY_O_plural] = (tok(g, t)->feats & CHY_FEAT_PLUR) != 0;
    if (tok(g, t)->head != CHY_NONE)
        o->x[CHY_O_head_rel] = (int16_t)(tok(g, tok(g, t)->head)->deprel), o->x[CHY_O_head_pos] = tok(g, tok(g, t)->head)->upos;
    o->x[CHY_O_prep] = (int16_t)prep_code(chy_tree_case(g->w, tok(g, t)->deprel == CHY_REL_CONJ ? tok(g, t)->head : t));
    o->x[CHY_O_distance] = (int16_t)(t > p ? cap(t - p, FAR) : -cap(p - t, FAR));
    o->x[CHY_O_same_quote] = tok(g, t)->quote == tok(g, p)->quote;
    o->x[CHY_O_place] = chy_places_of(g->w, t) != CHY_NONE;
    if (s == own) {
        uint32_t a = chy_sides_mention_from(d, t), b = chy_sides_mention_from(d, p);
        o->x[CHY_O_between] = cap(a > b ? a - b : b - a, 9);
        o->x[CHY_O_first] = a == chy_sides_mention_from(d, d->sentences[s].first_token);
        path(k, o);
    } else {
        o->x[CHY_O_up] = o->x[CHY_O_down] = 9;
    }
    o->x[CHY_O_subject] = t == k->subject, o->x[CHY_O_object] = t == k->object, o->x[CHY_O_speaker] = t == k->speaker;
    o->x[CHY_O_doer] = t == k->doer, o->x[CHY_O_owner] = t == k->owner;
}

static bool home(const chy_dispatch *d, const chy_side *s, const char *country)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (!strcmp(d->actors[s->v[i].actor].country, country)) return true;
    return false;
}

static void of_actors(const making *k, chy_option *o)
{
    const chy_dispatch *d = k->g->w->d;
    uint32_t all = 0;
    for (uint32_t i = 0; i < o->who.n; i++) {
        const chy_actor *a = &d->actors[o->who.v[i].actor];
        all |= a->sectors;
        o->x[CHY_O_political] |= chy_actor_political(a);
        o->x[CHY_O_known] |= a->country[0] && strcmp(a->country, "UNK");
        o->x[CHY_O_body] |= !strcmp(a->country, "IGO") ? 1 : !strcmp(a->country, "NGO") || !strcmp(a->country, "ISM") ? 2 : !strcmp(a->country, "MNC") ? 4 : 0;
        o->x[CHY_O_former] |= a->former != 0;
        o->x[CHY_O_home_source] |= !o->x[CHY_O_as_source] && home(d, &k->x->m.source, a->country);
        o->x[CHY_O_home_target] |= !o->x[CHY_O_as_target] && home(d, &k->x->m.target, a->country);
    }
    const chy_actor *a = &d->actors[o->who.v[0].actor];
    o->x[CHY_O_actors] = cap(o->who.n, 5), o->x[CHY_O_actor_kind] = (int16_t)(a->kind + 1), o->x[CHY_O_basis] = (int16_t)basis_code(a->basis);
    o->x[CHY_O_power] = (all & POWER) != 0, o->x[CHY_O_force] = (all & FORCE) != 0, o->x[CHY_O_armed] = (all & ARMED) != 0;
    o->x[CHY_O_common] = (all & COMMON) != 0, o->x[CHY_O_press] = (all & CHY_SEC_JRN) != 0, o->x[CHY_O_party] = (all & PARTY) != 0;
    o->x[CHY_O_court] = (all & CHY_SEC_JUD) != 0, o->x[CHY_O_business] = (all & CHY_SEC_BUS) != 0;
    uint32_t c = code_of(a->country);
    if (c == CHY_NONE) return;
    o->x[CHY_O_rank] = cap(k->s->actor[o->who.v[0].actor], 15);
    o->x[CHY_O_share] = (int16_t)(k->s->most ? 10u * k->s->country[c] / k->s->most : 0);
    o->x[CHY_O_acted] = cap(k->s->acted[c], 6), o->x[CHY_O_suffered] = cap(k->s->suffered[c], 6);
}

static void shared(making *k)
{
    gram *g = k->g;
    const chy_reading *x = k->x;
    const chy_dispatch *d = g->w->d;
    uint32_t p = x->m.pred;
    const chy_token *t = tok(g, p);
    const chy_sentence *s = &d->sentences[chy_sentence_of(d, p)];
    int16_t *v = k->shared;
    v[CHY_O_type] = (int16_t)x->type, v[CHY_O_mutual] = chy_plover_mutual(x->type), v[CHY_O_pos] = t->upos;
    v[CHY_O_passive] = chy_gram_passive(g, p), v[CHY_O_fate] = (int16_t)x->fate, v[CHY_O_pred_rel] = t->deprel, v[CHY_O_to_come] = x->future;
    v[CHY_O_mentions] = cap(chy_sides_mention_from(d, s->first_token + s->n_tokens) - chy_sides_mention_from(d, s->first_token), 12);
    v[CHY_O_n_source] = cap(x->m.source.n, 4), v[CHY_O_n_target] = cap(x->m.target.n, 4);
    v[CHY_O_way_source] = (int16_t)chy_sides_way(x->m.source.how), v[CHY_O_way_target] = (int16_t)chy_sides_way(x->m.target.how);
}

void chy_sides_options(const chy_event_run *r, const chy_story *s, const chy_reading *x, chy_options *out)
{
    making k = {.r = r, .g = &r->g, .s = s, .x = x, .out = out};
    uint32_t p = x->m.pred;
    bool noun = !chy_gram_verbal(tok(k.g, p));
    for (uint32_t t = p; t != CHY_NONE && k.n_up < MAX_UP; t = tok(k.g, t)->head) k.up[k.n_up++] = t;
    shared(&k);
    k.subject = noun && chy_gram_own_subject(k.g, p) == CHY_NONE ? CHY_NONE : chy_gram_subject(k.g, p);
    k.object = noun ? CHY_NONE : chy_gram_object(k.g, p);
    k.speaker = chy_gram_speaker(k.g, p);
    k.doer = noun ? chy_gram_doer(k.g, p, true) : CHY_NONE;
    k.owner = chy_gram_child(k.g, p, CHY_REL_NMOD_POSS);
    out->n = 1;
    out->v[0] = (chy_option){.head = CHY_NONE};
    memcpy(out->v[0].x, k.shared, sizeof k.shared);
    out->v[0].x[CHY_O_nobody] = 1;
    chy_option *f = option(&k, &x->m.source, CHY_NONE, x->m.source.how);
    mark(f, CHY_O_as_source);
    f = option(&k, &x->m.target, CHY_NONE, x->m.target.how);
    mark(f, CHY_O_as_target);
    at_token(&k, k.subject, "subject");
    at_token(&k, k.object, "object");
    at_token(&k, k.doer, "subject of the clause");
    at_token(&k, k.owner, "possessor");
    at_token(&k, k.speaker, "speaker");
    phrases(&k, p, 1);
    if (k.object != CHY_NONE) phrases(&k, k.object, 2);
    mentions(&k);
    for (uint32_t i = 1; i < out->n; i++) of_words(&k, &out->v[i]), of_actors(&k, &out->v[i]);
}
