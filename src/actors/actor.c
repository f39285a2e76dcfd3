/* SPDX-License-Identifier: Apache-2.0
 *
 * actor.c - making actors: one an id, however often it is mentioned.
 */
#include "actors/run.h"

chy_slice chy_actors_slug(chy_run *r, chy_slice s)
{
    chy_slice f = chy_fold(r->w->arena, s);
    char *p = chy_arena_alloc(r->w->arena, f.n + 1);
    if (!p || !f.p) return (chy_slice){"", 0};
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++) {
        char c = f.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (word) p[n++] = c;
        else if (n && p[n - 1] != '-' && c != '\'' && c != '.') p[n++] = '-';
    }
    while (n && p[n - 1] == '-') n--;
    return (chy_slice){p, n};
}

static bool grow_slots(chy_run *r)
{
    uint32_t size = (r->actor_mask + 1) * 2;
    uint32_t *slots = chy_arena_calloc(r->w->arena, size, sizeof *slots);
    if (!slots) return false;
    for (uint32_t a = 0; a < r->actors.n; a++) {
        chy_slice id = r->actors.v[a].id;
        uint32_t i = (uint32_t)chy_hash(id.p, id.n, 0) & (size - 1);
        while (slots[i]) i = (i + 1) & (size - 1);
        slots[i] = a + 1;
    }
    r->actor_slots = slots;
    r->actor_mask = size - 1;
    return true;
}

uint32_t chy_actors_get(chy_run *r, chy_slice id, const chy_actor *made)
{
    if (r->actors.n * 2 >= r->actor_mask && !grow_slots(r)) return CHY_NONE;
    uint32_t i = (uint32_t)chy_hash(id.p, id.n, 0) & r->actor_mask;
    for (; r->actor_slots[i]; i = (i + 1) & r->actor_mask)
        if (chy_slice_eq(r->actors.v[r->actor_slots[i] - 1].id, id)) return r->actor_slots[i] - 1;
    chy_actor a = *made;
    a.id = id;
    if (!CHY_PUSH(r->w->arena, &r->actors, a)) return CHY_NONE;
    r->actor_slots[i] = r->actors.n;
    return r->actors.n - 1;
}

bool chy_actors_give(chy_run *r, uint32_t draft, uint32_t actor)
{
    chy_draft *d = &r->drafts.v[draft];
    if (actor == CHY_NONE) return false;
    if (!d->n_actors) d->first_actor = r->of.n;
    for (uint32_t i = 0; i < d->n_actors; i++)
        if (r->of.v[d->first_actor + i] == actor) return true;
    if (d->first_actor + d->n_actors != r->of.n || d->n_actors == UINT16_MAX) return false;
    if (!CHY_PUSH(r->w->arena, &r->of, actor)) return false;
    d->n_actors++;
    return true;
}

chy_slice chy_actors_text(const chy_run *r, uint32_t b, uint32_t e)
{
    uint32_t from = r->t[b].at.begin, to = r->t[e - 1].at.end;
    return (chy_slice){r->w->text.p + from, to - from};
}

chy_slice chy_actors_id(chy_run *r, const char *country, const char *part, chy_slice name)
{
    chy_slice slug = chy_actors_slug(r, name);
    return chy_arena_printf(r->w->arena, "%s%s%s%s%.*s", country, *part ? "." : "", part, slug.n ? "."
           : "", (int)slug.n, slug.p);
}

/* The state itself. */
uint32_t chy_actors_state_of(chy_run *r, const char *country, chy_slice basis)
{
    chy_actor a = {.name = chy_table_cell(&r->m->names, chy_actors_state_row(r->m, country),
        r->m->name_name), .kind = CHY_ACTOR_STATE, .basis = basis};
    memcpy(a.country, country, 3);
    chy_slice id = chy_arena_copy(r->w->arena, chy_slice_z(country));
    return id.p ? chy_actors_get(r, id, &a) : CHY_NONE;
}

/* Of a people of several states: of the one that the dispatch is about, else the first that it names. */
static bool home_of(const chy_run *r, uint32_t row, char out[4])
{
    chy_slice homes = chy_table_cell(&r->m->names, row, r->m->name_members), rest = homes, one;
    while (r->home[0] && chy_slice_split(&rest, ' ', &one))
        if (chy_slice_eqz(one, r->home)) return memcpy(out, r->home, 4) != NULL;
    while (chy_slice_split(&homes, ' ', &one)) {
        if (one.n != 3 || !chy_actors_named(r, one.p)) continue;
        memcpy(out, one.p, 3);
        return true;
    }
    return false;
}

/* Country code of a row that says one (cities: with their bit). */
void chy_actors_country_of(const chy_run *r, uint32_t row, char out[4])
{
    memset(out, 0, 4);
    if (row & CHY_CITY_BIT) {
        chy_slice c = chy_table_cell(&r->m->cities, row & ~CHY_CITY_BIT, r->m->city_country);
        if (c.n == 3) memcpy(out, c.p, 3);
    } else {
        if (r->m->name[row].homes && home_of(r, row, out)) return;
        memcpy(out, r->m->name[row].country, 3);
    }
}

bool chy_actors_real(const char *c)
{
    return c[0] && memcmp(c, "UNK", 3) && memcmp(c, "IGO", 3) && memcmp(c, "NGO", 3) && memcmp(c, "MNC", 3) &&
           memcmp(c, "ISM", 3);
}

/* Actor of a row of names, as itself; `what` the words say for places. */
uint32_t chy_actors_of_row(chy_run *r, uint32_t row, chy_slice words)
{
    const chy_name_row *n = &r->m->name[row];
    chy_slice name = chy_table_cell(&r->m->names, row, r->m->name_name), id = chy_table_cell(&r->m->names,
        row, r->m->name_id);
    chy_actor a = {.name = name, .sectors = n->sectors, .basis = CHY_LIT("actors table")};
    if (row >= r->m->n_base[0]) a.basis = r->m->name_basis[row - r->m->n_base[0]];
    chy_actors_country_of(r, row, a.country);
    switch (n->what) {
    case CHY_WHAT_STATE: case CHY_WHAT_KINGDOM: case CHY_WHAT_CAPITAL: case CHY_WHAT_DEMONYM:
        a.kind = CHY_ACTOR_STATE;
        if (!id.n) id = chy_arena_copy(r->w->arena, chy_slice_z(a.country));
        break;
    case CHY_WHAT_CITY: case CHY_WHAT_REGION:
        a.kind = CHY_ACTOR_STATE;
        a.name = words;
        if (!id.n) id = chy_actors_id(r, a.country, "", words);
        break;
    case CHY_WHAT_ETHNIC: case CHY_WHAT_PEOPLE:
        a.kind = CHY_ACTOR_PEOPLE;
        if (!id.n) id = chy_actors_id(r, a.country, "people", memcmp(a.country, "UNK", 3) && !n->homes ? CHY_LIT("") : name);
        if (n->what == CHY_WHAT_PEOPLE) a.sectors |= a.sectors ? 0 : CHY_SEC_CVL;
        break;
    case CHY_WHAT_CONTINENT: case CHY_WHAT_CONTINENTAL: a.kind = CHY_ACTOR_UNKNOWN; break;
    default: a.kind = CHY_ACTOR_ORG;
    }
    if (!id.n) id = chy_actors_id(r, a.country, "", name);
    return chy_actors_get(r, id, &a);
}

uint32_t chy_actors_of_city(chy_run *r, uint32_t row, chy_slice words)
{
    chy_actor a = {.name = words, .kind = CHY_ACTOR_STATE, .basis = CHY_LIT("cities table")};
    chy_actors_country_of(r, row | CHY_CITY_BIT, a.country);
    return chy_actors_get(r, chy_actors_id(r, a.country, "", words), &a);
}

uint32_t chy_actors_one_word(chy_run *r, uint32_t token, unsigned shape)
{
    chy_draft d = {.begin = token, .end = token + 1, .head = token, .core_begin = token, .core_end = token + 1,
                   .full = token + 1, .atom = CHY_NONE, .office = CHY_NONE, .modifier = CHY_NONE, .org = CHY_NONE,
                   .whose = CHY_NONE, .possessor = CHY_NONE, .poss = CHY_NONE,
                   .sentence = chy_sentence_of(r->w->d, token), .shape = (uint8_t)shape};
    return CHY_PUSH(r->w->arena, &r->drafts, d) ? r->drafts.n - 1 : CHY_NONE;
}
