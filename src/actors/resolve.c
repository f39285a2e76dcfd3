/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.c - drafts to actors, in text order: a state, an organisation, a person in the office of the day, or people and
 * bodies by office.
 */
#include "actors/run.h"

/* "Abe was Japan's longest-serving prime minister": the office is its subject's. */
static bool predicate_of(chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    uint32_t subject = CHY_NONE;
    if (!chy_actors_describes(r, k) || chy_tree_child(r->w, d->head, CHY_REL_COP) == CHY_NONE) return false;
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
    chy_slice words = chy_actors_text(r, a->begin, a->end);
    const chy_name_row *n = chy_atom_name(r, a);
    if (n && n->what == CHY_WHAT_KINGDOM && !chy_actors_named(r, n->country) && chy_actors_epithet_refers(r, k)) return true;
    if (a->kind == CHY_ATOM_CITY) return chy_actors_give(r, k, chy_actors_of_city(r, a->row, words));
    if (chy_actors_ethnic(r, a) && d->shape == CHY_SHAPE_STATE) {
        chy_actor made = {.name = chy_actors_text(r, a->begin - 1, a->end), .sectors = CHY_SEC_CVL, .kind = CHY_ACTOR_PEOPLE};
        chy_actors_in_context(r, k, d, CHY_ASKED_CIVIL, made.country);
        made.basis = chy_actors_context_basis(made.country);
        return chy_actors_give(r, k, chy_actors_get(r, chy_actors_id(r, made.country, "people", made.name), &made));
    }
    /* "the French" as a noun are the people; "French" before a noun is the state. */
    return chy_actors_give(r, k, chy_actors_of_row(r, a->row, words));
}

static uint32_t bare_draft(chy_run *r, uint32_t i, unsigned shape)
{
    uint32_t k = chy_actors_one_word(r, i, shape);
    if (k != CHY_NONE) r->draft_of[i] = k;
    return k;
}

/* A word that no tag took for a name, but that is the surname, the given name, or the abbreviation, of somebody named before. */
static bool surname(chy_run *r, uint32_t i)
{
    const chy_token *t = &r->t[i];
    const chy_alias *alias = r->atom_of[i] == CHY_NONE && (t->flags & CHY_TOKEN_ALLCAPS) ? chy_actors_alias(r, t->norm)
        : NULL;
    if (alias) {
        uint32_t k = bare_draft(r, i, r->actors.v[alias->actor].kind == CHY_ACTOR_PERSON ? CHY_SHAPE_PERSON : CHY_SHAPE_ORG);
        return k != CHY_NONE && chy_actors_give(r, k, alias->actor);
    }
    if (r->atom_of[i] != CHY_NONE || t->upos != CHY_UPOS_PROPN || !(t->flags & CHY_TOKEN_CAP) ||
        chy_actors_particle(t->norm))
        return false;
    uint32_t *s = chy_actors_word(r, t->norm);
    if (!s || !*s) return false;
    const chy_person *q = &r->persons.v[*s - 1];
    bool given = chy_slice_eq(r->t[q->first].norm, t->norm); /* "Isabel and I" */
    if ((!chy_slice_eq(r->t[q->end - 1].norm, t->norm) && !given) || t->deprel == CHY_REL_FLAT) return false;
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
            chy_actors_organisation(r, k);
            chy_actors_learn_alias(r, k);
            break;
        case CHY_SHAPE_PERSON: chy_actors_person(r, k); break;
        case CHY_SHAPE_OFFICE: {
            uint32_t z = chy_actors_apposed(r, k);
            if (z != CHY_NONE && (r->drafts.v[z].n_actors || chy_actors_person(r, z))) {
                chy_actors_give(r, k, r->of.v[r->drafts.v[z].first_actor]);
                break;
            }
            if (!predicate_of(r, k)) chy_actors_office(r, k);
            if (r->m->office[r->drafts.v[k].office].kind == CHY_OFFICE_BODY) chy_actors_learn_alias(r, k);
            break;
        }
        default: break;
        }
    }
}
