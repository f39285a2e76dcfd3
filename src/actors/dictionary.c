/* SPDX-License-Identifier: Apache-2.0
 *
 * dictionary.c - who acts by the user's tables alone, as TABARI and PETRARCH have it: names give the actor's code, agents are put
 * behind it or before it, phrase by phrase; nothing is inferred and pronouns stand for nobody.
 */
#include "actors/user.h"

enum { MAX_ACTORS = 16 /* of one phrase */, MAX_CODE = 60, MAX_PARTS = 12 };

typedef struct atom {
    uint32_t begin, end, head; /* tokens; head: the head of the phrase that it stands in */
    uint32_t code;             /* of user->codes */
} atom;

typedef struct coded {
    char code[MAX_CODE + 1];
    char country[4];
    uint32_t sectors;
    chy_slice basis;
} coded;

typedef struct codes {
    coded v[MAX_ACTORS];
    uint32_t n;
} codes;

typedef struct run {
    const chy_actors_model *m;
    chy_work *w;
    const chy_token *t;
    CHY_VEC(atom) atoms;
    uint32_t *first;    /* by head: its first atom + 1; atoms of one head are chained by `next` */
    uint32_t *next;     /* by atom: + 1 */
    CHY_VEC(chy_actor) actors;
    uint32_t *slots, n_slots; /* open addressing over the actors' codes: actor + 1 */
    CHY_VEC(uint32_t) of;
    CHY_VEC(chy_mention) mentions;
} run;

chy_status chy_actors_dictionary(const chy_actors_model *m, chy_arena *arena, chy_table *out, chy_error *err)
{
    static const chy_table empty;
    const chy_user *u = m->user;
    uint64_t n = 0;
    for (uint32_t i = 0; u && i < u->codes.n; i++) n += u->codes.v[i].n_keys;
    if (n > (1u << 20)) return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_ACTORS, 0, "more than a million names");
    chy_overlay_key *keys = chy_arena_calloc(arena, n + 1, sizeof *keys);
    if (!keys) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    uint32_t k = 0;
    for (uint32_t i = 0; u && i < u->codes.n; i++)
        for (uint32_t j = 0; j < u->codes.v[i].n_keys; j++)
            keys[k++] = (chy_overlay_key){u->keys.v[u->codes.v[i].first_key + j], i};
    return chy_table_lay(&empty, arena, NULL, u ? u->codes.n : 0, keys, k, out, err);
}

/* ------------------------------------------------------------------- atoms */

static const chy_user_code *code_of(const run *r, const atom *a) { return &r->m->user->codes.v[a->code]; }

/* The head of the phrase that a word stands in: modifiers, parts of names and possessors belong to the noun they precede. */
static uint32_t phrase_head(const run *r, uint32_t t)
{
    for (uint32_t steps = 0; steps < CHY_MAX_CHAIN; steps++) {
        uint32_t h = r->t[t].head, at = t;
        if (h == CHY_NONE) return t;
        /* one of several modifiers: "Iranian and Omani officials" */
        for (uint32_t k = 0; k < CHY_MAX_CHAIN && r->t[at].deprel == CHY_REL_CONJ && r->t[at].head != CHY_NONE; k++) at = r->t[at].head;
        switch (r->t[at].deprel) {
        case CHY_REL_COMPOUND: case CHY_REL_AMOD: case CHY_REL_FLAT: case CHY_REL_NMOD_POSS: case CHY_REL_NMOD_DESC: case CHY_REL_NUMMOD:
        case CHY_REL_NMOD_UNMARKED: case CHY_REL_DET: case CHY_REL_GOESWITH: case CHY_REL_FIXED: break;
        case CHY_REL_APPOS: /* without a comma: "minister Quorn" */
            for (uint32_t i = (r->t[at].head < at ? r->t[at].head : at) + 1; i < (r->t[at].head < at ? at : r->t[at].head); i++)
                if (r->t[i].upos == CHY_UPOS_PUNCT) return t;
            break;
        default: return t;
        }
        t = r->t[at].head;
        if (t == CHY_NONE) return at;
    }
    return t;
}

/* The word of [b, e) whose head lies outside. */
static uint32_t head_of(const run *r, uint32_t b, uint32_t e)
{
    for (uint32_t t = b; t < e; t++)
        if (r->t[t].head == CHY_NONE || r->t[t].head < b || r->t[t].head >= e) return t;
    return e - 1;
}

/* Of the entries of a name the first that is valid on the day of publication; those without dates come last. */
static uint32_t valid(const run *r, chy_rows rows, uint32_t t, uint32_t n)
{
    unsigned flags = 0;
    for (uint32_t i = 0; i < n; i++) flags |= r->t[t + i].flags;
    chy_day day = r->w->d->published.end;
    for (uint32_t i = 0; i < rows.n; i++) {
        const chy_user_code *c = &r->m->user->codes.v[rows.row[i]];
        if (!c->agent && !(flags & (CHY_TOKEN_CAP | CHY_TOKEN_ALLCAPS))) continue; /* names want their capital */
        bool dated = c->from != INT32_MIN || c->to != INT32_MAX;
        if (!dated || (day != CHY_NO_DAY && c->from <= day && day <= c->to)) return rows.row[i];
    }
    return CHY_NONE;
}

static bool find_atoms(run *r, uint32_t b, uint32_t e)
{
    for (uint32_t t = b; t < e;) {
        chy_rows rows;
        uint32_t n = chy_table_longest(&r->m->dictionary, r->t, t, e, &rows), row = n ? valid(r, rows, t, n) : CHY_NONE;
        if (row == CHY_NONE) {
            t++;
            continue;
        }
        atom a = {t, t + n, phrase_head(r, head_of(r, t, t + n)), row};
        if (!CHY_PUSH(r->w->arena, &r->atoms, a)) return false;
        t += n;
    }
    return true;
}

/* ----------------------------------------------------------------- phrases */

/* Is a code's three letters at a place where codes begin already there? */
static bool has_part(const coded *c, chy_slice part)
{
    size_t n = strlen(c->code);
    for (size_t i = 0; i + part.n <= n; i += 3)
        if (!memcmp(c->code + i, part.p, part.n)) return true;
    return false;
}

static void put_part(coded *c, const chy_user_code *agent)
{
    size_t n = strlen(c->code);
    chy_slice part = agent->code;
    if (agent->none || has_part(c, part) || n + part.n > MAX_CODE) return;
    if (agent->prefix) {
        memmove(c->code + part.n, c->code, n + 1);
        memcpy(c->code, part.p, part.n);
    } else {
        memcpy(c->code + n, part.p, part.n);
        c->code[n + part.n] = 0;
    }
    c->sectors |= agent->sectors;
}

static void put_actor(const chy_user_code *c, codes *out)
{
    chy_slice all = c->code, one;
    while (!c->none && chy_slice_split(&all, '/', &one) && out->n < MAX_ACTORS) {
        coded made = {.sectors = c->sectors, .basis = c->basis};
        size_t n = one.n < MAX_CODE ? one.n : MAX_CODE;
        memcpy(made.code, one.p, n);
        memcpy(made.country, c->country, 4);
        out->v[out->n++] = made;
    }
}

/* Does "and" or a comma stand between two atoms of one phrase? */
static bool listed(const run *r, const atom *a, const atom *b)
{
    for (uint32_t t = a->end; t < b->begin; t++)
        if (r->t[t].upos == CHY_UPOS_CCONJ || chy_slice_eqz(r->t[t].form, ",")) return true;
    return false;
}

/* The actors that a phrase's own words name; *agents is set where it has agents. */
static void own_actors(const run *r, uint32_t head, codes *out, bool *agents)
{
    const atom *last = NULL;
    *agents = false;
    for (uint32_t i = r->first[head]; i; i = r->next[i - 1]) {
        const atom *a = &r->atoms.v[i - 1];
        const chy_user_code *c = code_of(r, a);
        if (c->agent) {
            *agents = true;
            continue;
        }
        if (last && !listed(r, last, a)) continue; /* "Quonian president Brant": one and the same */
        put_actor(c, out);
        last = a;
    }
}

static void put_agents(const run *r, uint32_t head, codes *out)
{
    for (uint32_t i = r->first[head]; i; i = r->next[i - 1]) {
        const chy_user_code *c = code_of(r, &r->atoms.v[i - 1]);
        for (uint32_t k = 0; c->agent && k < out->n; k++) put_part(&out->v[k], c);
    }
}

static bool nominal(const run *r, uint32_t t)
{
    unsigned u = r->t[t].upos;
    return u == CHY_UPOS_NOUN || u == CHY_UPOS_PROPN || u == CHY_UPOS_ADJ;
}

/* The actors of the prepositional phrases behind a noun, and of what is coordinated in them: "officials of Quonia and Velland". */
static void behind(const run *r, uint32_t head, codes *out)
{
    for (uint32_t c = r->w->first_child[head], n = 0; c != CHY_NONE && n < MAX_PARTS; c = r->w->next_sibling[c], n++) {
        if (!chy_is_rel(&r->t[c], CHY_REL_NMOD) || c < head || !nominal(r, c)) continue;
        bool agents;
        codes one = {.n = 0};
        own_actors(r, c, &one, &agents);
        put_agents(r, c, &one);
        for (uint32_t e = r->w->first_child[c], k = 0; e != CHY_NONE && k < MAX_PARTS; e = r->w->next_sibling[e], k++) {
            if (r->t[e].deprel != CHY_REL_CONJ) continue;
            codes more = {.n = 0};
            own_actors(r, e, &more, &agents);
            put_agents(r, e, &more);
            for (uint32_t i = 0; i < more.n && one.n < MAX_ACTORS; i++) one.v[one.n++] = more.v[i];
        }
        if (!one.n) continue;
        *out = one;
        return;
    }
}

/* The actors of a phrase: its own; for agents alone, those behind it, else those of the phrases it is coordinated with. */
static void compose(const run *r, uint32_t head, codes *out)
{
    bool agents, also;
    out->n = 0;
    own_actors(r, head, out, &agents);
    if (!out->n && agents) behind(r, head, out);
    if (!out->n && agents) {
        uint32_t top = r->t[head].deprel == CHY_REL_CONJ ? r->t[head].head : head;
        for (uint32_t i = top == CHY_NONE ? 0 : r->first[top]; i && top != head && !out->n; i = r->next[i - 1])
            if (!code_of(r, &r->atoms.v[i - 1])->agent && r->atoms.v[i - 1].end <= top) own_actors(r, top, out, &also);
        for (uint32_t c = top == CHY_NONE ? CHY_NONE : r->w->first_child[top], n = 0; c != CHY_NONE && n < MAX_PARTS && !out->n;
             c = r->w->next_sibling[c], n++)
            if (r->t[c].deprel == CHY_REL_CONJ && c != head) {
                codes own = {.n = 0};
                own_actors(r, c, &own, &also);
                if (!own.n && also) behind(r, c, out);
            }
        if (!out->n && top != CHY_NONE && top != head) behind(r, top, out);
    }
    put_agents(r, head, out);
}

/* ------------------------------------------------------------------ output */

/* The slot of a code, free or taken. */
static uint32_t *slot_of(const run *r, chy_slice code)
{
    uint32_t i = (uint32_t)chy_hash(code.p, code.n, 0) & (r->n_slots - 1);
    while (r->slots[i] && !chy_slice_eq(r->actors.v[r->slots[i] - 1].code, code)) i = (i + 1) & (r->n_slots - 1);
    return &r->slots[i];
}

static bool grow_slots(run *r)
{
    r->n_slots = r->n_slots ? r->n_slots * 2 : 64;
    r->slots = chy_arena_calloc(r->w->arena, r->n_slots, sizeof *r->slots);
    for (uint32_t i = 0; r->slots && i < r->actors.n; i++) *slot_of(r, r->actors.v[i].code) = i + 1;
    return r->slots != NULL;
}

static uint32_t actor_of(run *r, const coded *c, chy_slice words)
{
    chy_slice code = chy_slice_z(c->code);
    if (r->actors.n * 2 >= r->n_slots && !grow_slots(r)) return CHY_NONE;
    uint32_t *slot = slot_of(r, code);
    if (*slot) return *slot - 1;
    code = chy_arena_copy(r->w->arena, code);
    bool other = chy_slice_in((chy_slice){c->country, 3}, "IGO|NGO|MNC|ISM|UNK");
    chy_actor a = {.id = code, .code = code, .name = words, .sectors = c->sectors, .basis = c->basis,
                   .kind = c->sectors ? CHY_ACTOR_OFFICE : other ? CHY_ACTOR_ORG : CHY_ACTOR_STATE};
    memcpy(a.country, c->country, 4);
    if (!code.p || !CHY_PUSH(r->w->arena, &r->actors, a)) return CHY_NONE;
    return (*slot = r->actors.n) - 1;
}

/* The mention of a phrase from the first of its atoms to its head or the last of them. */
static bool mention(run *r, uint32_t head, uint32_t *mention_of)
{
    codes c;
    compose(r, head, &c);
    if (!c.n) return true;
    uint32_t b = head, e = head + 1, first = r->of.n;
    for (uint32_t i = r->first[head]; i; i = r->next[i - 1]) {
        if (r->atoms.v[i - 1].begin < b) b = r->atoms.v[i - 1].begin;
        if (r->atoms.v[i - 1].end > e) e = r->atoms.v[i - 1].end;
    }
    chy_range at = {r->t[b].at.begin, r->t[e - 1].at.end};
    for (uint32_t i = 0; i < c.n; i++) {
        uint32_t a = actor_of(r, &c.v[i], chy_text_of(r->w, at));
        if (a == CHY_NONE || !CHY_PUSH(r->w->arena, &r->of, a)) return false;
    }
    mention_of[head] = r->mentions.n;
    return CHY_PUSH(r->w->arena, &r->mentions,
                    (chy_mention){.at = at, .first_token = b, .end_token = e, .head_token = head, .kind = CHY_MENTION_NAME,
                                  .first_actor = first, .n_actors = r->of.n - first});
}

chy_status chy_actors_run_dictionary(const chy_actors_model *m, chy_work *w)
{
    chy_dispatch *d = w->d;
    run r = {.m = m, .w = w, .t = d->tokens};
    uint32_t *mention_of = chy_arena_alloc(w->arena, (size_t)d->n_tokens * sizeof *mention_of);
    r.first = chy_arena_calloc(w->arena, d->n_tokens, sizeof *r.first);
    if (!mention_of || !r.first) return chy_work_memory(w, CHY_STAGE_ACTORS);
    for (uint32_t t = 0; t < d->n_tokens; t++) mention_of[t] = CHY_NONE;
    for (uint32_t s = 0; s < d->n_sentences && m->user; s++)
        if (!find_atoms(&r, d->sentences[s].first_token, d->sentences[s].first_token + d->sentences[s].n_tokens))
            return chy_work_memory(w, CHY_STAGE_ACTORS);
    r.next = chy_arena_calloc(w->arena, (size_t)r.atoms.n + 1, sizeof *r.next);
    if (!r.next) return chy_work_memory(w, CHY_STAGE_ACTORS);
    for (uint32_t i = r.atoms.n; i-- > 0;) r.next[i] = r.first[r.atoms.v[i].head], r.first[r.atoms.v[i].head] = i + 1;
    for (uint32_t t = 0; t < d->n_tokens; t++)
        if (r.first[t] && !mention(&r, t, mention_of)) return chy_work_memory(w, CHY_STAGE_ACTORS);
    d->mentions = r.mentions.v, d->n_mentions = r.mentions.n;
    d->actors = r.actors.v, d->n_actors = r.actors.n;
    d->mention_actors = r.of.v, d->n_mention_actors = r.of.n;
    d->mention_of = mention_of;
    return chy_work_memory(w, CHY_STAGE_ACTORS);
}
