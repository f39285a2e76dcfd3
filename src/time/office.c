/* SPDX-License-Identifier: Apache-2.0
 *
 * office.c - days on which the people whom a dispatch gives an office ("Prime Minister Atal Vajpayee") all held it.
 */
#include "time/expr.h"

enum { MAX_TERMS = 96 };

typedef struct term {
    chy_slice person;
    chy_interval days;
} term;

typedef struct terms {
    term v[MAX_TERMS];
    unsigned n;
} terms;

/* The title right before token `t` that says an office held now, or nothing. */
static chy_slice title(const chy_dispatch *d, uint32_t first, uint32_t t)
{
    chy_slice none = {"", 0}, found = none;
    for (unsigned k = 0; k < 5 && t > first; k++) {
        chy_slice w = d->tokens[--t].norm;
        if (chy_slice_in(w, "former|ex|ex-president|late|then|vice|deputy|acting|elect|ousted|outgoing|the|said|,")) return chy_slice_in(w, "the|said|,") ? found : none;
        if (!found.n && chy_slice_in(w, "president|minister|secretary|chancellor|premier|king|emir|governor|speaker|chairman|ambassador|mayor")) found = w;
        else if (!found.n && k) return none;
    }
    return found;
}

/* "prime" of "Prime Minister": the word before the title, where roles tell their kind by it. */
static chy_slice kind_before(const chy_dispatch *d, uint32_t first, uint32_t t, chy_slice word)
{
    for (unsigned k = 0; k < 5 && t > first; k++) {
        if (!chy_slice_eq(d->tokens[--t].norm, word)) continue;
        chy_slice w = t > first ? d->tokens[t - 1].norm : CHY_LIT("");
        return chy_slice_in(w, "prime|foreign|interior|finance|justice|health|energy|economy|education|transport|environment") ? w : CHY_LIT("");
    }
    return CHY_LIT("");
}

static bool has_word(chy_slice role, chy_slice word)
{
    chy_slice one;
    while (role.n && chy_slice_split(&role, ' ', &one))
        if (chy_slice_eq(one, word)) return true;
    return false;
}

static void add_terms(const chy_time_model *m, chy_rows rows, chy_slice word, chy_slice kind, terms *out)
{
    for (uint32_t k = 0; k < rows.n && out->n < MAX_TERMS; k++) {
        uint32_t row = rows.row[k];
        chy_slice role = chy_table_cell(&m->holders, row, m->role_col);
        if (!has_word(role, word) || (kind.n && !has_word(role, kind))) continue;
        chy_interval i = {chy_day_cell(chy_table_cell(&m->holders, row, m->from_col), false, CHY_NO_DAY),
                          chy_day_cell(chy_table_cell(&m->holders, row, m->to_col), true, INT32_MAX)};
        bool old = i.begin == CHY_NO_DAY;
        chy_slice person = chy_table_cell(&m->holders, row, m->person_col);
        for (unsigned t = 0; t < out->n; t++) old = old || (chy_slice_eq(out->v[t].person, person) && out->v[t].days.begin == i.begin);
        if (!old) out->v[out->n++] = (term){person, i};
    }
}

/* How many people hold their office on the day, and to when all of them do. */
static unsigned holding_on(const terms *x, chy_day day, chy_day *until)
{
    unsigned n = 0;
    *until = INT32_MAX;
    for (unsigned i = 0; i < x->n; i++) {
        if (x->v[i].days.begin > day || x->v[i].days.end < day) continue;
        bool told = false;
        for (unsigned k = 0; k < i; k++)
            told = told || (chy_slice_eq(x->v[k].person, x->v[i].person) && x->v[k].days.begin <= day && x->v[k].days.end >= day);
        if (!told) n++;
        if (x->v[i].days.end < *until) *until = x->v[i].days.end;
    }
    return n;
}

chy_interval chy_time_offices(const chy_time_model *m, const chy_work *w)
{
    const chy_dispatch *d = w->d;
    terms x = {.n = 0};
    for (uint32_t s = 0; s < d->n_sentences; s++) {
        uint32_t first = d->sentences[s].first_token, end = first + d->sentences[s].n_tokens;
        for (uint32_t i = first + 1; i < end; i++) {
            if (d->tokens[i].upos != CHY_UPOS_PROPN) continue;
            chy_slice word = title(d, first, i);
            chy_rows rows;
            uint32_t n = word.n ? chy_table_longest(&m->holders, d->tokens, i, end, &rows) : 0;
            if (n) add_terms(m, rows, word, kind_before(d, first, i, word), &x);
            i += n ? n - 1 : 0;
        }
    }
    chy_interval best = chy_interval_none();
    unsigned most = 0;
    for (unsigned i = 0; i < x.n; i++) { /* the largest company begins with somebody's first day */
        chy_day until;
        unsigned n = holding_on(&x, x.v[i].days.begin, &until);
        if (n > most) most = n, best = (chy_interval){x.v[i].days.begin, until};
        else if (n == most) {
            if (x.v[i].days.begin < best.begin) best.begin = x.v[i].days.begin;
            if (until > best.end) best.end = until;
        }
    }
    return best;
}
