/* SPDX-License-Identifier: Apache-2.0
 *
 * offices.c - people and bodies by office: their sectors, and the state that the words beside them give.
 */
#include "actors/run.h"

const chy_office_row *chy_actors_office_row(const chy_run *r, uint32_t row) { return row == CHY_NONE ? NULL
    : &r->m->office[row]; }

/* Sectors of people or a body by office. */
uint32_t chy_actors_office_sectors(const chy_run *r, const chy_draft *d)
{
    const chy_office_row *o = chy_actors_office_row(r, d->office), *m = chy_actors_office_row(r, d->modifier);
    const chy_name_row *org = d->org == CHY_NONE ? NULL : &r->m->name[d->org];
    uint32_t s = o ? o->sectors : 0;
    bool generic = !s || s == CHY_SEC_GOV;
    if (m && generic && m->sectors) s = m->sectors | (s && m->sectors != CHY_SEC_CVL ? s : 0);
    else if (m && (m->sectors & (CHY_SEC_OPP | CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_EDU | CHY_SEC_REF))) s |= m->sectors;
    if (org && org->sectors && generic && org->what != CHY_WHAT_ORG) s = org->sectors;
    else if (org && org->sectors && !s) s = org->sectors;
    if (!s && d->right && m) s = m->sectors; /* "two members of the Israeli parliament" */
    if (d->owner && (generic || s == CHY_SEC_MIL || s == CHY_SEC_SOC || s == CHY_SEC_PTY)) s = d->owner;
    if (!s && org && org->what == CHY_WHAT_NGO) s = CHY_SEC_SOC;
    /* "Iranian leaders" govern; a chairman of nothing named does not. */
    if (!s && (d->n_countries || chy_slice_in(chy_table_cell(&r->m->offices,
        d->office, r->m->office_words), "leader|leadership|counterpart")))
        s = CHY_SEC_GOV;
    if (d->former) s = CHY_SEC_ELI | (s & ~(uint32_t)(CHY_SEC_GOV | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_LEG | CHY_SEC_JUD | CHY_SEC_SPY));
    return s;
}

static const char *sector_part(uint32_t sectors)
{
    static const char *const parts[CHY_N_SECTOR] = {"gov", "mil", "cop", "jud", "leg", "spy",
        "pty", "opp", "reb", "prm", "uaf", "crm",
                                                    "cvl", "eli", "ref", "lab", "bus", "jrn", "edu", "med", "rel",
                                                        "soc", "agr", "pre"};
    for (unsigned i = 0; i < CHY_N_SECTOR; i++)
        if (sectors & (1u << i)) return parts[i];
    return "unk";
}

/* One actor by office in one country. */
static uint32_t office_actor(chy_run *r, const chy_draft *d, const char *country, chy_slice basis)
{
    const chy_office_row *o = chy_actors_office_row(r, d->office);
    chy_slice role = chy_table_cell(&r->m->offices, d->office, r->m->office_words);
    chy_actor a = {.sectors = chy_actors_office_sectors(r, d), .role = role, .former = d->former, .basis = basis};
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
    return chy_actors_get(r, chy_actors_id(r, country, sector_part(a.sectors), a.name), &a);
}

/* "the ISNA news agency", "the Hezbollah group": the organisation itself. */
static bool is_its_organisation(const chy_run *r, const chy_draft *d)
{
    const chy_office_row *o = chy_actors_office_row(r, d->office);
    if (d->org == CHY_NONE || d->right || !o || (o->kind != CHY_OFFICE_BODY &&
        o->kind != CHY_OFFICE_PEOPLE))
        return false;
    return d->core_begin > d->begin && (o->sectors & r->m->name[d->org].sectors) &&
           r->t[d->core_begin - 1].upos != CHY_UPOS_PART;
}

/* "an ally of President Putin", "the Biden administration": of the state of that person. */
static bool of_person(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_atom *a = &r->atoms.v[d->whose];
    for (uint32_t i = a->begin; i < a->end; i++) {
        uint32_t z = r->draft_of[i];
        if (z == CHY_NONE || z == k || r->drafts.v[z].atom != d->whose) continue;
        if (!r->drafts.v[z].n_actors && !chy_actors_person(r, z)) return false;
        const chy_actor *x = &r->actors.v[r->of.v[r->drafts.v[z].first_actor]];
        char c[4];
        memcpy(c, x->country, 4);
        const uint32_t armed = CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_OPP | CHY_SEC_CRM;
        if ((x->sectors & armed) || !chy_actors_office_row(r, d->office)->sectors) d->owner = x->sectors;
        return chy_actors_give(r, k, office_actor(r, d, c, CHY_LIT("whose it is")));
    }
    return false;
}

bool chy_actors_office(chy_run *r, uint32_t k)
{
    chy_draft *d = &r->drafts.v[k];
    const chy_office_row *o = chy_actors_office_row(r, d->office);
    if (is_its_organisation(r, d)) return chy_actors_give(r, k, chy_actors_of_row(r, d->org, (chy_slice){"", 0}));
    if (o->kind == CHY_OFFICE_STATE || o->kind == CHY_OFFICE_SIDE) {
        if (d->n_countries && o->kind == CHY_OFFICE_SIDE && d->countries[0] != CHY_NONE) {
            for (uint32_t i = 0; i < d->n_countries; i++) {
                char c[4];
                chy_actors_country_of(r, d->countries[i], c);
                chy_actors_give(r, k, chy_actors_state_of(r, c, CHY_LIT("name beside it")));
            }
            return d->n_actors > 0;
        }
        return chy_actors_refer(r, k);
    }
    if (!d->n_countries && d->whose != CHY_NONE && of_person(r, k)) return true;
    if (!d->n_countries) return chy_actors_refer(r, k);
    if (d->number > 1 && d->definite && d->n_countries == 1 && o->kind == CHY_OFFICE_PERSON) {
        char c[4];
        chy_actors_country_of(r, d->countries[0], c);
        if (chy_actors_last_persons(r, k, d->number, c)) return true; /* "the two Iranian diplomats" */
    }
    for (uint32_t i = 0; i < d->n_countries; i++) {
        char c[4], of[CHY_MAX_MEMBERS][4];
        if (!(d->countries[i] & CHY_CITY_BIT) && r->m->name[d->countries[i]].what == CHY_WHAT_GROUP) {
            uint32_t count = chy_actors_members(r->m, d->countries[i], r->w->d->published.begin, of, CHY_MAX_MEMBERS);
            bool itself = o->kind == CHY_OFFICE_BODY && !d->right; /* "the Quad alliance" */
            d->org = CHY_NONE;
            for (uint32_t z = 0; z < count; z++)
                chy_actors_give(r, k, itself ? chy_actors_state_of(r, of[z], CHY_LIT("member of the group"))
                    : office_actor(r, d, of[z], CHY_LIT("member of the group")));
            continue;
        }
        chy_actors_country_of(r, d->countries[i], c);
        if (d->org != CHY_NONE && d->n_countries == 1 && !chy_actors_real(c) &&
            chy_actors_real(r->m->name[d->org].country))
            memcpy(c, r->m->name[d->org].country, 3);
        chy_actors_give(r, k, office_actor(r, d, c, d->right ? CHY_LIT("name behind the office")
            : CHY_LIT("name before the office")));
    }
    return d->n_actors > 0;
}

uint32_t chy_actors_office_in(chy_run *r, uint32_t draft, const char *country, chy_slice basis)
{
    return office_actor(r, &r->drafts.v[draft], country, basis);
}

uint32_t chy_actors_state(chy_run *r, const char *country)
{
    return chy_actors_state_of(r, country, CHY_LIT("context"));
}
