/* SPDX-License-Identifier: Apache-2.0
 *
 * where.c - the place of a predicate: what its clause, or the clause that it is part of, says with a preposition of place.
 */
#include "places/places.h"
#include "syntax/tree.h"

/* The first place whose head is at or after token t. */
static uint32_t lower(const chy_dispatch *d, uint32_t t)
{
    uint32_t lo = 0, hi = d->n_places;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (d->places[mid].end_token <= t) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* The place that token t is the head of, or that stands close under it ("in the capital, Tehran", "in the city of Basra"). */
static uint32_t place_at(const chy_work *w, uint32_t t)
{
    const chy_dispatch *d = w->d;
    for (uint32_t i = lower(d, w->sub_begin[t]); i < d->n_places && d->places[i].first_token < w->sub_end[t]; i++) {
        uint32_t h = d->places[i].use == CHY_PLACE_NAME ? d->places[i].head_token : CHY_NONE;
        for (unsigned k = 0; k < 3 && h != CHY_NONE; k++) {
            if (h == t) return i;
            unsigned rel = d->tokens[h].deprel;
            bool close = chy_deprel_base((chy_deprel)rel) == CHY_REL_APPOS || rel == CHY_REL_FLAT || rel == CHY_REL_COMPOUND || rel == CHY_REL_NMOD_DESC ||
                         (chy_deprel_base((chy_deprel)rel) == CHY_REL_NMOD && chy_slice_in(chy_tree_case(w, h), "of|in|near"));
            if (!close) break;
            h = d->tokens[h].head;
        }
    }
    return CHY_NONE;
}

/* Does the place at token t stand for a whole state? */
static bool is_state(const chy_work *w, uint32_t t, const chy_place *p)
{
    uint32_t m = w->d->mention_of ? w->d->mention_of[t] : CHY_NONE;
    if (m == CHY_NONE || m >= w->d->n_mentions) return false;
    const chy_mention *x = &w->d->mentions[m];
    for (uint32_t i = x->first_actor; i < x->first_actor + x->n_actors && i < w->d->n_mention_actors; i++) {
        const chy_actor *a = &w->d->actors[w->d->mention_actors[i]];
        if (a->kind == CHY_ACTOR_STATE && chy_slice_eq(a->name, p->name)) return true;
    }
    return false;
}

/* Rank of a preposition of place, 0 none. */
static unsigned rank(const chy_work *w, uint32_t t)
{
    chy_slice c = chy_tree_case(w, t);
    if (chy_slice_in(c, "in|inside|within")) return 4;
    if (chy_slice_in(c, "at|near|outside|off|around|across|along|throughout")) return 3;
    if (chy_slice_in(c, "on|over")) return 2;
    return chy_slice_in(c, "to|into|from") ? 1 : 0;
}

static uint32_t local(const chy_work *w, uint32_t p)
{
    uint32_t best = CHY_NONE;
    unsigned most = 0;
    for (CHY_EACH_CHILD(w, p, c)) {
        if (!chy_is_rel(&w->d->tokens[c], CHY_REL_OBL) && !chy_is_rel(&w->d->tokens[c], CHY_REL_NMOD)) continue;
        unsigned r = rank(w, c);
        /* a way to or from it is a place of a visit only */
        if (r == 1 && !chy_slice_in(w->d->tokens[p].lemma, "travel|visit|fly|arrive|go|come|return|head|trip|tour|deploy|withdraw|deport|send|dispatch")) continue;
        uint32_t i = r > most ? place_at(w, c) : CHY_NONE;
        if (i == CHY_NONE || (r == 2 && is_state(w, c, &w->d->places[i]))) continue; /* "sanctions on Iran" are not in Iran */
        best = i;
        most = r;
    }
    return best;
}

uint32_t chy_places_of(const chy_work *w, uint32_t token)
{
    const chy_dispatch *d = w->d;
    if (!d->n_places || token >= d->n_tokens) return CHY_NONE;
    for (unsigned k = 0; token != CHY_NONE && k < 6; k++) {
        uint32_t i = local(w, token);
        if (i != CHY_NONE) return i;
        switch (chy_deprel_base((chy_deprel)d->tokens[token].deprel)) {
        case CHY_REL_OBJ: case CHY_REL_NSUBJ: case CHY_REL_OBL: case CHY_REL_XCOMP: case CHY_REL_CONJ: break;
        case CHY_REL_NMOD:
            if (d->tokens[token].deprel == CHY_REL_NMOD_POSS) return CHY_NONE;
            break;
        case CHY_REL_ADVCL:
            if (chy_tree_child(w, token, CHY_REL_MARK) != CHY_NONE) return CHY_NONE;
            break;
        default: return CHY_NONE;
        }
        token = d->tokens[token].head;
    }
    return CHY_NONE;
}
