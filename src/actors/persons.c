/* SPDX-License-Identifier: Apache-2.0
 *
 * persons.c - people by name: who held which office on the day, what apposition and titles say of them, and what a surname
 * alone goes back to.
 */
#include "actors/run.h"

/* Words of names that are not anybody's own. */
bool chy_actors_particle(chy_slice w)
{
    return w.n < 2 || chy_slice_in(w, "al|el|de|di|da|du|do|la|le|ul|ud|bin|ibn|van|von|der|den|dos|das|del|los|las|abu|abd|ben|bint|ould|jr|jr.|sr|sr.|mr|mr.|"
                                      "ms|ms.|mrs|mrs.|dr|dr.|st|st.|the|and|sir|san|of");
}

/* Surnames and given names seen so far: word → person. */
uint32_t *chy_actors_word(chy_run *r, chy_slice w)
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
            uint32_t *s = slots[i] ? chy_actors_word(r, keys[i]) : NULL;
            if (!s) continue;
            *s = slots[i];
            r->word_keys[s - r->word_slots] = keys[i];
        }
    }
    uint32_t *s = chy_actors_word(r, w);
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
        uint32_t *s = chy_actors_word(r, w);
        if (chy_actors_particle(w) || (s && *s)) continue;
        learn_word(r, w, p);
    }
}

/* What different spellings of a name have in common ("Gaddafi", "Qadhafi"): its consonants, those alike taken as one, none twice. */
static unsigned skeleton(chy_slice w, char out[16])
{
    unsigned n = 0;
    for (size_t i = 0; i < w.n && n < 15; i++) {
        char c = w.p[i];
        if (c < 'a' || c > 'z' || chy_slice_in((chy_slice){&w.p[i], 1}, "a|e|i|o|u|y|h|w")) continue;
        if (c == 'g' || c == 'q' || c == 'c') c = 'k';
        if (c == 'p' && i + 1 < w.n && w.p[i + 1] == 'h') c = 'f';
        if (c == 'v') c = 'f';
        if (c == 'z') c = 's';
        if (c == 'j') c = 'd';
        if (!n || out[n - 1] != c) out[n++] = c;
    }
    return n;
}

/* A surname that is another spelling of one named before. */
static uint32_t spelt_otherwise(const chy_run *r, chy_slice w)
{
    char mine[16], theirs[16];
    unsigned n = w.n >= 5 ? skeleton(w, mine) : 0;
    for (uint32_t i = r->persons.n; n >= 3 && i-- > 0 && i + 32 > r->persons.n;) {
        const chy_person *q = &r->persons.v[i];
        chy_slice last = r->t[q->end - 1].norm;
        if (q->end - q->first < 2 || last.n < 5 || last.n > w.n + 3 || w.n > last.n + 3) continue;
        if (skeleton(last, theirs) == n && !memcmp(mine, theirs, n)) return i;
    }
    return CHY_NONE;
}

/* The person of the dispatch that this name goes back to, or CHY_NONE. */
uint32_t chy_actors_known_person(chy_run *r, uint32_t b, uint32_t e)
{
    uint32_t *s = chy_actors_word(r, r->t[e - 1].norm);
    if (!s || !*s) {
        if (e - b == 1) return spelt_otherwise(r, r->t[b].norm);
        if (e - b > 3) return CHY_NONE;
        s = chy_actors_word(r, r->t[b].norm);
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
            if (!chy_actors_particle(r->t[i].norm) && chy_slice_eq(r->t[i].norm, r->t[j].norm)) return p;
    return CHY_NONE;
}

enum { RECENT = 16436 }; /* 2015-01-01: without a day a bare surname means nobody out of office before it */

typedef struct holding {
    uint32_t row;
    bool past;
} holding;

static chy_day day_cell(const chy_run *r, uint32_t row, uint32_t col, bool last, chy_day otherwise)
{
    return chy_day_cell(chy_table_cell(&r->m->holders, row, col), last, otherwise);
}

/* Of several offices on one day: one of a state before one of a party, and both before the turn at the head of a body of states. */
static int standing(const chy_run *r, uint32_t row)
{
    const uint32_t party = CHY_SEC_PTY | CHY_SEC_OPP;
    chy_slice country = chy_table_cell(&r->m->holders, row, r->m->holder_country);
    uint32_t sectors = chy_sectors_of(chy_table_cell(&r->m->holders, row, r->m->holder_sectors));
    if (chy_slice_eqz(country, "IGO")) return 0;
    if (chy_slice_in(chy_table_cell(&r->m->holders, row, r->m->holder_role), "president|prime minister|chancellor|king|emir|supreme leader")) return 3;
    return sectors & party && !(sectors & ~party) ? 1 : 2;
}

/* The office held on the day: of those in force the highest, then the last begun, else the last that ended before. A surname
 * alone says its person only while that person is in office, or within eight years after. */
static holding holding_on(const chy_run *r, chy_rows rows, bool surname)
{
    chy_day on = chy_work_day(r->w);
    holding best = {CHY_NONE, false};
    chy_day best_key = INT32_MIN;
    uint32_t users = r->m->n_base[1];
    int best_standing = 0;
    for (uint32_t i = 0; i < rows.n; i++) {
        uint32_t row = rows.row[i];
        /* The user's rows come first, and where one of them has begun it says more than any built in. */
        if (row < users && best.row != CHY_NONE && best.row >= users) break;
        chy_day from = day_cell(r, row, r->m->holder_from, false, INT32_MIN + 1);
        chy_day to = day_cell(r, row, r->m->holder_to, true, INT32_MAX);
        bool in = on == CHY_NO_DAY ? to == INT32_MAX : from <= on && on <= to;
        bool past = on == CHY_NO_DAY ? to != INT32_MAX : to < on;
        if (!in && !past) continue;
        if (surname && past && (on == CHY_NO_DAY ? to < RECENT : on - to > 8 * 365)) continue;
        if (past && best.row != CHY_NONE && !best.past) continue;
        int rank = in ? standing(r, row) : 0;
        chy_day key = in ? from : to;
        bool better = best.row == CHY_NONE || best.past != past || rank > best_standing || (rank == best_standing && key > best_key);
        if (better) best = (holding){row, past}, best_key = key, best_standing = rank;
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
    /* "met Hun Sen.": a name that ends in what is elsewhere an abbreviation, before the end of a sentence */
    chy_slice last = r->t[e - 1].norm;
    if (n > 1 && last.n > 2 && last.p[last.n - 1] == '.') {
        chy_slice whole = chy_actors_text(r, b, e);
        if (whole.n < 80) whole = chy_fold(r->w->arena, (chy_slice){whole.p, whole.n - 1});
        if (whole.p && chy_table_find(&r->m->holders, whole, &rows, NULL)) return holding_on(r, rows, false);
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

bool chy_actors_describes(const chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    const chy_office_row *o = d->shape == CHY_SHAPE_OFFICE ? chy_actors_office_row(r, d->office) : NULL;
    return o && o->kind == CHY_OFFICE_PERSON && !d->plural;
}

/* Does the phrase behind the comma end in another comma, or, where the sentence opened with what it explains, in a verb
 * ("India's envoy, R. Rao presented …")? */
static bool closed(const chy_run *r, const chy_draft *d, bool opens, uint32_t end)
{
    if (d->full >= end) return true;
    unsigned upos = r->t[d->full].upos;
    return upos == CHY_UPOS_PUNCT || upos == CHY_UPOS_ADP || chy_slice_in(r->t[d->full].norm, "who|which|whose") || (opens && (upos == CHY_UPOS_VERB || upos == CHY_UPOS_AUX));
}

/* The draft in apposition to this one (a person's office, an office's person), or CHY_NONE. */
uint32_t chy_actors_apposed(const chy_run *r, uint32_t k)
{
    const chy_draft *d = &r->drafts.v[k];
    bool person = d->shape == CHY_SHAPE_PERSON;
    uint32_t z = CHY_NONE, end = r->w->d->sentences[d->sentence].first_token + r->w->d->sentences[d->sentence].n_tokens;
    uint32_t first = r->w->d->sentences[d->sentence].first_token;
    if (z == CHY_NONE && comma(r, d->full) && d->full + 1 < end) {
        z = draft_from(r, d->full + 1);
        if (z != CHY_NONE && !closed(r, &r->drafts.v[z], d->begin == first, end)) z = CHY_NONE;
    }
    if (z == CHY_NONE && d->begin >= first + 2 && comma(r, d->begin - 1)) {
        for (uint32_t i = d->begin - 1; i-- > first && i + 40 > d->begin && z == CHY_NONE;) {
            uint32_t y = r->draft_of[i];
            if (y != CHY_NONE && r->drafts.v[y].full == d->begin - 1 && (person ? chy_actors_describes(r, y)
                : r->drafts.v[y].shape == CHY_SHAPE_PERSON))
                z = y;
        }
        if (z != CHY_NONE && !closed(r, d, r->drafts.v[z].begin == first, end)) z = CHY_NONE;
    }
    /* Then the tree. */
    if (z == CHY_NONE && r->t[d->head].deprel == CHY_REL_APPOS && r->t[d->head].head != CHY_NONE) z = r->draft_of[r->t[d->head].head];
    for (CHY_EACH_CHILD(r->w, d->head, c))
        if (z == CHY_NONE && (r->t[c].deprel == CHY_REL_APPOS || (person &&
            r->t[c].deprel == CHY_REL_ACL_RELCL)))
            z = r->draft_of[c];
    /* a wrong tree */
    if (z != CHY_NONE && !(person ? chy_actors_describes(r, z)
        : r->drafts.v[z].shape == CHY_SHAPE_PERSON))
        z = CHY_NONE;
    if (z == CHY_NONE || z == k) return CHY_NONE;
    bool fits = person ? chy_actors_describes(r, z) : r->drafts.v[z].shape == CHY_SHAPE_PERSON &&
        chy_actors_describes(r, k);
    return fits ? z : CHY_NONE;
}

/* The draft that this one is coordinated with, to its left. */
static uint32_t joined_to(const chy_run *r, const chy_draft *d)
{
    if (r->t[d->head].deprel == CHY_REL_CONJ && r->t[d->head].head != CHY_NONE &&
        r->draft_of[r->t[d->head].head] != CHY_NONE)
        return r->draft_of[r->t[d->head].head];
    uint32_t i = d->begin, first = r->w->d->sentences[d->sentence].first_token;
    if (i > first && r->t[i - 1].upos == CHY_UPOS_CCONJ) i--;
    if (i > first && comma(r, i - 1)) i--;
    if (i == d->begin) return CHY_NONE;
    for (uint32_t j = i; j-- > first && j + 12 > i;)
        if (r->draft_of[j] != CHY_NONE && r->drafts.v[r->draft_of[j]].end == i && r->drafts.v[r->draft_of[j]].shape == CHY_SHAPE_PERSON)
            return r->draft_of[j];
    return CHY_NONE;
}

/* What the words beside a name say of it: from its own titles, from an apposition, or from the one it is joined to
 * ("deputy foreign ministers X and Y"). */
static chy_draft described(chy_run *r, uint32_t k)
{
    chy_draft d = r->drafts.v[k];
    uint32_t z = chy_actors_apposed(r, k);
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
    uint32_t y = d.office != CHY_NONE ? CHY_NONE : joined_to(r, &d);
    if (y != CHY_NONE && r->drafts.v[y].shape == CHY_SHAPE_PERSON && r->drafts.v[y].plural &&
            r->drafts.v[y].office != CHY_NONE) {
        const chy_draft *o = &r->drafts.v[y];
        if (!d.n_countries && !o->right) {
            memcpy(d.countries, o->countries, sizeof d.countries);
            d.n_countries = o->n_countries;
            d.org = o->org;
        }
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

/* A title of faith or rank says less than the office of state that its bearer holds. */
static bool honorary(const chy_run *r, uint32_t office, uint32_t held)
{
    uint32_t s = r->m->office[office].sectors;
    if (!(held & (CHY_SEC_GOV | CHY_SEC_LEG | CHY_SEC_JUD))) return false;
    return s == CHY_SEC_REL || (s == CHY_SEC_MIL && chy_slice_in(chy_table_cell(&r->m->offices, office, r->m->office_words),
                                                                 "general|gen.|colonel|col.|captain|marshal|field marshal|major|lieutenant|admiral|major general|lieutenant general"));
}

bool chy_actors_person(chy_run *r, uint32_t k)
{
    chy_draft d = described(r, k);
    const chy_atom *a = &r->atoms.v[d.atom];
    uint32_t b = a->begin, e = a->end;
    while (b + 1 < e && chy_slice_in(r->t[b].norm,
        "mr|mr.|mrs|mrs.|ms|ms.|dr|dr.|sir|lord|lady|miss|madame|prof|prof.|messrs"))
        b++;
    uint32_t p = chy_actors_known_person(r, b, e);
    holding h = p == CHY_NONE || !r->persons.v[p].known ? holder(r, b, e) : (holding){CHY_NONE, false};
    bool titled = false;
    if (h.row == CHY_NONE && d.begin < b && (p == CHY_NONE || !r->persons.v[p].known)) { /* "Mullah Omar" */
        chy_rows rows;
        if (chy_table_longest(&r->m->holders, r->t, d.begin, e, &rows) == e - d.begin) h = holding_on(r, rows, false), titled = h.row != CHY_NONE;
    }
    const chy_office_row *o = chy_actors_office_row(r, d.office);
    chy_actor made = {.name = chy_actors_text(r, b, e), .kind = CHY_ACTOR_PERSON,
        .former = d.former, .basis = CHY_LIT("name")};
    memcpy(made.country, "UNK", 3);
    bool known = false;
    if (d.n_countries) {
        chy_actors_country_of(r, d.countries[0], made.country);
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
            made.basis = h.row < r->m->n_base[1] ? CHY_LIT("office-holders table") : r->m->holder_basis[h.row - r->m->n_base[1]];
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
    } else if (d.office != CHY_NONE && !titled && !(h.row != CHY_NONE && (o->sectors == CHY_SEC_CVL || (!o->sectors &&
        d.org == CHY_NONE) || (!h.past && honorary(r, d.office, made.sectors))))) {
        /* Not where a table knows and the words say little: "his wife", "the leader", "Sheikh Hasina". */
        made.role = chy_table_cell(&r->m->offices, d.office, r->m->office_words);
        made.sectors = chy_actors_office_sectors(r, &d);
        made.former = d.former;
        if (o->flags & CHY_OFFICE_ELECT) made.former = 0;
    } else if (d.org != CHY_NONE && !made.sectors) {
        made.sectors = r->m->name[d.org].sectors;
    }
    if (d.former) made.former = 1, made.sectors |= CHY_SEC_ELI;
    if (!known && o && o->country[0]) {
        memcpy(made.country, o->country, 3);
        made.basis = CHY_LIT("offices table");
        known = true;
    }
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
            if (!q->listed && !chy_slice_starts(was->basis, CHY_LIT("office-holders"))) was->name = made.name;
            learn_name(r, p, b, e);
        }
        if (!q->gender) q->gender = (int8_t)gender_of(r, &d, e);
        r->drafts.v[k].guessed = !q->known;
        return chy_actors_give(r, k, q->actor);
    }
    if (!known) {
        chy_actors_in_context(r, k, &d, CHY_ASKED_PERSON, made.country);
        made.basis = chy_actors_context_basis(made.country);
    }
    uint32_t actor = chy_actors_get(r, chy_actors_id(r, made.country, "", made.name), &made);
    if (actor == CHY_NONE) return false;
    p = r->persons.n;
    if (!CHY_PUSH(r->w->arena, &r->persons, (chy_person){actor, b, e, (int8_t)gender_of(r, &d, e),
        1, known, h.row != CHY_NONE && chy_slice_eq(made.name, chy_table_cell(&r->m->holders, h.row, r->m->holder_person))}))
        return false;
    learn_name(r, p, b, e);
    return chy_actors_give(r, k, actor);
}
