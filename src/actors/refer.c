/* SPDX-License-Identifier: Apache-2.0
 *
 * refer.c - what bare nominals go back to: "the minister", "the two sides", "the country".
 */
#include "actors/run.h"

enum { LOOK_BACK = 400 };

static const chy_actor *first_actor(const chy_run *r, const chy_draft *d)
{
    return &r->actors.v[r->of.v[d->first_actor]];
}

static bool has_country(const chy_actor *a) { return a->country[0] && memcmp(a->country, "UNK", 3) != 0; }

bool chy_actors_within(const chy_limits *l, const char *country)
{
    chy_slice rest, one;
    bool in = true;
    for (uint32_t i = 0; l && in && i < l->n; i++)
        for (in = false, rest = l->states[i]; !in && chy_slice_split(&rest, ' ', &one);) in = chy_slice_eqz(one, country);
    return in;
}

uint32_t chy_actors_last_states(const chy_run *r, uint32_t token, uint32_t want, bool any, const chy_limits *only, uint32_t *out)
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
            fits = fits && chy_actors_within(only, x->country);
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
        chy_actors_copy(r, k, c);
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
static chy_limits limits_of(const chy_run *r, const chy_draft *d)
{
    chy_limits l = {.n = 0};
    for (uint32_t i = d->begin, n; i < d->core_end && l.n < 4; i += n ? n : 1)
        if (chy_actors_epithet(r->m, r->t, i, d->core_end, chy_work_day(r->w), &l.states[l.n], &n)) l.n++;
    return l;
}

/* The only state that all lists have in common. */
static bool the_one(const chy_limits *l, char out[4])
{
    chy_slice rest = l->states[0], one;
    uint32_t n = 0;
    while (n < 2 && chy_slice_split(&rest, ' ', &one)) {
        char c[4] = {0};
        if (one.n != 3) continue;
        memcpy(c, one.p, 3);
        if (chy_actors_within(l, c)) memcpy(out, c, 4), n++;
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
        uint32_t n = chy_actors_last_states(r, d->begin, d->number ? d->number : 2, d->number > 1, NULL, found);
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
    chy_limits only = limits_of(r, d);
    uint32_t z = chy_actors_country_before(r, d->begin, &only);
    if (z != CHY_NONE) return chy_actors_give(r, k, chy_actors_state(r, first_actor(r, &r->drafts.v[z])->country));
    if (chy_actors_last_states(r, d->begin, 1, false, &only, found)) return chy_actors_give(r,
        k, chy_actors_state(r, r->actors.v[found[0]].country));
    char one[4];
    if (only.n && the_one(&only, one)) return chy_actors_give(r, k, chy_actors_state(r, one));
    return r->home[0] && chy_actors_within(&only, r->home) && chy_actors_give(r, k, chy_actors_state(r, r->home));
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
        uint32_t n = chy_actors_last_states(r, d->begin, d->number == 3 ? 3 : 2, true, NULL, found);
        if (n < 2) return false;
        while (n-- > 0) chy_actors_give(r, k, found[n]);
        return true;
    }
    bool pair = d->number > 1 && d->plural && (o->kind == CHY_OFFICE_BODY || (d->definite && o->sectors == CHY_SEC_GOV));
    if (pair && o->kind == CHY_OFFICE_PERSON && go_back(r, k, word)) return true;
    if (pair) {
        /* "the two governments", "the two ministers": of the two states named last. */
        uint32_t found[4], n = chy_actors_last_states(r, d->begin, d->number, false, NULL, found);
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
