/* SPDX-License-Identifier: Apache-2.0
 *
 * phrases.c - drafts: noun phrases made of atoms. "Russian Security Council Secretary Sergei Shoigu" is a name with an
 * office before it and a state before that; "the secretary of Russia's security council" an office with its state behind.
 * The words decide first and the tree second, for a tree may be wrong where the words are plain.
 */
#include "actors/run.h"

enum { MAX_LEFT = 24, MAX_RIGHT = 18 };

static const chy_atom *atom_at(const chy_run *r, uint32_t token)
{
    return r->atom_of[token] == CHY_NONE ? NULL : &r->atoms.v[r->atom_of[token]];
}

static bool is_hyphen(const chy_token *t) { return t->norm.n == 1 && t->norm.p[0] == '-'; }

/* Does an atom that names a state or an organisation end at `token` (exclusive)? */
static const chy_atom *name_before(const chy_run *r, uint32_t token, uint32_t floor)
{
    const chy_atom *a = token > floor ? atom_at(r, token - 1) : NULL;
    return a && (a->kind == CHY_ATOM_NAME || a->kind == CHY_ATOM_CITY) && a->end == token ? a : NULL;
}

static bool says_state(const chy_run *r, const chy_atom *a)
{
    const chy_name_row *n = chy_atom_name(r, a);
    if (a->kind == CHY_ATOM_CITY) return true;
    return n && n->what != CHY_WHAT_ETHNIC && n->what != CHY_WHAT_CONTINENT && n->what != CHY_WHAT_CONTINENTAL;
}

/* First token of the phrase whose words end at `at`; never left of `floor`. *poss: a possessive pronoun there. */
static uint32_t left_edge(const chy_run *r, uint32_t at, uint32_t floor, uint32_t *poss)
{
    const chy_token *t = r->t;
    uint32_t i = at;
    *poss = CHY_NONE;
    if (at > floor + MAX_LEFT) floor = at - MAX_LEFT;
    while (i > floor) {
        const chy_token *p = &t[i - 1];
        if (chy_token_is(p, "both")) return i - 1;
        /* "Last week Iran's minister": when is not who. */
        if (chy_slice_in(p->norm, "week|month|year|today|yesterday|morning|night|evening|afternoon|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday") &&
            !(i < at && t[i].upos == CHY_UPOS_PART) && !(i < at && is_hyphen(&t[i])))
            return i;
        const chy_atom *whole = i < at || p->upos == CHY_UPOS_PROPN ? atom_at(r, i - 1) : NULL;
        if (whole && whole->end == i && i - whole->begin > 2 && whole->begin >= floor &&
                whole->kind != CHY_ATOM_PERSON) {
            i = whole->begin; /* "US Department of Defence analyst": a preposition inside a name is no edge */
            continue;
        }
        bool up = p->head != CHY_NONE && p->head >= i && p->head < at + MAX_LEFT; /* hangs on something to its right */
        switch (p->upos) {
        case CHY_UPOS_NOUN: case CHY_UPOS_PROPN: {
            chy_deprel rel = chy_deprel_base((chy_deprel)p->deprel);
            bool clause = rel == CHY_REL_NSUBJ || rel == CHY_REL_OBJ || rel == CHY_REL_OBL || rel == CHY_REL_ROOT ||
                rel == CHY_REL_IOBJ;
            if (clause && !atom_at(r, i - 1)) return i;
            if (clause && !up && i == at) return i;
            if (clause && up && t[p->head].upos == CHY_UPOS_VERB) return i;
            i--;
            continue;
        }
        case CHY_UPOS_ADJ: case CHY_UPOS_NUM: case CHY_UPOS_SYM: case CHY_UPOS_X:
            i--;
            continue;
        case CHY_UPOS_PART:
            if (p->norm.n && p->norm.p[0] == '\'') {
                i--;
                continue;
            }
            return i;
        case CHY_UPOS_VERB:
            if (p->deprel == CHY_REL_AMOD || p->deprel == CHY_REL_COMPOUND || (i - 1 > floor && is_hyphen(&t[i - 2]))) {
                i--;
                continue;
            }
            return i;
        case CHY_UPOS_ADV:
            if (i < at && is_hyphen(&t[i]) && !(p->flags & CHY_TOKEN_SPACE_AFTER)) {
                i--; /* "longest-serving" */
                continue;
            }
            if (up && (i == at || t[p->head].upos == CHY_UPOS_ADJ || t[p->head].upos == CHY_UPOS_NUM ||
                    chy_token_is(p, "then") || chy_token_is(p, "former"))) {
                i--;
                continue;
            }
            return i;
        case CHY_UPOS_PUNCT:
            if (p->norm.n == 1 && p->norm.p[0] == ')' && i >= floor + 3 && r->t[i - 3].norm.n == 1 &&
                    r->t[i - 3].norm.p[0] == '(') {
                i -= 3; /* "European Community (EC) leaders" */
                continue;
            }
            if (is_hyphen(p) && !(p->flags & CHY_TOKEN_SPACE_AFTER)) {
                i--;
                continue;
            }
            if (p->norm.n == 1 && p->norm.p[0] == ',' && i < at && i >= 2 && atom_at(r, i) &&
                name_before(r, i - 1, floor) && t[i].upos == CHY_UPOS_ADJ &&
                t[i - 2].upos == CHY_UPOS_ADJ) {
                i--;
                continue;
            }
            return i;
        case CHY_UPOS_CCONJ: /* "Israeli and Palestinian officials", but not "the US and European countries" */
            if (i < at && i >= 2 && atom_at(r, i) && name_before(r, i - 1, floor) && p->deprel == CHY_REL_CC &&
                (atom_at(r, i)->kind == CHY_ATOM_NAME || atom_at(r, i)->kind == CHY_ATOM_CITY) &&
                (t[i].upos == CHY_UPOS_ADJ || t[i - 2].upos == CHY_UPOS_ADJ) && p->head != CHY_NONE &&
                p->head < atom_at(r, i)->end) {
                i--;
                continue;
            }
            /* "Argentina's and Chile's foreign ministers" */
            if (i < at && i >= floor + 3 && t[i - 2].upos == CHY_UPOS_PART && name_before(r, i - 2, floor) && atom_at(r, i) &&
                says_state(r, atom_at(r, i))) {
                i--;
                continue;
            }
            return i;
        case CHY_UPOS_DET:
            i--;
            if (i > floor && t[i - 1].deprel == CHY_REL_DET_PREDET) i--;
            return i;
        case CHY_UPOS_PRON:
            if ((p->feats & CHY_FEAT_POSS) || p->deprel == CHY_REL_NMOD_POSS) *poss = --i;
            else if (p->deprel == CHY_REL_DET) i--;
            return i;
        default: return i;
        }
    }
    return i;
}

/* "US-backed", "pro-Iranian", "anti-Soviet", "non-European": the name says something else than whose the phrase is. */
static bool sided(const chy_run *r, const chy_atom *a, uint32_t end)
{
    const chy_token *t = r->t;
    if (a->end + 1 < end && is_hyphen(&t[a->end]) && !(t[a->end].flags & CHY_TOKEN_SPACE_AFTER)) {
        chy_slice w = t[a->end + 1].norm;
        return !chy_slice_in(w, "led|based|run|controlled|ruled|governed|occupied|administered|held|owned");
    }
    if (a->begin >= 2 && is_hyphen(&t[a->begin - 1]) && !(t[a->begin - 1].flags & CHY_TOKEN_SPACE_AFTER))
        return chy_slice_in(t[a->begin - 2].norm, "pro|anti|non|ex|trans|inter");
    return false;
}

/* "ethnic Albanians": of which state, what is round it says. */
bool chy_actors_ethnic(const chy_run *r, const chy_atom *a)
{
    return a->kind == CHY_ATOM_NAME && a->begin && chy_token_is(&r->t[a->begin - 1], "ethnic");
}

static void add_country(const chy_run *r, chy_draft *d, const chy_atom *a)
{
    uint32_t row = a->kind == CHY_ATOM_CITY ? a->row | CHY_CITY_BIT : a->row;
    const chy_name_row *n = chy_atom_name(r, a);
    if (n && chy_what_is_org(n->what)) d->org = a->row;
    for (uint32_t i = 0; i < d->n_countries; i++)
        if (d->countries[i] == row) return;
    if (d->n_countries < 4) d->countries[d->n_countries++] = row;
}

/* What stands before the core: its state, organisation, modifying office, number, "former". */
static void read_left(const chy_run *r, chy_draft *d, uint32_t at)
{
    const chy_token *t = r->t;
    const chy_atom *lead = NULL, *weak = NULL;
    for (uint32_t i = d->begin; i < at; i++) {
        const chy_atom *a = atom_at(r, i);
        if (chy_slice_in(t[i].norm,
            "former|ex|then|late|ousted|deposed|outgoing|fallen|exiled|onetime|erstwhile|slain|retired"))
            d->former = !chy_slice_in(t[i].norm, "then|outgoing|exiled|late|slain");
        if (chy_slice_in(t[i].norm, "the|this|that|these|those|both|said")) d->definite = 1;
        if (chy_slice_in(t[i].norm,
            "foreign|international|neighboring|neighbouring|overseas|global|world|multinational"))
            d->abroad = 1;
        if (chy_slice_in(t[i].norm, "two|both|2")) d->number = 2;
        if (chy_slice_in(t[i].norm, "three|3")) d->number = 3;
        if (!a || a->begin != i) continue;
        if (a->kind == CHY_ATOM_OFFICE) {
            if (a->end < at && t[a->end].upos == CHY_UPOS_PART) d->possessor = a->end - 1;
            else d->modifier = a->row;
        } else if (a->kind == CHY_ATOM_PERSON) {
            d->whose = r->atom_of[i];
        } else if (a->kind != CHY_ATOM_UNLISTED && !sided(r, a, at) && !chy_actors_ethnic(r, a)) {
            const chy_name_row *n = chy_atom_name(r, a);
            if (!says_state(r, a)) {
                bool nowhere = n && n->what == CHY_WHAT_ETHNIC && !n->homes && !memcmp(n->country, "UNK", 3);
                if (!weak && !nowhere) weak = a; /* "Muslim", "Shiite": no state at all */
            } else if (!lead) {
                lead = a;
                add_country(r, d, a);
            } else if (i >= 1 && a->begin > lead->begin && (t[i - 1].upos == CHY_UPOS_CCONJ ||
                (t[i - 1].upos == CHY_UPOS_PUNCT && !is_hyphen(&t[i - 1])))) {
                add_country(r, d, a);
            } else if (n && chy_what_is_org(n->what)) {
                d->org = a->row; /* "the Palestinian Hamas leader": the state leads, the organisation says the sector */
            }
        }
        i = a->end - 1;
    }
    if (!d->n_countries && weak) add_country(r, d, weak);
}

/* Behind "of Sudan's": an office, an organisation, a person, which say what kind of people they are. */
static bool further(const chy_run *r, chy_draft *d, const chy_atom *a, bool place)
{
    const chy_name_row *n = chy_atom_name(r, a);
    if (place || sided(r, a, a->end + 2)) return false;
    if (a->kind == CHY_ATOM_OFFICE) {
        if (d->modifier == CHY_NONE) d->modifier = a->row;
    } else if (a->kind == CHY_ATOM_PERSON) {
        d->whose = r->atom_of[a->begin];
    } else if (n && chy_what_is_org(n->what) && n->what != CHY_WHAT_GROUP) {
        d->org = a->row;
    } else {
        return false;
    }
    return true;
}

/* "of Russia's security council", "in Lagos", "to Ukraine's president": the first name behind the core. */
static void read_right(const chy_run *r, chy_draft *d, uint32_t e)
{
    const chy_token *t = r->t;
    uint32_t i = d->core_end;
    if (i >= e || t[i].upos != CHY_UPOS_ADP) return;
    bool of = chy_slice_in(t[i].norm, "of|for|from|with|at|in|inside|across|near|within");
    if (!of && chy_token_is(&t[i], "to")) {
        chy_slice last = t[d->core_end - 1].lemma;
        of = chy_slice_in(last, "adviser|advisor|aide|assistant|counsel|deputy|secretary|counselor");
    }
    if (chy_token_is(&t[i], "for") && d->office != CHY_NONE && chy_slice_in(t[d->core_end - 1].lemma,
        "envoy|representative|negotiator|coordinator|ambassador"))
        of = false;
    if (!of) return;
    bool place = !chy_slice_in(t[i].norm, "of|for|from|with");
    if (place && d->office != CHY_NONE && r->m->office[d->office].country[0]) return; /* "peacekeepers in Lebanon" */
    if (place && d->office != CHY_NONE &&
        (r->m->office[d->office].flags & CHY_OFFICE_WEAK))
        return; /* "fired rockets at Israel" */
    uint32_t stop = i + 1 + MAX_RIGHT < e ? i + 1 + MAX_RIGHT : e, inner = 0;
    for (uint32_t j = i + 1; j < stop; j++) {
        const chy_atom *a = atom_at(r, j);
        if (a && a->kind == CHY_ATOM_PERSON) {
            if (!place) d->whose = r->atom_of[j], d->end = a->end;
            return;
        }
        if (a && a->kind == CHY_ATOM_OFFICE) {
            if (d->modifier == CHY_NONE && chy_slice_in(t[i].norm, "of|for")) d->modifier = a->row;
            j = a->end - 1;
            continue;
        }
        if (a && !sided(r, a, e) && says_state(r, a)) {
            add_country(r, d, a);
            d->right = 1;
            d->end = a->end;
            /* "the leaders of Japan and Ireland". */
            for (uint32_t k = a->end; d->plural && k + 1 < e && d->n_countries < 4; k = d->end) {
                if (t[k].upos == CHY_UPOS_PUNCT && t[k + 1].upos == CHY_UPOS_CCONJ) k++;
                if (t[k].upos != CHY_UPOS_CCONJ && !(t[k].norm.n == 1 && t[k].norm.p[0] == ',')) break;
                if (k + 1 < e && t[k + 1].upos == CHY_UPOS_DET) k++;
                const chy_atom *z = k + 1 < e ? atom_at(r, k + 1) : NULL;
                if (!z || z->begin != k + 1 || !says_state(r, z) || t[z->end - 1].upos == CHY_UPOS_ADJ) break;
                add_country(r, d, z);
                d->end = z->end;
            }
            if (d->n_countries > 1) return;
            /* "… Ukraine's president": the phrase runs on to its noun; an office, organisation or person on the way says more. */
            for (uint32_t k = a->end; k < stop && k < a->end + 12; k++) {
                const chy_atom *z = atom_at(r, k);
                if (z && z->begin == k && further(r, d, z, place)) {
                    k = z->end - 1;
                    d->end = z->end;
                    if (z->kind != CHY_ATOM_OFFICE) break;
                } else if (t[k].upos == CHY_UPOS_NOUN || t[k].upos == CHY_UPOS_PROPN) {
                    bool own = t[k].head != CHY_NONE && t[k].head < k + MAX_RIGHT && t[k].deprel != CHY_REL_NSUBJ;
                    if (!own) break;
                    d->end = k + 1;
                } else if (t[k].upos != CHY_UPOS_ADJ && !is_hyphen(&t[k]) && !(t[k].upos == CHY_UPOS_VERB && is_hyphen(&t[k - 1])) &&
                           !(t[k].upos == CHY_UPOS_PART && t[k].norm.n && t[k].norm.p[0] == '\'')) {
                    break;
                }
            }
            return;
        }
        if (a) {
            j = a->end - 1;
            continue;
        }
        switch (t[j].upos) {
        case CHY_UPOS_NOUN: case CHY_UPOS_PROPN: case CHY_UPOS_ADJ: case CHY_UPOS_DET: case CHY_UPOS_NUM: continue;
        case CHY_UPOS_PART:
            if (t[j].norm.n && t[j].norm.p[0] == '\'') continue;
            return;
        case CHY_UPOS_ADP:
            if (++inner > 4 || !chy_slice_in(t[j].norm, "of|in|for|at|from")) return;
            continue;
        case CHY_UPOS_CCONJ:
            if (place) return;
            continue;
        case CHY_UPOS_PUNCT:
            if (is_hyphen(&t[j])) continue;
            return;
        default: return;
        }
    }
}

/* The token of [b, e) that hangs on something outside it: in the core first. */
static uint32_t head_of(const chy_run *r, const chy_draft *d)
{
    uint32_t b = d->core_begin, e = d->core_end, found = CHY_NONE;
    for (int round = 0; round < 2 && found == CHY_NONE; round++) {
        for (uint32_t i = b; i < e && found == CHY_NONE; i++) {
            uint32_t h = r->t[i].head;
            if ((h == CHY_NONE || h < d->begin || h >= d->end) && r->t[i].upos != CHY_UPOS_PUNCT &&
                r->t[i].upos != CHY_UPOS_PART &&
                r->t[i].upos != CHY_UPOS_DET)
                found = i;
        }
        b = d->begin, e = d->end;
    }
    return found == CHY_NONE ? d->core_end - 1 : found;
}

static bool plural_token(const chy_run *r, const chy_draft *d)
{
    const chy_token *t = &r->t[d->core_end - 1];
    if (t->feats & CHY_FEAT_PLUR) return true;
    return chy_slice_in(t->norm, "people|police|troops|men|women|children|personnel|staff");
}

/* "… of the West Asia and North Africa Division of the Indian Ministry of External Affairs". */
static uint32_t full_end(const chy_run *r, const chy_draft *d)
{
    const chy_token *t = r->t;
    uint32_t stop = r->w->d->sentences[d->sentence].first_token + r->w->d->sentences[d->sentence].n_tokens, i = d->end;
    if (d->shape != CHY_SHAPE_OFFICE && d->shape != CHY_SHAPE_PERSON) return i;
    if (stop > i + 30) stop = i + 30;
    if (d->shape == CHY_SHAPE_PERSON || i >= stop || (t[i].upos != CHY_UPOS_ADP && i == d->core_end)) return i;
    for (; i < stop; i++) {
        switch (t[i].upos) {
        case CHY_UPOS_NOUN: case CHY_UPOS_PROPN: case CHY_UPOS_ADJ: case CHY_UPOS_DET: case CHY_UPOS_NUM: continue;
        case CHY_UPOS_ADP:
            if (!chy_slice_in(t[i].norm, "of|for|in|at|to|on")) return i;
            continue;
        case CHY_UPOS_CCONJ: continue;
        case CHY_UPOS_PART:
            if (t[i].norm.n && t[i].norm.p[0] == '\'') continue;
            return i;
        case CHY_UPOS_PUNCT:
            if (is_hyphen(&t[i])) continue;
            return i;
        default: return i;
        }
    }
    return i;
}

static void push(chy_run *r, chy_draft *d)
{
    d->full = full_end(r, d);
    d->head = head_of(r, d);
    if (r->draft_of[d->head] != CHY_NONE) return; /* a wider phrase has it */
    r->draft_of[d->head] = r->drafts.n;
    CHY_PUSH(r->w->arena, &r->drafts, *d);
}

static chy_draft draft(uint32_t sentence, unsigned shape, uint32_t atom, uint32_t b, uint32_t e)
{
    return (chy_draft){.begin = b, .end = e, .head = CHY_NONE, .core_begin = b,
           .core_end = e, .atom = atom, .office = CHY_NONE, .modifier = CHY_NONE,
                       .org = CHY_NONE, .whose = CHY_NONE, .possessor = CHY_NONE, .poss = CHY_NONE,
                           .sentence = sentence, .shape = (uint8_t)shape};
}

/* A person: the name with the titles before it. */
static void person(chy_run *r, uint32_t sentence, uint32_t k, uint32_t first, uint32_t b, uint32_t e)
{
    const chy_atom *a = &r->atoms.v[k];
    chy_draft d = draft(sentence, CHY_SHAPE_PERSON, k, a->begin, a->end);
    uint32_t at = a->begin, j = k;
    while (j > first && r->atoms.v[j - 1].kind == CHY_ATOM_OFFICE && r->atoms.v[j - 1].end == at) {
        const chy_office_row *o = &r->m->office[r->atoms.v[j - 1].row];
        if (o->kind == CHY_OFFICE_STATE || o->kind == CHY_OFFICE_SIDE) break;
        if (d.office == CHY_NONE) d.office = r->atoms.v[j - 1].row;
        else d.modifier = r->atoms.v[j - 1].row;
        if (j == k) d.plural = (r->t[at - 1].feats & CHY_FEAT_PLUR) != 0; /* "ministers X and Y" */
        at = r->atoms.v[--j].begin;
        r->atoms.v[j].taken = 1;
    }
    d.core_begin = at;
    d.begin = at;
    if (d.office != CHY_NONE || at == a->begin) {
        uint32_t poss, edge = left_edge(r, at, b, &poss);
        /* Without a title only a state, or words that hang on the name, go along ("Tunisia's Kais Saied"). */
        if (d.office == CHY_NONE) {
            const chy_atom *n = at >= 1 && at > b ? name_before(r, at, b) : NULL;
            if (!n && at >= b + 2 && r->t[at - 1].upos == CHY_UPOS_PART) n = name_before(r, at - 1, b);
            if (!n && edge < at && chy_slice_in(r->t[at - 1].norm, "former|late")) n = NULL;
            edge = n && edge <= n->begin ? n->begin : at;
            if (edge == at) poss = CHY_NONE;
        }
        d.begin = edge;
        d.poss = poss;
        read_left(r, &d, at);
    }
    if (!d.n_countries && d.end + 1 < e && chy_slice_in(r->t[d.end].norm, "of|from")) {
        /* "Ministers Ali Haddad of Egypt and Samir Nassar of Jordan" */
        const chy_atom *z = atom_at(r, d.end + 1);
        if (z && z->begin == d.end + 1 && says_state(r, z) && r->t[z->end - 1].upos == CHY_UPOS_PROPN) {
            add_country(r, &d, z);
            d.right = 1;
            d.end = z->end;
        }
    }
    push(r, &d);
}

static bool names_body(const chy_name_row *n) { return chy_what_is_org(n->what) && n->what != CHY_WHAT_GROUP; }

/* "by force", "elected president", "went to court": a singular noun without article or owner means nobody, but in
 * headlines, which leave articles out, and for words that never have one. */
static bool generic(const chy_run *r, const chy_draft *d, const chy_office_row *o)
{
    const chy_token *t = &r->t[d->core_end - 1];
    if (d->whose != CHY_NONE) return false;
    if (d->possessor != CHY_NONE) return false;
    if (o->kind == CHY_OFFICE_COUNTERPART) return !d->n_countries && d->poss == CHY_NONE;
    if ((o->flags & CHY_OFFICE_WEAK) && !d->n_countries && d->poss == CHY_NONE && d->modifier == CHY_NONE) return true;
    if (d->n_countries || d->poss != CHY_NONE || d->plural || d->begin < d->core_begin || (o->kind != CHY_OFFICE_PERSON &&
        o->kind != CHY_OFFICE_BODY))
        return false;
    if (t->flags & CHY_TOKEN_CAP) return false;
    if (chy_token_is(t, "opposition") && chy_is_rel(t, CHY_REL_NSUBJ)) return false;
    const chy_dispatch *p = r->w->d;
    if (p->blocks[p->sentences[d->sentence].block].kind == CHY_BLOCK_TITLE) return false;
    return !chy_slice_in(t->norm, "parliament|congress|media|press|government|leadership|management|staff|people|mps|population|judiciary|clergy|civil society|society|law enforcement");
}

/* A person or body by office. */
static void office(chy_run *r, uint32_t sentence, uint32_t k, uint32_t b, uint32_t e)
{
    const chy_atom *a = &r->atoms.v[k];
    const chy_office_row *o = &r->m->office[a->row];
    chy_draft d = draft(sentence, CHY_SHAPE_OFFICE, k, a->begin, a->end);
    d.office = a->row;
    d.begin = left_edge(r, a->begin, b, &d.poss);
    read_left(r, &d, a->begin);
    d.plural = plural_token(r, &d);
    if (!d.n_countries && d.whose == CHY_NONE && (d.poss == CHY_NONE ||
        o->kind == CHY_OFFICE_COUNTERPART))
        read_right(r, &d, e);
    else if (o->kind == CHY_OFFICE_PERSON && a->end < e && chy_token_is(&r->t[a->end], "of")) {
        /* "Iran's deputy minister of …": only the words go along. */
        uint32_t keep = d.n_countries;
        chy_draft more = d;
        read_right(r, &more, e);
        if (more.n_countries == keep) d.modifier = d.modifier == CHY_NONE ? more.modifier : d.modifier;
    }
    if (generic(r, &d, o)) return;
    push(r, &d);
}

/* An organisation by name, a generic word before it taken along ("the Palestinian group Hamas"). */
static void organisation(chy_run *r, uint32_t sentence, uint32_t k, uint32_t first, uint32_t b)
{
    const chy_atom *a = &r->atoms.v[k];
    chy_draft d = draft(sentence, CHY_SHAPE_ORG, k, a->begin, a->end);
    uint32_t at = a->begin;
    if (k > first && r->atoms.v[k - 1].kind == CHY_ATOM_OFFICE && r->atoms.v[k - 1].end == at) {
        unsigned kind = r->m->office[r->atoms.v[k - 1].row].kind;
        if ((kind == CHY_OFFICE_BODY || kind == CHY_OFFICE_PEOPLE) && (a->kind == CHY_ATOM_UNLISTED ||
                names_body(&r->m->name[a->row]))) {
            if (a->kind == CHY_ATOM_UNLISTED) d.office = r->atoms.v[k - 1].row; /* what it is: "rights group iLaw" */
            r->atoms.v[k - 1].taken = 1;
            at = r->atoms.v[k - 1].begin;
        }
    }
    d.core_begin = at;
    d.begin = left_edge(r, at, b, &d.poss);
    read_left(r, &d, at);
    d.plural = plural_token(r, &d);
    push(r, &d);
}

static void name(chy_run *r, uint32_t sentence, uint32_t k, uint32_t first, uint32_t b)
{
    const chy_atom *a = &r->atoms.v[k];
    const chy_name_row *n = chy_atom_name(r, a);
    if (n && chy_what_is_org(n->what)) {
        organisation(r, sentence, k, first, b);
        return;
    }
    const chy_token *last = &r->t[a->end - 1];
    bool adjective = n && (n->what == CHY_WHAT_DEMONYM || n->what == CHY_WHAT_ETHNIC ||
        n->what == CHY_WHAT_CONTINENTAL) &&
                     (last->upos == CHY_UPOS_ADJ || last->deprel == CHY_REL_AMOD || last->deprel == CHY_REL_COMPOUND);
    if (n && n->what == CHY_WHAT_KINGDOM && !(a->begin > b && chy_token_is(&r->t[a->begin - 1], "the"))) return;
    chy_draft d = draft(sentence, adjective ? CHY_SHAPE_ADJECTIVE : CHY_SHAPE_STATE, k, a->begin, a->end);
    if (adjective || !chy_actors_ethnic(r, a)) add_country(r, &d, a);
    if (!adjective && a->begin > b && r->t[a->begin - 1].upos == CHY_UPOS_DET) d.begin = a->begin - 1;
    d.plural = n && n->what == CHY_WHAT_PEOPLE;
    push(r, &d);
}

/* Is the office a word of a larger phrase: before another office, or before the organisation it describes? */
static bool modifies(const chy_run *r, uint32_t k, uint32_t last)
{
    const chy_atom *a = &r->atoms.v[k];
    if (k + 1 >= last) return false;
    const chy_atom *z = &r->atoms.v[k + 1];
    uint32_t h = r->t[a->end - 1].head;
    if (z->kind == CHY_ATOM_OFFICE && z->begin == a->end) return true;
    return z->kind == CHY_ATOM_OFFICE && h != CHY_NONE && h >= z->begin && h < z->end &&
           r->t[a->end - 1].deprel == CHY_REL_COMPOUND;
}

void chy_actors_phrases(chy_run *r, uint32_t sentence, uint32_t b, uint32_t e, uint32_t first)
{
    uint32_t last = r->atoms.n;
    /* Names of persons and organisations first: they take the titles before them. */
    for (uint32_t k = first; k < last; k++) {
        const chy_name_row *n = chy_atom_name(r, &r->atoms.v[k]);
        if (r->atoms.v[k].kind == CHY_ATOM_PERSON) person(r, sentence, k, first, b, e);
        else if (r->atoms.v[k].kind == CHY_ATOM_UNLISTED) organisation(r, sentence, k, first, b);
        else if (n && chy_what_is_org(n->what)) name(r, sentence, k, first, b);
    }
    for (uint32_t k = first; k < last; k++) {
        const chy_atom *a = &r->atoms.v[k];
        if (a->kind == CHY_ATOM_OFFICE && !a->taken && !modifies(r, k, last)) office(r, sentence, k, b, e);
    }
    for (uint32_t k = first; k < last; k++) {
        const chy_name_row *n = chy_atom_name(r, &r->atoms.v[k]);
        if (r->atoms.v[k].kind == CHY_ATOM_CITY || (n && !chy_what_is_org(n->what))) name(r, sentence, k, first, b);
    }
}
