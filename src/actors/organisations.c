/* SPDX-License-Identifier: Apache-2.0
 *
 * organisations.c - organisations by name: of the table, of a group's members, or known by nothing but a tag.
 */
#include "actors/run.h"

enum { MAX_ALIASES = 64 };

const chy_alias *chy_actors_alias(const chy_run *r, chy_slice norm)
{
    for (uint32_t i = r->aliases.n; i-- > 0;)
        if (chy_slice_eq(r->aliases.v[i].norm, norm)) return &r->aliases.v[i];
    return NULL;
}

/* "Islamic Revolutionary Guard Corps (IRGC)": from here on IRGC is this one. */
void chy_actors_learn_alias(chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    uint32_t i = d->end;
    if (d->n_actors != 1 || i + 2 >= r->n || r->t[i].norm.n != 1 || r->t[i].norm.p[0] != '(' || r->t[i + 2].norm.n != 1 ||
        r->t[i + 2].norm.p[0] != ')')
        return;
    if (!(r->t[i + 1].flags & CHY_TOKEN_ALLCAPS) || r->aliases.n == MAX_ALIASES) return;
    /* A known abbreviation changes its meaning only for a name with these initials: "Central Bank of Somalia (CBS)". */
    chy_rows rows;
    if (chy_table_find(&r->m->names, r->t[i + 1].norm, &rows, NULL)) {
        chy_slice letters = r->t[i + 1].norm;
        size_t n = 0;
        for (uint32_t j = d->begin; j < d->end && n < letters.n; j++)
            if (r->t[j].norm.n && r->t[j].norm.p[0] == letters.p[n]) n++;
        if (n < letters.n) return;
    }
    CHY_PUSH(r->w->arena, &r->aliases, (chy_alias){r->t[i + 1].norm, r->of.v[d->first_actor]});
}

/* "ED" of the Enforcement Directorate: an organisation named before whose words begin with these letters. */
static uint32_t by_initials(const chy_run *r, chy_slice norm)
{
    if (norm.n < 2 || norm.n > 8) return CHY_NONE;
    for (uint32_t i = r->actors.n, seen = 0; i-- > 0 && seen < 128; seen++) {
        if (r->actors.v[i].kind != CHY_ACTOR_ORG) continue;
        chy_slice rest = r->actors.v[i].name, word;
        size_t n = 0, words = 0;
        bool fits = true;
        while (fits && chy_slice_split(&rest, ' ', &word)) {
            if (!word.n || chy_slice_in(word, "of|the|for|and|to|in|on")) continue;
            fits = n < norm.n && (word.p[0] | 32) == norm.p[n];
            n++, words++;
        }
        if (fits && words > 1 && n == norm.n) return i;
    }
    return CHY_NONE;
}

/* An organisation that no table knows: of the state before its name, or that the dispatch is about. */
static bool unlisted(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_atom *a = &r->atoms.v[d->atom];
    const chy_alias *known = a->end - a->begin == 1 ? chy_actors_alias(r, r->t[a->begin].norm) : NULL;
    if (known) return chy_actors_give(r, k, known->actor);
    uint32_t who = a->end - a->begin == 1 ? chy_actors_known_person(r, a->begin, a->end) : CHY_NONE;
    if (who != CHY_NONE && chy_slice_eq(r->t[r->persons.v[who].end - 1].norm, r->t[a->begin].norm))
        return chy_actors_give(r, k, r->persons.v[who].actor); /* a surname under the wrong tag */
    if (a->end - a->begin == 1 && (r->t[a->begin].flags & CHY_TOKEN_ALLCAPS)) {
        uint32_t same = by_initials(r, r->t[a->begin].norm);
        if (same != CHY_NONE) return chy_actors_give(r, k, same);
    }
    chy_slice last = r->t[a->end - 1].norm;
    chy_actor made = {.name = chy_actors_text(r, a->begin, a->end), .kind = CHY_ACTOR_ORG,
        .basis = CHY_LIT("name tag")};
    if (d->office != CHY_NONE) made.sectors = r->m->office[d->office].sectors;
    else if (chy_slice_in(last, "inc|inc.|corp|corp.|ltd|ltd.|plc|llc|co|co.|ag|sa|industries|airlines|airways|holdings|motors|electronics|oil|petroleum|steel|securities"))
        made.sectors = CHY_SEC_BUS;
    else if (chy_slice_in(last,
        "news|times|post|herald|tribune|gazette|tv|radio|daily|telegraph|journal"))
        made.sectors = CHY_SEC_JRN;
    memcpy(made.country, "UNK", 3);
    if (d->n_countries) {
        chy_actors_country_of(r, d->countries[0], made.country);
        made.basis = CHY_LIT("words beside the name");
    } else {
        chy_actors_in_context(r, k, d, CHY_ASKED_ORGANISATION, made.country);
        made.basis = chy_actors_context_basis(made.country);
    }
    return chy_actors_give(r, k, chy_actors_get(r, chy_actors_id(r, made.country, "", made.name), &made));
}

bool chy_actors_organisation(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    if (r->atoms.v[d->atom].kind == CHY_ATOM_UNLISTED) return unlisted(r, k);
    uint32_t row = r->atoms.v[d->atom].row;
    const chy_alias *known = d->core_end - d->core_begin == 1 ? chy_actors_alias(r, r->t[d->core_begin].norm) : NULL;
    if (known) return chy_actors_give(r, k, known->actor);
    const chy_name_row *n = &r->m->name[row];
    if (n->what == CHY_WHAT_GROUP) {
        char of[CHY_MAX_MEMBERS][4];
        uint32_t count = chy_actors_members(r->m, row, r->w->d->published.begin, of, CHY_MAX_MEMBERS);
        for (uint32_t i = 0; i < count; i++)
            chy_actors_give(r, k, chy_actors_state_of(r, of[i], CHY_LIT("member of the group")));
        return d->n_actors > 0;
    }
    /* "Peru's Congress", "the Polish People's Party": a name that more states than one have. */
    char lead[4] = {0};
    if (d->n_countries) chy_actors_country_of(r, d->countries[0], lead);
    bool shared = n->what == CHY_WHAT_PARTY || n->what == CHY_WHAT_LEGISLATURE || n->what == CHY_WHAT_SERVICE ||
        n->what == CHY_WHAT_FORCE ||
                  n->what == CHY_WHAT_ORG;
    if (shared && chy_actors_real(n->country) && chy_actors_real(lead) && memcmp(lead, n->country, 3)) {
        chy_slice words = chy_actors_text(r, r->atoms.v[d->atom].begin, r->atoms.v[d->atom].end);
        chy_actor a = {.name = words, .sectors = n->sectors, .kind = CHY_ACTOR_ORG,
            .basis = CHY_LIT("state before the name")};
        memcpy(a.country, lead, 3);
        return chy_actors_give(r, k, chy_actors_get(r, chy_actors_id(r, lead, "", words), &a));
    }
    /* "Congress", "the Conservatives": of a state that the dispatch does not name, they are more likely another's. */
    if (n->shared && r->home[0] && chy_actors_real(n->country) && memcmp(r->home, n->country, 3) &&
            !chy_actors_named(r, n->country)) {
        chy_slice words = chy_actors_text(r, r->atoms.v[d->atom].begin, r->atoms.v[d->atom].end);
        chy_actor a = {.name = words, .sectors = n->sectors, .kind = CHY_ACTOR_ORG,
            .basis = CHY_LIT("state of the dispatch")};
        memcpy(a.country, r->home, 3);
        return chy_actors_give(r, k, chy_actors_get(r, chy_actors_id(r, r->home, "", words), &a));
    }
    return chy_actors_give(r, k, chy_actors_of_row(r, row, (chy_slice){"", 0}));
}
