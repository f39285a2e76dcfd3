/* SPDX-License-Identifier: Apache-2.0
 *
 * office.c - the people whom a dispatch names ("Prime Minister Atal Vajpayee", "former President Carter", "Kofi Annan") and
 * when they held their offices, as evidence of the time it was written.
 */
#include "time/evidence.h"

enum { MAX_PEOPLE = 48, MAX_ROWS = 24 };

typedef enum standing { UNTITLED, CURRENT, FORMER } standing;

typedef struct person {
    chy_rows rows;
    chy_slice what, word, kind;
    uint8_t standing;
    bool surname;
} person;

#define TITLES "president|minister|secretary|chancellor|premier|king|queen|emir|sultan|governor|gov.|speaker|chairman|chairwoman|ambassador|mayor|pope|senator|sen.|leader|commissioner|chief|president-elect|emperor|general|secretary-general"

/* How is the name at token `t` told? *word gets the title right before it. */
static standing standing_of(const chy_dispatch *d, uint32_t first, uint32_t t, chy_slice *word, chy_slice *kind)
{
    standing s = UNTITLED;
    *word = *kind = (chy_slice){"", 0};
    for (unsigned k = 0; k < 5 && t > first; k++) {
        chy_slice w = d->tokens[--t].norm;
        if (chy_slice_in(w, "former|ex|ex-president|late|ousted|then|onetime")) return FORMER;
        if (chy_slice_in(w, "vice|deputy|acting|elect|outgoing|designate")) return UNTITLED;
        if (chy_slice_in(w, TITLES)) {
            if (!word->n) *word = w, s = CURRENT;
            if (t > first && chy_slice_in(d->tokens[t - 1].norm, "prime|foreign|interior|finance|justice|health|energy|economy|education|transport|environment|defence|defense"))
                *kind = d->tokens[t - 1].norm;
        } else if (!word->n && k) {
            break;
        } else if (chy_slice_in(w, "the|said|,|.|and") || d->tokens[t].upos == CHY_UPOS_VERB) {
            break;
        }
    }
    return s;
}

static bool has_word(chy_slice role, chy_slice word)
{
    chy_slice one;
    while (role.n && chy_slice_split(&role, ' ', &one))
        if (chy_slice_eq(one, word)) return true;
    return false;
}

static bool lesser(chy_slice role)
{
    return has_word(role, CHY_LIT("vice")) || has_word(role, CHY_LIT("deputy")) || has_word(role, CHY_LIT("candidate")) || has_word(role, CHY_LIT("former"));
}

bool chy_time_alone(const chy_dispatch *d, uint32_t first, uint32_t end, uint32_t t)
{
    chy_slice word, kind;
    if (t + 1 < end && d->tokens[t + 1].flags & CHY_TOKEN_CAP && d->tokens[t + 1].upos == CHY_UPOS_PROPN) return false;
    if (standing_of(d, first, t, &word, &kind) != UNTITLED || (t > first && chy_slice_in(d->tokens[t - 1].norm, "mr.|mrs.|ms."))) return true;
    return d->tokens[t].norm.n > 3 && (t == first || !(d->tokens[t - 1].flags & CHY_TOKEN_CAP) || d->tokens[t - 1].upos != CHY_UPOS_PROPN);
}

bool chy_time_known(const chy_time_pieces *p, chy_slice surname)
{
    for (uint32_t i = 0; i < p->n; i++) {
        const chy_time_piece *x = &p->v[i];
        bool of_person = x->kind == CHY_SHAPE_PERSON || x->kind == CHY_SHAPE_OFFICE || x->kind == CHY_SHAPE_FORMER || x->kind == CHY_SHAPE_HOLDER || x->kind == CHY_SHAPE_SURNAME;
        if (of_person && chy_slice_ends(x->what, surname) && (x->what.n == surname.n || x->what.p[x->what.n - surname.n - 1] == ' ')) return true;
    }
    return false;
}

static void note(person *people, uint32_t *n, const person *p)
{
    for (uint32_t i = 0; i < *n; i++) {
        if (people[i].rows.row[0] != p->rows.row[0]) continue;
        if (p->standing > UNTITLED && people[i].standing == UNTITLED) people[i] = *p;
        return;
    }
    if (*n < MAX_PEOPLE) people[(*n)++] = *p;
}

static void add_piece(chy_time_pieces *out, bool *more, unsigned kind, chy_interval days, chy_slice what)
{
    if (kind == CHY_SHAPE_FORMER) {
        if (days.end == INT32_MAX) return;
        days = (chy_interval){days.end + 1, INT32_MAX};
    }
    chy_time_add(out, (chy_time_piece){.kind = (uint8_t)kind, .more = *more, .what = what, .from = chy_month_of(days.begin),
                                       .to = days.end == INT32_MAX ? INT32_MAX / 2 : chy_month_of(days.end)});
    *more = true;
}

/* The offices of one person, or of all who bear the name: whichever fits best counts. */
static void offices_of(const chy_time_model *m, const person *p, chy_time_pieces *out)
{
    bool more = false;
    for (unsigned pass = 0; pass < 2 && !more; pass++) {
        if (pass == 0 && p->standing == UNTITLED) continue;
        unsigned kind = p->standing == FORMER ? CHY_SHAPE_FORMER : pass == 0 ? CHY_SHAPE_OFFICE : p->surname ? CHY_SHAPE_SURNAME : CHY_SHAPE_HOLDER;
        for (uint32_t k = 0; k < p->rows.n && k < MAX_ROWS; k++) {
            uint32_t row = p->rows.row[k];
            chy_slice role = chy_table_cell(&m->holders, row, m->role_col);
            if (p->standing == CURRENT && pass == 0 && (lesser(role) || !has_word(role, p->word) || (p->kind.n && !has_word(role, p->kind)))) continue;
            chy_interval days = {chy_day_cell(chy_table_cell(&m->holders, row, m->from_col), false, CHY_NO_DAY),
                                 chy_day_cell(chy_table_cell(&m->holders, row, m->to_col), true, INT32_MAX)};
            if (days.begin != CHY_NO_DAY) add_piece(out, &more, kind, days, p->what);
        }
    }
}

void chy_time_people(const chy_time_model *m, const chy_work *w, chy_time_pieces *out)
{
    const chy_dispatch *d = w->d;
    person people[MAX_PEOPLE];
    uint32_t n = 0;
    for (uint32_t s = 0; s < d->n_sentences; s++) {
        uint32_t first = d->sentences[s].first_token, end = first + d->sentences[s].n_tokens;
        for (uint32_t i = first; i < end; i++) {
            if (!(d->tokens[i].flags & CHY_TOKEN_CAP) || d->tokens[i].upos != CHY_UPOS_PROPN) continue;
            chy_rows rows;
            uint32_t len = chy_table_longest(&m->holders, d->tokens, i, end, &rows);
            if (!len) continue;
            person p = {.rows = rows, .surname = len == 1};
            p.standing = (uint8_t)standing_of(d, first, i, &p.word, &p.kind);
            p.what = (chy_slice){w->text.p + d->tokens[i].at.begin, d->tokens[i + len - 1].at.end - d->tokens[i].at.begin};
            if (len > 1 || chy_time_alone(d, first, end, i)) note(people, &n, &p);
            i += len - 1;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (!people[i].surname || people[i].standing != UNTITLED) offices_of(m, &people[i], out);
    for (uint32_t i = 0; i < n; i++)
        if (people[i].surname && people[i].standing == UNTITLED && !chy_time_known(out, people[i].what)) offices_of(m, &people[i], out);
}
