/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.c - drafts to actors, in text order: a state, an organisation, a person in the office of the day, or people and
 * bodies by office with the state that the words, the context or the dispatch gives them.
 */
#include "actors/run.h"

enum { MAX_ALIASES = 64 };

/* ------------------------------------------------------------------ actors */

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

static chy_slice text_of(const chy_run *r, uint32_t b, uint32_t e)
{
    uint32_t from = r->t[b].at.begin, to = r->t[e - 1].at.end;
    return (chy_slice){r->w->text.p + from, to - from};
}

static chy_slice id_of(chy_run *r, const char *country, const char *part, chy_slice name)
{
    chy_slice slug = chy_actors_slug(r, name);
    return chy_arena_printf(r->w->arena, "%s%s%s%s%.*s", country, *part ? "." : "", part, slug.n ? "." : "", (int)slug.n, slug.p);
}

/* The state itself. */
static uint32_t state_of(chy_run *r, const char *country, chy_slice basis)
{
    chy_actor a = {.name = chy_table_cell(&r->m->names, chy_actors_state_row(r->m, country), r->m->name_name), .kind = CHY_ACTOR_STATE, .basis = basis};
    memcpy(a.country, country, 3);
    chy_slice id = chy_arena_copy(r->w->arena, chy_slice_z(country));
    return id.p ? chy_actors_get(r, id, &a) : CHY_NONE;
}

/* Country code of a row that says one (cities: with their bit). */
static void country_of(const chy_run *r, uint32_t row, char out[4])
{
    memset(out, 0, 4);
    if (row & CHY_CITY_BIT) {
        chy_slice c = chy_table_cell(&r->m->cities, row & ~CHY_CITY_BIT, r->m->city_country);
        if (c.n == 3) memcpy(out, c.p, 3);
    } else {
        memcpy(out, r->m->name[row].country, 3);
    }
}

static bool real_country(const char *c)
{
    return c[0] && memcmp(c, "UNK", 3) && memcmp(c, "IGO", 3) && memcmp(c, "NGO", 3) && memcmp(c, "MNC", 3) && memcmp(c, "ISM", 3);
}

/* Actor of a row of names, as itself; `what` the words say for places. */
static uint32_t actor_of_row(chy_run *r, uint32_t row, chy_slice words)
{
    const chy_name_row *n = &r->m->name[row];
    chy_slice name = chy_table_cell(&r->m->names, row, r->m->name_name), id = chy_table_cell(&r->m->names, row, r->m->name_id);
    chy_actor a = {.name = name, .sectors = n->sectors, .basis = CHY_LIT("actors table")};
    memcpy(a.country, n->country, 3);
    switch (n->what) {
    case CHY_WHAT_STATE: case CHY_WHAT_KINGDOM: case CHY_WHAT_CAPITAL: case CHY_WHAT_DEMONYM:
        a.kind = CHY_ACTOR_STATE;
        if (!id.n) id = chy_arena_copy(r->w->arena, chy_slice_z(a.country));
        break;
    case CHY_WHAT_CITY: case CHY_WHAT_REGION:
        a.kind = CHY_ACTOR_STATE;
        a.name = words;
        if (!id.n) id = id_of(r, a.country, "", words);
        break;
    case CHY_WHAT_ETHNIC: case CHY_WHAT_PEOPLE:
        a.kind = CHY_ACTOR_PEOPLE;
        if (!id.n) id = id_of(r, a.country, "people", memcmp(a.country, "UNK", 3) ? CHY_LIT("") : name);
        if (n->what == CHY_WHAT_PEOPLE) a.sectors |= a.sectors ? 0 : CHY_SEC_CVL;
        break;
    case CHY_WHAT_CONTINENT: case CHY_WHAT_CONTINENTAL: a.kind = CHY_ACTOR_UNKNOWN; break;
    default: a.kind = CHY_ACTOR_ORG;
    }
    if (!id.n) id = id_of(r, a.country, "", name);
    return chy_actors_get(r, id, &a);
}

static uint32_t actor_of_city(chy_run *r, uint32_t row, chy_slice words)
{
    chy_actor a = {.name = words, .kind = CHY_ACTOR_STATE, .basis = CHY_LIT("cities table")};
    country_of(r, row | CHY_CITY_BIT, a.country);
    return chy_actors_get(r, id_of(r, a.country, "", words), &a);
}

/* ----------------------------------------------------------------- offices */

static const chy_office_row *office_row(const chy_run *r, uint32_t row) { return row == CHY_NONE ? NULL : &r->m->office[row]; }

/* Sectors of people or a body by office. */
static uint32_t office_sectors(const chy_run *r, const chy_draft *d)
{
    const chy_office_row *o = office_row(r, d->office), *m = office_row(r, d->modifier);
    const chy_name_row *org = d->org == CHY_NONE ? NULL : &r->m->name[d->org];
    uint32_t s = o ? o->sectors : 0;
    bool generic = !s || s == CHY_SEC_GOV;
    if (m && generic && m->sectors) s = m->sectors | (s && m->sectors != CHY_SEC_CVL ? s : 0);
    else if (m && (m->sectors & (CHY_SEC_OPP | CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_EDU | CHY_SEC_REF))) s |= m->sectors;
    if (org && org->sectors && generic && org->what != CHY_WHAT_ORG) s = org->sectors;
    else if (org && org->sectors && !s) s = org->sectors;
    if (d->owner && (generic || s == CHY_SEC_MIL || s == CHY_SEC_SOC || s == CHY_SEC_PTY)) s = d->owner;
    if (!s && org && org->what == CHY_WHAT_NGO) s = CHY_SEC_SOC;
    /* "Iranian leaders" govern; a chairman of nothing named does not. */
    if (!s && (d->n_countries || chy_slice_in(chy_table_cell(&r->m->offices, d->office, r->m->office_words), "leader|leadership|counterpart"))) s = CHY_SEC_GOV;
    if (d->former) s = CHY_SEC_ELI | (s & ~(uint32_t)(CHY_SEC_GOV | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_LEG | CHY_SEC_JUD | CHY_SEC_SPY));
    return s;
}

static const char *sector_part(uint32_t sectors)
{
    static const char *const parts[CHY_N_SECTOR] = {"gov", "mil", "cop", "jud", "leg", "spy", "pty", "opp", "reb", "prm", "uaf", "crm",
                                                    "cvl", "eli", "ref", "lab", "bus", "jrn", "edu", "med", "rel", "soc", "agr", "pre"};
    for (unsigned i = 0; i < CHY_N_SECTOR; i++)
        if (sectors & (1u << i)) return parts[i];
    return "unk";
}

/* One actor by office in one country. */
static uint32_t office_actor(chy_run *r, const chy_draft *d, const char *country, chy_slice basis)
{
    const chy_office_row *o = office_row(r, d->office);
    chy_slice role = chy_table_cell(&r->m->offices, d->office, r->m->office_words);
    chy_actor a = {.sectors = office_sectors(r, d), .role = role, .former = d->former, .basis = basis};
    memcpy(a.country, country, 3);
    bool people = a.sectors & (CHY_SEC_CVL | CHY_SEC_REF | CHY_SEC_LAB | CHY_SEC_AGR | CHY_SEC_CRM | CHY_SEC_UAF);
    a.kind = people || o->kind == CHY_OFFICE_PEOPLE ? CHY_ACTOR_PEOPLE : CHY_ACTOR_OFFICE;
    a.name = role;
    if (d->modifier != CHY_NONE) {
        chy_slice m = chy_table_cell(&r->m->offices, d->modifier, r->m->office_words);
        a.name = a.role = chy_arena_printf(r->w->arena, "%.*s %.*s", (int)m.n, m.p, (int)role.n, role.p);
    }
    if (d->org != CHY_NONE) {
        chy_slice org = chy_table_cell(&r->m->names, d->org, r->m->name_name);
        a.name = chy_arena_printf(r->w->arena, "%.*s %.*s", (int)org.n, org.p, (int)a.name.n, a.name.p);
    }
    return chy_actors_get(r, id_of(r, country, sector_part(a.sectors), a.name), &a);
}

/* "the ISNA news agency", "the Hezbollah group": the organisation itself. */
static bool is_its_organisation(const chy_run *r, const chy_draft *d)
{
    const chy_office_row *o = office_row(r, d->office);
    if (d->org == CHY_NONE || d->right || !o || (o->kind != CHY_OFFICE_BODY && o->kind != CHY_OFFICE_PEOPLE)) return false;
    return d->core_begin > d->begin && (o->sectors & r->m->name[d->org].sectors) &&
           r->t[d->core_begin - 1].upos != CHY_UPOS_PART;
}

static bool person(chy_run *r, uint32_t k);

/* "an ally of President Putin", "the Biden administration": of the state of that person. */
static bool of_person(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_atom *a = &r->atoms.v[d->whose];
    for (uint32_t i = a->begin; i < a->end; i++) {
        uint32_t z = r->draft_of[i];
        if (z == CHY_NONE || z == k || r->drafts.v[z].atom != d->whose) continue;
        if (!r->drafts.v[z].n_actors && !person(r, z)) return false;
        const chy_actor *x = &r->actors.v[r->of.v[r->drafts.v[z].first_actor]];
        char c[4];
        memcpy(c, x->country, 4);
        if (x->sectors & (CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_OPP | CHY_SEC_CRM)) d->owner = x->sectors;
        return chy_actors_give(r, k, office_actor(r, d, c, CHY_LIT("whose it is")));
    }
    return false;
}

static bool office(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_office_row *o = office_row(r, d->office);
    if (is_its_organisation(r, d)) return chy_actors_give(r, k, actor_of_row(r, d->org, (chy_slice){"", 0}));
    if (o->kind == CHY_OFFICE_STATE || o->kind == CHY_OFFICE_SIDE) {
        if (d->n_countries && o->kind == CHY_OFFICE_SIDE && d->countries[0] != CHY_NONE) {
            for (uint32_t i = 0; i < d->n_countries; i++) {
                char c[4];
                country_of(r, d->countries[i], c);
                chy_actors_give(r, k, state_of(r, c, CHY_LIT("name beside it")));
            }
            return d->n_actors > 0;
        }
        return chy_actors_refer(r, k);
    }
    if (!d->n_countries && d->whose != CHY_NONE && of_person(r, k)) return true;
    if (!d->n_countries) return chy_actors_refer(r, k);
    if (d->number > 1 && d->definite && d->n_countries == 1 && o->kind == CHY_OFFICE_PERSON) {
        char c[4];
        country_of(r, d->countries[0], c);
        if (chy_actors_last_persons(r, k, d->number, c)) return true; /* "the two Iranian diplomats" */
    }
    for (uint32_t i = 0; i < d->n_countries; i++) {
        char c[4];
        if (!(d->countries[i] & CHY_CITY_BIT) && r->m->name[d->countries[i]].what == CHY_WHAT_GROUP) {
            chy_slice members = chy_table_cell(&r->m->names, d->countries[i], r->m->name_members), one;
            bool itself = o->kind == CHY_OFFICE_BODY && !d->right; /* "the Quad alliance" */
            d->org = CHY_NONE;
            while (chy_slice_split(&members, ' ', &one)) {
                if (one.n != 3) continue;
                memcpy(c, one.p, 3), c[3] = 0;
                chy_actors_give(r, k, itself ? state_of(r, c, CHY_LIT("member of the group")) : office_actor(r, d, c, CHY_LIT("member of the group")));
            }
            continue;
        }
        country_of(r, d->countries[i], c);
        if (d->org != CHY_NONE && d->n_countries == 1 && !real_country(c) && real_country(r->m->name[d->org].country))
            memcpy(c, r->m->name[d->org].country, 3);
        chy_actors_give(r, k, office_actor(r, d, c, d->right ? CHY_LIT("name behind the office") : CHY_LIT("name before the office")));
    }
    return d->n_actors > 0;
}

uint32_t chy_actors_office_in(chy_run *r, uint32_t draft, const char *country, chy_slice basis)
{
    return office_actor(r, &r->drafts.v[draft], country, basis);
}

uint32_t chy_actors_state(chy_run *r, const char *country)
{
    return state_of(r, country, CHY_LIT("context"));
}

/* ----------------------------------------------------------- organisations */

static uint32_t known_person(chy_run *r, uint32_t b, uint32_t e);

static const chy_alias *alias_of(const chy_run *r, chy_slice norm)
{
    for (uint32_t i = r->aliases.n; i-- > 0;)
        if (chy_slice_eq(r->aliases.v[i].norm, norm)) return &r->aliases.v[i];
    return NULL;
}

/* "Islamic Revolutionary Guard Corps (IRGC)": from here on IRGC is this one. */
static void learn_alias(chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    uint32_t i = d->end;
    if (d->n_actors != 1 || i + 2 >= r->n || r->t[i].norm.n != 1 || r->t[i].norm.p[0] != '(' || r->t[i + 2].norm.n != 1 || r->t[i + 2].norm.p[0] != ')')
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
    const chy_alias *known = a->end - a->begin == 1 ? alias_of(r, r->t[a->begin].norm) : NULL;
    if (known) return chy_actors_give(r, k, known->actor);
    uint32_t who = a->end - a->begin == 1 ? known_person(r, a->begin, a->end) : CHY_NONE;
    if (who != CHY_NONE && chy_slice_eq(r->t[r->persons.v[who].end - 1].norm, r->t[a->begin].norm))
        return chy_actors_give(r, k, r->persons.v[who].actor); /* a surname under the wrong tag */
    if (a->end - a->begin == 1 && (r->t[a->begin].flags & CHY_TOKEN_ALLCAPS)) {
        uint32_t same = by_initials(r, r->t[a->begin].norm);
        if (same != CHY_NONE) return chy_actors_give(r, k, same);
    }
    chy_slice last = r->t[a->end - 1].norm;
    chy_actor made = {.name = text_of(r, a->begin, a->end), .kind = CHY_ACTOR_ORG, .basis = CHY_LIT("name tag")};
    if (d->office != CHY_NONE) made.sectors = r->m->office[d->office].sectors;
    else if (chy_slice_in(last, "inc|inc.|corp|corp.|ltd|ltd.|plc|llc|co|co.|ag|sa|industries|airlines|airways|holdings|motors|electronics|oil|petroleum|steel|securities"))
        made.sectors = CHY_SEC_BUS;
    else if (chy_slice_in(last, "news|times|post|herald|tribune|gazette|tv|radio|daily|telegraph|journal")) made.sectors = CHY_SEC_JRN;
    memcpy(made.country, "UNK", 3);
    if (d->n_countries) {
        country_of(r, d->countries[0], made.country);
        made.basis = CHY_LIT("words beside the name");
    } else if (r->home[0] && r->home_share >= 50) {
        memcpy(made.country, r->home, 3);
        made.basis = CHY_LIT("state of the dispatch");
    }
    return chy_actors_give(r, k, chy_actors_get(r, id_of(r, made.country, "", made.name), &made));
}

static bool organisation(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    if (r->atoms.v[d->atom].kind == CHY_ATOM_UNLISTED) return unlisted(r, k);
    uint32_t row = r->atoms.v[d->atom].row;
    const chy_alias *known = d->core_end - d->core_begin == 1 ? alias_of(r, r->t[d->core_begin].norm) : NULL;
    if (known) return chy_actors_give(r, k, known->actor);
    const chy_name_row *n = &r->m->name[row];
    if (n->what == CHY_WHAT_GROUP) {
        chy_slice members = chy_table_cell(&r->m->names, row, r->m->name_members), one;
        while (chy_slice_split(&members, ' ', &one)) {
            char c[4] = {0};
            if (one.n != 3) continue;
            memcpy(c, one.p, 3);
            chy_actors_give(r, k, state_of(r, c, CHY_LIT("member of the group")));
        }
        return d->n_actors > 0;
    }
    /* "Peru's Congress", "the Polish People's Party": a name that more states than one have. */
    char lead[4] = {0};
    if (d->n_countries) country_of(r, d->countries[0], lead);
    bool shared = n->what == CHY_WHAT_PARTY || n->what == CHY_WHAT_LEGISLATURE || n->what == CHY_WHAT_SERVICE || n->what == CHY_WHAT_FORCE ||
                  n->what == CHY_WHAT_ORG;
    if (shared && real_country(n->country) && real_country(lead) && memcmp(lead, n->country, 3)) {
        chy_slice words = text_of(r, r->atoms.v[d->atom].begin, r->atoms.v[d->atom].end);
        chy_actor a = {.name = words, .sectors = n->sectors, .kind = CHY_ACTOR_ORG, .basis = CHY_LIT("state before the name")};
        memcpy(a.country, lead, 3);
        return chy_actors_give(r, k, chy_actors_get(r, id_of(r, lead, "", words), &a));
    }
    /* "Congress", "the Conservatives": of a state that the dispatch does not name, they are more likely another's. */
    if (n->shared && r->home[0] && real_country(n->country) && memcmp(r->home, n->country, 3) && !chy_actors_named(r, n->country)) {
        chy_slice words = text_of(r, r->atoms.v[d->atom].begin, r->atoms.v[d->atom].end);
        chy_actor a = {.name = words, .sectors = n->sectors, .kind = CHY_ACTOR_ORG, .basis = CHY_LIT("state of the dispatch")};
        memcpy(a.country, r->home, 3);
        return chy_actors_give(r, k, chy_actors_get(r, id_of(r, r->home, "", words), &a));
    }
    return chy_actors_give(r, k, actor_of_row(r, row, (chy_slice){"", 0}));
}

/* ----------------------------------------------------------------- persons */

/* Words of names that are not anybody's own. */
static bool particle(chy_slice w)
{
    return w.n < 2 || chy_slice_in(w, "al|el|de|di|da|du|do|la|le|ul|ud|bin|ibn|van|von|der|den|dos|das|del|los|las|abu|abd|ben|bint|ould|jr|jr.|sr|sr.|mr|mr.|"
                                      "ms|ms.|mrs|mrs.|dr|dr.|st|st.|the|and|sir|san|of");
}

/* Surnames and given names seen so far: word → person. */
static uint32_t *word_slot(chy_run *r, chy_slice w)
{
    uint32_t i = (uint32_t)chy_hash(w.p, w.n, 0) & r->word_mask;
    for (uint32_t k = 0; k <= r->word_mask; k++, i = (i + 1) & r->word_mask)
        if (!r->word_slots[i] || chy_slice_eq(r->word_keys[i], w)) return &r->word_slots[i];
    return NULL;
}

static void learn_word(chy_run *r, chy_slice w, uint32_t value)
{
    if (r->words * 2 >= r->word_mask) {
        uint32_t size = (r->word_mask + 1) * 2, old = r->word_mask + 1;
        uint32_t *slots = r->word_slots;
        chy_slice *keys = r->word_keys;
        uint32_t *grown = chy_arena_calloc(r->w->arena, size, sizeof *grown);
        chy_slice *names = chy_arena_calloc(r->w->arena, size, sizeof *names);
        if (!grown || !names) return;
        r->word_slots = grown, r->word_keys = names, r->word_mask = size - 1;
        for (uint32_t i = 0; i < old; i++) {
            uint32_t *s = slots[i] ? word_slot(r, keys[i]) : NULL;
            if (!s) continue;
            *s = slots[i];
            r->word_keys[s - r->word_slots] = keys[i];
        }
    }
    uint32_t *s = word_slot(r, w);
    if (!s) return;
    if (!*s) r->words++;
    *s = value + 1;
    r->word_keys[s - r->word_slots] = w;
}

static void learn_name(chy_run *r, uint32_t p, uint32_t b, uint32_t e)
{
    for (uint32_t i = b; i < e; i++) {
        chy_slice w = r->t[i].norm;
        /* The first of a name keeps it: the widow does not take the minister's. */
        uint32_t *s = word_slot(r, w);
        if (particle(w) || (s && *s)) continue;
        learn_word(r, w, p);
    }
}

/* The person of the dispatch that this name goes back to, or CHY_NONE. */
static uint32_t known_person(chy_run *r, uint32_t b, uint32_t e)
{
    uint32_t *s = word_slot(r, r->t[e - 1].norm);
    if (!s || !*s) {
        if (e - b == 1 || e - b > 3) return CHY_NONE;
        s = word_slot(r, r->t[b].norm);
        if (!s || !*s) return CHY_NONE;
        const chy_person *q = &r->persons.v[*s - 1];
        return q->end - q->first == 1 ? *s - 1 : CHY_NONE;
    }
    uint32_t p = *s - 1;
    const chy_person *q = &r->persons.v[p];
    if (e - b == 1 || q->end - q->first == 1) return p;
    /* Two full names: the same person only where they share a given name too ("Donald Trump", "Melania Trump"). */
    for (uint32_t i = b; i + 1 < e; i++)
        for (uint32_t j = q->first; j + 1 < q->end; j++)
            if (!particle(r->t[i].norm) && chy_slice_eq(r->t[i].norm, r->t[j].norm)) return p;
    return CHY_NONE;
}

enum { RECENT = 16436 }; /* 2015-01-01: without a day a bare surname means nobody out of office before it */

typedef struct holding {
    uint32_t row;
    bool past;
} holding;

static chy_day day_cell(const chy_run *r, uint32_t row, uint32_t col, chy_day otherwise)
{
    chy_day d;
    return chy_day_parse(chy_table_cell(&r->m->holders, row, col), &d) == CHY_OK ? d : otherwise;
}

/* The office held on the day: of those in force the last begun, else the last that ended before. A surname alone says its
 * person only while that person is in office, or within eight years after. */
static holding holding_on(const chy_run *r, chy_rows rows, bool surname)
{
    chy_day on = r->w->d->published.begin;
    holding best = {CHY_NONE, false};
    chy_day best_key = INT32_MIN;
    for (uint32_t i = 0; i < rows.n; i++) {
        uint32_t row = rows.row[i];
        chy_day from = day_cell(r, row, r->m->holder_from, INT32_MIN + 1), to = day_cell(r, row, r->m->holder_to, INT32_MAX);
        bool in = on == CHY_NO_DAY ? to == INT32_MAX : from <= on && on <= to;
        bool past = on == CHY_NO_DAY ? to != INT32_MAX : to < on;
        if (!in && !past) continue;
        if (surname && past && (on == CHY_NO_DAY ? to < RECENT : on - to > 8 * 365)) continue;
        if (in && (best.row == CHY_NONE || best.past || from > best_key)) best = (holding){row, false}, best_key = from;
        else if (past && (best.row == CHY_NONE || (best.past && to > best_key))) best = (holding){row, true}, best_key = to;
    }
    if (on == CHY_NO_DAY) best.past = false; /* of which day, nobody knows */
    return best;
}

static holding holder(chy_run *r, uint32_t b, uint32_t e)
{
    chy_rows rows;
    uint32_t n = e - b;
    for (uint32_t k = 0; k < n; k++) {
        if (k && n - k < 2) break;
        if (chy_table_longest(&r->m->holders, r->t, b + k, e, &rows) == n - k) return holding_on(r, rows, n == 1);
    }
    return (holding){CHY_NONE, false};
}

static int gender_of(const chy_run *r, const chy_draft *d, uint32_t name)
{
    for (uint32_t i = d->begin; i < name; i++) {
        chy_slice w = r->t[i].norm;
        if (chy_slice_in(w, "mr|mr.|sir|lord|spokesman|chairman|king|prince|businessman|congressman|policeman|emperor|pope|sheikh|imam|ayatollah")) return 1;
        if (chy_slice_in(w, "mrs|mrs.|ms|ms.|miss|lady|spokeswoman|chairwoman|queen|princess|businesswoman|congresswoman|policewoman|empress|dame|actress"))
            return -1;
    }
    chy_rows rows;
    uint32_t first = d->atom == CHY_NONE ? name : r->atoms.v[d->atom].begin;
    return first < name && chy_table_find(&r->m->women, r->t[first].norm, &rows, NULL) ? -1 : 0;
}

static uint32_t draft_from(const chy_run *r, uint32_t token)
{
    for (uint32_t i = token; i < r->n && i < token + 16; i++) {
        uint32_t k = r->draft_of[i];
        if (k != CHY_NONE && r->drafts.v[k].begin == token) return k;
    }
    return CHY_NONE;
}

static bool comma(const chy_run *r, uint32_t i) { return i < r->n && r->t[i].norm.n == 1 && r->t[i].norm.p[0] == ','; }

static bool describes(const chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    const chy_office_row *o = d->shape == CHY_SHAPE_OFFICE ? office_row(r, d->office) : NULL;
    return o && o->kind == CHY_OFFICE_PERSON && !d->plural;
}

/* Does the phrase behind the comma end in another comma, or, where the sentence opened with what it explains, in a verb
 * ("India's envoy, R. Rao presented …")? */
static bool closed(const chy_run *r, const chy_draft *d, bool opens, uint32_t end)
{
    if (d->full >= end) return true;
    unsigned upos = r->t[d->full].upos;
    return upos == CHY_UPOS_PUNCT || upos == CHY_UPOS_ADP || (opens && (upos == CHY_UPOS_VERB || upos == CHY_UPOS_AUX));
}

/* The draft in apposition to this one (a person's office, an office's person), or CHY_NONE. */
static uint32_t apposed(const chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    bool person = d->shape == CHY_SHAPE_PERSON;
    uint32_t z = CHY_NONE, end = r->w->d->sentences[d->sentence].first_token + r->w->d->sentences[d->sentence].n_tokens;
    if (r->t[d->head].deprel == CHY_REL_APPOS && r->t[d->head].head != CHY_NONE) z = r->draft_of[r->t[d->head].head];
    for (CHY_EACH_CHILD(r->w, d->head, c))
        if (z == CHY_NONE && (r->t[c].deprel == CHY_REL_APPOS || (person && r->t[c].deprel == CHY_REL_ACL_RELCL))) z = r->draft_of[c];
    if (z != CHY_NONE && !(person ? describes(r, z) : r->drafts.v[z].shape == CHY_SHAPE_PERSON)) z = CHY_NONE; /* a wrong tree */
    uint32_t first = r->w->d->sentences[d->sentence].first_token;
    if (z == CHY_NONE && comma(r, d->full) && d->full + 1 < end) {
        z = draft_from(r, d->full + 1);
        if (z != CHY_NONE && !closed(r, &r->drafts.v[z], d->begin == first, end)) z = CHY_NONE;
    }
    if (z == CHY_NONE && d->begin >= first + 2 && comma(r, d->begin - 1)) {
        for (uint32_t i = d->begin - 1; i-- > first && i + 40 > d->begin && z == CHY_NONE;) {
            uint32_t y = r->draft_of[i];
            if (y != CHY_NONE && r->drafts.v[y].full == d->begin - 1 && (person ? describes(r, y) : r->drafts.v[y].shape == CHY_SHAPE_PERSON)) z = y;
        }
        if (z != CHY_NONE && !closed(r, d, r->drafts.v[z].begin == first, end)) z = CHY_NONE;
    }
    if (z == CHY_NONE || z == k) return CHY_NONE;
    bool fits = person ? describes(r, z) : r->drafts.v[z].shape == CHY_SHAPE_PERSON && describes(r, k);
    return fits ? z : CHY_NONE;
}

/* The draft that this one is coordinated with, to its left. */
static uint32_t joined_to(const chy_run *r, const chy_draft *d)
{
    if (r->t[d->head].deprel == CHY_REL_CONJ && r->t[d->head].head != CHY_NONE && r->draft_of[r->t[d->head].head] != CHY_NONE)
        return r->draft_of[r->t[d->head].head];
    uint32_t i = d->begin, first = r->w->d->sentences[d->sentence].first_token;
    if (i > first && r->t[i - 1].upos == CHY_UPOS_CCONJ) i--;
    if (i > first && comma(r, i - 1)) i--;
    if (i == d->begin) return CHY_NONE;
    for (uint32_t j = i; j-- > first && j + 12 > i;)
        if (r->draft_of[j] != CHY_NONE && r->drafts.v[r->draft_of[j]].end == i) return r->draft_of[j];
    return CHY_NONE;
}

/* What the words beside a name say of it: from its own titles, from an apposition, or from the one it is joined to
 * ("deputy foreign ministers X and Y"). */
static chy_draft described(chy_run *r, uint32_t k)
{
    chy_draft d = r->drafts.v[k];
    uint32_t z = apposed(r, k);
    if (z != CHY_NONE) {
        const chy_draft *o = &r->drafts.v[z];
        if (!d.n_countries && o->n_countries) {
            memcpy(d.countries, o->countries, sizeof d.countries);
            d.n_countries = o->n_countries;
            d.org = o->org;
            d.right = o->right;
        }
        if (d.office == CHY_NONE) d.office = o->office, d.modifier = o->modifier, d.former = o->former;
        if (d.poss == CHY_NONE) d.poss = o->poss;
    }
    uint32_t y = d.n_countries || d.office != CHY_NONE ? CHY_NONE : joined_to(r, &d);
    if (y != CHY_NONE && r->drafts.v[y].shape == CHY_SHAPE_PERSON && r->drafts.v[y].plural && r->drafts.v[y].office != CHY_NONE) {
        const chy_draft *o = &r->drafts.v[y];
        memcpy(d.countries, o->countries, sizeof d.countries);
        d.n_countries = o->n_countries;
        d.org = o->org;
        d.office = o->office;
        d.modifier = o->modifier;
        d.plural = 1;
        r->drafts.v[k] = d; /* so that the next one can go on from here */
    }
    return d;
}

/* A head of state whom no table knows is of the state named last in the sentence ("flew to Asmara, where he met President X"). */
static bool state_before(const chy_run *r, uint32_t token, char out[4])
{
    uint32_t first = r->w->d->sentences[chy_sentence_of(r->w->d, token)].first_token;
    for (uint32_t i = token; i-- > first && i + 16 > token;) {
        uint32_t k = r->draft_of[i];
        if (k == CHY_NONE || r->drafts.v[k].shape != CHY_SHAPE_STATE || r->drafts.v[k].n_actors != 1) continue;
        const chy_actor *a = &r->actors.v[r->of.v[r->drafts.v[k].first_actor]];
        if (a->kind != CHY_ACTOR_STATE) continue;
        memcpy(out, a->country, 4);
        return true;
    }
    return false;
}

static bool person(chy_run *r, uint32_t k)
{
    chy_draft d = described(r, k);
    const chy_atom *a = &r->atoms.v[d.atom];
    uint32_t b = a->begin, e = a->end;
    while (b + 1 < e && chy_slice_in(r->t[b].norm, "mr|mr.|mrs|mrs.|ms|ms.|dr|dr.|sir|lord|lady|miss|madame|prof|prof.|messrs")) b++;
    uint32_t p = known_person(r, b, e);
    holding h = p == CHY_NONE || !r->persons.v[p].known ? holder(r, b, e) : (holding){CHY_NONE, false};
    const chy_office_row *o = office_row(r, d.office);
    chy_actor made = {.name = text_of(r, b, e), .kind = CHY_ACTOR_PERSON, .former = d.former, .basis = CHY_LIT("name")};
    memcpy(made.country, "UNK", 3);
    bool known = false;
    if (d.n_countries) {
        country_of(r, d.countries[0], made.country);
        known = memcmp(made.country, "UNK", 3) != 0;
        made.basis = CHY_LIT("words beside the name");
    }
    if (h.row != CHY_NONE) {
        chy_slice c = chy_table_cell(&r->m->holders, h.row, r->m->holder_country);
        bool same = c.n == 3 && memcmp(c.p, made.country, 3) == 0;
        if (!known || same) {
            memcpy(made.country, c.p, 3);
            made.name = chy_table_cell(&r->m->holders, h.row, r->m->holder_person);
            made.role = chy_table_cell(&r->m->holders, h.row, r->m->holder_role);
            made.sectors = chy_sectors_of(chy_table_cell(&r->m->holders, h.row, r->m->holder_sectors));
            if (h.past) made.former = 1, made.sectors = CHY_SEC_ELI;
            made.basis = CHY_LIT("office-holders table");
            known = true;
        }
    }
    bool counterpart = o && o->kind == CHY_OFFICE_COUNTERPART;
    if (counterpart) {
        /* Of the same office as the one it is the counterpart of, where no table knows better. */
        uint32_t y = d.poss == CHY_NONE ? CHY_NONE : r->draft_of[d.poss];
        if (h.row == CHY_NONE && y != CHY_NONE && r->drafts.v[y].n_actors) {
            const chy_actor *x = &r->actors.v[r->of.v[r->drafts.v[y].first_actor]];
            made.role = x->role;
            made.sectors = x->sectors;
        }
        if (!made.sectors) made.sectors = CHY_SEC_GOV;
        made.former = 0;
    } else if (d.office != CHY_NONE && !(h.row != CHY_NONE && (o->sectors == CHY_SEC_CVL || (!o->sectors && d.org == CHY_NONE)))) {
        /* Not where a table knows and the words say little: "his wife", "the leader". */
        made.role = chy_table_cell(&r->m->offices, d.office, r->m->office_words);
        made.sectors = office_sectors(r, &d);
        made.former = d.former;
        if (o->flags & CHY_OFFICE_ELECT) made.former = 0;
    } else if (d.org != CHY_NONE && !made.sectors) {
        made.sectors = r->m->name[d.org].sectors;
    }
    if (d.former) made.former = 1, made.sectors |= CHY_SEC_ELI;
    if (!known && o && (o->flags & CHY_OFFICE_HEAD) && state_before(r, b, made.country)) {
        made.basis = CHY_LIT("state named before");
        known = true;
    }

    if (p != CHY_NONE) {
        /* What is new about somebody named before. */
        chy_person *q = &r->persons.v[p];
        chy_actor *was = &r->actors.v[q->actor];
        if (q->mentions < 1000) q->mentions++;
        if (!q->known && known) memcpy(was->country, made.country, 4), was->basis = made.basis, q->known = 1;
        if (!was->role.n || (d.office != CHY_NONE && !was->sectors)) was->role = made.role;
        if (!was->sectors || (d.office != CHY_NONE && !q->known)) was->sectors = made.sectors;
        if (e - b > q->end - q->first) {
            q->first = b, q->end = e;
            if (!chy_slice_starts(was->basis, CHY_LIT("office-holders"))) was->name = made.name;
            learn_name(r, p, b, e);
        }
        if (!q->gender) q->gender = (int8_t)gender_of(r, &d, e);
        return chy_actors_give(r, k, q->actor);
    }
    if (!known && r->home[0] && r->home_share >= (d.office == CHY_NONE ? 50u : 30u)) {
        memcpy(made.country, r->home, 3);
        made.basis = CHY_LIT("state of the dispatch");
    }
    uint32_t actor = chy_actors_get(r, id_of(r, made.country, "", made.name), &made);
    if (actor == CHY_NONE) return false;
    p = r->persons.n;
    if (!CHY_PUSH(r->w->arena, &r->persons, (chy_person){actor, b, e, (int8_t)gender_of(r, &d, e), 1, known})) return false;
    learn_name(r, p, b, e);
    return chy_actors_give(r, k, actor);
}

/* -------------------------------------------------------------------- all */

/* "Abe was Japan's longest-serving prime minister": the office is its subject's. */
static bool predicate_of(chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    uint32_t subject = CHY_NONE;
    if (!describes(r, k) || chy_tree_child(r->w, d->head, CHY_REL_COP) == CHY_NONE) return false;
    for (CHY_EACH_CHILD(r->w, d->head, c))
        if (r->t[c].deprel == CHY_REL_NSUBJ && c < d->head) subject = r->draft_of[c];
    if (subject == CHY_NONE || r->drafts.v[subject].n_actors != 1) return false;
    uint32_t actor = r->of.v[r->drafts.v[subject].first_actor];
    return r->actors.v[actor].kind == CHY_ACTOR_PERSON && chy_actors_give(r, k, actor);
}

static bool named(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_atom *a = &r->atoms.v[d->atom];
    chy_slice words = text_of(r, a->begin, a->end);
    if (a->kind == CHY_ATOM_CITY) return chy_actors_give(r, k, actor_of_city(r, a->row, words));
    /* "the French" as a noun are the people; "French" before a noun is the state. */
    return chy_actors_give(r, k, actor_of_row(r, a->row, words));
}

static uint32_t bare_draft(chy_run *r, uint32_t i, unsigned shape)
{
    uint32_t k = r->drafts.n;
    chy_draft d = {.begin = i, .end = i + 1, .head = i, .core_begin = i, .core_end = i + 1, .full = i + 1, .atom = CHY_NONE, .office = CHY_NONE, .modifier = CHY_NONE,
                   .org = CHY_NONE, .whose = CHY_NONE, .possessor = CHY_NONE, .poss = CHY_NONE, .sentence = chy_sentence_of(r->w->d, i), .shape = (uint8_t)shape};
    if (!CHY_PUSH(r->w->arena, &r->drafts, d)) return CHY_NONE;
    r->draft_of[i] = k;
    return k;
}

/* A word that no tag took for a name, but that is the surname, or the abbreviation, of somebody named before. */
static bool surname(chy_run *r, uint32_t i)
{
    const chy_token *t = &r->t[i];
    const chy_alias *alias = r->atom_of[i] == CHY_NONE && (t->flags & CHY_TOKEN_ALLCAPS) ? alias_of(r, t->norm) : NULL;
    if (alias) {
        uint32_t k = bare_draft(r, i, CHY_SHAPE_ORG);
        return k != CHY_NONE && chy_actors_give(r, k, alias->actor);
    }
    if (r->atom_of[i] != CHY_NONE || t->upos != CHY_UPOS_PROPN || !(t->flags & CHY_TOKEN_CAP) || particle(t->norm)) return false;
    uint32_t *s = word_slot(r, t->norm);
    if (!s || !*s) return false;
    const chy_person *q = &r->persons.v[*s - 1];
    if (!chy_slice_eq(r->t[q->end - 1].norm, t->norm) || t->deprel == CHY_REL_FLAT) return false;
    uint32_t k = bare_draft(r, i, CHY_SHAPE_PERSON);
    return k != CHY_NONE && chy_actors_give(r, k, q->actor);
}

void chy_actors_resolve(chy_run *r)
{
    for (uint32_t i = 0; i < r->n && !r->w->arena->failed; i++) {
        uint32_t k = r->draft_of[i];
        if (k == CHY_NONE) {
            if (!surname(r, i)) chy_actors_pronoun(r, i);
            continue;
        }
        if (r->drafts.v[k].n_actors) continue;
        switch (r->drafts.v[k].shape) {
        case CHY_SHAPE_STATE: case CHY_SHAPE_ADJECTIVE: named(r, k); break;
        case CHY_SHAPE_ORG:
            organisation(r, k);
            learn_alias(r, k);
            break;
        case CHY_SHAPE_PERSON: person(r, k); break;
        case CHY_SHAPE_OFFICE: {
            uint32_t z = apposed(r, k);
            if (z != CHY_NONE && (r->drafts.v[z].n_actors || person(r, z))) {
                chy_actors_give(r, k, r->of.v[r->drafts.v[z].first_actor]);
                break;
            }
            if (!predicate_of(r, k)) office(r, k);
            if (r->m->office[r->drafts.v[k].office].kind == CHY_OFFICE_BODY) learn_alias(r, k);
            break;
        }
        default: break;
        }
    }
}
