/* SPDX-License-Identifier: Apache-2.0
 *
 * names.c - atoms: the words of a sentence that a table or a name tag knows, longest match from the left.
 */
#include "actors/run.h"

enum { MAX_PERSON_TOKENS = 10 };

static bool capital(const chy_token *t) { return (t->flags & CHY_TOKEN_CAP) != 0; }

/* How a sentence is written decides what its capitals say. */
typedef enum letters { LETTERS_MIXED, LETTERS_CAPITALS, LETTERS_SMALL } letters;

static letters letters_of(const chy_run *r, uint32_t b, uint32_t e)
{
    uint32_t words = 0, caps = 0, any = 0;
    for (uint32_t i = b; i < e; i++) {
        unsigned len;
        any += capital(&r->t[i]); /* the "A" that a sentence opens with too */
        if (!r->t[i].form.n || !chy_is_letter(chy_utf8_at(r->t[i].form, 0, &len)) || r->t[i].form.n < 2) continue;
        words++;
        caps += (r->t[i].flags & CHY_TOKEN_ALLCAPS) != 0;
    }
    if (words >= 4 && caps * 10 >= words * 7) return LETTERS_CAPITALS;
    return words >= 4 && !any ? LETTERS_SMALL : LETTERS_MIXED;
}

static bool noun_like(const chy_token *t)
{
    if (t->upos == CHY_UPOS_NOUN || t->upos == CHY_UPOS_PROPN || t->upos == CHY_UPOS_X) return true;
    if (t->upos != CHY_UPOS_ADJ) return false;
    /* "top security official Ali Shamkhani": an adjective by its tag, a noun by its place in the tree. */
    switch (chy_deprel_base((chy_deprel)t->deprel)) {
    case CHY_REL_NSUBJ: case CHY_REL_OBJ: case CHY_REL_OBL: case CHY_REL_APPOS: case CHY_REL_NMOD: case CHY_REL_CONJ:
    case CHY_REL_COMPOUND: return t->deprel != CHY_REL_CONJ || (t->feats & CHY_FEAT_PLUR);
    default: return false;
    }
}

static bool function_word(const chy_token *t)
{
    switch (t->upos) {
    case CHY_UPOS_PRON: case CHY_UPOS_AUX: case CHY_UPOS_DET: case CHY_UPOS_ADP: case CHY_UPOS_SCONJ: case CHY_UPOS_CCONJ:
    case CHY_UPOS_ADV: case CHY_UPOS_VERB: case CHY_UPOS_PART: return true;
    default: return false;
    }
}

/* Do the letters of tokens [i, i+n) allow this row? */
static bool letters_fit(const chy_run *r, const chy_name_row *row, uint32_t i, uint32_t n, letters l)
{
    const chy_token *t = &r->t[i];
    if (row->letters == CHY_CASE_CAPS) {
        if (l == LETTERS_CAPITALS) return t->upos == CHY_UPOS_PROPN;
        for (uint32_t k = i; k < i + n; k++) {
            unsigned len;
            if (chy_is_letter(chy_utf8_at(r->t[k].form, 0, &len)) && r->t[k].form.n > 1 &&
                !(r->t[k].flags & CHY_TOKEN_ALLCAPS) &&
                !memchr(r->t[k].form.p, '.', r->t[k].form.n))
                return false;
            if (!capital(&r->t[k]) && len > 0 && chy_is_letter(chy_utf8_at(r->t[k].form, 0, &len))) return false;
        }
        return true;
    }
    if (l == LETTERS_CAPITALS && n == 1 && function_word(t)) return false;
    if (row->letters == CHY_CASE_ANY || l == LETTERS_SMALL) return !(n == 1 && function_word(t));
    if (capital(t)) {
        /* "Shell", "Visa", "Dawn" at the head of a sentence are words first. */
        bool words = n == 1 && (t->flags & CHY_TOKEN_SENTENCE_START) && chy_what_is_org(row->what);
        return !words || t->upos == CHY_UPOS_PROPN || t->name != CHY_NAME_O;
    }
    return n > 1 && capital(&r->t[i + n - 1]);
}

/* Tokens of the name-tag span for a person that begins at i; 0 where none does. */
static uint32_t person_span(const chy_run *r, uint32_t i, uint32_t e)
{
    const chy_token *t = r->t;
    if ((t[i].name != CHY_NAME_B_PER && t[i].name != CHY_NAME_I_PER) || !capital(&t[i])) return 0;
    uint32_t j = i + 1;
    for (; j < e && j - i < MAX_PERSON_TOKENS; j++) {
        if (t[j].name == CHY_NAME_I_PER) continue;
        bool glued = t[j].norm.n == 1 && t[j].norm.p[0] == '-' && !(t[j - 1].flags & CHY_TOKEN_SPACE_AFTER) &&
            j + 1 < e &&
                     !(t[j].flags & CHY_TOKEN_SPACE_AFTER);
        /* "Takht-Ravanchi", "Kim Jong-un", not "Trump-backed" or "Blair-era". */
        bool syllable = glued && j - i > 1 && t[j + 1].norm.n <= 5 &&
            !chy_slice_in(t[j + 1].norm, "led|era|like|run|owned|born|based|style|made|held|type|wing");
        if (glued && (capital(&t[j + 1]) || t[j + 1].name == CHY_NAME_I_PER || syllable)) {
            j++;
            continue;
        }
        if (t[j].name == CHY_NAME_O && t[j].upos == CHY_UPOS_PROPN && t[j].deprel == CHY_REL_FLAT && capital(&t[j]) &&
            t[j].head >= i && t[j].head < j)
            continue;
        break;
    }
    /* The possessive and what punctuation a tag took along are not of the name. */
    while (j > i + 1 && (t[j - 1].upos == CHY_UPOS_PART || t[j - 1].upos == CHY_UPOS_PUNCT ||
        t[j - 1].upos == CHY_UPOS_VERB))
        j--;
    return j - i;
}

/* "Mr", "Ms", "Sir": +1 he, -1 she, 2 says nothing; 0: none. */
static int honorific(const chy_token *t)
{
    if (chy_slice_in(t->norm, "mr|mr.|sir|lord|senor|monsieur|herr|don")) return 1;
    if (chy_slice_in(t->norm, "mrs|mrs.|ms|ms.|miss|lady|madame|mme|dame|frau|senora")) return -1;
    return chy_slice_in(t->norm, "dr|dr.|prof|prof.|rev|rev.|hon|hon.|seyyed|sayyid|sayed|syed|messrs|messrs.|fr.") ? 2
           : 0;
}

static bool calendar(const chy_token *t)
{
    return chy_slice_in(t->norm, "monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december");
}

static bool office_fits(const chy_run *r, const chy_office_row *row, uint32_t i, uint32_t n)
{
    const chy_token *last = &r->t[i + n - 1];
    (void)row;
    if (n == 1) return noun_like(last);
    return last->upos != CHY_UPOS_VERB && last->upos != CHY_UPOS_ADP;
}

/* "US $50 million": money. */
static bool money(const chy_run *r, uint32_t i, uint32_t e)
{
    return i < e && r->t[i].form.n && (r->t[i].form.p[0] == '$' || chy_slice_starts(r->t[i].form, CHY_LIT("\xC2\xA3")) || chy_slice_in(r->t[i].norm, "dollar|dollars"));
}

/* First row whose letters fit, of those valid on the day; one with dates goes before one without, the user's before both. */
static uint32_t fitting(const chy_run *r, chy_rows rows, uint32_t i, uint32_t n, letters l)
{
    chy_day on = chy_work_day(r->w);
    uint32_t plain = CHY_NONE;
    for (uint32_t k = 0; k < rows.n; k++) {
        const chy_name_row *row = &r->m->name[rows.row[k]];
        if (on == CHY_NO_DAY ? row->to != INT32_MAX : on < row->from || on > row->to) continue;
        if (!letters_fit(r, row, i, n, l)) continue;
        bool dated = row->from != INT32_MIN || row->to != INT32_MAX, base = rows.row[k] < r->m->n_base[0];
        if (base && plain != CHY_NONE && plain >= r->m->n_base[0]) return plain;
        if (dated) return rows.row[k];
        if (plain == CHY_NONE) plain = rows.row[k];
    }
    return plain;
}

/* Does a state's name or adjective stand right before i ("Iran's", "Russian")? */
static bool after_state(const chy_run *r, uint32_t i)
{
    if (!r->atoms.n) return false;
    const chy_atom *a = &r->atoms.v[r->atoms.n - 1];
    const chy_name_row *row = chy_atom_name(r, a);
    if (!row || row->what > CHY_WHAT_ETHNIC || row->what == CHY_WHAT_KINGDOM) return false;
    return a->end == i || (a->end + 1 == i && r->t[a->end].upos == CHY_UPOS_PART);
}

static void put(chy_run *r, uint32_t i, uint32_t n, unsigned kind, uint32_t row)
{
    /* A name that the tags cut in two: "Prudence" "Bushnell". */
    chy_atom *last = r->atoms.n ? &r->atoms.v[r->atoms.n - 1] : NULL;
    if (last && kind == CHY_ATOM_PERSON && row == CHY_NONE && last->kind == kind && last->row == CHY_NONE && last->end == i &&
        last->end - last->begin + n <= 4 && (r->t[i].head == last->begin || r->t[last->begin].head == i)) {
        for (uint32_t k = i; k < i + n; k++) r->atom_of[k] = r->atoms.n - 1;
        last->end = i + n;
        return;
    }
    for (uint32_t k = i; k < i + n; k++) r->atom_of[k] = r->atoms.n;
    CHY_PUSH(r->w->arena, &r->atoms, (chy_atom){i, i + n, row, (uint8_t)kind, 0});
}

/* The row of holders for a name of n tokens at i: the whole, or the longest of its ends that has two words or more
 * ("Seyyed Ebrahim Raisi"); CHY_NONE where no table knows it. */
static uint32_t holder_of(const chy_run *r, uint32_t i, uint32_t n)
{
    chy_rows rows;
    for (uint32_t k = 0; k < n; k++) {
        if (k && n - k < 2) break;
        if (chy_table_longest(&r->m->holders, r->t, i + k, i + n, &rows) == n - k) return rows.row[0];
    }
    return CHY_NONE;
}

/* Words behind a title that no tag took for a name: capitals that no table knows. */
static uint32_t untagged(const chy_run *r, uint32_t i, uint32_t e)
{
    if (!r->atoms.n || r->atoms.v[r->atoms.n - 1].end != i ||
        r->atoms.v[r->atoms.n - 1].kind != CHY_ATOM_OFFICE)
        return 0;
    const chy_atom *a = &r->atoms.v[r->atoms.n - 1];
    if (r->m->office[a->row].kind != CHY_OFFICE_PERSON || !capital(&r->t[a->begin])) return 0;
    uint32_t j = i;
    while (j < e && j - i < 4 && capital(&r->t[j]) && r->t[j].upos == CHY_UPOS_PROPN &&
           (r->t[j].name == CHY_NAME_O || r->t[j].name == CHY_NAME_I_PER))
        j++;
    return j - i;
}

/* Tokens of a name-tag span for an organisation at i, none of whose words a table knows; else 0. */
static uint32_t unlisted(const chy_run *r, uint32_t i, uint32_t e)
{
    const chy_token *t = r->t;
    chy_rows rows;
    if (t[i].name != CHY_NAME_B_ORG || !capital(&t[i]) || calendar(&t[i])) return 0;
    uint32_t j = i + 1;
    while (j < e && t[j].name == CHY_NAME_I_ORG && j - i < MAX_PERSON_TOKENS) j++;
    while (j > i + 1 && (t[j - 1].upos == CHY_UPOS_PART || t[j - 1].upos == CHY_UPOS_PUNCT)) j--;
    for (uint32_t k = i + 1; k < j; k++)
        if (chy_table_longest(&r->m->offices, t, k, j, &rows) || chy_table_longest(&r->m->names, t,
            k, j, &rows))
            return 0;
    return j - i;
}

static bool describes_another(const chy_run *r, uint32_t i)
{
    chy_rows rows;
    if (!chy_table_find(&r->m->offices, r->t[i].norm, &rows, NULL)) return false;
    return (r->m->office[rows.row[0]].flags & CHY_OFFICE_WEAK) ||
           chy_slice_in(r->t[i].norm, "aide|aides|adviser|advisor|advisers|spokesman|spokeswoman|supporters|envoy|minister|government|administration|official|officials");
}

static uint32_t name_at(chy_run *r, uint32_t i, uint32_t e, letters l)
{
    const chy_token *t = &r->t[i];
    chy_rows names = {0}, offices = {0}, rows;
    uint32_t n_name = chy_table_longest(&r->m->names, r->t, i, e, &names), row = CHY_NONE;
    if (n_name && ((row = fitting(r, names, i, n_name, l)) == CHY_NONE || (n_name == 1 && money(r, i + 1, e)))) n_name = 0, row = CHY_NONE;
    uint32_t n_office = chy_table_longest(&r->m->offices, r->t, i, e, &offices);
    if (n_office && !office_fits(r, &r->m->office[offices.row[0]], i, n_office)) n_office = 0;
    uint32_t n_person = l == LETTERS_CAPITALS || calendar(t) ? 0 : person_span(r, i, e);
    uint32_t n_holder = capital(t) && !calendar(t) ? chy_table_longest(&r->m->holders, r->t, i, e, &rows) : 0;
    if (n_holder == 1 && n_person != 1) {
        /* A surname alone; inside a longer name it says nothing. */
        bool untold = t->name == CHY_NAME_O || (!n_name && !(i + 1 < e && (t[1].name == CHY_NAME_I_ORG || t[1].name == CHY_NAME_I_LOC)) &&
                                                  !chy_table_longest(&r->m->cities, r->t, i, e, &(chy_rows){0}));
        bool alone = n_person == 0 && untold && t->upos == CHY_UPOS_PROPN && !(i + 1 < e &&
            capital(t + 1) && t[1].upos == CHY_UPOS_PROPN);
        if (!alone || (l == LETTERS_CAPITALS && function_word(t))) n_holder = 0;
    }
    /* A dictionary that tells no person from an organisation: as the name tag has it. */
    if (n_name && r->m->name[row].either && n_holder >= n_name &&
        (r->t[i + n_name - 1].name == CHY_NAME_B_PER || r->t[i + n_name - 1].name == CHY_NAME_I_PER))
        n_name = 0, row = CHY_NONE;
    else if (n_name && r->m->name[row].either) n_holder = 0;
    if (n_holder > n_person) n_person = n_holder;
    /* "Putin Ally Holds Talks": the capitals of a headline make no name of an office. */
    if (n_person > n_holder && n_person > 1 && describes_another(r, i + n_person - 1)) n_person--;

    if (n_person > 1 && n_office && n_office < n_person && n_name <= n_office) n_person = 0; /* "Ayatollah Khamenei" */
    /* "Ford": a firm's name that is as well somebody's. */
    bool namesake = n_person == 1 && n_name == 1 && !(t->flags & CHY_TOKEN_ALLCAPS) &&
                    (r->m->name[row].what == CHY_WHAT_COMPANY || r->m->name[row].what == CHY_WHAT_MNC);
    if (n_person > n_name || namesake) {
        unsigned what = row == CHY_NONE ? CHY_N_WHAT : r->m->name[row].what;
        bool demonym = what == CHY_WHAT_DEMONYM || (what == CHY_WHAT_STATE && r->t[i + n_name].upos == CHY_UPOS_PART);
        if (n_person > n_office && !demonym) {
            put(r, i, n_person, CHY_ATOM_PERSON, holder_of(r, i, n_person));
            return n_person;
        }
    }
    /* "news agency SANA": its letters, not the town. */
    if (n_name == 1 && (t->flags & CHY_TOKEN_ALLCAPS) && l == LETTERS_MIXED && chy_what_is_place(r->m->name[row].what) &&
        r->m->name[row].letters != CHY_CASE_CAPS && r->atoms.n && r->atoms.v[r->atoms.n - 1].end == i && r->atoms.v[r->atoms.n - 1].kind == CHY_ATOM_OFFICE)
        n_name = 0;
    if (n_name && n_office == n_name && after_state(r, i)) n_name = 0; /* "Iran's Security Council" */
    if (n_name && n_name >= n_office) {
        put(r, i, n_name, CHY_ATOM_NAME, row);
        return n_name;
    }
    if (n_office) {
        put(r, i, n_office, CHY_ATOM_OFFICE, offices.row[0]);
        return n_office;
    }
    if ((n_person = untagged(r, i, e)) > 0) {
        put(r, i, n_person, CHY_ATOM_PERSON, holder_of(r, i, n_person));
        return n_person;
    }
    if (capital(t) && l != LETTERS_CAPITALS && !(t->flags & CHY_TOKEN_ALLCAPS) && (t->upos == CHY_UPOS_PROPN ||
        t->name == CHY_NAME_B_LOC) && t->name != CHY_NAME_B_PER && t->name != CHY_NAME_I_PER &&
        t->name != CHY_NAME_I_LOC) { /* "York" in "New York" is no city of its own */
        uint32_t n_city = chy_table_longest(&r->m->cities, r->t, i, e, &rows);
        if (n_city) {
            put(r, i, n_city, CHY_ATOM_CITY, rows.row[0]);
            return n_city;
        }
    }
    if (l == LETTERS_MIXED && (n_name = unlisted(r, i, e)) > 0) put(r, i, n_name, CHY_ATOM_UNLISTED, CHY_NONE);
    return n_name;
}

void chy_actors_atoms(chy_run *r, uint32_t b, uint32_t e)
{
    letters l = letters_of(r, b, e);
    for (uint32_t i = b; i < e && !r->w->arena->failed;) {
        uint32_t n = 0;
        if (honorific(&r->t[i]) && i + 1 < e && capital(&r->t[i]) && (n = person_span(r, i + 1, e)) > 0) {
            put(r, i, n + 1, CHY_ATOM_PERSON, holder_of(r, i + 1, n));
            n++;
        } else {
            n = name_at(r, i, e, l);
        }
        i += n ? n : 1;
    }
}
