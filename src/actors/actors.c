/* SPDX-License-Identifier: Apache-2.0
 *
 * actors.c - one dispatch's run from atoms to mentions.
 */
#include "actors/run.h"

enum { MAX_STATES = 64 };

typedef struct tally {
    char code[MAX_STATES][4];
    uint32_t weight[MAX_STATES], n, sum;
} tally;

static void count(tally *t, const char *code, uint32_t weight)
{
    if (!code[0] || !memcmp(code, "UNK", 3) || !memcmp(code, "IGO", 3) || !memcmp(code, "NGO", 3) ||
        !memcmp(code, "MNC", 3) || !memcmp(code, "ISM", 3))
        return;
    uint32_t i = 0;
    while (i < t->n && memcmp(t->code[i], code, 3)) i++;
    if (i == MAX_STATES) return;
    if (i == t->n) {
        t->n++;
        memset(t->code[i], 0, 4);
        memcpy(t->code[i], code, 3);
        t->weight[i] = 0;
    }
    t->weight[i] += weight;
    t->sum += weight;
}

/* State of a place name given outside the text (dateline, publisher): any run of its words that a table knows; out "" where none. */
static void count_words(chy_run *r, tally *t, chy_slice s, uint32_t weight, char out[4])
{
    if (s.n > 80) s.n = 80;
    s = chy_fold(r->w->arena, s);
    for (size_t b = 0; s.p && b < s.n; b++) {
        if (b && s.p[b - 1] != ' ') continue;
        for (size_t e = s.n; e > b; e--) {
            if (e < s.n && s.p[e] != ' ' && s.p[e] != ',') continue;
            chy_rows rows;
            chy_slice key = {s.p + b, e - b};
            if (chy_table_find(&r->m->names, key, &rows, NULL) && r->m->name[rows.row[0]].what <= CHY_WHAT_DEMONYM) {
                memcpy(out, r->m->name[rows.row[0]].country, 3);
                count(t, out, weight);
                return;
            }
            if (chy_table_find(&r->m->cities, key, &rows, NULL)) {
                chy_slice c = chy_table_cell(&r->m->cities, rows.row[0], r->m->city_country);
                if (c.n != 3) return;
                memcpy(out, c.p, 3);
                count(t, out, weight);
                return;
            }
        }
    }
}

bool chy_actors_named(const chy_run *r, const char *country)
{
    for (uint32_t i = 0; i < r->n_named; i++)
        if (!memcmp(r->named[i], country, 3)) return true;
    return false;
}

/* Towns too small to be somebody by name: they say only where things happen. */
static void find_towns(chy_run *r, uint32_t b, uint32_t e)
{
    for (uint32_t i = b; i < e; i++) {
        const chy_token *t = &r->t[i];
        bool name = t->name == CHY_NAME_B_LOC || (t->upos == CHY_UPOS_PROPN && t->name == CHY_NAME_O && chy_tree_case(r->w, i).n);
        chy_rows rows;
        if (!name || r->atom_of[i] != CHY_NONE || !(t->flags & CHY_TOKEN_CAP)) continue;
        uint32_t n = chy_table_longest(&r->m->places, r->t, i, e, &rows);
        if (!n || !CHY_PUSH(r->w->arena, &r->towns, rows)) continue;
        r->town_of[i] = r->towns.n;
        i += n - 1;
    }
}

static void name_state(chy_run *r, const char *country, bool title)
{
    uint32_t i = 0;
    while (i < r->n_named && memcmp(r->named[i], country, 3)) i++;
    if (i == MAX_STATES) return;
    if (i == r->n_named) memcpy(r->named[r->n_named++], country, 3);
    r->titled[i] |= title;
}

/* The state that bare "police" and "the government" are taken to belong to. */
static void find_home(chy_run *r)
{
    tally t = {.n = 0};
    for (uint32_t k = 0; k < r->drafts.n; k++) {
        const chy_draft *d = &r->drafts.v[k];
        const chy_dispatch *p = r->w->d;
        uint32_t weight = p->blocks[p->sentences[d->sentence].block].kind == CHY_BLOCK_TITLE ? 3 : 1;
        if (d->shape == CHY_SHAPE_STATE || d->shape == CHY_SHAPE_ADJECTIVE || d->shape == CHY_SHAPE_ORG) {
            const chy_atom *a = &r->atoms.v[d->atom];
            if (a->kind == CHY_ATOM_UNLISTED) continue;
            chy_slice c = a->kind == CHY_ATOM_CITY ? chy_table_cell(&r->m->cities, a->row, r->m->city_country)
                : chy_slice_z(r->m->name[a->row].country);
            bool press = a->kind == CHY_ATOM_NAME && r->m->name[a->row].what == CHY_WHAT_AGENCY;
            bool epithet = a->kind == CHY_ATOM_NAME && r->m->name[a->row].what == CHY_WHAT_KINGDOM;
            bool people = a->kind == CHY_ATOM_NAME && r->m->name[a->row].homes;
            if (c.n != 3 || press || epithet || people) continue;
            bool shared = a->kind == CHY_ATOM_NAME && r->m->name[a->row].shared;
            if (!shared) name_state(r, c.p, weight == 3);
            /* where things happen says more than who is named */
            chy_slice prep = d->shape == CHY_SHAPE_STATE ? chy_tree_case(r->w, d->head) : (chy_slice){"", 0};
            if (prep.n && chy_slice_in(prep, "in|at|near|outside|across|inside")) weight += 2;
            count(&t, c.p, weight);
        }
    }
    count_words(r, &t, r->w->d->dateline, 5, r->dateline);
    count_words(r, &t, r->w->d->publisher, 3, r->publisher);
    uint32_t best = 0, second = CHY_NONE;
    for (uint32_t i = 1; i < t.n; i++)
        if (t.weight[i] > t.weight[best]) best = i;
    for (uint32_t i = 0; i < t.n; i++)
        if (i != best && (second == CHY_NONE || t.weight[i] > t.weight[second])) second = i;
    if (!t.n) return;
    memcpy(r->home, t.code[best], 4);
    if (second != CHY_NONE) memcpy(r->second, t.code[second], 4);
    r->home_share = t.weight[best] * 100 / t.sum;
    for (uint32_t i = 0; i < r->n_named; i++)
        for (uint32_t k = 0; k < t.n; k++)
            if (!memcmp(r->named[i], t.code[k], 3)) r->share[i] = (uint8_t)(t.weight[k] * 100 / t.sum);
}

/* Persons whose state was learnt late have it in their id too. */
static void name_persons(chy_run *r)
{
    for (uint32_t i = 0; i < r->persons.n; i++) {
        chy_actor *a = &r->actors.v[r->persons.v[i].actor];
        chy_slice slug = chy_actors_slug(r, a->name);
        a->id = chy_arena_printf(r->w->arena, "%s.%.*s", a->country, (int)slug.n, slug.p);
    }
}

static uint32_t kind_of(const chy_draft *d)
{
    switch (d->shape) {
    case CHY_SHAPE_ADJECTIVE: return CHY_MENTION_ADJECTIVE;
    case CHY_SHAPE_OFFICE: return CHY_MENTION_NOMINAL;
    case CHY_SHAPE_PRONOUN: return CHY_MENTION_PRONOUN;
    default: return CHY_MENTION_NAME;
    }
}

/* A capital's name, unless things happen there. */
static bool government(const chy_run *r, const chy_draft *d)
{
    const chy_name_row *n = d->shape == CHY_SHAPE_STATE && d->atom != CHY_NONE ? chy_atom_name(r, &r->atoms.v[d->atom]) : NULL;
    return n && n->what == CHY_WHAT_CAPITAL && !chy_slice_in(chy_tree_case(r->w, d->head), "in|at|near|into|inside|outside|around|across|over|toward|towards|through");
}

static void publish(chy_run *r)
{
    chy_work *w = r->w;
    CHY_VEC(chy_mention) out = {0};
    uint32_t *of = r->draft_of; /* becomes mention_of in place */
    for (uint32_t i = 0; i < r->n; i++) {
        uint32_t k = of[i];
        if (k == CHY_NONE) continue;
        const chy_draft *d = &r->drafts.v[k];
        of[i] = CHY_NONE;
        if (!d->n_actors) continue;
        chy_mention m = {.at = {r->t[d->begin].at.begin, r->t[d->end - 1].at.end}, .first_token = d->begin,
            .end_token = d->end, .head_token = i,
                         .kind = kind_of(d), .first_actor = d->first_actor, .n_actors = d->n_actors, .government = government(r, d)};
        if (!CHY_PUSH(w->arena, &out, m)) return;
        of[i] = out.n - 1;
    }
    w->d->mentions = out.v;
    w->d->n_mentions = out.n;
    for (uint32_t i = 0; i < r->actors.n; i++) r->actors.v[i].wikidata = chy_actors_item(r->m, r->actors.v[i].id);
    w->d->actors = r->actors.v;
    w->d->n_actors = r->actors.n;
    w->d->mention_actors = r->of.v;
    w->d->n_mention_actors = r->of.n;
    w->d->mention_of = of;
}

chy_status chy_actors_run(const chy_actors_model *m, chy_work *w)
{
    if (m->only_own) return chy_actors_run_dictionary(m, w);
    const chy_dispatch *d = w->d;
    chy_run r = {.m = m, .w = w, .t = d->tokens, .n = d->n_tokens};
    r.atom_of = chy_arena_alloc(w->arena, (size_t)r.n * sizeof *r.atom_of);
    r.draft_of = chy_arena_alloc(w->arena, (size_t)r.n * sizeof *r.draft_of);
    r.town_of = chy_arena_calloc(w->arena, r.n, sizeof *r.town_of);
    r.actor_slots = chy_arena_calloc(w->arena, 64, sizeof *r.actor_slots);
    r.word_slots = chy_arena_calloc(w->arena, 64, sizeof *r.word_slots);
    r.word_keys = chy_arena_calloc(w->arena, 64, sizeof *r.word_keys);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_ACTORS);
    r.actor_mask = r.word_mask = 63;
    for (uint32_t i = 0; i < r.n; i++) r.atom_of[i] = r.draft_of[i] = CHY_NONE;
    for (uint32_t s = 0; s < d->n_sentences && !w->arena->failed; s++) {
        uint32_t b = d->sentences[s].first_token, e = b + d->sentences[s].n_tokens, first = r.atoms.n;
        chy_actors_atoms(&r, b, e);
        if (!w->arena->failed) chy_actors_phrases(&r, s, b, e, first);
        find_towns(&r, b, e);
    }
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_ACTORS);
    find_home(&r);
    chy_actors_resolve(&r);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_ACTORS);
    chy_actors_quoted(&r);
    name_persons(&r);
    if (w->arena->failed) return chy_work_memory(w, CHY_STAGE_ACTORS);
    publish(&r);
    return chy_work_memory(w, CHY_STAGE_ACTORS);
}
